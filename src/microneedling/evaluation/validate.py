"""All validation cases of a folder: run, compare, summarise, write; a broken run can be taken up again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from microneedling.core.files import write_text
from microneedling.evaluation import table
from microneedling.evaluation.classes import SetScore, scored
from microneedling.evaluation.compare import Compared, Run, compare
from microneedling.evaluation.intact import Foretold
from microneedling.evaluation.page import page
from microneedling.evaluation.permeability_rows import ROWS, SET, read_set
from microneedling.evaluation.summary import Summary, summarise

STUDY, OBSERVED = "study.toml", "observed.csv"
Progress = Callable[[int, int, str], None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Validation:
    """The outcome over all cases; `problems` names each case that could not be run, with the reason."""

    version: str
    rows: tuple[Compared, ...]
    summaries: tuple[Summary, ...]
    problems: Mapping[str, str]
    sets: tuple[SetScore, ...] = ()

    @property
    def misses(self) -> tuple[Compared, ...]:
        """Everything that was computed and not met, validation first."""
        missed = [one for one in self.rows if not one.met and one.verdict != "cannot be computed"]
        return tuple(sorted(missed, key=lambda one: (one.row.use != "validation", one.case, one.row.line)))


def cases(folder: Path) -> tuple[Path, ...]:
    """The folders below `folder` that hold a study file and its measurements, in alphabetical order."""
    return tuple(sorted(path.parent for path in Path(folder).glob(f"*/{STUDY}") if (path.parent / OBSERVED).is_file()))


def sets(folder: Path) -> tuple[Path, ...]:
    """The folders below `folder` that hold a whole set (set.toml), in alphabetical order."""
    return tuple(sorted(path.parent for path in Path(folder).glob(f"*/{SET}")))


def validate(folder: Path, run: Run, *, out: Path, version: str = "", progress: Progress | None = None) -> Validation:
    """Run every case of a folder and write what came out.

    Each finished case is kept in `out`/cases; a later call takes it from there as long as the case's files and
    `version` are the same, so a run that was stopped goes on where it was.

    Args:
        folder: holds one folder a case, each with study.toml and observed.csv, or a whole set (set.toml, rows.csv)
        run: what simulates a study file
        out: folder for validation.csv, validation.json, validation.html and cases/
        version: changes with code and parameters (cases of another version are run again)
        progress: called with cases done, cases in all, and the name of the case about to start ("" at the end)

    Returns: the validation.
    Errors: ValueError when the folder holds no case. A case that fails is named in `problems` and does not stop
        the others. RowsError when a set cannot be read.
    Checked by: tests/unit/evaluation/test_validate.py
    """
    found, wholes = cases(folder), [read_set(one) for one in sets(folder)]  # a slip is told before the long part
    if not found and not wholes:
        raise ValueError(f"{folder}: no case here; a case is a folder with {STUDY} and {OBSERVED}, or {SET} and {ROWS}")
    (out / "cases").mkdir(parents=True, exist_ok=True)
    rows: list[Compared] = []
    problems: dict[str, str] = {}
    for done, case in enumerate(found):
        if progress:
            progress(done, len(found), case.name)
        try:
            rows.extend(_case(case, run, kept=out / "cases" / f"{case.name}.json", version=version))
        except Exception as error:  # whatever a run raises is this case's result, not the end of the others
            problems[case.name] = f"{type(error).__name__}: {error}"
    if progress:
        progress(len(found), len(found), "")
    scores = tuple(scored(one) for one in wholes)
    whole = Validation(version=version, rows=tuple(rows), summaries=summarise(rows), problems=problems, sets=scores)
    write(whole, out)
    return whole


def write(whole: Validation, out: Path) -> None:
    """Write validation.csv, .json and .html into a folder, and a CSV for each whole set."""
    out.mkdir(parents=True, exist_ok=True)
    table.write_csv(out / "validation.csv", [table.flat(one) for one in whole.rows])
    table.write_json(out / "validation.json", as_json(whole))
    for one in whole.sets:
        table.write_csv(out / f"{one.name}.csv", [flat_row(row) for row in one.rows])
    text = page(whole.rows, whole.summaries, whole.problems, version=whole.version, sets=whole.sets)
    write_text(out / "validation.html", text)


def as_json(whole: Validation) -> dict[str, Any]:
    """The validation as dictionaries: version, summary, rows, problems."""
    return {
        "version": whole.version,
        "summary": [dataclasses.asdict(one) for one in whole.summaries],
        "rows": [table.flat(one) for one in whole.rows],
        "problems": dict(whole.problems),
        "sets": {
            one.name: {
                "title": one.title,
                "classes": [dataclasses.asdict(score) for score in one.classes],
                "left_out": dict(one.left_out),
                "rows": [flat_row(row) for row in one.rows],
            }
            for one in whole.sets
        },
    }


def flat_row(one: Foretold) -> dict[str, Any]:
    """One permeability as one row of a table: log10 of cm/h."""
    row = one.row
    names = ("id", "compound", "use", "molar_mass", "log_kow", "partition", "layer", "study", "log_permeability")
    found = {name: getattr(row, name) for name in names}
    return found | {"low": one.low, "median": one.median, "high": one.high, "miss": one.miss}


def _case(case: Path, run: Run, *, kept: Path, version: str) -> list[Compared]:
    """One case, from its kept result when nothing has changed since."""
    digest = _digest(case, version)
    if kept.is_file():
        content = _read(kept)
        if content.get("digest") == digest:
            return [table.from_record(record) for record in content["rows"]]
    rows = list(compare(case / STUDY, case / OBSERVED, run))
    table.write_json(kept, {"digest": digest, "rows": [table.as_record(one) for one in rows]})
    return rows


def _read(kept: Path) -> dict[str, Any]:
    """A kept result; one that was cut short counts as none."""
    try:
        content = json.loads(kept.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def _digest(case: Path, version: str) -> str:
    """Changes with any file of the case, and with the version."""
    made = hashlib.sha256(version.encode())
    for path in sorted(path for path in case.rglob("*") if path.is_file()):
        made.update(path.relative_to(case).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()
