"""Days of downtime: how long redness shows after sessions. A scale of the whole course, not of one state."""

from __future__ import annotations

import numpy as np

from microneedling.scales.closure import open_time
from microneedling.scales.scale import Card

CARD = Card("downtime", "Days of visible redness so far", "s", "d", 0.0, 1e8, 0.0, "up")


def downtime(times: np.ndarray, redness: np.ndarray, noticeable: np.ndarray) -> np.ndarray:
    """Time so far with redness noticeably above its first value, by linear interpolation between readings.

    Args:
        times: (time,) [s], increasing
        redness: erythema index (time, member)
        noticeable: smallest rise that shows (member,)

    Returns: (time, member) [s], never falling.
    Checked by: tests/unit/scales/test_downtime.py
    """
    return open_time(times, redness - redness[:1] - noticeable)
