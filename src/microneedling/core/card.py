"""A TOML card to any record, every number with its source; errors name file and key."""

from __future__ import annotations

import dataclasses
import difflib
import fnmatch
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from microneedling.core import units
from microneedling.core.param import GRADES, VARIES, Provenance, provenance
from microneedling.core.sourced import Sourced
from microneedling.core.spread import SHAPES, Spread

R = TypeVar("R")

QUANTITY_KEYS = ("value", "spread", "source", "where", "grade", "note", "varies", "shape")
NOTE_NEEDED = ("assumed", "inferred")
LONG_LIST = 30  # of more names only the first are written out


class CardError(ValueError):
    """A card that cannot be read, with a sentence naming file, key, what was found and what is allowed."""


@dataclasses.dataclass(frozen=True)
class Text:
    """A text field of a card: its allowed words (none given: free text), and whether it must be there."""

    words: tuple[str, ...] = ()
    needed: bool = True


@dataclasses.dataclass(frozen=True)
class Card(Generic[R]):
    """One data file, read: its words in `texts`, its numbers in `known`."""

    kind: str
    name: str
    title: str
    texts: Mapping[str, Any]
    known: Sourced[R]
    path: Path


def nearest(word: str, allowed: Iterable[str]) -> str:
    """What to write instead of `word`, as the end of an error message."""
    choices = sorted(allowed)
    close = difflib.get_close_matches(word, choices, n=3, cutoff=0.5)
    if len(choices) > LONG_LIST and not close:
        return f"allowed: one of {len(choices)}, such as {', '.join(choices[:LONG_LIST])}"
    return f"nearest: {', '.join(close)}" if close else f"allowed: {', '.join(choices)}"


def read_table(path: Path) -> dict[str, Any]:
    """The content of a card without numbers to source (person, protocol): plain TOML with a title.

    Errors: CardError when the file is missing, is not TOML or has no title.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CardError(f"{_place(path)}: this card does not exist") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError(f"{_place(path)}: not a TOML file: {error}") from error
    if not isinstance(content.get("title"), str):
        raise CardError(f'{_place(path)}: title: missing; write for example title = "Forehead"')
    return content


def read_card(path: Path, cls: type[R]) -> Card[R]:
    """Read a card into the record class `cls`.

    Several tables of a card fill one flat record; a field with a default in `cls` may be left out. `cls.TEXTS`, where
    there is one, names the allowed text fields; `cls.KIND` the kind of card; `cls.APART` the tables of other records.

    Args:
        path: the TOML file
        cls: a struct whose numbers are declared with `param(unit=...)`

    Returns: the card; numbers in SI.
    Errors: CardError naming file and key, what was found and what is allowed.
    Checked by: tests/unit/core/test_card.py, tests/contracts/test_cards.py
    """
    return card_of(Path(path), read_table(Path(path)), cls)


def card_of(path: Path, content: dict[str, Any], cls: type[R]) -> Card[R]:
    """The card behind a table that was read from `path`.

    Errors: CardError as for `read_card`.
    """
    texts = _texts(path, content, getattr(cls, "TEXTS", None))
    fields = provenance(cls)
    numbers: dict[str, float] = {}
    facts = dict(fields)
    for key, entry in _entries(path, content, getattr(cls, "APART", ())).items():
        if key not in fields:
            raise CardError(f"{_place(path)}: {key}: unknown key; {nearest(key, fields)}")
        numbers[key], facts[key] = read_quantity(path, key, entry, fields[key])
    defaults = {f.name for f in dataclasses.fields(cls) if f.default is not dataclasses.MISSING}  # type: ignore[arg-type]
    missing = [name for name in fields if name not in numbers and name not in defaults]
    if missing:
        raise CardError(f"{_place(path)}: missing: {', '.join(missing)}")
    kind = getattr(cls, "KIND", path.parent.name)
    known = Sourced(f"{kind}/{path.stem}", cls(**numbers), facts)
    return Card(kind, path.stem, content["title"], texts, known, path)


def read_parameter_set(path: Path, allowed: Mapping[str, Provenance]) -> dict[str, tuple[float, Provenance]]:
    """The numbers a parameter set puts in place of others, by full name ("ChannelClosure.closing").

    A star stands for any text: "sites/*.closing_half_life" replaces the number of whatever site is studied. A set may
    name a file of joint draws (`draws = "name.csv"`, study/draws.py): then people draw those numbers from there.

    Args:
        path: the TOML file with one table `[replace]`
        allowed: every replaceable number's full name and present provenance

    Returns: full name to SI value and new provenance.
    Errors: CardError naming file and key, what was found and what is allowed.
    Checked by: tests/unit/core/test_card.py
    """
    content = read_table(path)
    found: dict[str, tuple[float, Provenance]] = {}
    for key, entry in content.get("replace", {}).items():
        names = fnmatch.filter(allowed, key)
        if not names:
            raise CardError(f"{_place(path)}: replace.{key}: unknown number; {nearest(key, allowed)}")
        found |= {name: read_quantity(path, f"replace.{key}", entry, allowed[name]) for name in names}
    if "draws" in content:
        found = _joined(path, content["draws"], found)
    if not found:
        raise CardError(f'{_place(path)}: replace: missing; write below [replace] "Law.field" = {{ value = ... }}')
    return found


def _joined(
    path: Path, file: Any, found: Mapping[str, tuple[float, Provenance]]
) -> dict[str, tuple[float, Provenance]]:
    """The numbers of a set with the file of their joint draws."""
    if not isinstance(file, str) or not (path.parent / file).is_file():
        raise CardError(f"{_place(path)}: draws: found {file!r}; allowed: the name of a CSV file beside this card")
    where = str((path.parent / file).resolve())
    return {name: (value, dataclasses.replace(facts, joint=where)) for name, (value, facts) in found.items()}


def read_quantity(path: Path, key: str, entry: Any, field: Provenance) -> tuple[float, Provenance]:
    """One quantity of a card as SI value and provenance; `field` says which unit is wanted.

    Errors: CardError when a fact is missing or does not fit.
    """
    place = f"{_place(path)}: {key}"
    _check_form(place, entry, field)
    grade, note, varies = entry["grade"], entry.get("note", ""), entry.get("varies", "knowledge")
    shape = entry.get("shape", "normal")
    if grade not in GRADES:
        raise CardError(f"{place}.grade: found {grade!r}; {nearest(grade, GRADES)}; known: {', '.join(GRADES)}")
    for key, word, words in (("varies", varies, VARIES), ("shape", shape, SHAPES)):
        if word not in words:
            raise CardError(f"{place}.{key}: found {word!r}; allowed: {', '.join(words)}")
    source = entry.get("source", ())
    keys = (source,) if isinstance(source, str) else tuple(source)
    if grade != "assumed" and not any(keys):
        raise CardError(f'{place}.source: missing; a number without a source has grade "assumed" and a note')
    if grade in NOTE_NEEDED and not note:
        raise CardError(f'{place}.note: missing; grade "{grade}" needs a note saying why this value')
    try:
        value = units.read(entry["value"], field.unit)
        spread = Spread.read(entry["spread"], field.unit, units.split(entry["value"])[1])
    except units.UnitError as error:
        raise CardError(f"{place}: {error}") from error
    if not spread.around(value):
        raise CardError(f'{place}.spread: "{entry["spread"]}" does not enclose the value "{entry["value"]}"')
    where, meaning = entry.get("where", ""), field.meaning
    return value, Provenance(field.unit, keys, where, spread, grade, note, varies, entry["value"], meaning, shape)


def card_text(card: Card[Any]) -> str:
    """The card as TOML again, all numbers in one table; reading it gives the same numbers and facts.

    What the card leaves to the record's own default is left out here too.
    """
    own = provenance(type(card.known.record))
    lines = [f"title = {_toml(card.title)}"]
    lines += [f"{key} = {_toml(value)}" for key, value in card.texts.items()]
    lines += ["", "[numbers]"]
    for name, fact in card.known.facts.items():
        if not fact.text and fact == own[name]:
            continue
        unit = "" if fact.unit == "1" else f" {fact.unit}"
        text = fact.text or f"{getattr(card.known.record, name)!r}{unit}"
        entry = {"value": text, "spread": _spread_text(fact.spread, unit), "source": list(fact.source)}
        entry |= {"where": fact.where, "grade": fact.grade, "note": fact.note}
        entry |= {"varies": fact.varies} if fact.varies != VARIES[0] else {}
        entry |= {"shape": fact.shape} if fact.shape != SHAPES[0] else {}
        lines.append(f"{name} = {{ {', '.join(f'{k} = {_toml(v)}' for k, v in entry.items() if v)} }}")
    return "\n".join(lines) + "\n"


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name else path.name


def _texts(path: Path, content: dict[str, Any], allowed: Mapping[str, Text] | None) -> dict[str, Any]:
    """The words of a card, checked against what its kind allows."""
    found = {key: value for key, value in content.items() if key != "title" and not isinstance(value, dict)}
    for key, value in found.items():
        place = f"{_place(path)}: {key}"
        words = [value] if isinstance(value, str) else value
        if allowed is not None and key not in allowed:
            raise CardError(f"{place}: unknown key; {nearest(key, allowed)}")
        if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
            raise CardError(f"{place}: found {value!r}; text is needed here, and numbers stand in a table")
        choices = allowed[key].words if allowed is not None else ()
        wrong = [word for word in words if choices and word not in choices]
        if wrong:
            raise CardError(f"{place}: found {wrong[0]!r}; {nearest(wrong[0], choices)}; known: {', '.join(choices)}")
    missing = [key for key, text in (allowed or {}).items() if text.needed and key not in found]
    if missing:
        raise CardError(f"{_place(path)}: missing: {', '.join(missing)}")
    return found


def _entries(path: Path, content: dict[str, Any], apart: Iterable[str]) -> dict[str, Any]:
    """The quantities of all tables by field name, without those of other records; a name may stand once."""
    found: dict[str, Any] = {}
    for table, entries in content.items():
        if not isinstance(entries, dict) or table in apart:
            continue
        for key, entry in entries.items():
            if key in found:
                raise CardError(f"{_place(path)}: {table}.{key}: stands twice in this card")
            found[key] = entry
    return found


def _check_form(place: str, entry: Any, field: Provenance) -> None:
    """Refuse a bare number, an unknown or missing fact, and a fact that is not text."""
    if not isinstance(entry, dict):
        unit = units.example(field.unit)
        raise CardError(
            f"{place}: found {entry!r}; a bare number is not enough, write "
            f'{{ value = "... {unit}", spread = "...", source = "...", where = "...", grade = "..." }}'
        )
    for key, fact in entry.items():
        if key not in QUANTITY_KEYS:
            raise CardError(f"{place}.{key}: unknown key; {nearest(key, QUANTITY_KEYS)}")
        listed = key == "source" and isinstance(fact, list) and all(isinstance(one, str) for one in fact)
        if not (isinstance(fact, str) or listed):
            raise CardError(f'{place}.{key}: found {fact!r}; text in quotes is needed, such as "... {field.unit}"')
    missing = [key for key in ("value", "spread", "grade") if key not in entry]
    if missing:
        raise CardError(f"{place}: missing: {', '.join(missing)}")


def _spread_text(spread: Spread, unit: str) -> str:
    if spread.kind == "exact":
        return "exact"
    return f"± {spread.low!r}{unit}" if spread.kind == "sd" else f"{spread.low!r} .. {spread.high!r}{unit}"


def _toml(value: Any) -> str:
    """A text or list of texts in TOML's spelling (its quoted texts take JSON's escapes)."""
    return json.dumps(value, ensure_ascii=False)
