"""One count, duration, score or report of harm, and how a file of them is read."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.card import CardError, nearest
from microneedling.core.cite import known_keys
from microneedling.safety.harm_kind import harm_kinds
from microneedling.safety.vocabulary import FIXED

FOLDER = Path(__file__).with_name("events")
NO_RATE = "reported, no denominator"
MEASURES = ("count", "reported", "duration", "score", "effect", "quoted share")
NEEDLING = "needling"
TREATMENTS = (
    NEEDLING,
    "radiofrequency needling",
    "ablative fractional laser",
    "ablative laser",
    "microdermabrasion",
    "mixed procedures",
    "surgery",
)
DESIGNS = (
    *("trial", "split face", "one arm", "label study", "retrospective", "meta-analysis", "review"),
    *("case series", "case report", "news report", "secondary summary"),
)
CHOICES = {
    "measure": MEASURES,
    "treatment": TREATMENTS,
    "design": DESIGNS,
    "use": ("calibration", "validation"),
    "per": ("people", "procedures"),
}
DEVICES = FIXED["family"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class AdverseEvent:
    """What happened to how many of how many; `cases` and `people` are None where nobody counted.

    `kinds` are of harm_kinds.toml; `treatment` other than needling marks a comparator; `depth` [m] and `lasting` [s]
    are lowest and highest, `phototypes` too; `value`, `low`, `high` in `unit` for scores and effects; `use` says
    whether it may set a rate; `rows` are those of the evidence it stands for.
    """

    id: str
    kinds: tuple[str, ...]
    measure: str
    treatment: str
    who: str
    design: str
    use: str
    source: str
    rows: tuple[str, ...]
    cases: int | None = None
    people: int | None = None
    per: str = "people"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    found: str = ""
    lasting: tuple[float, float] | None = None
    phototypes: tuple[int, int] | None = None
    depth: tuple[float, float] | None = None
    device: tuple[str, ...] = ()
    indication: str = ""
    topical: str = ""
    sessions: int | None = None
    note: str = ""

    @property
    def counted(self) -> bool:
        """Is there a number of cases among a number of people, so that a rate can be made?"""
        return self.measure == "count"


FIELDS = tuple(field.name for field in dataclasses.fields(AdverseEvent) if field.name != "id")
NEEDED = ("kinds", "measure", "treatment", "who", "design", "use", "source", "rows")
TEXTS = ("who", "found", "unit", "indication", "topical", "note")
LISTS = ("kinds", "device", "rows", "phototypes")
RANGES = {"depth": "m", "lasting": "s"}
WHOLE = {"cases": 0, "people": 1, "sessions": 1}  # the least of each


@functools.cache
def adverse_events() -> tuple[AdverseEvent, ...]:
    """All events of the package, in the order of the files and within them."""
    return read_events(sorted(FOLDER.glob("*.toml")))


def read_events(paths: Iterable[Path]) -> tuple[AdverseEvent, ...]:
    """The events of some files, checked.

    Errors: CardError naming file, event, key, what was found and what is allowed: an unknown key, kind, measure,
        treatment, device, design, use or source; a wrong unit; more cases than people; a count of several kinds
        together that is not zero; an id used twice.
    Checked by: tests/unit/safety/test_event.py
    """
    made: dict[str, AdverseEvent] = {}
    for path in paths:
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            place = f"{path.name}: {name}"
            if name in made:
                raise CardError(f"{place}: found an id that another event has")
            made[name] = _event(name, entry, place)
    return tuple(made.values())


def _event(name: str, entry: dict[str, Any], place: str) -> AdverseEvent:
    for key in entry:
        if key not in FIELDS:
            raise CardError(f"{place}.{key}: unknown key; {nearest(key, FIELDS)}")
    for key in NEEDED:
        if key not in entry or (key != "rows" and not entry[key]):
            raise CardError(f"{place}.{key}: found nothing; it is needed")
    for key in TEXTS:
        if not isinstance(entry.get(key, ""), str):
            raise CardError(f"{place}.{key}: found {entry[key]!r}; a text is needed")
    for key, allowed in CHOICES.items():
        _word(entry.get(key, allowed[0]), allowed, f"{place}.{key}")
    for key, allowed in (("kinds", tuple(kind.id for kind in harm_kinds())), ("device", DEVICES)):
        for word in _list(entry.get(key, []), f"{place}.{key}"):
            _word(word, allowed, f"{place}.{key}")
    _word(entry["source"], known_keys(), f"{place}.source")
    _numbers(entry, place)
    _complete(entry, place)
    read: dict[str, Any] = {key: tuple(entry[key]) for key in LISTS if key in entry}
    read |= {key: _ends(entry[key], si, f"{place}.{key}") for key, si in RANGES.items() if key in entry}
    return AdverseEvent(id=name, **{**entry, **read})


def _word(found: Any, allowed: Iterable[str], place: str) -> None:
    if found not in allowed:
        raise CardError(f"{place}: found {found!r}; {nearest(str(found), allowed)}")


def _list(found: Any, place: str) -> list[str]:
    if not isinstance(found, list) or len(set(found)) < len(found):
        raise CardError(f"{place}: found {found!r}, allowed a list of different words")
    return found


def _numbers(entry: dict[str, Any], place: str) -> None:
    """Whole numbers are whole, others are numbers, phototypes are two of 1 to 6 in order."""
    for key, least in WHOLE.items():
        found = entry.get(key, least)
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            raise CardError(f"{place}.{key}: found {found!r}, allowed a whole number from {least}")
    for key in ("value", "low", "high"):
        found = entry.get(key, 0.0)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise CardError(f"{place}.{key}: found {found!r}, allowed a number")
    types = entry.get("phototypes", [1, 6])
    if not isinstance(types, list) or len(types) != 2 or not all(isinstance(one, int) for one in types):
        raise CardError(f"{place}.phototypes: found {types!r}, allowed two whole numbers")
    if not 1 <= types[0] <= types[1] <= 6:
        raise CardError(f"{place}.phototypes: found {types!r}, allowed two of 1 to 6, the lower first")


def _complete(entry: dict[str, Any], place: str) -> None:
    """Each measure has what makes it one, and a count no more than it can bear."""
    if entry["measure"] == "count":
        cases, people = entry.get("cases"), entry.get("people")
        if people is None:
            raise CardError(f'{place}.people: found nothing; a count needs it, or measure is "reported": {NO_RATE}')
        if cases is None or cases > people:
            raise CardError(f"{place}.cases: found {cases!r}, allowed 0 to {people}")
        if len(entry["kinds"]) > 1 and cases > 0:
            raise CardError(
                f"{place}.kinds: found {len(entry['kinds'])} kinds counted together, allowed one (or no case)"
            )
    elif entry["measure"] == "duration" and "lasting" not in entry:
        raise CardError(f'{place}.lasting: found nothing, allowed a range such as "1 d .. 3 d"')
    elif entry["measure"] in ("score", "quoted share") and not entry.get("unit"):
        raise CardError(f"{place}.unit: found nothing; a {entry['measure']} needs it")
    elif entry["measure"] in ("reported", "effect") and not entry.get("found"):
        raise CardError(f"{place}.found: found nothing; what was seen is needed")


def _ends(text: Any, si: str, place: str) -> tuple[float, float]:
    """ "1 d .. 3 d" as two numbers in SI."""
    parts = text.split("..") if isinstance(text, str) else []
    if len(parts) != 2:
        raise CardError(
            f'{place}: found {text!r}, allowed a range such as "1 {units.example(si)} .. 2 {units.example(si)}"'
        )
    try:
        low, high = (units.read(part.strip(), si) for part in parts)
    except units.UnitError as error:
        raise CardError(f"{place}: {error}") from error
    if low > high:
        raise CardError(f"{place}: found {text!r}, allowed the lower end first")
    return low, high
