"""The credibility report: what the records say about how far the model may be believed, and for what."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core.document import Document, Part, Points, Section, Table, Text, points
from microneedling.core.param import GRADES
from microneedling.evaluation import credibility_rows as rows_of
from microneedling.evaluation.credibility_calculation import calculation, fit_parts
from microneedling.evaluation.credibility_records import Setting, Validated, grades, settings, test_counts, validated
from microneedling.evaluation.credibility_rows import USES, share
from microneedling.laws.validity import ranges

SAID = Path(__file__).with_suffix(".toml")
BANNER = (
    "Research software. No medical advice.",
    "This report is made by the program from its own records. Nobody outside the project has reviewed it or the model; "
    "it is no certificate, and no context of use is claimed to be met.",
)
RESULT = Path("results/validation.json")
NO_VALIDATION = (
    "No validation results were found ({}). They are kept in the project's repository and do not travel with the "
    "installed package: run “microneedling validate DIR --out OUT”, then give “--validation OUT”."
)


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
    sections = (
        Section("short", "In short", _short(found, said, version=version)),
        Section("use", "Question and contexts of use", _use(said)),
        Section("code", "Is the code right? Code verification", _code(places.tests, said["tests"])),
        Section("calculation", "Are the sums right? Calculation verification", calculation(places)),
        Section("inputs", "What the numbers rest on", _inputs()),
        Section("calibration", "What numbers were set by: calibration", _calibration(found, places.fit)),
        Section("validation", "Validation", _validation_parts(found, places, said, version=version)),
        Section("misses", "Misses", _misses(found)),
        Section("applicability", "Where it applies, and where nothing is known", _applicability(found, cases)),
        Section("open", "Open, not done, and not to be used for", _open(said)),
    )
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


def _short(found: Validated | None, said: Mapping[str, Any], *, version: str) -> tuple[Part, ...]:
    """The whole report in a few lines, nothing in it that is not counted below."""
    counted = grades()
    weak = sum(counts["inferred"] + counts["assumed"] for counts in counted.values())
    every = sum(sum(counts.values()) for counts in counted.values())
    lines = [f"{weak} of {every} numbers are inferred or assumed."]
    if found is None:
        lines.append("What validation found stands nowhere here: no results were at hand.")
    else:
        bare = rows_of.untested(found.rows, said["part"])
        lines += [f"{use.capitalize()}: {_total(found.rows, use)}" for use in USES]
        lines += [f"Parts of the model no validation row tests: {'; '.join(bare)}."] if bare else []
        if found.version != version:
            lines.append("These validation results are of another version of the code or its cards than this one.")
    lines.append("No review and no reproduction from outside has happened.")
    return (points(lines),)


def _use(said: Mapping[str, Any]) -> tuple[Part, ...]:
    contexts = tuple(
        (one["id"], one["use"], one["influence"], one["consequence"], one["rigour"], one["reason"])
        for one in said["context"]
    )
    head = ("", "Context of use", "Influence of the model", "Consequence of a wrong answer", "Rigour asked for", "Why")
    return (
        Text(said["standing"]),
        Table("Contexts of use and model risk", head, contexts, (1, 5, 3, 3, 3, 6)),
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


def _calibration(found: Validated | None, fit: Path | None) -> tuple[Part, ...]:
    from_fit = _fit(fit)
    if found is None:
        return (Text("No validation results here, so the sources of calibration cannot be listed."), *from_fit)
    by_use = {use: rows_of.sources(found.rows, use) for use in USES}
    both = sorted({name for name, _ in by_use["validation"]} & {name for name, _ in by_use["calibration"]})
    disjoint = (
        f"Found in both, which is an error of the records: {'; '.join(both)}."
        if both
        else "No source serves both: checked when this report was made."
    )
    tables = tuple(
        Table(
            f"Sources for {use}: {len(known)}", ("Source", "Rows"), tuple((s, str(n)) for s, n in known), (9, 1), (1,)
        )
        for use, known in by_use.items()
    )
    return (
        Text(f"A source is for calibration or for validation as a whole, never for both. {disjoint}"),
        *from_fit,
        *tables,
    )


def _fit(path: Path | None) -> tuple[Part, ...]:
    if path is None:
        return (
            Text("No record of a joint fit was found (fit.json); numbers were set one by one, each at its source."),
        )
    return fit_parts(path)


def _validation_parts(
    found: Validated | None, places: Places, said: Mapping[str, Any], *, version: str
) -> tuple[Part, ...]:
    if found is None:
        return (Text(NO_VALIDATION.format(places.validation or "no folder given")),)
    same = "this very version" if found.version == version else f"version {found.version}; the code is now {version}"
    totals = points([f"{use.capitalize()}: {_total(found.rows, use)}" for use in USES])
    failed = Points(tuple(found.problems.items())) if found.problems else Text("Every case could be run.")
    return (
        Text(f"The results are of {same}. A number is met inside the 5 to 95 % interval; nine of ten should be."),
        totals,
        failed,
        rows_of.by_part(found.rows, said["part"]),
        *_sets(found),
        rows_of.by_scale(found.rows),
    )


def _total(rows: Sequence[Mapping[str, Any]], use: str) -> str:
    own = [row for row in rows if row["use"] == use]
    judged = [row for row in own if row["verdict"] in ("right", "wrong")]
    numbers = [row for row in own if row not in judged]
    _, computed = rows_of.met(own)
    left = f", {len(own) - computed} not computed" if len(own) > computed else ""
    return f"{share(numbers)} numbers inside the interval, {share(judged)} directions and bounds right{left}."


def _sets(found: Validated) -> tuple[Part, ...]:
    head = ("Use, class", "Rows", "Inside", "rms error", "rms, Potts and Guy", "rms, mean of the rest")
    made = []
    for one in found.sets.values():
        lines = tuple(
            (
                f"{row['use']}: {row['label']}",
                str(row["rows"]),
                f"{100 * row['model']['coverage']:.0f} %",
                *(f"{row[way]['rms']:.2f}" for way in ("model", "potts_guy", "mean")),
            )
            for row in one["classes"]
        )
        out = sum(one["left_out"].values())
        made.append(Table(f"{one['title']} (log10 units; {out} rows left out, each with its reason)", head, lines,
                          (4, 1, 1, 1, 1, 1), (1, 2, 3, 4, 5)))  # fmt: skip
    return tuple(made)


def _misses(found: Validated | None) -> tuple[Part, ...]:
    if found is None:
        return (Text("No validation results here."),)
    return (
        Text(
            "All rows that were not met, with their size; none is left out. Calibration rows test nothing, but a "
            "model that misses what it was set by says so."
        ),
        *(rows_of.misses(found.rows, use) for use in USES),
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


def _open(said: Mapping[str, Any]) -> tuple[Part, ...]:
    return (
        Text("Open", mark=True),
        points([one["item"] for one in said["open"]]),
        Text("Not done", mark=True),
        points([one["item"] for one in said["undone"]]),
        Text("Not to be used for", mark=True),
        Text(said["not_for"]),
    )
