"""What one habit, condition, medicine or kind of aftercare does: at most one thing, with its source."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

import jax.numpy as jnp

from microneedling.core.card import Card, CardError, Text, nearest, read_card
from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.skin.modifiers import Modifiers, unmodified
from microneedling.skin.skin import REFERENCE_AGE, YEAR

RATES = tuple(Modifiers.__dataclass_fields__)
EVENTS = ("shielded", "cooled")  # what a span of it changes on the skin, by field of Event
FILM, NOTHING = "film", "nothing"
HISTORY = ("habits", "conditions", "medicines")  # words of a person
CARE = "care"  # words of a protocol
SPANS = ("signal", *EVENTS)  # what can begin and end within a course
MOST = 10.0  # a factor beyond this is a slip of the pen


def _number(unit: str, note: str, meaning: str, default: float = 0.0) -> Any:
    return param(default=default, unit=unit, spread="exact", grade="assumed", note=note, meaning=meaning)


@struct
class Habit:
    """One card of kind "habits": the words it answers to, and the one thing it acts on.

    `acts_on` says what the number is: a factor on that rate, or the share of light kept off, or of full cold. A film is
    laid on for the span of care. A card that acts on nothing says why.
    """

    KIND: ClassVar[str] = "habits"
    TEXTS: ClassVar[dict[str, Text]] = {
        **{category: Text(needed=False) for category in (*HISTORY, CARE)},
        "acts_on": Text((*RATES, *EVENTS, FILM, NOTHING)),
        "reason": Text(),
        "evidence": Text(needed=False),
        "vehicle": Text(needed=False),
        "active": Text(needed=False),
    }

    factor: float = _number("1", "nothing is changed", "factor on the rate; of light or cold: the share", 1.0)
    from_age: float = _number("s", "at every age alike", "age from which the factor holds in full")
    film: float = _number("m", "no film", "thickness laid on")
    concentration: float = _number("kg m-3", "no active", "of the active in the film")


def habit_of(path: Path) -> Card[Habit]:
    """A habit's card, read; it does exactly one thing, or says that it does nothing.

    Errors: CardError naming file and key, what was found and what is allowed.
    Checked by: tests/contracts/test_habits.py, tests/unit/skin/test_habit.py
    """
    card = read_card(path, Habit)
    place, acts, texts = f"{path.parent.name}/{path.name}", card.texts["acts_on"], card.texts
    stated = {name for name, fact in card.known.facts.items() if fact.text}
    needed = {FILM: {"film"}, NOTHING: set()}.get(acts, {"factor"})
    needed |= {"concentration"} if "active" in texts else set()
    allowed = needed | ({"from_age"} if acts in RATES else set())
    for key in sorted(stated - allowed):
        raise CardError(f"{place}: {key}: found a number, {nearest(key, allowed) if allowed else 'allowed none'}")
    for key in sorted(needed - stated):
        raise CardError(f'{place}: {key}: missing; acts_on = "{acts}" needs it')
    if (acts == FILM) != ("vehicle" in texts):
        raise CardError(f'{place}: vehicle: stands with acts_on = "film" and only there, and names a vehicle card')
    if "active" in texts and acts != FILM:
        raise CardError(f'{place}: active: found with acts_on = "{acts}", allowed with "film" only')
    if not words_of(card) and "from_age" not in stated:
        raise CardError(f"{place}: habits: missing; some word of {', '.join((*HISTORY, CARE))} selects a card")
    if CARE in texts and acts not in (*SPANS, FILM, NOTHING):
        known = ", ".join((*SPANS, FILM, NOTHING))
        raise CardError(f'{place}: care: found with acts_on = "{acts}", which no span can change; allowed: {known}')
    most = 1.0 if acts in EVENTS else MOST
    if not 0 < card.known.record.factor <= most:
        found = f"{card.known.record.factor:g}"
        raise CardError(f"{place}: factor: found {found}, allowed more than 0, at most {most:g}")
    return card


def words_of(card: Card[Habit]) -> tuple[tuple[str, str], ...]:
    """(category, word) of every word a card answers to."""
    found = []
    for category in (*HISTORY, CARE):
        said = card.texts.get(category, [])
        found += [(category, word) for word in ([said] if isinstance(said, str) else said)]
    return tuple(found)


def weight(card: Card[Habit], age: float) -> float:
    """How much of a card's factor holds at an age [s]: its exponent, 0 to 1.

    A factor measured on the old is reached evenly, in its logarithm, between the age the site cards describe and the
    age it was measured at.

    Checked by: tests/unit/skin/test_habit.py
    """
    from_age, young = card.known.record.from_age, REFERENCE_AGE * YEAR
    if from_age <= 0:
        return 1.0
    return min(1.0, max(0.0, (age - young) / max(from_age - young, 1.0)))


def modifiers_of(factors: Iterable[tuple[str, Any]]) -> Modifiers:
    """Factors by rate, multiplied where several stand on one rate: nobody has measured habits together.

    Args:
        factors: (rate, factor) of each card that holds

    Checked by: tests/unit/skin/test_habit.py
    """
    found: dict[str, Any] = {name: getattr(unmodified(), name) for name in RATES}
    for rate, factor in factors:
        found[rate] = found[rate] * jnp.asarray(factor)
    return Modifiers(**found)
