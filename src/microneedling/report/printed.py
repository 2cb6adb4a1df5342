"""A result on paper: plain words on the first page, then the figures, the tables, the findings and the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from microneedling.core.document import Document, Figure, Figures, Part, Points, Section, Table, Text, points
from microneedling.report import harm_parts, printed_tables, titles
from microneedling.report.answer import Answer
from microneedling.report.document_page import drawing
from microneedling.report.figures import STYLES, Panel
from microneedling.report.patches import ACROSS, DOWN, Row

Key = tuple[tuple[str, int], ...]


def printed(content: Mapping[str, Any]) -> Document:
    """The report of a result as a document for print: the words, figures and tables of the page.

    Args:
        content: what the page is filled with (`render.content_of`)

    Checked by: tests/faces/test_printed_report.py
    """
    answer: Answer = content["answer"]
    made: dict[str, Callable[[Mapping[str, Any]], Iterable[Part]]] = {
        "words": lambda found: found["plain"],
        "skin": _skin,
        "acute": _acute,
        "long": _long,
        "laboratory": _laboratory,
        "arms": printed_tables.arms,
        "rests": printed_tables.rests,
        "findings": _findings,
        "sources": _sources,
        "computed": _computed,
    }
    parts = {name: tuple(made[name](content)) for name in titles.SECTIONS}
    sections = tuple(Section(name, title, parts[name]) for name, title in titles.SECTIONS.items() if parts[name])
    notices = [(titles.REGULATORY, one.reason) for one in content["regulatory"]]
    if answer.override:
        notices.append((titles.REFUSED, f"Reason given: {answer.override}"))
    return Document(answer.title, answer.question, titles.BANNER, _facts(answer), sections, tuple(notices))


def _facts(answer: Answer) -> str:
    run = answer.run
    return (
        f"Arms: {'; '.join(answer.arms)}. {answer.members} simulated courses per arm. "
        f"Version {run.get('version', 'unknown')}, seed {run.get('seed', 'unknown')}, "
        f"computed {run.get('created', 'at a time not recorded')}."
    )


def _key(content: Mapping[str, Any]) -> Key:
    return tuple((arm, n % STYLES) for n, arm in enumerate(content["answer"].arms))


def _drawn(title: str, panels: Sequence[Panel], key: Key, *, columns: int = 2) -> tuple[Part, ...]:
    if not panels:
        return ()
    made = tuple(Figure(one.title, drawing(str(one.svg)), _caption(one)) for one in panels)
    return (Text(title, mark=True), Figures(made, key, columns))


def _caption(one: Panel) -> str:
    named = ", ".join(text for _, text in one.key)
    return " ".join(text for text in (f"{named}." if named else "", one.subtitle, one.note) if text)


def _skin(content: Mapping[str, Any]) -> Iterable[Part]:
    yield from _drawn(titles.FIRST_SESSION, content["skin"], ())
    drawn = content["over_time"]
    if drawn["panels"]:
        heading, panels = _drawn(titles.OVER_TIME, drawn["panels"], (), columns=3)
        yield heading
        yield Text(drawn["honest"], warn=True)
        yield Figures(tuple(Figure("", drawing(str(mark)), text) for mark, text in drawn["legend"]), columns=8)
        yield panels
        yield Text(titles.central(drawn["arm"]), soft=True)
    yield from _patches(content["patches"], content["patches_are"])


def _patches(rows: Sequence[Row], honest: str) -> Iterable[Part]:
    """Colour before and after, each patch as it is on the page."""
    if not rows:
        return
    yield Text(titles.COLOUR, mark=True)
    yield Text(honest, warn=True)
    for row in rows:
        made = [
            Figure(f"{row.arm}, {one.words}", _framed(str(one.image)), " ".join((*one.values, one.change)).strip())
            for one in row.patches
        ]
        yield Figures(tuple(made), columns=4)
    yield Text(titles.DELTA, soft=True)


def _framed(image: str) -> str:
    """A picture as a drawing that stands alone."""
    size = f'width="{ACROSS}" height="{DOWN}"'
    picture = f'<image {size} preserveAspectRatio="none" href="{image}"/>'
    return drawing(f'<svg viewBox="0 0 {ACROSS} {DOWN}">{picture}</svg>')


def _acute(content: Mapping[str, Any]) -> Iterable[Part]:
    glass = content["answer"].in_vitro
    key = _key(content)
    parts = (
        *_drawn(titles.CELL if glass else titles.FELT, content["acute_panels"], key),
        *_drawn(titles.AMOUNTS, content["amount_panels"], key),
    )
    if parts:
        words = (titles.LINES, titles.CLOCK) if glass else (titles.LINES, titles.CLOCK, titles.LOGARITHMIC)
        yield Text(" ".join(words), soft=True)
    yield from parts
    if content["faint"]:
        yield Text(titles.unseen(content["faint"]), soft=True)


def _long(content: Mapping[str, Any]) -> Iterable[Part]:
    return _over_weeks(content, (titles.LONG, "long_panels"), (titles.SURFACE, "surface_panels"))


def _laboratory(content: Mapping[str, Any]) -> Iterable[Part]:
    yield from content["laboratory"]
    yield from _over_weeks(content, (titles.COLLAGEN, "collagen_panels"), (titles.BIOLOGY, "biology_panels"))


def _over_weeks(content: Mapping[str, Any], *groups: tuple[str, str]) -> Iterable[Part]:
    parts = tuple(part for title, name in groups for part in _drawn(title, content[name], _key(content)))
    return (Text(f"{titles.LINES} {titles.CALENDAR}", soft=True), *parts) if parts else ()


def _findings(content: Mapping[str, Any]) -> Iterable[Part]:
    yield from printed_tables.findings(content["findings"])
    yield Text(titles.ABOUT_ANY, mark=True)
    yield points([f"{one['text']} ({one['source']})" for one in content["answer"].notices])


def _sources(content: Mapping[str, Any]) -> Iterable[Part]:
    places = ((f"https://doi.org/{one.doi}" if one.doi else one.url) for one in content["references"])
    own = tuple((one.key, f"{one.text} {place}".strip()) for one, place in zip(content["references"], places))
    yield Text(titles.OF_NUMBERS, mark=True)
    yield Points(own, numbered=True)
    if content["safety_sources"]:
        yield Text(titles.OF_SCREENING, mark=True)
        yield Points(tuple(("", text) for text in content["safety_sources"]), numbered=True)

    yield from harm_parts.sources(content["harm"])


def _computed(content: Mapping[str, Any]) -> Iterable[Part]:
    yield Text(titles.LAWS)
    yield Table("", ("What", "Value"), tuple(content["computed"]), (2, 5))
    yield from printed_tables.numbers(content["parameters"])
