"""How old the records are, and what of the code is younger: asked of the repository's own history."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

from microneedling.core.document import Part, Table, Text

SECONDS = 10.0  # more than any of the questions takes
PACKAGE = "src/microneedling"
# what a record speaks of: what decides a computed number. Pages and commands do not.
MODEL = tuple(
    f"{PACKAGE}/{name}"
    for name in (
        "cards",
        "formulation",
        "laws",
        "numerics",
        "protocol",
        "scales",
        "simulate",
        "skin",
        "study",
        "treatments",
    )
)
RECORDS = {
    "Validation": ("validation/results/validation.json", (*MODEL, "validation")),
    "Joint fit": ("validation/results/fit.json", (*MODEL, f"{PACKAGE}/fitting")),
    "Fitted numbers every run starts from": (f"{PACKAGE}/cards/parameter_sets/healing_posterior.toml", MODEL),
    "Sensitivity": ("docs/sensitivity.md", MODEL),
    "Speed": ("docs/speed.md", (f"{PACKAGE}/numerics", f"{PACKAGE}/simulate", "benchmarks")),
    "Unit cell against other solvers": ("docs/cell_benchmark.md", (f"{PACKAGE}/numerics", "benchmarks")),
    "Depth form against unit cell": ("docs/two_levels.md", (f"{PACKAGE}/laws", f"{PACKAGE}/numerics")),
}


@dataclasses.dataclass(frozen=True)
class History:
    """When a record was last changed, in which commit, and how many later commits changed what it speaks of."""

    date: str
    commit: str
    later: int


def history(root: Path, record: str, speaks_of: tuple[str, ...]) -> History | None:
    """What the repository knows of a record; None where there is no repository, or it does not know the file.

    Args:
        root: of the repository
        record: path in it
        speaks_of: paths in it

    Checked by: tests/unit/evaluation/test_credibility_history.py
    """
    last = _asked(root, "log", "-1", "--format=%cs %h", "--", record)
    if not last:
        return None
    date, commit = last.split()
    later = _asked(root, "rev-list", "--count", f"{commit}..HEAD", "--", *(one for one in speaks_of if one != record))
    return History(date, commit, int(later or 0))


def _asked(root: Path, *question: str) -> str:
    """What git answers, or nothing where it cannot."""
    try:
        found = subprocess.run(
            ["git", "-C", str(root), *question], capture_output=True, text=True, timeout=SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()


def history_parts(root: Path | None) -> tuple[Part, ...]:
    """The records of the repository, how old each is and whether the code went on since.

    Args:
        root: of the repository, or None

    Checked by: tests/unit/evaluation/test_credibility_history.py
    """
    if root is None:
        return (Text("The repository is not here, so the age of the records is not known."),)
    lines = tuple(_line(root, what, record, of) for what, (record, of) in RECORDS.items())
    told = (
        "A record is older than the code when a commit after it changed anything that decides a computed number, even "
        "if that moved none. It then says what an earlier version found."
    )
    return (Text(told), Table("Age of the records", ("Record", "File", "Changed", "Since then"), lines, (3, 5, 2, 4)))


def _line(root: Path, what: str, record: str, of: tuple[str, ...]) -> tuple[str, ...]:
    if not (root / record).is_file():
        return what, record, "not there", "–"
    found = history(root, record, of)
    if found is None:
        return what, record, "unknown", "no history here"
    since = f"older than the code: {found.later} later commits" if found.later else "nothing it speaks of has changed"
    return what, record, f"{found.date}, {found.commit}", since
