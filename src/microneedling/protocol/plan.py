"""Treatments at times -> stacked events."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.treatment import Treatment


@dataclasses.dataclass(frozen=True)
class Timed:
    """A treatment at a time [s] with a word for the plot."""

    time: float
    treatment: Treatment
    label: str = ""


@struct
class Plan:
    """Events in time order on their first axis (event, ...) and the end of the course [s]."""

    times: jax.Array = param(unit="s", meaning="when each event happens (event,)")
    events: Event = param(unit="1", meaning="stacked events")
    end: jax.Array = param(unit="s", meaning="end of the course")


def plan(treatments: Sequence[Timed], skin: Skin, *, end: float, begin: float, actives: int, length: int = 0) -> Plan:
    """Stack what treatments do to this skin.

    Args:
        treatments: in any order; two at one time act in the order given
        skin: whose skin
        end: end of the course [s], after the last event
        begin: first time of the course [s]; a zero event stands there so that rest is recorded
        actives: number of actives of the study
        length: pad with zero events at the end to this many, so that arms share one compiled run

    Errors: ValueError if a treatment lies outside begin..end or `length` is too short.
    Checked by: tests/unit/protocol/test_plan.py
    """
    order = sorted(treatments, key=lambda timed: timed.time)
    outside = [t for t in order if not begin <= t.time <= end]
    if outside:
        raise ValueError(
            f"{outside[0].label or 'a treatment'} at {outside[0].time:g} s is outside {begin:g}..{end:g} s"
        )
    if length and length < len(order) + 1:
        raise ValueError(f"a plan of {len(order) + 1} events does not fit in {length}")
    none = no_event(skin, actives)
    missing = max(0, length - len(order) - 1)
    events = [none, *(timed.treatment.onto(skin) for timed in order), *([none] * missing)]
    times = np.array([begin, *(timed.time for timed in order), *([end] * missing)])
    stacked = jax.tree.map(lambda *parts: jnp.stack([jnp.asarray(p, dtype=float) for p in parts]), *events)
    return Plan(times=jnp.asarray(times), events=stacked, end=jnp.asarray(float(end)))
