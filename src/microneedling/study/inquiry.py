"""One number asked of a study: a scale at a time in an arm, as change from its start, against another arm, or bare."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import jax
import numpy as np
from pydantic_core import PydanticCustomError

from microneedling.core import units
from microneedling.numerics.status import FINE
from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.scales import standard as scales
from microneedling.scales.scale import Card
from microneedling.simulate.keep import AFTER
from microneedling.simulate.readouts import READOUTS
from microneedling.study import compiled
from microneedling.study.build import LEAD, Parts, parts_of
from microneedling.study.courses import simulated
from microneedling.study.habits import acting
from microneedling.study.numbers import Cards, cards_of, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.quantity import Reads, shown
from microneedling.study.read import Problem, StudyError, near
from microneedling.study.run import Refused
from microneedling.study.schema import Study
from microneedling.study.screening import findings

START, NOTHING = "start", "nothing"  # what an outcome is held against, beside the name of another arm
TIME = Reads("s", "time", "60 d")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wanted:
    """As written; None: the end of the study, its first arm, the change against the start. `file` names the study."""

    scale: str
    at: str | None = None
    arm: str | None = None
    against: str | None = None
    file: str = "study"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Inquiry:
    """The same, settled, with the study, its cards and the numbers it rests on."""

    plain: PlainStudy
    cards: Cards
    known: Mapping[str, Any]
    scale: Card
    place: int  # of the scale among those that are read
    time: float  # [s]
    arm: int
    against: int | None  # another arm; None: see `from_start`
    from_start: bool
    noticeable: float  # smallest change of the scale that is noticed
    findings: tuple[Finding, ...]
    override: str
    file: str

    @property
    def arms(self) -> tuple[int, ...]:
        """Arms that have to be simulated."""
        return (self.arm,) if self.against is None else (self.arm, self.against)

    def said(self) -> str:
        """What the number is, in words."""
        name = f'"{self.plain.arms[self.arm].name}"'
        if self.against is not None:
            return f'{self.scale.title} in {name} less that in "{self.plain.arms[self.against].name}"'
        return f"{self.scale.title} in {name}{', change from its start' if self.from_start else ''}"


def inquiry(study: Study, wanted: Wanted, *, override: str = "") -> Inquiry:
    """What is asked, checked against the study and screened.

    Args:
        study: as written
        wanted: as written on the command line
        override: a reason to run in spite of an absolute finding

    Returns: Inquiry.
    Errors: StudyError for an unknown scale or arm, or a time outside the run; CardError; Refused.
    Checked by: tests/unit/study/test_inquiry.py
    """
    compiled.ready()
    written = study.plain()
    plain = acting(written)
    cards = cards_of(plain)
    known = known_numbers(cards)
    records = {name: one.record for name, one in known.items()}
    read = (*scales.standard(records, actives=cards.labels()), *(records[type(one).__name__] for one in READOUTS))
    names = [one.CARD.name for one in read]
    if wanted.scale not in names:
        whole = wanted.scale in scales.known() or wanted.scale.startswith("flux.")
        more = " (this one is read off a whole course, and has no value at a time)" if whole else ""
        raise _refusal(wanted, "--scale", wanted.scale, near(wanted.scale, names) + more)
    arms = [arm.name for arm in plain.arms]
    place, arm = names.index(wanted.scale), _arm(wanted, arms)
    against = None if wanted.against in (None, START, NOTHING) else _place(wanted, "--against", wanted.against, arms)
    if against == arm:
        raise _refusal(wanted, "--against", wanted.against, f'another arm than "{arms[arm]}", {START} or {NOTHING}')
    time = _time(plain, wanted)
    found = findings(written, cards)
    if refused(found) and not override:
        raise Refused(found)
    return Inquiry(
        plain=plain,
        cards=cards,
        known=known,
        scale=read[place].CARD,
        noticeable=float(read[place].noticeable),
        place=place,
        time=time,
        arm=arm,
        against=against,
        from_start=wanted.against in (None, START),
        findings=found,
        override=override,
        file=wanted.file,
    )


def course_parts(asked: Inquiry, records: Mapping[str, Any]) -> Parts:
    """What a run needs for these people, in the arms that are asked for only.

    Args:
        asked: the inquiry
        records: numbers by record name, each (people,)
    """
    parts = parts_of(asked.plain, asked.cards, records)
    kinds = ("plans", "labels", "switches")
    picked: dict[str, Any] = {key: tuple(getattr(parts, key)[n] for n in asked.arms) for key in kinds}
    return dataclasses.replace(parts, **picked)


def outcomes(asked: Inquiry, records: Mapping[str, Any]) -> np.ndarray:
    """The number asked for, person by person, for people with these numbers (people,); see `read`."""
    return read(asked, course_parts(asked, records))


def read(asked: Inquiry, parts: Parts) -> np.ndarray:
    """The number asked for, person by person.

        y = s(t) − s(start)   or   s(t) − s'(t) of the other arm   or   s(t)

    A reading at the time of an event is the one just after it.

    Args:
        asked: the inquiry
        parts: as `course_parts` gives them

    Returns: (people,) in the scale's SI unit; nan for people that could not be simulated.
    Errors: Failed when nobody could be.
    Checked by: tests/unit/study/test_inquiry.py
    """
    times = reading_pair(asked, parts)
    courses = simulated(dataclasses.replace(parts, times=times), _names(asked), lambda done, total, what: None)
    first, last = (np.asarray([c.readings[n, asked.place] for c in courses]) for n in (0, -1))
    fine = np.all([np.asarray(course.status) == FINE for course in courses], axis=0)
    return np.where(fine, _compared(asked, first, last), np.nan)


def lanes(parts: Parts, people: np.ndarray) -> Parts:
    """Some of the people."""
    wide = ("model", "skin", "scales", "plans")
    return dataclasses.replace(
        parts, **{key: jax.tree.map(lambda x: np.asarray(x)[..., people], getattr(parts, key)) for key in wide}
    )


def whole_course(asked: Inquiry, records: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Times (time,) [s] and the number asked for as if at each of them (time, people)."""
    parts = course_parts(asked, records)
    courses = simulated(parts, _names(asked), lambda done, total, what: None)
    series = np.asarray([np.asarray(course.readings)[:, asked.place] for course in courses])
    return parts.times, _compared(asked, series[:, :1], series)


def reading_pair(asked: Inquiry, parts: Parts) -> np.ndarray:
    """The first reading of the course, before anything happens, and the one asked for [s]."""
    happens = {round(time, 3) for labels in parts.labels for time, _ in labels}
    time = asked.time + (AFTER if round(asked.time, 3) in happens and asked.time < asked.plain.horizon else 0.0)
    return np.array([parts.times[0], time])


def _compared(asked: Inquiry, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Readings at the start and later (arm, ...) as the number asked for (...)."""
    if asked.against is not None:
        return np.asarray(last[0] - last[1])
    return np.asarray(last[0] - first[0] if asked.from_start else last[0])


def _names(asked: Inquiry) -> list[str]:
    return [asked.plain.arms[n].name for n in asked.arms]


def _arm(wanted: Wanted, arms: Sequence[str]) -> int:
    return 0 if wanted.arm is None else _place(wanted, "--arm", wanted.arm, arms)


def _place(wanted: Wanted, key: str, name: Any, arms: Sequence[str]) -> int:
    if name not in arms:
        more = (*arms, START, NOTHING) if key == "--against" else arms
        raise _refusal(wanted, key, name, near(name, more))
    return list(arms).index(name)


def _time(plain: PlainStudy, wanted: Wanted) -> float:
    if wanted.at is None:
        return plain.horizon
    kinds = ("sessions", "topicals", "deposits", "exfoliations", "lights")
    done: list[tuple[Any, ...]] = [getattr(arm, kind) for arm in plain.arms for kind in kinds]
    begin = min([0.0, *(use.time for uses in done for use in uses), *(c.start for a in plain.arms for c in a.care)])
    span = f"{units.write(begin, 's', 'd')} to {units.write(plain.horizon, 's', 'd')}, the course of the study"
    try:
        time = float(TIME.read(wanted.at).value)
    except PydanticCustomError as error:
        found = str((error.context or {}).get("found"))
        raise StudyError(wanted.file, [Problem("--at", found, f"a time such as 60 d: {span}")]) from error
    if not begin - LEAD < time <= plain.horizon:
        raise _refusal(wanted, "--at", wanted.at, span)
    return time


def _refusal(wanted: Wanted, key: str, found: Any, allowed: str) -> StudyError:
    return StudyError(wanted.file, [Problem(key, shown(found), allowed)])
