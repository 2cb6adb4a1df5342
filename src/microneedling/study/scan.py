"""One setting of a protocol through several values, over the same people: what each gives, and what each costs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.files import write_text
from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.study.plain import PlainStudy
from microneedling.study.quantity import Quantity, shown
from microneedling.study.read import Problem, StudyError
from microneedling.study.run import Refused, run
from microneedling.study.scan_readings import DEPTH, Reading, bottom_of, readings_of, stacked
from microneedling.study.scan_table import ScanTable, Value, changed
from microneedling.study.schema import Study
from microneedling.study.screening import findings
from microneedling.study.tested import marks

DAY = 86400.0
LONG = Quantity(1000 * 365.25 * DAY, "1000 year")  # while an arm is built; then it ends with its last reading
WANTED = ("collagen_stain", "collagen_mass", "downtime", "pain")  # unless the study names outcomes
HARM = ("downtime", "pain")  # always beside what is gained
Tell = Callable[[int, int, str], None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Point:
    """One value of the scan as a study of its own: what stands there, where on the axis, what is beyond evidence."""

    text: str
    place: float
    study: Study
    last: float  # [s] of the last session
    beyond: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scan:
    """All that came out; `numeric` when the values are numbers of one dimension, in `axis` unit."""

    study: PlainStudy
    table: ScanTable
    points: tuple[Point, ...]
    numeric: bool
    axis: str
    readings: tuple[Reading, ...]
    beyond: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]
    override: str


def scan(
    study: Study, *, kept: Path, version: str, file: str = "study", override: str = "", tell: Tell | None = None
) -> Scan:
    """Run the protocol once for every value of [scan], the same people in each, and read the outcomes.

    Args:
        study: with a table [scan]
        kept: folder for finished values; those of the same study and version are not run again
        version: changes with code and numbers
        file: name of the study in messages
        override: a reason to run in spite of an absolute finding
        tell: called as tell(done, total, what) before each value

    Returns: Scan.
    Errors: StudyError for a scan that cannot be; Refused; Failed.
    Checked by: tests/unit/study/test_scan.py
    """
    found = points(study, file=file)
    table = _table(study, file)
    said = _screened(found, override=override)
    done: list[dict[str, Any]] = []
    for n, point in enumerate(found):
        if tell:
            tell(n, len(found), point.text)
        done.append(_read(point, table, kept=kept, version=version, override=override))
    if tell:
        tell(len(found), len(found), "")
    axis, numeric = _axis(table)
    names = [name for name, one in done[0]["readings"].items() if one["scale"] != DEPTH or DEPTH in study.outcomes]
    return Scan(
        study=study.plain(),
        table=table,
        points=found,
        numeric=numeric,
        axis=axis,
        readings=tuple(stacked([one["readings"][name] for one in done]) for name in names),
        beyond=tuple((*point.beyond, *_through(one)) for point, one in zip(found, done, strict=True)),
        findings=said,
        override=override,
    )


def points(study: Study, *, file: str = "study") -> tuple[Point, ...]:
    """Every value of the scan as a study of its own, in the order of the axis.

    Errors: StudyError naming scan.key or scan.values[i].
    Checked by: tests/unit/study/test_scan.py
    """
    table = _table(study, file)
    if study.arm:
        raise StudyError(file, [Problem("arm", "arms", "none: a scan compares the values of one key")])
    written = study.model_dump(mode="json", exclude_unset=True)
    written.pop("scan")
    wanted = (*(study.outcomes or WANTED), *HARM, DEPTH)
    made, problems = [], []
    for n, value in enumerate(table.values):
        try:
            one = Study.of(changed(written, table.key, value) | {"horizon": LONG.text}, file=file)
        except KeyError:
            allowed = 'a key of this study\'s protocol, such as "protocol.session.depth"'
            raise StudyError(file, [Problem("scan.key", shown(table.key), allowed)]) from None
        except StudyError as error:
            problems += [_of_value(n, value, table.key, problem) for problem in error.problems]
            continue
        last = max([0.0, *(visit.time for visit in one.plain().arms[0].sessions)])
        end = max(last, max(_times(table, last)))
        update = {"horizon": Quantity(end, f"{end / DAY:g} d"), "outcomes": list(dict.fromkeys(wanted))}
        beyond = marks(one.plain().arms[0])
        made.append(
            Point(
                text=str(value), place=_place(table, n), study=one.model_copy(update=update), last=last, beyond=beyond
            )
        )
    if problems:
        raise StudyError(file, list(dict.fromkeys(problems)))
    texts = [one.text for one in made]
    twice = [text for text in texts if texts.count(text) > 1]
    if twice:
        raise StudyError(file, [Problem("scan.values", f"{shown(twice[0])} twice", "each value once")])
    return tuple(sorted(made, key=lambda one: one.place))


def _table(study: Study, file: str) -> ScanTable:
    if study.scan is None:
        raise StudyError(file, [Problem("scan", "nothing", "a table [scan] with key and values")])
    return study.scan


def _of_value(n: int, value: Value, key: str, problem: Problem) -> Problem:
    """A problem of one value's study, told at the value that makes it."""
    if "unknown key" in problem.found:
        return Problem("scan.key", shown(key), f"a key that stands there: {problem.allowed}")
    there = "" if problem.key.split(".")[-1] == key.split(".")[-1] else f" ({problem.key})"
    return Problem(f"scan.values[{n}]", f"{shown(value)}{there}", problem.allowed)


def _times(table: ScanTable, last: float) -> list[float]:
    """When this value is read [s]."""
    since = last if table.after == "last session" else 0.0
    return [since + one.value for one in table.at]


def _numbers(table: ScanTable) -> tuple[list[float], str] | None:
    """The values as numbers in the unit of the first; None when they are words."""
    try:
        pairs = [units.split(str(value)) for value in table.values]
        first = pairs[0][1]
        return [number * units.factor(unit or "1", first or "1") for number, unit in pairs], first
    except units.UnitError:
        return None


def _place(table: ScanTable, n: int) -> float:
    found = _numbers(table)
    return float(n) if found is None else found[0][n]


def _axis(table: ScanTable) -> tuple[str, bool]:
    found = _numbers(table)
    return ("", False) if found is None else (found[1], True)


def _screened(found: tuple[Point, ...], *, override: str) -> tuple[Finding, ...]:
    """What speaks against any of the values; refused before anything is computed."""
    said = {one: None for point in found for one in findings(point.study.plain())}
    if refused(tuple(said)) and not override:
        raise Refused(tuple(said))
    return tuple({(one.id, one.reason): one for one in said}.values())


def _read(point: Point, table: ScanTable, *, kept: Path, version: str, override: str) -> dict[str, Any]:
    """The readings of one value: those kept when nothing has changed since, else of a run."""
    text = json.dumps(point.study.model_dump(mode="json"), sort_keys=True)
    asked = tuple(
        (f"{one.text} after the {table.after}", when) for one, when in zip(table.at, _times(table, point.last))
    )
    digest = hashlib.sha256(json.dumps([version, text, asked]).encode()).hexdigest()
    place = kept / f"{digest[:24]}.json"
    if place.is_file():
        try:
            return dict(json.loads(place.read_text(encoding="utf-8")))
        except (json.JSONDecodeError, UnicodeDecodeError):
            place.unlink()  # cut short: as if it had not been kept
    tree = run(point.study, override=override)
    made = {
        "readings": {name: dataclasses.asdict(one) for name, one in readings_of(tree, asked).items()},
        "bottom": bottom_of(tree),
    }
    write_text(place, json.dumps(made) + "\n")
    return made


def _through(content: Mapping[str, Any]) -> tuple[str, ...]:
    """A mark where needles reach below the dermis of the central person: fat is no part of the model."""
    reached = max(one["values"][0] or 0.0 for one in content["readings"].values() if one["scale"] == DEPTH)
    if reached <= content["bottom"]:
        return ()
    return (f"tips at {reached * 1e3:.2g} mm, the dermis ends at {content['bottom'] * 1e3:.2g} mm",)
