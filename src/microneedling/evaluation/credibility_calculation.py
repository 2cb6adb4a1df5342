"""What records say of calculations: quoted runs, benchmark programs, and the joint fit."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from microneedling.core.document import Part, Table, Text, points
from microneedling.evaluation.credibility_records import RecordError, Setting, content, reading, setting_of
from microneedling.simulate.accuracy import accuracy
from microneedling.simulate.result import load

SUMMARY = "summary.json"
STORED = "result.zarr"
NEEDED = ("title", "balance_error", "status", "arms")


class Recorded(Protocol):
    """Where runs and benchmarks are."""

    @property
    def runs(self) -> tuple[Path, ...]:
        """Folders of results to quote."""

    @property
    def benchmarks(self) -> Path | None:
        """The repository's benchmarks."""


def calculation(places: Recorded) -> tuple[Part, ...]:
    """What is known of errors of calculation: never more than a run or a benchmark recorded.

    Errors: RecordError when a quoted result has no readable summary.
    Checked by: tests/unit/evaluation/test_credibility.py
    """
    said = Text(
        "Each run states the largest error of the balance of its actives, its steps, the standard error of drawing few "
        "people, and every course that did not finish with the reason; a partial result is never counted as a whole "
        "one. “run --verify” adds what smaller step errors and a finer grid do to each outcome of the central person."
    )
    lines, exact = [], []
    for folder in places.runs:
        found = _summary(folder)
        with reading(folder / SUMMARY, allowed="“run”"):
            lines.append(_run(found))
            exact.append(_exact(found))
    head = ("Run", "Largest balance error", "Courses finished", "Extrapolations marked")
    quoted: Part = Table("Runs quoted", head, tuple(lines), (5, 2, 2, 2), (1, 2, 3))
    if not lines:
        quoted = Text("No run was quoted; “--run DIR” adds a result's own figures.")
    return (said, quoted, *exact, *_benchmarks(places.benchmarks))


def _summary(folder: Path) -> Mapping[str, Any]:
    path = folder / SUMMARY
    found = content(path)
    missing = [key for key in NEEDED if not isinstance(found, dict) or key not in found]
    if missing:
        raise RecordError(f"{path}: {missing[0]}: found nothing, allowed the summary of a run")
    return dict(found)


def _run(found: Mapping[str, Any]) -> tuple[str, ...]:
    counts = [(words, n) for arm in found["status"].values() for words, n in arm.items()]
    whole = sum(n for words, n in counts if words == "finished")
    beyond = len(found.get("extrapolations", []))
    return found["title"], f"{found['balance_error']:.1g}", f"{whole} of {sum(n for _, n in counts)}", str(beyond)


def _exact(found: Mapping[str, Any]) -> Part:
    """Sampling, step and grid errors of each outcome of a run, as shares of its interval."""
    lines = [
        (one.outcome.replace("_", " "), *(_share(one.share(of)) for of in ("median", "ends", "tolerance", "grid")))
        for one in accuracy(found["arms"])
        if any(one.share(of) for of in ("median", "tolerance", "grid"))
    ]
    verified = found.get("solver", {}).get("verified")
    ended = ", ".join(f"{check}: {words}" for check, words in verified["ended"].items()) if verified else "not verified"
    head = ("Outcome", "Standard error of the median", "of the ends", "Smaller step errors", "Halved cells")
    title = f"{found['title']} ({ended}): errors, as shares of the widest 5 to 95 % interval"
    return Table(title, head, tuple(lines), (4, 2, 2, 2, 2), (1, 2, 3, 4))


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.2g} %" if share >= 1e-4 else "< 0.01 %"


def setting_of_run(folder: Path) -> Setting:
    """Where a stored run stands.

    Errors: RecordError when its result cannot be read.
    Checked by: tests/faces/test_credibility_command.py
    """
    path = folder / STORED
    try:
        study = json.loads(load(path)["run"].attrs["study"])
    except (OSError, ValueError, KeyError) as error:
        raise RecordError(f"{path}: found no result that can be read ({error}), allowed what “run” wrote") from error
    return setting_of(study, case=str(study.get("title", folder.name)), folder=folder)


def _benchmarks(folder: Path | None) -> tuple[Part, ...]:
    if folder is None:
        return (Text("Benchmark programs were not found here: they stand in the project's repository."),)
    known = [
        (path, ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))) for path in sorted(folder.glob("*.py"))
    ]
    lines = [f"{path.name}: {(words or 'says nothing').splitlines()[0].replace('`', '')}" for path, words in known]
    return (Text("Benchmark programs in the repository, to be run again by anybody", mark=True), points(lines))


def fit_parts(path: Path) -> tuple[Part, ...]:
    """What a joint fit recorded: its data, its agreement between clouds, how far each number was narrowed.

    Args:
        path: fit.json

    Errors: RecordError when a part is missing.
    Checked by: tests/unit/evaluation/test_credibility.py
    """
    with reading(path, allowed="“fit”"):
        return _fit_parts(path, content(path))


def _fit_parts(path: Path, found: Any) -> tuple[Part, ...]:
    for key in ("settings", "convergence", "numbers", "rows"):
        if not isinstance(found, dict) or key not in found:
            raise RecordError(f"{path}: {key}: found nothing, allowed what `microneedling fit` writes")
    used = sorted({row["source"] for row in found["rows"]})
    numbers: list[Mapping[str, Any]] = sorted(found["numbers"], key=lambda one: float(one["narrowed"] or 1))
    learnt = sum(one["grade"] == "fitted" for one in numbers)
    lines = tuple(map(_number, numbers))
    left = tuple((one["case"].replace("_", " "), one["scale"], one["reason"]) for one in found.get("omitted", []))
    agreed = [f"{key.capitalize()}: {_figure(value)}" for key, value in found["convergence"].items() if key != "stages"]
    head = ("Number", "Before", "After", "Unit", "Spread after over before", "Grade")
    return (
        Text(
            f"Joint fit of {len(numbers)} numbers to {len(found['rows'])} calibration rows of {len(used)} sources, "
            f"{found['settings'].get('draws', 'unknown')} draws. The data taught {learnt} of them; the others keep the "
            "spread they had."
        ),
        *_disagreement(found["convergence"]),
        points(agreed),
        Table(
            "Numbers before and after the fit (5, 50 and 95 %)",
            head,
            lines,
            (4, 3, 3, 2, 2, 2),
            (4,),
            fold=f"Numbers before and after the fit ({len(numbers)})",
        ),
        Table(f"Rows left out of the fit: {len(left)}", ("Case", "Read-out", "Why"), left, (3, 2, 4)),
    )


def _disagreement(convergence: Mapping[str, Any]) -> tuple[Part, ...]:
    """A sentence where independent clouds of the fit do not tell the same."""
    apart, of = convergence.get("coordinates beyond 1.1", 0), convergence.get("coordinates", "unknown")
    if not apart:
        return ()
    return (
        Text(
            f"Independent clouds of the fit disagree in {apart} of {of} coordinates (scale reduction above 1.1): the "
            "spreads of those numbers are not settled, and neither is what rests on them."
        ),
    )


def _number(one: Mapping[str, Any]) -> tuple[str, ...]:
    narrowed = _figure(one["narrowed"])
    return one["name"], _points(one["prior"]), _points(one["after"]), str(one["unit"] or "1"), narrowed, one["grade"]


def _points(values: Any) -> str:
    return ", ".join(_figure(value) for value in values) if isinstance(values, list) else _figure(values)


def _figure(value: Any) -> str:
    if isinstance(value, list):
        return _points(value)
    return f"{value:.3g}" if isinstance(value, float) else str(value)
