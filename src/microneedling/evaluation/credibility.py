"""The credibility report: what the records say about how far the model may be believed, and for what."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core.document import Document, Part, Section, Table, Text, points
from microneedling.core.param import GRADES
from microneedling.evaluation import credibility_rows as rows_of
from microneedling.evaluation.credibility_calculation import calculation, setting_of_run
from microneedling.evaluation.credibility_cards import cards
from microneedling.evaluation.credibility_checklist import checklist_parts, emergent_parts
from microneedling.evaluation.credibility_distance import RULE, nearest
from microneedling.evaluation.credibility_evidence import calibration, misses, total, validation
from microneedling.evaluation.credibility_history import history_parts
from microneedling.evaluation.credibility_records import Setting, Validated, grades, settings, test_counts, validated
from microneedling.evaluation.credibility_rows import USES
from microneedling.laws.validity import ranges

SAID = Path(__file__).with_suffix(".toml")
BANNER = (
    "Research software. No medical advice.",
    "This report is made by the program from its own records. Nobody outside the project has reviewed it or the model; "
    "it is no certificate, and no context of use is claimed to be met.",
)
RESULT = Path("results/validation.json")
TITLES = {
    "short": "In short",
    "records": "The records, and how old they are",
    "use": "Question and contexts of use",
    "checklist": "Checklist: what is asked, and what there is",
    "code": "Is the code right? Code verification",
    "calculation": "Are the sums right? Calculation verification",
    "inputs": "What the numbers rest on",
    "calibration": "What numbers were set by: calibration",
    "validation": "Validation",
    "cards": "Validation cards, one for each sub-model",
    "misses": "Misses",
    "emergent": "Emergent behaviour and plausibility",
    "applicability": "Where it applies, and where nothing is known",
    "open": "Open, not done, and not to be used for",
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Places:
    """Where the records are; None for what is not there. `runs` are folders of results to quote."""

    validation: Path | None
    tests: Path | None
    benchmarks: Path | None
    fit: Path | None
    runs: tuple[Path, ...] = ()


def credibility(places: Places, *, version: str) -> Document:
    """The report.

    Args:
        places: of the records
        version: of the code and cards at hand, as `validate` counts it

    Errors: RecordError when a record is there and cannot be read.
    Checked by: tests/unit/evaluation/test_credibility.py, tests/faces/test_credibility_command.py
    """
    said = tomllib.loads(SAID.read_text(encoding="utf-8"))
    found, cases = _validation(places.validation)
    root = places.tests.parent if places.tests else None
    numbers = {name: n for n, name in enumerate(TITLES, start=1)}
    parts: dict[str, tuple[Part, ...]] = {
        "short": _short(found, cases, said, version=version),
        "records": history_parts(root),
        "use": _use(said),
        "checklist": checklist_parts(root, numbers),
        "code": _code(places.tests, said["tests"]),
        "calculation": calculation(places),
        "inputs": _inputs(),
        "calibration": calibration(found, places.fit),
        "validation": validation(found, cases, places.validation, said, version=version),
        "cards": cards(found, cases, said["part"]) if found else (Text("No validation results here."),),
        "misses": misses(found),
        "emergent": emergent_parts(root, said["emergent"]),
        "applicability": (*_applicability(found, cases), *_distances(found, cases, places, said["part"])),
        "open": _open(said),
    }
    sections = tuple(Section(name, title, parts[name]) for name, title in TITLES.items())
    facts = f"Version {version}. Made from: {_records(places)}."
    title = "How far may this model be believed?"
    return Document(title, said["question"], BANNER, facts, sections)


def _validation(folder: Path | None) -> tuple[Validated | None, dict[str, Setting]]:
    """Results and settings of a folder of cases, or of a folder `validate` wrote."""
    if folder is None:
        return None, {}
    return validated(record_of(folder)), settings(folder)


def record_of(folder: Path) -> Path:
    """Where in a folder the results of a validation stand: beside the cases under results/, or in it."""
    return folder / RESULT if (folder / RESULT).is_file() else folder / RESULT.name


def _records(places: Places) -> str:
    """Which records this report was made from, in words."""
    known = {"validation results": places.validation, "test sources": places.tests, "a record of the fit": places.fit}
    runs = [f"{len(places.runs)} quoted run{'s' if len(places.runs) > 1 else ''}"] if places.runs else []
    there = [name for name, path in known.items() if path] + runs + ["the numbers and cards of the package"]
    missing = [name for name, path in known.items() if not path]
    return ", ".join(there) + (f". Not found: {', '.join(missing)}" if missing else "")


def _short(
    found: Validated | None, cases: Mapping[str, Setting], said: Mapping[str, Any], *, version: str
) -> tuple[Part, ...]:
    """The whole report in a few lines, nothing in it that is not counted below."""
    counted = grades()
    weak = sum(counts["inferred"] + counts["assumed"] for counts in counted.values())
    every = sum(sum(counts.values()) for counts in counted.values())
    lines = [f"{weak} of {every} numbers are inferred or assumed."]
    if found is None:
        lines.append("What validation found stands nowhere here: no results were at hand.")
    else:
        bare = rows_of.untested(found.rows, said["part"], cases)
        lines += [f"{use.capitalize()}: {total(found.rows, use)}" for use in USES]
        lines += [f"Parts of the model no validation row tests: {'; '.join(bare)}."] if bare else []
        if found.version != version:
            lines.append("These validation results are of another version of the code or its cards than this one.")
    lines.append("No review and no reproduction from outside has happened.")
    return (points(lines),)


def _use(said: Mapping[str, Any]) -> tuple[Part, ...]:
    contexts = tuple(
        (*(one[key] for key in ("id", "use", "influence", "consequence", "rigour", "reason")), one.get("disabled", "–"))
        for one in said["context"]
    )
    head = (
        "",
        "Context of use",
        "Influence of the model",
        "Consequence of a wrong answer",
        "Rigour asked for",
        "Why",
        "Disabled",
    )
    return (
        Text(said["standing"]),
        Table("Contexts of use and model risk", head, contexts, (1, 4, 3, 3, 3, 5, 4)),
        points([f"Not to be used for: {said['not_for'][0].lower()}{said['not_for'][1:]}"]),
    )


def _code(tests: Path | None, kinds: Sequence[Mapping[str, str]]) -> tuple[Part, ...]:
    if tests is None:
        return (Text("The tests were not found here: they stand in the project's repository, not in the package."),)
    counts = test_counts(tests, [one["folder"] for one in kinds])
    lines = tuple((one["kind"], str(counts[one["folder"]])) for one in kinds)
    return (
        Text(
            "Tests counted in their source; one that runs over a list of laws, cards or files counts once. That they "
            "are there says nothing of whether they pass: “make test” does."
        ),
        Table("Tests by kind", ("Kind", "Written"), lines, (6, 1), (1,)),
    )


def _inputs() -> tuple[Part, ...]:
    counted = grades()
    lines = [(where, *(str(counts[grade] or "–") for grade in GRADES)) for where, counts in counted.items()]
    total = {grade: sum(counts[grade] for counts in counted.values()) for grade in GRADES}
    weak = total["inferred"] + total["assumed"]
    lines.append(("all", *(str(total[grade]) for grade in GRADES)))
    numbers = tuple(range(1, len(GRADES) + 1))
    return (
        Text(
            f"Every number states its unit, spread, source and grade of evidence. {weak} of {sum(total.values())} are "
            "inferred or assumed: those have a note saying why and are drawn from wide spreads. Intervals are 5 to 95 "
            "% over people and over what is not known; a number says which of the two its spread is. "
            "Parameter sets, the joint fit among them, replace numbers counted here and are not counted again."
        ),
        Table("Numbers by grade, from strong to weak", ("Where", *GRADES), tuple(lines), (3, *(1,) * 8), numbers),
    )


def _applicability(found: Validated | None, cases: Mapping[str, Setting]) -> tuple[Part, ...]:
    spans = tuple((", ".join(one.of), one.quantity, one.span(), one.where) for one in ranges())
    head = ("Formulas of", "Quantity", "Fitted or tried within", "Where from")
    marks = Table("Ranges within which correlations hold; a run outside is marked", head, spans, (2, 3, 3, 4))
    if found is None or not cases:
        return (Text("No validation cases here, so what the evidence covers cannot be counted."), marks)
    bare = rows_of.untouched_devices(cases)
    named = ", ".join(name.replace("_", " ") for name in bare) or "none"
    return (
        Text("Where a line says “no evidence”, the program still computes: by physics and borrowed numbers alone."),
        *rows_of.applicability(found, cases),
        Text(f"Device cards no case uses ({len(bare)}): {named}."),
        marks,
    )


def _distances(
    found: Validated | None, cases: Mapping[str, Setting], places: Places, parts: Sequence[Mapping[str, Any]]
) -> tuple[Part, ...]:
    """For each quoted run, the nearest validation case of each part."""
    if found is None or not cases or not places.runs:
        return (Text("No run was quoted with “--run DIR”, so none is held against the nearest case of each part."),)
    tables = (nearest(setting_of_run(folder), found.rows, cases, parts) for folder in places.runs)
    return (Text(f"Distance of quoted runs from validation. {RULE}"), *tables)


def _open(said: Mapping[str, Any]) -> tuple[Part, ...]:
    return (
        Text("Open", mark=True),
        points([one["item"] for one in said["open"]]),
        Text("Not done", mark=True),
        points([one["item"] for one in said["undone"]]),
        Text("Not to be used for", mark=True),
        Text(said["not_for"]),
    )
