"""Text with units to SI numbers and back. The only reader of unit text; pint does the arithmetic."""

from __future__ import annotations

import functools
import math
import re
from typing import Any


class UnitError(ValueError):
    """A quantity that cannot be read, with a sentence a user can act on."""


@functools.cache
def registry() -> Any:
    """The one unit registry (loaded at first use: it costs a tenth of a second)."""
    import pint

    ureg: Any = pint.UnitRegistry(cache_folder=None)
    ureg.define("percent = 0.01 = %")
    ureg.define("@alias year = y")
    ureg.define("SED = 100 J/m^2")  # standard erythemal dose (ISO/CIE 17166): light weighted by what reddens
    return ureg


_NUMBER = re.compile(r"^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")
_EXPONENT = re.compile(r"([A-Za-zµ])(-?\d+)(?![\d.])")


def split(text: str) -> tuple[float, str]:
    """Number and unit text of "1.5 mm"; the unit may be empty."""
    match = _NUMBER.match(text)
    if match is None:
        raise UnitError(f'"{text}" is not a quantity; write a number and a unit, for example "1.5 mm"')
    value = float(match.group(1))
    if not math.isfinite(value):
        raise UnitError(f'"{text}" is not a finite number')
    return value, match.group(2)


@functools.cache
def factor(unit: str, si: str) -> float:
    """What to multiply a number in `unit` by to get it in `si`; both as "mol m-3" or "ug/cm2"."""
    if unit == si:
        return 1.0
    import pint

    try:
        return float(registry().Quantity(1.0, _pint(unit)).to(_pint(si)).magnitude)
    except pint.DimensionalityError as error:
        raise UnitError(f'unit "{unit}" does not fit; a quantity in "{si}" is needed') from error
    except (pint.UndefinedUnitError, pint.PintError, ValueError, TypeError, AttributeError) as error:
        raise UnitError(f'unit "{unit}" is not known; a quantity in "{si}" is needed') from error


def _pint(unit: str) -> str:
    """Our spelling ("mol m-3", "1", "µg/cm2") in pint's."""
    if unit in ("", "1"):
        return "dimensionless"
    text = unit.replace("µ", "u").replace("·", " ")
    text = _EXPONENT.sub(r"\1**\2", text)
    return re.sub(r"\s+", " * ", text.strip()).replace("* / *", "/").replace("* /", "/").replace("/ *", "/")


@functools.cache
def read(text: str, si: str) -> float:
    """The SI number behind "1.5 mm" (°C is understood where kelvin is asked for).

    Args:
        text: number and unit; a bare number is refused unless `si` is "1"
        si: the unit wanted, such as "m" or "mol m-3"

    Returns: the number in `si`.
    Errors: UnitError with a sentence naming what was found and what is allowed.
    Checked by: tests/unit/core/test_units.py
    """
    value, unit = split(text)
    if unit in ("°C", "degC", "C") and si == "K":
        return value + 273.15
    if unit == "" and si != "1":
        raise UnitError(f'"{text}" has no unit; write for example "{value:g} {example(si)}"')
    return value * factor(unit or "1", si)


def example(si: str) -> str:
    """A unit a clinician would write where the SI unit is `si`."""
    return {"m": "mm", "s": "d", "m2": "cm2", "mol m-3": "mol m-3", "K": "degC", "Hz": "Hz"}.get(si, si)


def write(value: float, si: str, unit: str, digits: int = 4) -> str:
    """The text "1.5 mm" for an SI number."""
    return f"{value / factor(unit, si):.{digits}g} {unit}"
