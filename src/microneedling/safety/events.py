"""How often harm after needling was reported: counts, and rates where it is known among how many people."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from pathlib import Path
from typing import Any

from microneedling.core.card import CardError, nearest
from microneedling.core.cite import known_keys

FILE = Path(__file__).with_name("events.toml")
NORMAL_POINT = 1.959964  # of the standard normal law: 95 % lie within
NEEDED, OPTIONAL = ("name", "who", "source"), ("cases", "people", "note")
NO_RATE = "reported, no denominator"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AdverseEvent:
    """What happened to how many of how many people; `cases` and `people` are None where nobody counted."""

    name: str
    who: str
    source: str
    cases: int | None = None
    people: int | None = None
    note: str = ""

    @property
    def rate(self) -> tuple[float, float, float] | None:
        """Share of people with its 95 % interval: low, observed, high; None without a denominator."""
        if self.cases is None or self.people is None:
            return None
        low, high = wilson(self.cases, self.people)
        return low, self.cases / self.people, high


def wilson(cases: int, people: int) -> tuple[float, float]:
    """95 % interval of a share that was counted, by Wilson's score.

        (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)

    It stays within 0 and 1, and says something also where no case was seen.

    Args:
        cases: those it happened to, 0 to people
        people: all who were looked at, > 0

    Returns: lower and upper end, 0–1.
    Source: Wilson EB 1927 J Am Stat Assoc 22:209-212
    Checked by: tests/unit/safety/test_events.py
    """
    z2, share = NORMAL_POINT**2, cases / people
    middle = share + z2 / (2 * people)
    half = NORMAL_POINT * math.sqrt(share * (1 - share) / people + z2 / (4 * people**2))
    whole = 1 + z2 / people
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def adverse_events(path: Path = FILE) -> tuple[AdverseEvent, ...]:
    """All counts of a file, in its order.

    Errors: CardError naming file, key, what was found and what is allowed.
    Checked by: tests/unit/safety/test_events.py
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_event(path.name, n, one) for n, one in enumerate(content.get("event", []), 1))


def _event(file: str, number: int, entry: dict[str, Any]) -> AdverseEvent:
    place = f"{file}: event {number}"
    for key in entry:
        if key not in (*NEEDED, *OPTIONAL):
            raise CardError(f"{place}.{key}: unknown key; {nearest(key, (*NEEDED, *OPTIONAL))}")
    for key in NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise CardError(f"{place}.{key}: found {entry.get(key)!r}; a text is needed")
    if entry["source"] not in known_keys():
        raise CardError(f"{place}.source: found {entry['source']!r}; {nearest(entry['source'], known_keys())}")
    for key in ("cases", "people"):
        found = entry.get(key, 1)
        if isinstance(found, bool) or not isinstance(found, int) or found < (key == "people"):
            raise CardError(f"{place}.{key}: found {found!r}, allowed a whole number")
    if "people" in entry and not 0 <= entry.get("cases", -1) <= entry["people"]:
        raise CardError(f"{place}.cases: found {entry.get('cases')!r}, allowed 0 to {entry['people']}")
    return AdverseEvent(**entry)
