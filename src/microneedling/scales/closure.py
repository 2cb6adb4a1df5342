"""How long channels count as open: by impedance, by dye, by water loss. Read off whole courses of one state.

Each method has its own threshold, so that one closing gives three times; none of them is a clock of its own.
"""

from __future__ import annotations

import numpy as np

from microneedling.scales.scale import Card

VISIBLE = 0.1  # share of the pores first seen below which a dye is said to show none [1]
FAINT = 1e-9  # of a threshold, or of the greatest of a course: below this nothing is there [1]
CARDS = {
    "impedance": Card("open_by_impedance", "Time channels count as open, by impedance", "s", "h", 0.0, 1e8, 0.0),
    "dye": Card("open_by_dye", "Time channels count as open, by dye", "s", "h", 0.0, 1e8, 0.0),
    "tewl": Card("open_by_tewl", "Time channels count as open, by water loss", "s", "h", 0.0, 1e8, 0.0),
}


def open_time(times: np.ndarray, excess: np.ndarray) -> np.ndarray:
    """Time so far with a positive excess over the threshold, linear between readings.

    Args:
        times: (time,) [s], increasing
        excess: what is read less its threshold (time, member)

    Returns: (time, member) [s], never falling.
    Checked by: tests/unit/scales/test_closure.py
    """
    gaps = np.diff(times)[:, None]
    a, b = excess[:-1], excess[1:]
    crossing = np.clip(np.maximum(a, b) / np.where(np.abs(b - a) > 0, np.abs(b - a), 1.0), 0.0, 1.0)
    share = np.where((a > 0) & (b > 0), 1.0, np.where((a > 0) | (b > 0), crossing, 0.0))
    return np.concatenate([np.zeros((1, excess.shape[1])), np.cumsum(share * gaps, axis=0)])


def over_share(values: np.ndarray, share: np.ndarray | float) -> np.ndarray:
    """How far values stand above a share of the greatest so far, ln(x/(share · x_max)) (time, member).

    The logarithm of an exponential is a line, so that times between readings are right. Rounding that a course holds
    before anything is open is no opening: what is FAINT beside the greatest of the whole course counts as nothing.
    """
    most = np.maximum(np.maximum.accumulate(values, axis=0), FAINT * np.max(values, axis=0))
    return _over(values, share * most)


def over_rest(values: np.ndarray, noticeable: np.ndarray) -> np.ndarray:
    """How far the rise over the first value stands above what an instrument can tell, ln((x - x₀)/δ) (time, member)."""
    return _over(values - values[:1], np.broadcast_to(noticeable, values.shape))


def _over(values: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    some = threshold > 0
    ratio = np.where(some, values / np.where(some, threshold, 1.0), 0.0)
    return np.log(np.maximum(ratio, FAINT))
