"""Which cards a person's history and a protocol's aftercare call up, and what is said of every word."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from microneedling.core import catalogue
from microneedling.core.card import Card, CardError
from microneedling.protocol.protocol import Protocol, TopicalUse
from microneedling.safety import vocabulary
from microneedling.skin.habit import (
    CARE,
    EVENTS,
    FILM,
    HISTORY,
    NOTHING,
    RATES,
    SPANS,
    Habit,
    habit_of,
    weight,
    words_of,
)
from microneedling.skin.person import Person
from microneedling.study.plain import PlainStudy

UNKNOWN = "recorded and screened; no measurement of a rate of skin is at hand, so nothing in the tissue feels it"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Said:
    """One word of a study and what the model makes of it; `card` is "" where no card answers."""

    word: str
    where: str  # "habits", "conditions", "medicines", "care" or "age"
    card: str
    acts_on: str
    reason: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Span:
    """A card that acts from one time to another [s]."""

    card: str
    start: float
    end: float
    spf: int | None = None  # on the label of a sunscreen


def library() -> Mapping[str, Card[Habit]]:
    """Every card of kind "habits", by name."""
    return _library(catalogue.FOLDER)


def by_word() -> Mapping[tuple[str, str], str]:
    """The card that answers to a word of a category.

    Errors: CardError when a word is not in the vocabulary, or two cards answer to it.
    Checked by: tests/contracts/test_habits.py
    """
    return _by_word(catalogue.FOLDER)


@functools.cache
def _library(folder: Path) -> Mapping[str, Card[Habit]]:
    """The cards of one folder, read once."""
    return {path.stem: habit_of(path) for path in sorted((folder / "habits").glob("*.toml"))}


@functools.cache
def _by_word(folder: Path) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name, card in _library(folder).items():
        for category, word in words_of(card):
            if not vocabulary.is_word(category, word):
                near = vocabulary.near(category, word)
                raise CardError(f'habits/{name}.toml: {category}: found "{word}", nearest: {near}')
            if (category, word) in found:
                raise CardError(
                    f'habits/{name}.toml: {category}: "{word}" is answered by {found[category, word]} already'
                )
            found[category, word] = name
    return found


def answering(category: str, word: str) -> str:
    """Name of the card that answers to a word, in any of its spellings; "" when none does."""
    return by_word().get((category, vocabulary.canonical(category, word) or word), "")


def lasting(person: Person) -> tuple[str, ...]:
    """Cards that hold for a person all the time, each once: those of the history, and of the age."""
    told = [answering(category, word) for category in HISTORY for word in getattr(person, category)]
    aged = [name for name, card in library().items() if not words_of(card) and weight(card, person.age) > 0]
    return tuple(dict.fromkeys(name for name in (*told, *aged) if name))


def factors(cards: Mapping[str, Card[Habit]], person: Person) -> tuple[tuple[str, str, float], ...]:
    """Card, rate and exponent of every factor of a person."""
    held = [name for name in lasting(person) if name in cards]
    return tuple(
        (name, cards[name].texts["acts_on"], weight(cards[name], person.age))
        for name in held
        if cards[name].texts["acts_on"] in RATES
    )


def spans(arm: Protocol, person: Person) -> tuple[Span, ...]:
    """What is begun and ended within a course; what holds all the time anyway is not begun a second time.

    Spans of one card that overlap are one: two words for sunscreen are not twice the sunscreen.
    """
    held = lasting(person)
    found: dict[str, list[tuple[float, float]]] = {}
    labels: dict[str, int] = {}  # the highest that is told
    for care in arm.care:
        name = answering(CARE, care.what)
        if name and name not in held and library()[name].texts["acts_on"] in SPANS:
            found.setdefault(name, []).append((care.start, care.end))
            labels |= {} if care.spf is None else {name: max(care.spf, labels.get(name, 0))}
    return tuple(
        Span(card=name, start=a, end=b, spf=labels.get(name))
        for name, pairs in found.items()
        for a, b in _joined(pairs)
    )


def standing(person: Person) -> tuple[str, ...]:
    """Cards of a person that act on the skin's surface all the time, such as a daily sunscreen."""
    return tuple(name for name in lasting(person) if library()[name].texts["acts_on"] in EVENTS)


def _joined(pairs: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    made: list[tuple[float, float]] = []
    for start, end in sorted(pairs):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def acting(study: PlainStudy) -> PlainStudy:
    """The study with the films of its aftercare written as what they are: topicals, wiped off when their span ends.

    Excised skin has no aftercare.
    """
    if study.in_vitro is not None:
        return study
    arms = tuple(
        dataclasses.replace(arm, topicals=tuple(sorted((*arm.topicals, *_films(arm)), key=lambda use: use.time)))
        for arm in study.arms
    )
    return dataclasses.replace(study, arms=arms)


def _films(arm: Protocol) -> list[TopicalUse]:
    made = []
    for care in arm.care:
        name = answering(CARE, care.what)
        if not name or library()[name].texts["acts_on"] != FILM:
            continue
        card = library()[name]
        record, active = card.known.record, card.texts.get("active")
        doses = ((active, record.concentration),) if active else ()
        kept = {"vehicle": card.texts["vehicle"], "actives": doses, "film": record.film}
        made.append(TopicalUse(time=care.start, wiped=care.end, **kept))
    return made


def needed(study: PlainStudy) -> dict[str, Card[Habit]]:
    """The cards whose numbers a run of this study draws."""
    if study.in_vitro is not None:
        return {}
    held = [name for name in lasting(study.person) if library()[name].texts["acts_on"] in (*RATES, *EVENTS)]
    care = [span.card for arm in study.arms for span in spans(arm, study.person)]
    return {name: library()[name] for name in dict.fromkeys((*held, *care))}


def said(study: PlainStudy) -> tuple[Said, ...]:
    """What the model makes of every word of the history and the aftercare; none is passed over."""
    words = [(category, word) for category in HISTORY for word in getattr(study.person, category)]
    words += [(CARE, care.what) for arm in study.arms for care in arm.care]
    found = [_said(category, word) for category, word in dict.fromkeys(words)]
    aged = [n for n in lasting(study.person) if not words_of(library()[n])]
    years = f"{study.person.age / (365.25 * 86400):.0f} years"
    return (*found, *(dataclasses.replace(_of(n), word=years, where="age") for n in aged))


def _said(category: str, word: str) -> Said:
    name = answering(category, word)
    if not name:
        return Said(word=word, where=category, card="", acts_on=NOTHING, reason=UNKNOWN)
    return dataclasses.replace(_of(name), word=word, where=category)


def _of(name: str) -> Said:
    card = library()[name]
    return Said(word="", where="", card=name, acts_on=card.texts["acts_on"], reason=card.texts["reason"])
