"""What to keep of a course, and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

AFTER = 1.0  # the first reading after an event comes this much later [s]


@dataclasses.dataclass(frozen=True)
class Keep:
    """Times [s] in order, the scales to read at them, and whether to keep all fields of the first person.

    Tolerance is the relative error allowed per step [1].
    """

    times: np.ndarray | jax.Array
    scales: tuple[Any, ...]
    fields: bool = True
    tolerance: float = 1e-3


def reading_times(
    events: Sequence[float], *, begin: float, end: float, dense: int = 22, regular: int = 60
) -> np.ndarray:
    """Times worth reading: just before and after each event, then ever further apart, and a regular grid.

    Args:
        events: event times [s]
        begin, end: of the course [s]
        dense: readings after each distinct event, geometric from a minute to a month
        regular: readings spaced evenly over the course

    Returns: sorted distinct times (time,) [s] from begin to end.
    Checked by: tests/unit/simulate/test_keep.py
    """
    after = np.concatenate([[0.0, AFTER], np.geomspace(60.0, 30 * 86400.0, dense)])
    clouds = [time + after for time in sorted(set(events))]
    even = np.linspace(begin, end, regular)
    times = np.concatenate([[begin], *clouds, even, [end]])
    within = times[(times >= begin) & (times <= end)]
    return np.unique(np.clip(np.round(within, 3), begin, end))
