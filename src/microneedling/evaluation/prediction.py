"""What a run says about one scale in one arm, and how a number is read off it, member by member."""

from __future__ import annotations

import dataclasses

import numpy as np

RECOVERED = 0.1  # share of the peak's excess below which a scale counts as recovered
HALF = 0.5
NO_RESPONSE = 1e-9  # relative to the scale itself: an excess this small is rounding, not a peak


class CannotRead(ValueError):
    """The prediction holds no such number; the sentence says why."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Prediction:
    """One scale over time for every member of the ensemble, in SI.

    Args:
        arm: name of the arm
        scale: name of the scale
        times: rising; equal times mean before and after an event (time,) [s]. The first sample must lie before the
            first treatment, since it (or the last one before time 0) is the baseline
        values: the scale (member, time) [unit]; member i is the same person in every arm; the central person is
            left out where there is an ensemble
        unit: SI unit of `values`
        noticeable: smallest change a person would notice, the dead band of directions [unit]
    """

    arm: str
    scale: str
    times: np.ndarray
    values: np.ndarray
    unit: str
    noticeable: float = 0.0


def at(prediction: Prediction, time: float) -> np.ndarray:
    """The scale at a time, linear between samples (member,) [unit]; after the event where a time stands twice."""
    times, values = prediction.times, prediction.values
    if not times[0] <= time <= times[-1]:
        raise CannotRead(f"time {time:g} s is outside the run ({times[0]:g} s to {times[-1]:g} s)")
    return _finite(prediction, np.array([np.interp(time, times, row) for row in values]))


def baseline(prediction: Prediction) -> np.ndarray:
    """The scale just before time 0: the last sample with time < 0, else the first sample (member,) [unit]."""
    before = np.flatnonzero(prediction.times < 0)
    return _finite(prediction, prediction.values[:, before[-1] if before.size else 0])


def peak_time(prediction: Prediction) -> np.ndarray:
    """Time of the greatest excess over baseline in either direction, at time ≥ 0 (member,) [s]; nan: no response."""
    times, excess = _excess(prediction)
    top = np.argmax(excess, axis=1)
    return np.where(_responds(prediction, excess), times[top], np.nan)


def time_to(prediction: Prediction, share: float) -> np.ndarray:
    """First time after the peak at which the excess is down to `share` of it (member,) [s].

    Linear between samples; inf when not within the run; nan without a response.
    """
    times, excess = _excess(prediction)
    found = np.array([_crossing(times, row, share) for row in excess])
    return np.where(_responds(prediction, excess), found, np.nan)


def event_time(prediction: Prediction, event: str) -> np.ndarray:
    """The time an event word means (member,) [s].

    "peak": time of the peak. "recovery": time since the first needling at which a tenth of the peak's excess is left.
    "half": time from the peak until half of it is left.
    """
    if event == "peak":
        return peak_time(prediction)
    if event == "recovery":
        return time_to(prediction, RECOVERED)
    return time_to(prediction, HALF) - peak_time(prediction)


def _excess(prediction: Prediction) -> tuple[np.ndarray, np.ndarray]:
    """Times from 0 on, and the excess over baseline turned so that each member's greatest is positive."""
    after = prediction.times >= 0
    if not after.any():
        raise CannotRead("the run ends before time 0")
    change = _finite(prediction, prediction.values[:, after]) - baseline(prediction)[:, None]
    top = np.argmax(np.abs(change), axis=1)
    sign = np.sign(change[np.arange(len(change)), top])
    return prediction.times[after], change * np.where(sign == 0, 1.0, sign)[:, None]


def _responds(prediction: Prediction, excess: np.ndarray) -> np.ndarray:
    return excess.max(axis=1) > NO_RESPONSE * np.abs(prediction.values).max(axis=1)


def _crossing(times: np.ndarray, excess: np.ndarray, share: float) -> float:
    """Time at which `excess` first falls to `share` of its greatest value; inf when it does not."""
    top = int(np.argmax(excess))
    level = share * excess[top]
    below = np.flatnonzero(excess[top:] <= level)
    if not below.size or below[0] == 0:
        return float("inf")
    after = top + int(below[0])
    high, low = excess[after - 1], excess[after]
    part = (high - level) / (high - low)
    return float(times[after - 1] + part * (times[after] - times[after - 1]))


def _finite(prediction: Prediction, values: np.ndarray) -> np.ndarray:
    if not np.isfinite(values).all():
        raise CannotRead(f"{prediction.scale} in {prediction.arm} is not a number in some members")
    return values
