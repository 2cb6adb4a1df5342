"""Calibration rows of the clinical map, as trials print them, and as changes in standard deviations between people."""

from __future__ import annotations

import csv
import dataclasses
import math
from pathlib import Path

from scipy import stats

from microneedling.core import units

ROWS = Path(__file__).with_name("clinical_rows.csv")
TOGETHER = 0.5  # correlation of scores before and after in one person, where a trial prints both deviations only


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClinicalRow:
    """One row: where it is simulated, what it found as change d in standard deviations, its error, and its design."""

    case: str
    arm: str
    scale: str
    tissue: str
    slope: str
    time: float
    moved: float
    error: float
    people: float
    is_open: bool
    source: str


def read_rows(path: Path = ROWS) -> tuple[ClinicalRow, ...]:
    """The rows.

        d = f/S,   S as given or √(s₀² + s₁² - 2 r s₀ s₁)
        SE² = (half-width/z/S)² or (1 + d²/2)/n, and (d times how vague S is)²

    Args:
        path: a CSV file with the columns of clinical_rows.csv

    Returns: one record a row.
    Errors: ValueError when a row has neither S nor deviations, or neither interval nor n.
    Checked by: tests/published/test_clinical_map.py
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_row(cells) for cells in csv.DictReader(file))


def _row(cells: dict[str, str]) -> ClinicalRow:
    people, fall = _people(cells), float(cells["fall"])
    moved = fall / people
    return ClinicalRow(
        case=cells["case"],
        arm=cells["arm"],
        scale=cells["scale"],
        tissue=cells["tissue"],
        slope=cells["slope"],
        time=units.read(cells["time"], "s"),
        moved=moved,
        error=math.hypot(_error(cells, moved, people), moved * float(cells["vague"])),
        people=people,
        is_open=cells["design"] == "open",
        source=cells["source"],
    )


def _people(cells: dict[str, str]) -> float:
    if cells["people"]:
        return float(cells["people"])
    if not (cells["start_deviation"] and cells["end_deviation"]):
        raise ValueError(f"{cells['case']}, {cells['scale']}: found neither people nor two deviations; one is needed")
    before, after = float(cells["start_deviation"]), float(cells["end_deviation"])
    return math.sqrt(before**2 + after**2 - 2 * TOGETHER * before * after)


def _error(cells: dict[str, str], moved: float, people: float) -> float:
    if cells["low"]:
        z = float(stats.norm.ppf(0.5 + float(cells["level"]) / 2))
        return (float(cells["high"]) - float(cells["low"])) / 2 / z / people
    if not cells["n"]:
        raise ValueError(f"{cells['case']}, {cells['scale']}: found neither an interval nor n; one is needed")
    return math.sqrt((1 + moved**2 / 2) / int(cells["n"]))
