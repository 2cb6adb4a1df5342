"""How well an interval forecast met one observation: pure numbers, no files."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

LEVEL = 0.9  # the interval shown everywhere: 5 % to 95 %
ROUNDING = 1e-9  # of an interval's larger end: an observation that close to it lies in it [1]


def interval(values: ArrayLike, level: float = LEVEL) -> tuple[float, float, float]:
    """Low, median and high of an ensemble: its (1 − level)/2, 1/2 and (1 + level)/2 quantiles.

    Members may be infinite ("not within the horizon"); quantiles are then taken without interpolation.

    Args:
        values: one number a member [any], not nan
        level: share the interval is to hold, 0–1

    Returns: low, median, high in the unit of `values`.
    """
    members = np.asarray(values, dtype=float)
    points = ((1 - level) / 2, 0.5, (1 + level) / 2)
    if np.isfinite(members).all():
        low, median, high = np.quantile(members, points)
    else:
        low, median, high = np.quantile(members, points, method="inverted_cdf")
    return float(low), float(median), float(high)


def interval_score(low: float, high: float, observed: float, level: float = LEVEL) -> float:
    """Interval score; smaller is better, and width costs as much as a miss.

        S = (u − l) + 2/α · max(0, l − y) + 2/α · max(0, y − u),  α = 1 − level

    Proper: the expected score is smallest for the true quantiles, so neither wide nor narrow intervals pay.

    Args:
        low: l, lower end of the interval [unit of observed]
        high: u, upper end
        observed: y
        level: share the interval is to hold, 0–1

    Returns: S in the unit of `observed`; nan when the interval has no finite end.

    Source: Gneiting T, Raftery AE 2007 J Am Stat Assoc 102:359-378, section 6.2 (doi:10.1198/016214506000001437)
    Checked by: tests/unit/evaluation/test_score.py
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return math.nan
    alpha = 1 - level
    return (high - low) + 2 / alpha * max(0.0, low - observed) + 2 / alpha * max(0.0, observed - high)


def miss(low: float, high: float, observed: float) -> float:
    """How far an observation lies outside an interval: 0 inside, positive above, negative below.

    What rounding alone leaves between an end and the observation is no miss: none of 31 people lies in 1e-52 to 0.1.
    """
    away = observed - high if observed > high else min(0.0, observed - low)
    return away if abs(away) > ROUNDING * max(abs(low), abs(high)) else 0.0


def ratio(observed: float, predicted: float) -> float:
    """Observed over predicted; nan where that says nothing (sign differs, or either is zero or infinite)."""
    if observed * predicted <= 0 or not math.isfinite(predicted):
        return math.nan
    return observed / predicted


def direction(change: float, noticeable: float) -> int:
    """+1, 0 or −1: the sign of a change, 0 within the dead band of the smallest noticeable change (ends outside)."""
    if change == 0 or abs(change) < noticeable:
        return 0
    return 1 if change > 0 else -1
