"""Write docs/model.md from the laws, treatments and scales themselves: `make docs`."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from microneedling.core import units
from microneedling.core.cite import bibliography, formatted
from microneedling.core.param import Provenance, provenance
from microneedling.core.spread import Z95
from microneedling.laws import standard as laws
from microneedling.laws.admission import Admission
from microneedling.laws.teaching import TeachingModel
from microneedling.scales import standard as scales
from microneedling.scales.amounts import Amount
from microneedling.scales.clinical import ClinicalMap
from microneedling.scales.instruments import Instruments
from microneedling.treatments.coverage import Hand
from microneedling.treatments.exfoliation import Exfoliation
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.needling import Needling, Sham
from microneedling.treatments.penetration import Push, Resistance
from microneedling.treatments.topical import Topical, Uncover, Wipe

PAGE = Path(__file__).with_name("model.md")
HEAD = """\
# The model

Generated from the code by `make docs`; do not edit. Each law owns one component of the state and says how it starts,
how an event changes it and how it moves by itself. All laws look at the same state. Numbers are given as their source
prints them, with 5 and 95 % points; keys in the column "source" are written out at the end. Numbers of devices,
actives, vehicles, sites and clinic scales stand on cards: `microneedling cards show NAME`.
"""
TABLE = ["| number | value | 5 .. 95 % | grade | source | what it is |", "|---|---|---|---|---|---|"]
PARTS = (
    ("Laws", laws.LAWS),
    ("Numbers that several laws share", (*laws.SHARED, Admission)),
    ("A small model for teaching", (TeachingModel,)),
    ("Treatments", (Insertion, Resistance, Push, Hand, Exfoliation, Needling, Sham, Topical, Wipe, Uncover)),
    ("Scales", (*scales.SCALES, Amount)),
    ("What a clinic rates, and how well instruments repeat themselves", (ClinicalMap, Instruments)),
)


def page() -> str:
    """The page's text."""
    every = [kind for _, kinds in PARTS for kind in kinds]
    keys = {key for kind in every for fact in provenance(kind).values() for key in fact.source}
    sources = "\n".join(f"* **{one.key}**: {_plain(formatted(one))}" for one in bibliography(keys))
    parts = (f"## {title}\n\n" + "\n".join(map(_section, kinds)) for title, kinds in PARTS)
    return "\n".join([HEAD, *parts, "## Sources", "", sources, ""])


def _section(kind: type) -> str:
    lines = [f"### {kind.__name__}", "", *_prose(inspect.cleandoc(kind.__doc__ or "")), ""]
    rows = list(_rows(kind))
    if rows:
        lines += [
            "| number | value | 5 .. 95 % | grade | source | what it is |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
        ]
    return "\n".join(lines)


def _prose(text: str) -> Iterator[str]:
    """A docstring as Markdown: indented equations stay code blocks, the tail loses its list of tests."""
    for line in text.splitlines():
        if line.startswith("Checked by:"):
            return
        kept = re.split(r"\s*Checked by:", line)[0]
        yield kept if kept.startswith("    ") else _plain(kept)


def _rows(kind: type) -> Iterable[str]:
    defaults = {f.name: f.default for f in dataclasses.fields(kind)}
    for name, fact in provenance(kind).items():
        if defaults[name] is not dataclasses.MISSING:
            cells = (name, _value(fact, defaults[name]), _range(fact, defaults[name]), fact.grade)
            said = "; ".join(text for text in (fact.meaning, fact.where, fact.note) if text)
            yield "| " + " | ".join(_plain(cell) for cell in (*cells, ", ".join(fact.source), said)) + " |"


def _value(fact: Provenance, value: float) -> str:
    return fact.text or (f"{value:g}" if fact.unit == "1" else f"{value:g} {fact.unit}")


def _range(fact: Provenance, value: float) -> str:
    """5 and 95 % points in the unit the value is written in."""
    if fact.spread.kind == "exact":
        return "exact"
    size = units.factor(units.split(fact.text)[1] or "1", fact.unit) if fact.text else 1.0
    low, high = (fact.spread.at(value, z) / size for z in (-Z95, Z95))
    return f"{low:.3g} .. {high:.3g}"


def _plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    return re.sub(r"([|*_<>])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
