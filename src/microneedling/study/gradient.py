"""What an outcome gains by every number of a study, for every person, by one way back through the course."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from microneedling.numerics.tape import Unsupported
from microneedling.study.build import Parts, parts_of
from microneedling.study.courses import SWITCH
from microneedling.study.numbers import Cards
from microneedling.study.plain import PlainStudy


class NoGradient(RuntimeError):
    """The reverse derivative cannot be had here; the sentence says why."""


@dataclasses.dataclass(frozen=True)
class Gradient:
    """A reading of each person, and its derivative by each number [unit of the scale / unit of the number]."""

    value: np.ndarray  # (people,)
    slopes: dict[str, np.ndarray]  # "Record.field" -> (people,)
    status: np.ndarray  # (people,); other than 0: that person's course failed, and there are no numbers


@dataclasses.dataclass(frozen=True)
class Asked:
    """One scale at one time in one arm of a study, with all that its course needs."""

    study: PlainStudy
    cards: Cards
    records: Mapping[str, Any]
    parts: Parts
    scale: int
    arm: int
    time: float


def gradients(
    study: PlainStudy, cards: Cards, records: Mapping[str, Any], *, scale: str, time: float, arm: str = ""
) -> Gradient:
    """The slope of one scale at one time by every number of every record, person by person.

        slope = d(reading)/d(number), by reverse mode: reading, course, events, laws, skin, drawn numbers

    What is differentiated is the computed course: step sizes and their acceptance are taken as they were, and so are
    the times of events; of a choice it is the branch taken, of `max` and `min` at equality the mean of both. What the
    study fixes by its own text (an age, a depth, a dose) belongs to no record and has no slope here.

    Args:
        study: in SI
        cards: the cards it names
        records: drawn numbers by record name, each number (people,), as from `study.numbers.draw`
        scale: name of a scale, such as "collagen_stain"
        time: when it is read, within the course [s]
        arm: name of an arm; empty: the first

    Returns: Gradient.
    Errors: ValueError for an unknown scale or arm or a time outside the course; NoGradient without the native machine
    or where a law uses an operation that cannot be taken back.
    Checked by: tests/unit/study/test_gradient.py (against differences)
    """
    if os.environ.get(SWITCH) == "0" or importlib.util.find_spec("numba") is None:
        raise NoGradient(f"a gradient needs the native machine: install the package numba, and do not set {SWITCH}=0")
    parts = parts_of(study, cards, records)
    begin = float(np.asarray(parts.plans[0].times).min())
    if not begin <= time <= study.horizon:
        raise ValueError(f"time {time:g} s is outside the course, {begin:g} to {study.horizon:g} s")
    which = _place("scale", scale, [card.name for card in parts.cards])
    names = [one.name for one in study.arms]
    asked = Asked(study, cards, records, parts, which, _place("arm", arm or names[0], names), time)
    try:
        # the compiler behind it is heavy, and only needed here
        found: Gradient = importlib.import_module("microneedling.study.gradient_course").gradient_of(asked)
    except Unsupported as missing:
        raise NoGradient(f"the native machine cannot take back {missing}") from missing
    return found


def _place(what: str, name: str, names: list[str]) -> int:
    if name not in names:
        raise ValueError(f'there is no {what} "{name}"; there are {", ".join(sorted(names))}')
    return names.index(name)
