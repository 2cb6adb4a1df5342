"""The coordinate in which a number is drawn, and how far its spread reaches in it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np

from microneedling.core.param import Provenance
from microneedling.core.spread import Z95
from microneedling.laws.admission import tied
from microneedling.study.numbers import CIRCUIT

FAR = 4.0  # reaches below its value at which a joint draw at or below zero counts, where a number goes by ratio [1]
FOLLOWERS = (("FibroblastActivation", "s_T2"), ("CollagenTurnover", "r0"))  # laws/admission.py, `tied`


@dataclasses.dataclass(frozen=True)
class Coordinate:
    """One number p with a spread, and the coordinate q in which it is drawn.

        q = ln p for positive numbers with positive ends, else q = p;   reach = (q(95 %) − q(5 %))/2

    A positive number known within a factor of ten either way is drawn by ratio. Half the width of its range, taken
    along the tangent in p itself, would ask the tissue what five times the number does from what a hundredth more does;
    by ratio the same tangent is used over ln 10. For narrow spreads the two are the same.
    """

    name: str
    value: float
    low: float  # 5 %
    high: float  # 95 %
    facts: Provenance

    @property
    def by_ratio(self) -> bool:
        """Is it drawn by ratio?"""
        return self.low > 0 and self.value > 0

    @property
    def reach(self) -> float:
        """Half of the 5 to 95 % range in the coordinate."""
        return (math.log(self.high / self.low) if self.by_ratio else self.high - self.low) / 2

    @property
    def pace(self) -> float:
        """dp/dq: what one unit of the coordinate is in the number itself."""
        return self.value if self.by_ratio else 1.0

    @property
    def together(self) -> bool:
        """Is it drawn together with the others it was fitted with?"""
        return is_joint(self.facts)

    def moved(self, size: float) -> float:
        """The number `size` away from its value in the coordinate."""
        return self.value * math.exp(size) if self.by_ratio else self.value + size

    def deviations(self, numbers: np.ndarray) -> np.ndarray:
        """Where drawn numbers lie, in reaches from the value; those that ratios do not reach lie FAR below."""
        held = np.maximum(numbers, self.moved(-FAR * self.reach)) if self.by_ratio else numbers
        away = np.log(held / self.value) if self.by_ratio else held - self.value
        return np.asarray(away / self.reach)


def is_joint(facts: Provenance) -> bool:
    """Was this number fitted together with others, and do people take a row of their joint draws?"""
    return bool(facts.joint)


def is_tied(known: Mapping[str, Any]) -> bool:
    """Do two healing numbers follow the others? Not where they were fitted together with them."""
    return not any(is_joint(known[record].facts[field]) for record, field in FOLLOWERS)


def coordinates(known: Mapping[str, Any]) -> tuple[Coordinate, ...]:
    """Every number that has a spread, by full name, in the order of the records."""
    return tuple(_each(known))


def _each(known: Mapping[str, Any]) -> Iterator[Coordinate]:
    for record, sourced in known.items():
        for field, facts in sourced.facts.items():
            value = float(getattr(sourced.record, field))
            low, high = (facts.spread.at(value, z) for z in (-Z95, Z95))
            if high > low:
                yield Coordinate(f"{record}.{field}", value, low, high, facts)


def carried(known: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """What else moves when a number is drawn: number -> other number -> d ln other / d ln number.

    Two healing numbers follow the others so that what the timings fix stays (laws/admission.py, `tied`). The ensemble
    is drawn with these ties, so the share of a spread has to be taken along them.

    Checked by: tests/unit/study/test_elasticities.py
    """
    found: dict[str, dict[str, float]] = {}
    if not is_tied(known):
        return found
    central = {name: known[name].record for name in CIRCUIT}
    for name in CIRCUIT:
        for field in known[name].facts:
            value, size = float(getattr(central[name], field)), 1e-4
            if not value > 0:
                continue
            pair = value * np.exp([size, -size])
            drawn = {**central, name: dataclasses.replace(central[name], **{field: jnp.asarray(pair)})}
            after = tied(drawn, central)
            for record, other in FOLLOWERS:
                ends = np.broadcast_to(np.asarray(getattr(after[record], other)), (2,))
                slope = float(np.log(ends[0] / ends[1]) / (2 * size))
                own = f"{record}.{other}" == f"{name}.{field}"
                if abs(slope) > 1e-9 or own:
                    found.setdefault(f"{name}.{field}", {})[f"{record}.{other}"] = slope
    return found
