"""An explanation as text for a terminal and as one HTML page that needs nothing else. Prints, computes nothing."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.cite import bibliography, formatted
from microneedling.core.page import template
from microneedling.study.explain import Explanation, Line, Shown

FOLDER = Path(__file__).parent
READABLE = {
    "m s-1": ("cm h-1", "cm/h"),
    "m2 s-1": ("cm2 s-1", "cm²/s"),
    "s-1": ("h-1", "1/h"),
    "s": ("h", "h"),
    "m-1": ("cm-1", "1/cm"),
    "kg mol-1": ("g mol-1", "g/mol"),
    "m3 mol-1": ("cm3 mol-1", "cm³/mol"),
}
NANO = 1e-7  # m: shorter lengths are told in nanometres
ABSENT = {"pka_acid": 99.0, "pka_base": -99.0}
WIDE = 100


def text(one: Explanation) -> str:
    """The explanation for a terminal.

    Checked by: tests/faces/test_explaining.py
    """
    return "\n".join([*_head(one), *_body(one), *_tail(one)])


def html(one: Explanation) -> str:
    """The explanation as a complete HTML document: no script, no font, no network.

    Checked by: tests/faces/test_explaining.py
    """
    parts = [(part, [_cells(line) for line in lines]) for part, lines in _parts(one)]
    return template(FOLDER / "explanation.html.j2").render(
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        title=one.active.title,
        setting=_setting(one),
        chief=[_cells(one.line(symbol)) for symbol in ("k_p", "lag", "P_PG")],
        other="excised, hydrated" if one.is_alive else "alive, partly hydrated",
        marks=[mark.sentence() for mark in one.marks],
        missing=one.active.texts.get("missing", ""),
        parts=parts,
        sources=[(ref.key, formatted(ref)) for ref in bibliography(one.keys())],
    )


def number(value: float, unit: str) -> tuple[str, str]:
    """A number and its unit as people write them: ("9.7e-05", "cm/h")."""
    if unit == "m":
        factor, name = (1e9, "nm") if abs(value) < NANO else (1e6, "µm")
        return _figures(value * factor), name
    if unit not in READABLE:
        return _figures(value), "" if unit == "1" else unit
    readable, name = READABLE[unit]
    return _figures(value / units.factor(readable, unit)), name


def _figures(value: float) -> str:
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    return f"{value:.3g}" if 1e-3 <= abs(value) < 1e5 else f"{value:.2e}"


def _whole(shown: Shown) -> str:
    """A number with its interval and unit."""
    value, unit = number(shown.value, shown.unit)
    if shown.low == shown.high:
        return f"{value} {unit}".strip()
    scale = number(shown.value, shown.unit)[1]
    low, high = (_like(end, shown.unit, scale) for end in (shown.low, shown.high))
    return f"{value} ({low} .. {high}) {unit}".strip()


def _like(value: float, unit: str, name: str) -> str:
    if unit == "m":
        return _figures(value * (1e9 if name == "nm" else 1e6))
    return number(value, unit)[0]


def _input(one: Shown) -> str:
    field = one.number.rpartition(".")[2]
    if field in ABSENT and one.value == ABSENT[field]:
        return f"no {one.symbol}"
    value, unit = number(one.value, one.unit)
    return f"{one.symbol} = {value} {unit}".strip()


def _cells(line: Line) -> dict[str, Any]:
    """One property in words."""
    row = line.row
    other = "" if line.other is None else " ".join(number(line.other, row.unit)).strip()
    given = [(f"{one.symbol}: {one.number}", one.fact) for one in line.inputs if one.fact is not None]
    return {
        "name": row.name,
        "symbol": row.symbol,
        "formula": row.formula,
        "value": _whole(line.shown),
        "other": other if other != _central(line) else "",
        "inputs": ", ".join(_input(one) for one in line.inputs),
        "given": [f"{name} ({fact.grade})" for name, fact in given],
        "source": ", ".join(row.source),
        "valid": row.valid,
        "in_range": row.in_range,
    }


def _parts(one: Explanation) -> Iterator[tuple[str, list[Line]]]:
    for part, lines in groupby(one.lines, key=lambda line: line.row.part):
        yield part, list(lines)


def _setting(one: Explanation) -> str:
    state = "living, partly hydrated, at age 35" if one.is_alive else "excised, whole and hydrated"
    return f"{one.site.title}, {state}; from {one.vehicle.title}, pH {one.ph:g}"


def _head(one: Explanation) -> list[str]:
    said = [one.active.title, _setting(one), "", "Numbers: central value (5 .. 95 %)."]
    said += [f"EXTRAPOLATION  {mark.sentence()}" for mark in one.marks]
    missing = one.active.texts.get("missing", "")
    return [*said, *([f"Not known: {missing}"] if missing else [])]


def _body(one: Explanation) -> Iterator[str]:
    other = "excised" if one.is_alive else "alive"
    for part, lines in _parts(one):
        yield f"\n{part}"
        for line in lines:
            cells = _cells(line)
            beside = f"   [{other}: {cells['other']}]" if cells["other"] else ""
            yield f"  {cells['symbol']} = {cells['value']}{beside}   {cells['name']}"
            yield from _folded(f"= {cells['formula']}")
            yield from _folded(f"with {cells['inputs']}")
            mark = "" if cells["in_range"] else "   EXTRAPOLATION"
            yield from _folded(f"source: {cells['source']}; holds for: {cells['valid']}{mark}")


def _central(line: Line) -> str:
    return " ".join(number(line.shown.value, line.row.unit)).strip()


def _folded(said: str) -> list[str]:
    return textwrap.wrap(said, WIDE, initial_indent="      ", subsequent_indent="        ")


def _tail(one: Explanation) -> list[str]:
    refs = bibliography(one.keys())
    return ["\nSources", *(f"- {ref.key}: {formatted(ref)}" for ref in refs)]
