"""The harm a study's first needled arm may do: what the run computed, handed to the counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from microneedling.safety.harm_kind import HarmKind, harm_kinds
from microneedling.safety.harms import Computed, Harm, harms_for
from microneedling.safety.occasion import needlings
from microneedling.simulate.result import HIGH, LOW
from microneedling.study.numbers import Cards
from microneedling.study.plain import PlainStudy
from microneedling.study.screening import scenes

WHAT = {
    "highest": "{name}, at its height",
    "chance": "mean chance at its height, and from person to person",
    "days a session": "days that it shows after each session",
}


def harms(
    study: PlainStudy,
    cards: Cards,
    values: Mapping[str, np.ndarray] | None = None,
    attrs: Mapping[str, Any] | None = None,
) -> tuple[Harm, ...]:
    """What harm concerns the first arm that needles; none without such an arm, or in skin that is nobody's.

    Args:
        study: in SI
        cards: its cards
        values: scales by name (arm, member, time) [SI]; left out where nothing was run
        attrs: their units, as the result has them

    Returns: one record for each kind of harm that concerns the arm.
    Checked by: tests/faces/test_study_harms.py
    """
    if study.in_vitro is not None:
        return ()
    for number, scene in enumerate(scenes(study, cards)):
        if not needlings(scene):
            continue
        if values is None or attrs is None:
            return harms_for(scene)
        visits = len({one.time for one in needlings(scene)})
        read = {
            kind.id: _read(kind, values[kind.scale][number], attrs[kind.scale], visits)
            for kind in harm_kinds()
            if kind.scale in values
        }
        return harms_for(scene, {name: one for name, one in read.items() if one is not None})
    return ()


def _read(kind: HarmKind, series: np.ndarray, attrs: Mapping[str, Any], visits: int) -> Computed | None:
    """One number for each person out of (member, time): the greatest, or the last over the visits; then over people."""
    people = series[1:] if len(series) > 1 else series
    whole = people[np.isfinite(people).all(axis=1)]
    if not len(whole):
        return None
    own = whole[:, -1] / visits if kind.reading == "days a session" else np.max(whole, axis=1)
    low, middle, high = (float(np.quantile(own, q)) for q in (LOW, 0.5, HIGH))
    name = str(attrs["long_name"])
    return Computed(
        scale=kind.scale,
        what=WHAT[kind.reading].format(name=name[0].lower() + name[1:]),
        unit=str(attrs["units"]),
        shown=str(attrs["shown"]),
        middle=float(np.mean(own)) if kind.reading == "chance" else middle,
        low=low,
        high=high,
    )
