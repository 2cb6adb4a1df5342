"""What to keep of a course, and when."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

DENSE, SPARSE, MANY = 22, 6, 12  # readings after an event, where there are few and where there are many events
GAP = 1e-2  # readings closer than this to either end are left to the end itself [s]
AFTER = 1.0  # the first reading after an event comes this much later [s]
TOLERANCE = 3e-3  # relative error allowed per step [1]; leaves about 2e-4 over a year (benchmarks/course.py)


@dataclasses.dataclass(frozen=True)
class Keep:
    """Times [s] in order, the scales to read at them, and whether to keep all fields of the first person.

    Tolerance is the relative error allowed per step [1].
    """

    times: np.ndarray | jax.Array
    scales: tuple[Any, ...]
    fields: bool = True
    tolerance: float = TOLERANCE


def reading_times(
    events: Sequence[float], *, begin: float, end: float, minor: Sequence[float] = (), regular: int = 60
) -> np.ndarray:
    """Times worth reading: just before and after each event, then ever further apart, and a regular grid.

    Args:
        events: times at which something happens that skin answers to [s]
        begin, end: of the course [s]
        minor: times of wiping and uncovering, read just before and after only [s]
        regular: readings spaced evenly over the course

    Returns: sorted distinct times (time,) [s] from begin to end.
    Checked by: tests/unit/simulate/test_keep.py
    """
    major = sorted(set(events))
    dense = DENSE if len(major) <= MANY else SPARSE
    after = np.concatenate([[0.0, AFTER], np.geomspace(60.0, 30 * 86400.0, dense)])
    around = [time + after for time in major] + [time + np.array([0.0, AFTER]) for time in set(minor)]
    even = np.linspace(begin, end, regular)
    times = np.round(np.concatenate([*around, even]), 3)
    return np.unique(np.concatenate([[begin, end], times[(times > begin + GAP) & (times < end - GAP)]]))
