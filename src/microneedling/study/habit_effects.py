"""What each habit, condition, medicine and kind of aftercare would change, in the same people under the same plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import jax
import numpy as np

from microneedling.core.card import Card
from microneedling.core.struct import replace
from microneedling.numerics.status import FINE
from microneedling.protocol.protocol import Care, Protocol
from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.scales.scale import Card as Scale
from microneedling.skin.habit import CARE, FILM, NOTHING, RATES, SPANS, Habit, weight, words_of
from microneedling.study import compiled
from microneedling.study.build import Parts, parts_of
from microneedling.study.courses import Progress, simulated
from microneedling.study.habits import acting, answering, lasting, library
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.quantity import shown
from microneedling.study.read import Problem, StudyError, near
from microneedling.study.run import Refused
from microneedling.study.schema import Study
from microneedling.study.screening import findings

DAY = 86400.0  # [s]
MOMENTS = (("1 day after", DAY), ("7 days after", 7 * DAY))  # the last visit [s]; and the end of the study
DEFAULT = ("tewl", "hydration", "erythema", "inflammation", "synthesis", "collagen_new")  # unless the study says others
CARE_SPAN = 3 * DAY  # aftercare is taken to be done so long after the last visit [s]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Change:
    """One card: what it acts on, and how it changes each outcome at each moment, person by person.

    `changes` is (outcome, moment, member) in SI, None for a card that acts on nothing: by construction, no change.
    """

    card: Card[Habit]
    held: bool  # does the person have it anyway? Then the change is from without it to with it
    changes: np.ndarray | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class HabitEffects:
    """Changes by card, the same people everywhere; member 0 is the central person where others follow."""

    study: PlainStudy
    outcomes: tuple[Scale, ...]
    moments: tuple[tuple[str, float], ...]
    base: np.ndarray  # as the study has it (outcome, moment, member)
    changes: tuple[Change, ...]
    noticeable: tuple[float, ...]  # smallest noticeable change of each outcome
    findings: tuple[Finding, ...]
    override: str


def habit_effects(
    study: Study,
    scales: Sequence[str] = (),
    *,
    override: str = "",
    progress: Progress | None = None,
    file: str = "study",
) -> HabitEffects:
    """Run the study's own protocol once for each card, people and cards side by side in one course.

    A factor on a rate acts all the time, at its full weight. Aftercare is begun at the last visit and ended three days
    later. Its factor is drawn anew for each person, like every number.

    Args:
        study: its first arm is what is done
        scales: outcomes to show; the study's own when empty, then those of DEFAULT
        override: a reason to run in spite of an absolute finding
        progress: called as progress(done, total, what) after each stage
        file: name of the study file in messages

    Returns: HabitEffects.
    Errors: StudyError for excised skin or an unknown outcome; Refused; Failed.
    Checked by: tests/unit/study/test_habit_effects.py
    """
    compiled.ready()
    tell = progress or (lambda done, total, what: None)
    written = study.plain()
    if written.in_vitro is not None:
        raise StudyError(file, [Problem("setup", '"in vitro"', '"in vivo": excised skin has no habits')])
    plain = dataclasses.replace(written, arms=written.arms[:1])
    found = findings(plain)
    if refused(found) and not override:
        raise Refused(found)
    tell(0, 3, "drawing people")
    moments = _moments(plain)
    rates = _rates(plain, scales, moments, file=file, tell=tell)
    care = _cared(plain, rates, moments, tell=tell)
    every = {**rates.changes, **care}
    held = lasting(plain.person)
    rows = tuple(Change(card=c, held=n in held, changes=every.get(n)) for n, c in library().items())
    return HabitEffects(
        study=plain,
        outcomes=rates.outcomes,
        moments=moments,
        base=rates.base,
        changes=rows,
        noticeable=rates.noticeable,
        findings=found,
        override=override,
    )


@dataclasses.dataclass(frozen=True)
class _Rates:
    """The course with every factor: what was read without any of them, and each one's change."""

    outcomes: tuple[Scale, ...]
    noticeable: tuple[float, ...]
    base: np.ndarray
    changes: Mapping[str, np.ndarray]


def _rates(
    plain: PlainStudy, scales: Sequence[str], moments: Sequence[tuple[str, float]], *, file: str, tell: Progress
) -> _Rates:
    """Every card with a factor as lanes beside the people themselves: one course for all."""
    acting_cards = {name: card for name, card in library().items() if card.texts["acts_on"] in RATES}
    study = acting(plain)
    cards = cards_of(study)
    cards = dataclasses.replace(cards, habits={**cards.habits, **acting_cards})
    records = draw(known_numbers(cards), members=plain.members if plain.members > 1 else 0, seed=plain.seed)
    parts = parts_of(study, cards, records)
    picked = _picked(parts, plain, scales, file=file)
    parts = dataclasses.replace(parts, times=_times(parts, moments))
    people, held = parts.skin.step.shape[-1], lasting(plain.person)
    one = parts.skin.modifiers
    lanes = [one]
    for name, card in acting_cards.items():
        rate, factor = card.texts["acts_on"], np.broadcast_to(records[card.known.name].factor, (people,))
        share = weight(card, plain.person.age) if name in held else 1.0
        changed = getattr(one, rate) * (factor**-share if name in held else factor)
        lanes.append(replace(one, **{rate: changed}))
    wide = _repeated(parts, len(lanes))
    many = jax.tree.map(lambda *xs: np.concatenate([np.asarray(x) for x in xs], axis=-1), *lanes)
    wide = dataclasses.replace(wide, skin=replace(wide.skin, modifiers=many))
    (course,) = simulated(wide, ["habits"], lambda done, total, what: tell(1, 3, "habits"))
    read = _read(course, parts, picked, moments)
    blocks = np.split(read, len(lanes), axis=-1)
    signs = {name: -1.0 if name in held else 1.0 for name in acting_cards}
    changes = {name: signs[name] * (blocks[n] - blocks[0]) for n, name in enumerate(acting_cards, 1)}
    outcomes = tuple(parts.cards[n] for n in picked)
    least = tuple(float(np.ravel(np.asarray(parts.scales[n].noticeable))[0]) for n in picked)
    return _Rates(outcomes, least, blocks[0], changes)


def _cared(
    plain: PlainStudy, rates: _Rates, moments: Sequence[tuple[str, float]], *, tell: Progress
) -> dict[str, np.ndarray]:
    """Aftercare in arms of its own beside the plan without it, one program for all."""
    tell(2, 3, "aftercare")
    done = plain.arms[0]
    told = {answering(CARE, care.what) for care in done.care}
    names = [n for n, card in library().items() if card.texts["acts_on"] in (*SPANS, FILM) and CARE in card.texts]
    names = [name for name in names if name not in told and name not in lasting(plain.person)]
    begin = max([0.0, *(visit.time for visit in done.sessions)])
    end = min(begin + CARE_SPAN, plain.horizon)
    arms = [done, *(_with(done, name, begin, end) for name in names)]
    study = acting(dataclasses.replace(plain, arms=tuple(arms)))
    cards = cards_of(study)
    records = draw(known_numbers(cards), members=plain.members if plain.members > 1 else 0, seed=plain.seed)
    parts = parts_of(study, cards, records)
    picked = [[card.name for card in parts.cards].index(one.name) for one in rates.outcomes]
    parts = dataclasses.replace(parts, times=_times(parts, moments))
    courses = simulated(parts, [arm.name for arm in arms], lambda done, total, what: tell(2, 3, what))
    base, *others = (_read(course, parts, picked, moments) for course in courses)
    return {name: other - base for name, other in zip(names, others)}


def _with(arm: Protocol, name: str, start: float, end: float) -> Protocol:
    """The arm with one more kind of aftercare."""
    word = next(word for category, word in words_of(library()[name]) if category == CARE)
    return dataclasses.replace(arm, name=word, care=(*arm.care, Care(what=word, start=start, end=end)))


def _moments(plain: PlainStudy) -> tuple[tuple[str, float], ...]:
    """Moments within the study, and its end."""
    last = max([0.0, *(visit.time for visit in plain.arms[0].sessions)])
    soon = [(word, last + after) for word, after in MOMENTS if last + after < plain.horizon]
    return (*soon, ("at the end", plain.horizon))


def _times(parts: Parts, moments: Sequence[tuple[str, float]]) -> np.ndarray:
    return np.unique(np.array([parts.times[0], *(time for _, time in moments)]))


def _picked(parts: Parts, plain: PlainStudy, scales: Sequence[str], *, file: str) -> list[int]:
    """Places of the outcomes to show."""
    known = [card.name for card in parts.cards]
    for name in scales:
        if name not in known:
            raise StudyError(file, [Problem("--scale", shown(name), near(name, known))])
    asked = list(scales) or [name for name in plain.outcomes if name in known]
    return [known.index(name) for name in dict.fromkeys(asked or [n for n in DEFAULT if n in known])]


def _repeated(parts: Parts, count: int) -> Parts:
    """The same people several times, one after the other."""
    wide = {
        key: jax.tree.map(lambda x: np.concatenate([np.asarray(x)] * count, axis=-1), getattr(parts, key))
        for key in ("model", "skin", "scales", "plans")
    }
    return dataclasses.replace(parts, **wide)


def _read(course: Any, parts: Parts, picked: Sequence[int], moments: Sequence[tuple[str, float]]) -> np.ndarray:
    """Readings (outcome, moment, lane); nan for people who could not be simulated."""
    fine = np.asarray(course.status) == FINE
    at = [int(np.argmin(np.abs(parts.times - time))) for _, time in moments]
    readings = np.asarray(course.readings)[at][:, list(picked)]
    return np.where(fine, np.swapaxes(readings, 0, 1), np.nan)


def acts(card: Card[Habit]) -> bool:
    """Does a card act on anything?"""
    return card.texts["acts_on"] != NOTHING
