"""A page as plain records: what it says, apart from how it looks; one and the same text for screen and print."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class Text:
    """A paragraph; `soft` for what stands back, `mark` for a heading within a section, `warn` for a reservation."""

    text: str
    soft: bool = False
    mark: bool = False
    warn: bool = False
    kind: str = "text"


@dataclasses.dataclass(frozen=True)
class Points:
    """A list; each item has a word in bold (or none) and its sentence; `fold` heads what a screen shows on demand."""

    items: tuple[tuple[str, str], ...]
    numbered: bool = False
    fold: str = ""
    kind: str = "points"


@dataclasses.dataclass(frozen=True)
class Table:
    """Rows under a head; `numbers` are the columns set as numbers, `widths` the shares of the columns in print.

    `fold`: as of Points.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    numbers: tuple[int, ...] = ()
    fold: str = ""
    kind: str = "table"


@dataclasses.dataclass(frozen=True)
class Figure:
    """A drawing: heading, SVG text that stands alone, what is written below."""

    title: str
    svg: str
    caption: str


@dataclasses.dataclass(frozen=True)
class Figures:
    """Drawings side by side; `key` names the lines, each with the number of its style."""

    figures: tuple[Figure, ...]
    key: tuple[tuple[str, int], ...] = ()
    columns: int = 2
    kind: str = "figures"


Told = Text | Points | Table


@dataclasses.dataclass(frozen=True)
class Sides:
    """Things to be read together: title and parts of each side, beside each other where there is room."""

    sides: tuple[tuple[str, tuple[Told, ...]], ...]
    kind: str = "sides"


Part = Text | Points | Table | Figures | Sides


@dataclasses.dataclass(frozen=True)
class Section:
    """A numbered part of a document; `id` is where a link leads."""

    id: str
    title: str
    parts: tuple[Part, ...]


@dataclasses.dataclass(frozen=True)
class Document:
    """A whole page: what it is no substitute for (`banner`), what it asks, and its sections."""

    title: str
    question: str
    banner: tuple[str, str]
    facts: str
    sections: tuple[Section, ...]
    notices: tuple[tuple[str, str], ...] = ()


def points(items: Sequence[str]) -> Points:
    """A plain list."""
    return Points(tuple(("", item) for item in items))
