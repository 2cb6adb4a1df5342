"""How an outcome moves with each number a study rests on, at the central person."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import numpy as np

from microneedling.numerics.status import FINE, sentence
from microneedling.study.build import Parts
from microneedling.study.coordinates import Coordinate
from microneedling.study.courses import Failed
from microneedling.study.gradient import NoGradient, gradients
from microneedling.study.inquiry import Inquiry, course_parts, lanes, read, reading_pair

STEP = 5e-3  # of a number, or of its half spread where it is not drawn by ratio [1]
METHOD = "central differences"
BACK = "one way back through the course"
Step = Callable[[int, int], None]


@dataclasses.dataclass(frozen=True)
class Slopes:
    """The outcome of the central person and dy/dp of every number that can move it; others are not there."""

    value: float
    slopes: Mapping[str, float]
    method: str


def slopes(asked: Inquiry, numbers: Sequence[Coordinate], *, step: Step | None = None) -> Slopes:
    """Slopes by reverse mode; by differences where there is no native machine or a law cannot be taken back.

    Args:
        asked: the inquiry
        numbers: those whose slopes are wanted
        step: called with people done and people in all

    Returns: Slopes, with the method that gave them.
    Errors: Failed when nobody could be simulated.
    Checked by: tests/unit/study/test_slopes.py (one against the other)
    """
    try:
        return way_back(asked, numbers)
    except NoGradient:
        return differences(asked, numbers, step=step)


def way_back(asked: Inquiry, numbers: Sequence[Coordinate]) -> Slopes:
    """Slopes by reverse mode: of the reading asked for, less those of what it is held against.

    Errors: NoGradient without the native machine or where a law cannot be taken back; Failed when the course fails.
    Checked by: tests/unit/study/test_slopes.py
    """
    central = shifted(asked.known, [], 0.0)
    first, last = reading_pair(asked, course_parts(asked, central))
    terms = [(1.0, asked.arm, last)]
    if asked.against is not None:
        terms.append((-1.0, asked.against, last))
    elif asked.from_start:
        terms.append((-1.0, asked.arm, first))
    value, found = 0.0, dict.fromkeys((one.name for one in numbers), 0.0)
    for sign, arm, time in terms:
        named = asked.plain.arms[arm].name
        made = gradients(asked.plain, asked.cards, central, scale=asked.scale.name, time=float(time), arm=named)
        if made.status[0] != FINE:
            raise Failed(f'arm "{named}": {sentence(int(made.status[0]))}')
        value += sign * float(made.value[0])
        found = {name: slope + sign * float(made.slopes[name][0]) for name, slope in found.items()}
    return Slopes(value=value, slopes={name: slope for name, slope in found.items() if slope != 0}, method=BACK)


def differences(
    asked: Inquiry, numbers: Sequence[Coordinate], *, step: Step | None = None, size: float = STEP
) -> Slopes:
    """Slopes by central differences, people side by side: one with each number a little up, one a little down.

        dy/dp ≈ (y(p + δ) − y(p − δ))/(2 δ)

    People march at their own pace, but steps hardly change with a number half a per cent off, so what the course itself
    errs by (2e-4) cancels: at an ordinary run's tolerance elasticities are within 1e-3 of those at a 300th of it.

    Args:
        asked: the inquiry
        numbers: those to move
        step: called with people done and people in all
        size: how far to move each

    Returns: Slopes.
    Errors: Failed when nobody could be simulated.
    Checked by: tests/unit/study/test_slopes.py
    """
    tell = step or (lambda done, total: None)
    parts = course_parts(asked, shifted(asked.known, numbers, size))
    moving = stirring(asked, parts)
    tell(0, 1 + 2 * moving.size)
    y = read(asked, lanes(parts, np.array([0, *(m for n in moving for m in (1 + 2 * n, 2 + 2 * n))])))
    tell(y.size, y.size)
    slopes = {}
    for n, up, down in zip(moving, y[1::2], y[2::2]):
        h = size_of(numbers[n], size)
        slopes[numbers[n].name] = float((up - down) / (numbers[n].moved(h) - numbers[n].moved(-h)))
    return Slopes(value=float(y[0]), slopes=slopes, method=METHOD)


def stirring(asked: Inquiry, parts: Parts) -> np.ndarray:
    """Places of the numbers that reach anything: what laws, skin, events or the scale asked for are made of.

    A threshold of another scale or the smallest change somebody notices moves nothing here, and needs no course.

    Args:
        asked: the inquiry
        parts: of people as `shifted` makes them
    """
    given = (parts.model, parts.skin, parts.plans, read_by(parts, asked.place))
    people = parts.skin.step.shape[-1]
    reached = np.zeros(people, dtype=bool)
    for leaf in jax.tree.leaves(given):
        x = np.asarray(leaf)
        reached |= np.any((x != x[..., :1]).reshape(-1, people), axis=0)
    return np.flatnonzero(reached[1::2] | reached[2::2])


def read_by(parts: Parts, place: int) -> Any:
    """A scale without the size below which nobody notices: that is no part of its value."""
    return dataclasses.replace(parts.scales[place], noticeable=None)


def shifted(known: Mapping[str, Any], numbers: Sequence[Coordinate], size: float) -> dict[str, Any]:
    """Records of 1 + 2 n people: the central one, then each number up and down in turn."""
    moved = {one.name: n for n, one in enumerate(numbers)}
    people = 1 + 2 * len(numbers)
    made = {}
    for record, sourced in known.items():
        changes = {}
        for field in sourced.facts:
            values = np.full(people, float(getattr(sourced.record, field)))
            n = moved.get(f"{record}.{field}")
            if n is not None:
                h = size_of(numbers[n], size)
                values[1 + 2 * n], values[2 + 2 * n] = numbers[n].moved(h), numbers[n].moved(-h)
            changes[field] = values
        made[record] = dataclasses.replace(sourced.record, **changes)
    return made


def size_of(one: Coordinate, size: float) -> float:
    """How far to move a number in its coordinate."""
    return size if one.by_ratio else size * one.reach
