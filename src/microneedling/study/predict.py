"""A study's scales as plain series, for comparison with observations."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.simulate.keep import AFTER
from microneedling.study.run import run
from microneedling.study.schema import Study


@dataclasses.dataclass(frozen=True, kw_only=True)
class Series:
    """One scale of one arm: times (time,) [s], values (member, time) [unit], smallest noticeable change [unit]."""

    arm: str
    scale: str
    times: np.ndarray
    values: np.ndarray
    unit: str
    noticeable: float


def series_of(tree: Any, *, everybody: bool = False) -> tuple[Series, ...]:
    """Every scale of every arm of a result; the central person is left out where there is an ensemble.

    Who could not be simulated is left out too, unless `everybody` is asked for: then they are there without a number,
    so that member i is the same person in all arms and studies.
    """
    scores = tree["scores"].to_dataset()
    times = after_events(scores["time"].values)
    arms = json.loads(scores["arm"].attrs["names"])
    people = slice(1, None) if scores.sizes["member"] > 1 else slice(None)
    found = []
    for n, arm in enumerate(arms):
        for name, data in scores.data_vars.items():
            values = np.asarray(data.values[n][people])
            good = everybody | np.all(np.isfinite(values), axis=1)
            found.append(
                Series(
                    arm=arm,
                    scale=str(name),
                    times=times,
                    values=values[good],
                    unit=data.attrs["units"],
                    noticeable=float(data.attrs["noticeable"]),
                )
            )
    return tuple(found)


def after_events(times: np.ndarray) -> np.ndarray:
    """Times of readings, a reading just after an event at the event's own time (time,) [s]."""
    moved = np.array(times, dtype=float)
    after = np.flatnonzero(np.isclose(np.diff(moved), AFTER, rtol=0, atol=1e-3)) + 1
    moved[after] = moved[after - 1]
    return moved


def predicted(
    path: str | Path,
    *,
    changes: Mapping[str, Any] | None = None,
    anew: str = "",
    everybody: bool = False,
    tell: Callable[..., None] | None = None,
) -> tuple[Series, ...]:
    """Run a validation study and give its series. Such runs are stamped and never refused.

    Args:
        path: the study file
        changes: study keys to replace, such as {"members": 32}
        anew: a grade whose numbers are drawn a second time
        everybody: also those who could not be simulated, without a number
        tell: progress as for run
    """
    study = Study.load(path)
    if changes:
        study = study.model_copy(update=dict(changes))
    return series_of(run(study, exempt=True, anew=anew, progress=tell), everybody=everybody)
