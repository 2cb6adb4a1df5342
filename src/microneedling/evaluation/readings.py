"""The numbers that tests of claims read from the runs of their studies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from microneedling.evaluation.claims import BASELINE, Reading
from microneedling.evaluation.measures import Values
from microneedling.evaluation.prediction import CannotRead, Prediction, at, baseline


def values_of(wanted: Iterable[Reading], predictions: Sequence[Prediction]) -> dict[Reading, Values]:
    """What each reading of one study finds in its run.

    Args:
        wanted: readings of that study
        predictions: scales over time, of all arms of the run

    Returns: values, or the reason why there are none, by reading.
    Checked by: tests/unit/evaluation/test_readings.py
    """
    found = {(one.arm, one.scale): one for one in predictions}
    return {one: _values(one, found) for one in wanted}


def _values(wanted: Reading, found: dict[tuple[str, str], Prediction]) -> Values:
    if (wanted.arm, wanted.scale) not in found:
        arms = ", ".join(sorted({arm for arm, _ in found}))
        return Values(reason=f'no scale "{wanted.scale}" for an arm "{wanted.arm}" in the run; its arms: {arms}')
    series = found[wanted.arm, wanted.scale]
    there = np.isfinite(series.values).all(axis=1)
    if not there.any():
        return Values(reason=f"{series.scale} in {series.arm}: nobody could be simulated")
    values = np.full(there.size, np.nan)  # nan: could not be simulated; member i is the same person everywhere
    try:
        values[there] = _read(wanted, dataclasses.replace(series, values=series.values[there]))
    except CannotRead as error:
        return Values(reason=str(error))
    unit = "s" if wanted.read == "lasting" else series.unit
    return Values(values=tuple(float(x) for x in values), unit=unit, noticeable=series.noticeable)


def _read(wanted: Reading, series: Prediction) -> np.ndarray:
    if wanted.read == BASELINE:
        return baseline(series)
    if wanted.read == "at":
        return at(series, wanted.time)
    if wanted.read == "lasting":
        return lasting(series)
    span = (series.times >= 0) & (series.times <= wanted.time)
    if not span.any() or not np.isfinite(series.values[:, span]).all():
        raise CannotRead(f"{series.scale} in {series.arm} is not a number in some members, or not read by that time")
    extreme = np.max if wanted.read == "greatest" else np.min
    return np.asarray(extreme(series.values[:, span], axis=1))


def lasting(series: Prediction) -> np.ndarray:
    """Last time at which a scale is noticeably off its start (member,) [s]: 0 if it never is, inf if at the end.

    Linear between samples.

    Checked by: tests/unit/evaluation/test_readings.py
    """
    start = baseline(series)
    after = series.times >= 0
    off = np.abs(series.values[:, after] - start[:, None])
    if not np.isfinite(off).all():
        raise CannotRead(f"{series.scale} in {series.arm} is not a number in some members")
    return np.array([_last(series.times[after], row, series.noticeable) for row in off])


def _last(times: np.ndarray, off: np.ndarray, least: float) -> float:
    above = np.flatnonzero(off >= least)
    if not above.size:
        return 0.0
    n = int(above[-1])
    if n + 1 == times.size:
        return float("inf")
    part = (off[n] - least) / (off[n] - off[n + 1])
    return float(times[n] + part * (times[n + 1] - times[n]))
