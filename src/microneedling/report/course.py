"""One outcome over time for every arm and member, and what can be said of it in numbers."""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

LOW, HIGH = 0.05, 0.95
NOT_NOTICEABLE, NOTICEABLE, UNCERTAIN = "not noticeable", "noticeable", "uncertain"


@dataclasses.dataclass(frozen=True)
class Interval:
    """5 %, median and 95 % of an ensemble."""

    low: float
    median: float
    high: float

    def times(self, factor: float) -> Interval:
        """The interval in another unit (factor > 0)."""
        return Interval(self.low * factor, self.median * factor, self.high * factor)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """A change beside the smallest noticeable one: word, and how many of the courses pass it."""

    word: str
    passed: int
    courses: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Outcome:
    """One scale of a result, in the unit people write.

    `values` is (arm, member, time) with failed members left out; without an ensemble its one member is the central
    person. `central` is the central person (arm, time).
    """

    name: str
    title: str
    unit: str
    noticeable: float
    low: float
    high: float
    time: np.ndarray
    values: np.ndarray
    central: np.ndarray
    failed: int
    shows: float = math.nan  # least change an instrument tells in one person; nan where none reads it

    @functools.cached_property
    def bands(self) -> np.ndarray:
        """5 %, median and 95 % (3, arm, time)."""
        return quantiles(np.moveaxis(self.values, 1, -1))

    @functools.cached_property
    def is_relative(self) -> bool:
        """Is it read relative to its own start (a pure number that starts at 1)?"""
        return self.unit == "1" and bool(np.all(np.abs(self.values[..., 0] - 1) < 0.02))

    @functools.cached_property
    def drawn(self) -> np.ndarray:
        """What is drawn (3, arm, time): the bands, or those of the change where people differ at the start."""
        if not self.is_change:
            return self.bands
        return quantiles(np.moveaxis(self.values - self.values[..., :1], 1, -1))

    @functools.cached_property
    def is_change(self) -> bool:
        """Do people start from values of their own, so that only the change can be seen on one axis?"""
        first = self.values[..., 0]
        return not self.is_relative and bool(np.ptp(first) > 1e-6 * np.max(np.abs(first)))

    def at(self, time: float) -> np.ndarray:
        """Values at a time [s] by linear interpolation between readings (arm, member)."""
        return interpolated(self.time, self.values, time)

    def change(self, time: float) -> np.ndarray:
        """Change from the first reading (arm, member)."""
        return self.at(time) - self.values[..., 0]


def interpolated(time: np.ndarray, values: np.ndarray, when: float) -> np.ndarray:
    """Values (..., time) read at one time [s]; the ends hold beyond the course."""
    after = int(np.clip(np.searchsorted(time, when), 1, len(time) - 1))
    share = np.clip((when - time[after - 1]) / (time[after] - time[after - 1]), 0.0, 1.0)
    return (1 - share) * values[..., after - 1] + share * values[..., after]


def quantiles(values: np.ndarray) -> np.ndarray:
    """5 %, median and 95 % over the last axis (3, ...), as numpy.quantile but sorting once."""
    ordered = np.sort(values, axis=-1)
    places = np.array([LOW, 0.5, HIGH]) * (values.shape[-1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, values.shape[-1] - 1)
    share = places - below
    return np.moveaxis((1 - share) * ordered[..., below] + share * ordered[..., above], -1, 0)


def interval(values: np.ndarray) -> Interval:
    """The interval of an ensemble (member,)."""
    return Interval(*(float(x) for x in quantiles(values)))


def verdict(change: np.ndarray, noticeable: float) -> Verdict:
    """Does a change (member,) show? Not when its interval lies within the smallest noticeable change."""
    found = interval(change)
    passed = int(np.sum(np.abs(change) > noticeable))
    if -noticeable <= found.low and found.high <= noticeable:
        return Verdict(NOT_NOTICEABLE, passed, len(change))
    if found.low > noticeable or found.high < -noticeable:
        return Verdict(NOTICEABLE, passed, len(change))
    return Verdict(UNCERTAIN, passed, len(change))


def peak(outcome: Outcome, arm: int, start: float, end: float) -> float:
    """Time [s] between `start` and `end` at which the median is farthest from its first value."""
    inside = np.flatnonzero((outcome.time > start) & (outcome.time <= end))
    if not inside.size:
        return end
    middle = outcome.bands[1, arm]
    return float(outcome.time[inside[np.argmax(np.abs(middle[inside] - middle[0]))]])


def fading(outcome: Outcome, arm: int, start: float, end: float) -> np.ndarray:
    """When each course was last noticeably away from its first value between two times [s] (member,).

    inf where it still is at the end, nan where it never was.
    """
    inside = (outcome.time > start) & (outcome.time <= end)
    time = outcome.time[inside]
    over = np.abs(outcome.values[arm][:, inside] - outcome.values[arm][:, :1]) - outcome.noticeable
    if not time.size:
        return np.full(over.shape[0], np.nan)
    shows = over > 0
    last = len(time) - 1 - np.argmax(shows[:, ::-1], axis=1)
    rows = np.arange(len(over))
    after = np.minimum(last + 1, len(time) - 1)
    high, low = over[rows, last], over[rows, after]
    share = np.where(high > low, high / np.where(high > low, high - low, 1.0), 0.0)
    when = time[last] + np.clip(share, 0, 1) * (time[after] - time[last])
    when = np.where(last == len(time) - 1, np.inf, when)
    return np.where(shows.any(axis=1), when, np.nan)
