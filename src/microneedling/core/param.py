"""One number and where it came from."""

from __future__ import annotations

import dataclasses
from typing import Any

from microneedling.core import units
from microneedling.core.spread import SHAPES, Spread

GRADES = (
    "measured in people",
    "in excised skin",
    "in animals",
    "on the bench",
    "stated by maker",
    "fitted",
    "inferred",
    "assumed",
)
VARIES = ("knowledge", "people")


@dataclasses.dataclass(frozen=True)
class Provenance:
    """What is known about one number: unit, source keys, place, spread, grade, note.

    `varies` says what the spread means: "people" differ, or our "knowledge" is short. `shape` says how draws lie
    between and beyond the 5 and 95 % points.
    """

    unit: str
    source: tuple[str, ...]
    where: str
    spread: Spread
    grade: str
    note: str
    varies: str = "knowledge"
    text: str = ""
    meaning: str = ""
    shape: str = "normal"
    joint: str = ""  # file of draws it was fitted in together with others; then draws come from there


def param(
    *,
    default: Any = dataclasses.MISSING,
    unit: str,
    source: str | tuple[str, ...] = (),
    where: str = "",
    spread: str = "exact",
    grade: str = "assumed",
    note: str = "",
    varies: str = "knowledge",
    meaning: str = "",
    shape: str = "normal",
) -> Any:
    """A numeric field with its provenance; `default` may be text with a unit, stored in SI.

    Args:
        default: number in `unit`, or text such as "0.39 d-1"; may be left out for fields filled from cards
        unit: SI unit of the stored number, "1" for pure numbers
        source: keys of references.bib
        where: table, figure, equation or row in the source
        spread: "± x", "a .. b" (5 and 95 %) or "exact"; in the unit of `default`
        grade: one of GRADES
        note: needed when grade is "assumed", or when sources disagree
        varies: "people" or "knowledge": what the spread describes
        meaning: one line for tables
        shape: "normal" (log-normal where positive) or "student 4" for heavier tails

    Checked by: tests/contracts/test_parameters.py
    """
    if grade not in GRADES or varies not in VARIES or shape not in SHAPES:
        raise ValueError(f"grade {grade!r}, varies {varies!r} or shape {shape!r} is not a known word")
    keys = (source,) if isinstance(source, str) else tuple(source)
    text = default if isinstance(default, str) else ""
    scale_unit = units.split(default)[1] if isinstance(default, str) else unit
    value = units.read(default, unit) if isinstance(default, str) else default
    known = Spread.read(spread, unit, scale_unit or "1")
    facts = Provenance(unit, keys, where, known, grade, note, varies, text, meaning, shape)
    made: dict[str, Any] = {} if value is dataclasses.MISSING else {"default": value}
    return dataclasses.field(metadata={"provenance": facts}, **made)


@dataclasses.dataclass(frozen=True)
class FieldMeaning:
    """What a field of the state is: meaning, SI unit, and the size below which it does not matter."""

    meaning: str
    unit: str
    negligible: float


def state_field(*, meaning: str, unit: str, negligible: str | float) -> Any:
    """A field of the state; `negligible` (text with unit) is the absolute error nobody would notice."""
    size = units.read(negligible, unit) if isinstance(negligible, str) else negligible
    return dataclasses.field(metadata={"state": FieldMeaning(meaning, unit, size)})


def provenance(record: Any) -> dict[str, Provenance]:
    """Field name to provenance, for every numeric field of a record or its class."""
    return {f.name: f.metadata["provenance"] for f in dataclasses.fields(record) if "provenance" in f.metadata}
