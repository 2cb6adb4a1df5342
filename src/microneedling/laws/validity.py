"""Where the correlations were fitted, as data, and the mark of a value that lies outside."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path

from microneedling.core import units

QUANTITIES = {
    "molar mass": ("kg mol-1", "g/mol"),
    "log Kow": ("1", ""),
    "R": ("1", ""),
    "solute over fibril radius, hydrated": ("1", ""),
    "solute over fibril radius, partly hydrated": ("1", ""),
    "ionised share of an acid or a zwitterion in the film": ("1", ""),
    "ionised share of a zwitterion in tissue": ("1", ""),
}


@dataclasses.dataclass(frozen=True)
class Validity:
    """Between which values of a quantity the formulas of some symbols were fitted or tried; SI, None for open ends."""

    of: tuple[str, ...]
    quantity: str
    low: float | None
    high: float | None
    source: tuple[str, ...]
    where: str
    is_comparison: bool = False

    def holds(self, value: float) -> bool:
        """Is the value inside?"""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def span(self) -> str:
        """The range in words: "18 to 584 g/mol"."""
        low, high = (None if end is None else self.written(end) for end in (self.low, self.high))
        if low is None or high is None:
            return f"up to {high}" if low is None else f"{low} or more"
        return f"{low.split()[0]} to {high}"

    def written(self, value: float) -> str:
        """A value of this quantity with the unit people use."""
        si, unit = QUANTITIES[self.quantity]
        return units.write(value, si, unit, 5) if unit else f"{value:.3g}"


@dataclasses.dataclass(frozen=True)
class Extrapolation:
    """A quantity outside the range for which the formulas of some symbols hold."""

    what: str
    quantity: str
    found: str
    allowed: str
    of: tuple[str, ...]
    source: tuple[str, ...]
    where: str

    def sentence(self) -> str:
        """One line for people."""
        return f"{self.what}: {self.quantity} {self.found}, outside {self.allowed} ({self.where})"


@functools.cache
def ranges() -> tuple[Validity, ...]:
    """All ranges, from validity.toml.

    Checked by: tests/unit/laws/test_validity.py
    """
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(_validity(row) for row in content["range"])


def ranges_of(symbol: str) -> tuple[Validity, ...]:
    """The ranges within which one symbol's formula was fitted; none where its source states none."""
    return tuple(one for one in ranges() if symbol in one.of)


def extrapolations(what: str, found: Mapping[str, float]) -> tuple[Extrapolation, ...]:
    """A mark for every range that a substance leaves, but for those of formulas that only stand beside.

    Args:
        what: name of the substance
        found: its value of each quantity that is known, SI

    Checked by: tests/unit/laws/test_validity.py
    """
    judged = [one for one in ranges() if one.quantity in found and not one.is_comparison]
    outside = [one for one in judged if not one.holds(found[one.quantity])]
    return tuple(
        Extrapolation(what, one.quantity, one.written(found[one.quantity]), one.span(), one.of, one.source, one.where)
        for one in outside
    )


def _validity(row: Mapping[str, object]) -> Validity:
    si = QUANTITIES[str(row["quantity"])][0]
    low, high = (None if end not in row else units.read(str(row[end]), si) for end in ("low", "high"))
    source, of = row["source"], row["of"]
    keys = (source,) if isinstance(source, str) else tuple(source)  # type: ignore[arg-type]
    beside = bool(row.get("comparison", False))
    return Validity(tuple(of), str(row["quantity"]), low, high, keys, str(row["where"]), beside)  # type: ignore[arg-type]
