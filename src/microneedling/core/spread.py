"""How far a number may be from its value: three spellings, one parser."""

from __future__ import annotations

import dataclasses
import math

from microneedling.core import units

Z95 = 1.6448536269514722  # standard normal quantile at 95 %
SHAPES = ("normal", "student 4")


@dataclasses.dataclass(frozen=True)
class Spread:
    """5 % and 95 % points of a number, or an SD, or nothing to spread ("exact"). SI."""

    kind: str  # "exact", "sd" or "range"
    low: float = 0.0
    high: float = 0.0

    @staticmethod
    def read(text: str, si: str, unit: str = "") -> Spread:
        """Read "exact", "± 0.05 mm" (SD) or "8 .. 30 um" (5 and 95 %); a missing unit means `unit`."""
        words = text.strip()
        if words == "exact":
            return Spread("exact")
        if words.startswith("±"):
            size = _number(words[1:], si, unit)
            if size < 0:
                raise units.UnitError(f'spread "{text}" is negative')
            return Spread("sd", size, size)
        if ".." in words:
            left, right = words.split("..", 1)
            own = units.split(right)[1]
            low, high = _number(left, si, own or unit), _number(right, si, unit)
            if low > high:
                raise units.UnitError(f'spread "{text}" runs from high to low')
            return Spread("range", low, high)
        raise units.UnitError(f'spread "{text}" is not understood; write "exact", "± 0.1 mm" or "8 .. 30 um"')

    def around(self, value: float) -> bool:
        """Does the spread enclose the value?"""
        return self.kind != "range" or self.low <= value <= self.high

    def at(self, value: float, z: float) -> float:
        """The number `z` standard normal deviations from `value`; positive numbers stay positive.

        Two-piece log-normal where value and range are positive, else two-piece normal.
        """
        if self.kind == "exact" or z == 0:
            return value
        low, high = (value - Z95 * self.low, value + Z95 * self.high) if self.kind == "sd" else (self.low, self.high)
        if value > 0 and self.kind == "sd":
            low = value / (high / value)  # an SD of a positive number: log-normal with the same upper 95 % point
        edge = high if z > 0 else low
        if value > 0 and edge > 0:
            return value * math.exp(abs(z) / Z95 * math.log(edge / value))
        return value + abs(z) / Z95 * (edge - value)


def deviation(shape: str, z: float) -> float:
    """What to give `Spread.at` for a draw z of a standard normal, so that a number has another shape.

        t = sign(p − ½) 2 √(cos(arccos(√(4 p (1 − p)))/3)/√(4 p (1 − p)) − 1),   p = Φ(z)

    "student 4" is Student's t with 4 degrees of freedom: the 5 and 95 % points of the spread stay where they are, more
    lies near the middle and more far out.

    Args:
        shape: one of SHAPES
        z: standard normal deviation

    Returns: deviation in standard deviations of a normal with the same 5 and 95 % points.
    Source: the quantile of t with 4 degrees of freedom in closed form. Checked by: tests/unit/core/test_spread.py
    """
    return z if shape == "normal" else Z95 * _student(z) / _student(Z95)


def _student(z: float) -> float:
    tail = 0.5 * math.erfc(abs(z) / math.sqrt(2))
    share = math.sqrt(4 * tail * (1 - tail))
    if share == 0:
        return math.copysign(math.inf, z)
    return math.copysign(2 * math.sqrt(max(0.0, math.cos(math.acos(min(1.0, share)) / 3) / share - 1)), z)


def _number(text: str, si: str, unit: str) -> float:
    value, own = units.split(text)
    return units.read(f"{value!r} {own or unit}", si)
