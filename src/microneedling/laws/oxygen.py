"""Oxygen where fibroblasts work: supply by flow and vessels against use by cells, quasi-steady."""

from __future__ import annotations

import jax

from microneedling.core.param import param
from microneedling.core.struct import struct


@struct
class OxygenBalance:
    """Oxygen relative to rest, from supply s = (1 + b) v and use 1 + γ (M + F).

        o = s (1 + κ)/(s + κ (1 + γ (M₁ + M₂ + F)))

    o = 1 at rest. Its effect on collagen is the factor [o/(K_o + o)]/[1/(K_o + 1)], brought in by a switch from 0 to 1.

    Source: form assumed; no time course of oxygen after needling is in the evidence.
    Checked by: tests/unit/laws/test_oxygen.py
    """

    # fmt: off
    use: float = param(default=1.0, unit="1", spread="0.2 .. 5", grade="assumed", note="use over delivery reserve at rest", meaning="κ")
    cells: float = param(default=1.0, unit="1", spread="0.2 .. 5", grade="assumed", note="extra use at full cell load", meaning="γ")
    half: float = param(default=0.5, unit="1", spread="0.1 .. 1", grade="assumed", note="hydroxylation saturates with oxygen; half point unknown in skin", meaning="K_o")
    switch: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="switch 0 to 1: does oxygen limit synthesis", meaning="switch oxygen to synthesis")
    # fmt: on

    def level(self, supply: jax.Array, load: jax.Array) -> jax.Array:
        """o by depth, from supply (1 + b) v and cell load M₁ + M₂ + F."""
        return supply * (1 + self.use) / (supply + self.use * (1 + self.cells * load))

    def effect(self, oxygen: jax.Array) -> jax.Array:
        """Factor on synthesis, 1 at rest."""
        full = oxygen / (self.half + oxygen) * (self.half + 1)
        return 1 + self.switch * (full - 1)
