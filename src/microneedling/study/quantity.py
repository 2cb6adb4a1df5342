"""Quantities and whole numbers of a study file: text with a unit in, SI out, refused with one clear sentence."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from pydantic_core import PydanticCustomError, core_schema

from microneedling.core import units

LONG_TEXT = 80  # longer values are shortened in messages
_NUMBER = r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_UNIT = r"\s*(?![eE][+-]?\d)(1/)?[A-Za-z%°µ].*"  # the "e5" of "1e5" is no unit
STROKES = ("Hz", "s-1", "1/s", "kHz", "min-1", "1/min")  # "rpm" means radians to unit libraries, so it is not here


@dataclasses.dataclass(frozen=True)
class Quantity:
    """An SI number that remembers how it was written."""

    value: float
    text: str


def refusal(found: str, allowed: str) -> PydanticCustomError:
    """The error that carries both halves of a message through pydantic."""
    return PydanticCustomError("refused", "found {found}, allowed {allowed}", {"found": found, "allowed": allowed})


def shown(found: Any) -> str:
    """A value of a TOML file as its writer would recognise it, shortened."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, dict):
        return "a table"
    if isinstance(found, list):
        return "a list"
    text = str(found)
    short = text if len(text) <= LONG_TEXT else f"{text[:20]} ... {text[-LONG_TEXT:]}"
    return f'"{short}"' if isinstance(found, str) else short


@dataclasses.dataclass(frozen=True)
class Reads:
    """How one key reads a quantity: SI unit, meaning, an example, and its bounds (themselves text with a unit)."""

    si: str
    meaning: str
    example: str
    low: str = ""
    high: str = ""
    above_zero: bool = False

    @property
    def allowed(self) -> str:
        """The sentence after "allowed" in messages."""
        if self.low and self.high:
            return f"{self.low} to {self.high}"
        if self.above_zero:
            return f'more than zero{f" and at most {self.high}" if self.high else ""}, such as "{self.example}"'
        least = f" of {self.low} or more" if self.low else ""
        return f'a quantity{least} such as "{self.example}"'

    def read(self, found: Any) -> Quantity:
        """The quantity behind "1.5 mm"; a bare number is refused unless the unit is "1"."""
        if isinstance(found, Quantity):
            return found
        plain = isinstance(found, int | float) and not isinstance(found, bool)
        if plain and self.si != "1":
            raise refusal(f"{found} (a number without a unit)", self.allowed)
        if not plain and not isinstance(found, str):
            raise refusal(shown(found), self.allowed)
        text = found if isinstance(found, str) else str(found)
        try:
            value = _si(text, self.si)
        except units.UnitError as error:
            reason = str(error).removeprefix(f'"{text}" ').split(";")[0]
            raise refusal(f"{shown(found)} ({reason})", self.allowed) from error
        if not self._inside(value):
            raise refusal(shown(found), self.allowed)
        return Quantity(value, text)

    def _inside(self, value: float) -> bool:
        low = _si(self.low, self.si) if self.low else -math.inf
        high = _si(self.high, self.si) if self.high else math.inf
        return math.isfinite(value) and low <= value <= high and not (self.above_zero and value <= 0)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read at the border, and write the text back when the study is stored."""
        as_text = core_schema.plain_serializer_function_ser_schema(lambda one: one.text, return_schema=_TEXT)
        return core_schema.no_info_plain_validator_function(self.read, serialization=as_text)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What an editor shows and checks."""
        sign = r"\+?" if self.above_zero or (self.low and _si(self.low, self.si) >= 0 and self.si != "K") else "[+-]?"
        unit = f"({_UNIT})?" if self.si == "1" else _UNIT
        return {
            "type": ["string", "number"] if self.si == "1" else "string",
            "pattern": rf"^\s*{sign}{_NUMBER}{unit}$",
            "description": f"{self.meaning}; {self.allowed}",
            "examples": [self.example],
        }


@dataclasses.dataclass(frozen=True)
class Whole:
    """How one key reads a whole number between two bounds."""

    meaning: str
    low: int
    high: int

    def read(self, found: Any) -> int:
        """The number, or a refusal that names the bounds."""
        if isinstance(found, bool) or not isinstance(found, int) or not self.low <= found <= self.high:
            raise refusal(shown(found), f"a whole number from {self.low} to {self.high}")
        return found

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read at the border."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What an editor shows and checks."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high, "description": self.meaning}


_TEXT = core_schema.str_schema()


def _si(text: str, si: str) -> float:
    """The SI number; "y" is a year, and strokes take only units that count strokes, not angles."""
    number, unit = units.split(text)
    if unit == "y":
        return units.read(f"{number!r} year", si)
    if si == "Hz" and unit and unit not in STROKES:
        raise units.UnitError(f'unit "{unit}" does not count strokes')
    return units.read(text, si)
