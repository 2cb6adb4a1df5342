"""Source keys to a printed bibliography."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from microneedling.core.card import CardError, nearest
from microneedling.core.catalogue import REFERENCES


@dataclasses.dataclass(frozen=True)
class Reference:
    """One source: its key, its text as printed, and where it can be found."""

    key: str
    text: str
    doi: str = ""
    url: str = ""


def known_keys(path: Path = REFERENCES) -> tuple[str, ...]:
    """All keys of the bibliography, in alphabetical order."""
    return tuple(sorted(_entries(path)))


def bibliography(keys: Iterable[str], path: Path = REFERENCES) -> list[Reference]:
    """The sources behind `keys`, each once, in alphabetical order.

    Errors: CardError naming the nearest keys when a key is not in the bibliography.
    Checked by: tests/unit/core/test_cite.py
    """
    entries = _entries(path)
    wanted = sorted(set(keys))
    for key in wanted:
        if key not in entries:
            raise CardError(f"{key!r} is not a key of {path.name}; {_nearest(key, entries)}")
    return [_reference(key, entries[key]) for key in wanted]


def formatted(reference: Reference) -> str:
    """One line of a bibliography, with the address at its end."""
    address = f"https://doi.org/{reference.doi}" if reference.doi else reference.url
    return f"{reference.text} {address}".strip()


@functools.cache
def _entries(path: Path) -> dict[str, Any]:
    """The parsed file (pybtex is loaded here, not at the top: it costs start-up time)."""
    from pybtex.database import parse_file  # type: ignore[import-untyped]

    return dict(parse_file(str(path), bib_format="bibtex").entries.items())


def _nearest(key: str, entries: dict[str, Any]) -> str:
    close = nearest(key, entries)
    return close if close.startswith("nearest") else f"the file holds {len(entries)} keys"


def _reference(key: str, entry: Any) -> Reference:
    """A source as text: authors (year). Title. Place. [what is known of it]"""
    field = {name.lower(): _bare(text) for name, text in entry.fields.items()}
    people = [_bare(person) for person in entry.persons.get("author", [])]
    who = ", ".join(people[:-1]) + " et al" if people[-1:] == ["others"] else ", ".join(people)
    year = f"({field['year']})" if "year" in field else ""
    place = next((field[name] for name in ("journal", "publisher", "school") if name in field), "")
    volume = field.get("volume", "") + (f"({field['number']})" if "number" in field else "")
    pages = field.get("pages", "").replace("--", "-")
    where = f"{place} {volume}".strip() + (f":{pages}" if pages and volume else f" {pages}" if pages else "")
    head = [f"{who} {year}".strip(), field.get("title", "")] if who else [f"{field.get('title', '')} {year}".strip()]
    note = f"[{field['note']}]" if "note" in field else ""
    text = ". ".join(part.rstrip(".") for part in (*head, where, note) if part) + "."
    return Reference(key, text, field.get("doi", ""), field.get("url", ""))


def _bare(text: Any) -> str:
    return str(text).replace("{", "").replace("}", "").strip()
