"""Calibration rows of the clinical map, as trials print them."""

from __future__ import annotations

import csv
import dataclasses
import math
from pathlib import Path

from scipy import stats

from microneedling.core import units

ROWS = Path(__file__).with_name("clinical_rows.csv")
TOGETHER = 0.5  # correlation of scores before and after in one person, where a trial prints both deviations only
CONTROLLED, OPEN = "controlled", "open"


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClinicalRow:
    """One row: where it is simulated (`against`: the arm it is held against), and what it found.

    `fall` and its standard error `error` are in points of the scale; `people` is S, what people scatter, in points, and
    `vague` the standard deviation of ln S. `trials`: how many studies were pooled.
    """

    case: str
    arm: str
    against: str
    scale: str
    tissue: str
    slope: str
    time: float
    fall: float
    error: float
    people: float
    vague: float
    trials: int
    is_open: bool
    source: str


def read_rows(path: Path = ROWS) -> tuple[ClinicalRow, ...]:
    """The rows.

        S as given or √(s₀² + s₁² - 2 r s₀ s₁),   SE = half-width/z or S/√n

    Args:
        path: a CSV file with the columns of clinical_rows.csv

    Returns: one record a row.
    Errors: ValueError when a row has neither S nor deviations, neither interval nor n, or no known design.
    Checked by: tests/published/test_clinical_map.py
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_row(cells) for cells in csv.DictReader(file))


def _row(cells: dict[str, str]) -> ClinicalRow:
    place = f"{cells['case']}, {cells['scale']}"
    if cells["design"] not in (CONTROLLED, OPEN):
        raise ValueError(f"{place}: found design {cells['design']!r}, allowed {CONTROLLED}, {OPEN}")
    arm, _, against = cells["arm"].partition(" / ")
    people = _people(cells, place)
    return ClinicalRow(
        case=cells["case"],
        arm=arm,
        against=against,
        scale=cells["scale"],
        tissue=cells["tissue"],
        slope=cells["slope"],
        time=units.read(cells["time"], "s"),
        fall=float(cells["fall"]),
        error=_error(cells, people, place),
        people=people,
        vague=float(cells["vague"]),
        trials=int(cells["trials"]),
        is_open=cells["design"] == OPEN,
        source=cells["source"],
    )


def _people(cells: dict[str, str], place: str) -> float:
    if cells["people"]:
        return float(cells["people"])
    if not (cells["start_deviation"] and cells["end_deviation"]):
        raise ValueError(f"{place}: found neither people nor two deviations; one is needed")
    before, after = float(cells["start_deviation"]), float(cells["end_deviation"])
    return math.sqrt(before**2 + after**2 - 2 * TOGETHER * before * after)


def _error(cells: dict[str, str], people: float, place: str) -> float:
    if cells["low"]:
        z = float(stats.norm.ppf(0.5 + float(cells["level"]) / 2))
        return (float(cells["high"]) - float(cells["low"])) / 2 / z
    if not cells["n"]:
        raise ValueError(f"{place}: found neither an interval nor n; one is needed")
    return people / math.sqrt(int(cells["n"]))
