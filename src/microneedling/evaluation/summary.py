"""How well a set of comparisons did, by use, scale and kind of number."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence

import numpy as np

from microneedling.core.spread import Z95
from microneedling.evaluation import score
from microneedling.evaluation.compare import NOT_COMPUTED, Compared

REFERENCE_ROWS = 3  # fewer calibration rows than this have no mean and spread worth comparing with


@dataclasses.dataclass(frozen=True, kw_only=True)
class Summary:
    """All comparisons of one use, scale and measure; nan where there is no such number.

    `coverage` is the share of numbers inside the 90 % interval, `interval_score` their mean score [unit],
    `relative_score` that over the mean size of the observed numbers, `reference_score` the mean score of the plain
    reference: mean ± 1.645 SD of the calibration rows of the same scale and measure, whatever was done to the skin.
    `ratio` is the geometric mean of observed over predicted. `right` counts directions and bounds.
    """

    use: str
    scale: str
    measure: str
    unit: str
    rows: int
    not_computed: int
    numbers: int
    inside: int
    coverage: float
    interval_score: float
    relative_score: float
    reference_score: float
    ratio: float
    judged: int
    right: int


def summarise(rows: Iterable[Compared]) -> tuple[Summary, ...]:
    """One line for each use, scale and measure, validation first.

    Args:
        rows: comparisons of any number of cases

    Returns: the lines, sorted by use, scale, measure and unit.
    Checked by: tests/unit/evaluation/test_validate.py
    """
    groups: dict[tuple[str, str, str, str], list[Compared]] = {}
    for one in rows:
        groups.setdefault((one.row.use, one.row.scale, one.measure, one.row.unit), []).append(one)
    order = sorted(groups, key=lambda key: (key[0] != "validation", *key))
    return tuple(_summary(key, groups[key], groups.get(("calibration", *key[1:]), [])) for key in order)


def _summary(key: tuple[str, str, str, str], rows: Sequence[Compared], calibration: Sequence[Compared]) -> Summary:
    computed = [one for one in rows if one.verdict != NOT_COMPUTED]
    judged = [one for one in computed if one.verdict in ("right", "wrong")]
    numbers = [one for one in computed if one.verdict not in ("right", "wrong")]
    size = _mean([abs(one.row.value) for one in numbers])
    mean_score = _mean([one.interval_score for one in numbers])
    return Summary(
        use=key[0],
        scale=key[1],
        measure=key[2],
        unit=key[3],
        rows=len(rows),
        not_computed=len(rows) - len(computed),
        numbers=len(numbers),
        inside=sum(one.met for one in numbers),
        coverage=_mean([float(one.met) for one in numbers]),
        interval_score=mean_score,
        relative_score=mean_score / size if size > 0 else math.nan,
        reference_score=_reference(numbers, calibration) if key[0] == "validation" else math.nan,
        ratio=math.exp(_mean([math.log(one.ratio) for one in numbers if one.ratio > 0])),
        judged=len(judged),
        right=sum(one.met for one in judged),
    )


def _reference(numbers: Sequence[Compared], calibration: Sequence[Compared]) -> float:
    """Mean interval score of "as the calibration rows were"; nan when they are too few."""
    known = [one.row.value for one in calibration if not one.row.bound and one.row.kind != "direction"]
    if len(known) < REFERENCE_ROWS:
        return math.nan
    middle, spread = float(np.mean(known)), Z95 * float(np.std(known, ddof=1))
    return _mean([score.interval_score(middle - spread, middle + spread, one.row.value) for one in numbers])


def _mean(values: Sequence[float]) -> float:
    """Mean of the finite numbers; nan when there is none."""
    finite = [value for value in values if math.isfinite(value)]
    return sum(finite) / len(finite) if finite else math.nan
