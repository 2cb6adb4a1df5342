"""Axes of a drawing: ticks a reader expects, and from numbers to pixels."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Sequence

import numpy as np

from microneedling.report import spell
from microneedling.report.spell import DAY, HOUR, MINUTE, MONTH

_STEPS = (1.0, 2.0, 5.0, 10.0)
_CLOCK = ((MINUTE, "1 min"), (10 * MINUTE, "10 min"), (HOUR, "1 h"), (6 * HOUR, "6 h"), (DAY, "1 d"), (3 * DAY, "3 d"),
          (7 * DAY, "7 d"))  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Axis:
    """One axis: numbers low..high on pixels start..stop, with labelled ticks; logarithmic when `log`."""

    low: float
    high: float
    start: float
    stop: float
    ticks: tuple[tuple[float, str], ...]
    title: str = ""
    log: bool = False

    def at(self, values: np.ndarray | float) -> np.ndarray:
        """Pixels of numbers; what lies beyond the axis sits on its end."""
        held = np.clip(np.asarray(values, dtype=float), self.low, self.high)
        if self.log:
            share = np.log(held / self.low) / math.log(self.high / self.low)
        else:
            share = (held - self.low) / (self.high - self.low)
        return np.asarray(self.start + share * (self.stop - self.start))


def nice(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, at most `most` of them."""
    raw = (high - low) / max(1, most - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(s * size for s in _STEPS if s * size >= raw * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def value_axis(low: float, high: float, *, start: float, stop: float) -> Axis:
    """A linear axis from low to a little above high, ticks on round numbers."""
    if not high - low > 1e-12 * max(abs(high), abs(low)):
        high = low + (abs(low) or 1.0) * 0.1
    high += 0.04 * (high - low)
    ticks = nice(low, high, 6)
    return Axis(low, high, start, stop, tuple((t, tick_text(t, ticks)) for t in ticks))


def decade_axis(low: float, high: float, *, start: float, stop: float) -> Axis:
    """A logarithmic axis over whole decades."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    last = max(last, first + 1)
    every = max(1, math.ceil((last - first) / 6))
    ticks = tuple((10.0**n, _decade(n)) for n in range(first, last + 1, every))
    return Axis(10.0**first, 10.0**last, start, stop, ticks, log=True)


def clock_axis(end: float, *, start: float, stop: float, after: str) -> Axis:
    """Time after a session, from a minute to `end` [s], logarithmic; `after` says after what."""
    high = max(end, 10 * MINUTE)
    ticks = tuple((t, text) for t, text in _CLOCK if t <= high * 1.001)
    return Axis(MINUTE, high, start, stop, ticks, f"time after {after}", log=True)


def calendar_axis(low: float, high: float, *, start: float, stop: float, after: str) -> Axis:
    """Time from the first session [s] in hours, days, weeks or months, whichever reads best; at most nine ticks."""
    size, word, steps = next((s, w, steps) for limit, s, w, steps in _CALENDAR if high - low <= limit)
    step = next((s for s in steps if (high - low) / size / s <= 8), (high - low) / size / 8)
    ticks = [n * step for n in range(math.ceil(low / size / step - 1e-9), math.floor(high / size / step + 1e-9) + 1)]
    labelled = tuple((t * size, tick_text(t, ticks)) for t in ticks)
    return Axis(low, high, start, stop, labelled, f"{word} from {after}")


_CALENDAR: tuple[tuple[float, float, str, tuple[float, ...]], ...] = (
    (5 * HOUR, MINUTE, "minutes", (1, 2, 5, 10, 15, 30, 60)),
    (3 * DAY, HOUR, "hours", (1, 2, 3, 6, 12)),
    (70 * DAY, DAY, "days", (1, 2, 5, 7, 10, 14)),
    (200 * DAY, 7 * DAY, "weeks", (1, 2, 4)),
    (math.inf, MONTH, "months", (1, 2, 3, 6, 12, 24, 60, 120, 240)),
)


def tick_text(value: float, ticks: Sequence[float]) -> str:
    """A tick's label with just the places its neighbours need."""
    gap = min((abs(b - a) for a, b in itertools.pairwise(ticks)), default=abs(value) or 1.0)
    most = max(abs(t) for t in ticks)
    if most >= 1e6:
        return spell.powers(value, 2) if value else "0"
    if most >= 1e4:
        return f"{value / 1000:g}k".replace("-", "−") if value else "0"
    places = max(0, -math.floor(math.log10(gap) + 1e-9))
    text = f"{value:,.{places}f}".replace("-", "−")
    return "0" if value == 0 else text


def _decade(exponent: int) -> str:
    return (
        spell.figures(10.0**exponent, 1) if -3 <= exponent <= 4 else spell.powers(10.0**exponent, 1).replace("1 × ", "")
    )
