"""What a scan reads off one run: outcomes at the times asked for, and what passes at its worst."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from microneedling.simulate.result import LAYERS

DEPTH = "inserted_depth"  # read as well, to see who is needled through
# what passes within days says nothing weeks later: it is read at its worst over the course
PASSING = (
    *("pain", "bleeding", "erythema", "tewl", "oedema", "perfusion", "open_area", "permeable_area", "visible_pores"),
    *("inflammation", "neutrophils", "macrophages", "protease", "darkening_risk", "inserted_depth", "channel_depth"),
)
COUNTED = ("downtime", "open_by_impedance", "open_by_dye", "open_by_tewl")  # grow over the course
WORST, ALL = "at its most", "over the whole course"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reading:
    """One scale read one way; `values` and `start` (before the first session) are (member,) of one run, (value, member)
    of a scan, in SI, with None or nan where a member could not be simulated.
    """

    scale: str
    title: str
    unit: str
    shown: str
    worse: str
    noticeable: float
    when: str
    values: Any
    start: Any


def readings_of(tree: Any, asked: Sequence[tuple[str, float]]) -> dict[str, Reading]:
    """Every outcome of a run's first arm, read at the times asked for, at its worst, or in all.

    Args:
        tree: the result of a run
        asked: how a time is called, and the time [s]

    Returns: by scale and words of the time.
    Checked by: tests/unit/study/test_scan.py
    """
    scores = tree["scores"].to_dataset()
    times = np.array(scores["time"].values)
    found = {}
    for name, data in scores.data_vars.items():
        series, about = np.asarray(data.values[0], dtype=float), data.attrs
        for words, values in _read(str(name), times, series, asked):
            found[f"{name} {words}"] = Reading(
                scale=str(name),
                title=about["long_name"],
                unit=about["units"],
                shown=about["shown"],
                worse=about["worse"],
                noticeable=float(about["noticeable"]),
                when=words,
                values=_listed(values),
                start=_listed(series[:, 0]),
            )
    return found


def _read(
    name: str, times: np.ndarray, series: np.ndarray, asked: Sequence[tuple[str, float]]
) -> list[tuple[str, np.ndarray]]:
    """Words and values (member,)."""
    if name in PASSING:
        return [(WORST, np.max(series[:, times >= 0], axis=1))]
    if name in COUNTED:
        return [(ALL, series[:, -1])]
    return [(words, np.array([np.interp(when, times, row) for row in series])) for words, when in asked]


def bottom_of(tree: Any) -> float:
    """Depth at which the dermis of the central person ends [m]."""
    skin = tree["skin"].to_dataset()
    return float(sum(skin[layer].values[0] for layer in LAYERS))


def _listed(values: np.ndarray) -> list[float | None]:
    """For a file that knows no nan."""
    return [float(value) if np.isfinite(value) else None for value in values]


def stacked(records: Sequence[Mapping[str, Any]]) -> Reading:
    """The readings of several runs as one, value first."""
    values, start = (np.array([[_number(x) for x in one[key]] for one in records]) for key in ("values", "start"))
    return Reading(**{**records[0], "values": values, "start": start})


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
