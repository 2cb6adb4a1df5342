"""Blood at each depth and the oxygen it brings: pure functions of the state, for laws and for what is read off skin."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.skin.components import Inflammation, Repair, Vessels, Wound
from microneedling.skin.skin import Skin


def flow(state: State) -> jax.Array:
    """Blood flow through the vessels there are, relative to rest.

        q = (1 + b)(1 - c)      b: dilation, c: constriction by cold

    Args:
        state: with Vessels

    Returns: (depth,) [1], 1 at rest. New vessels carry flow of their own: supply is q v.
    Checked by: tests/unit/skin/test_oxygen.py
    """
    vessels = state[Vessels]
    return (1 + vessels.perfusion) * (1 - vessels.constriction)


@struct
class OxygenBalance:
    """Oxygen in tissue and blood, relative to rest and quasi-steady: supply against use, by depth.

        s = a + (1 - a) q v,   a = exp(-z/ℓ)                       blood and, near the surface, air
        o = s (1 + κ)/(s + κ (1 + γ (M₁ + M₂ + F)))                from s (1 + κ - o) = κ (1 + γ ...) o
        S = S_a - (S_a - S₀)(1 + κ - o)/κ                          what each volume of blood gives up
        B = v q^α                                                  blood volume

    κ is arterial over tissue oxygen less one: use grows with o, so all of it follows from two pressures. o = 1, S = S₀,
    B = 1 at rest. Oxygen settles in seconds (wang2003), so it is no state. Its effect on collagen is the factor
    [o/(K_o + o)]/[1/(K_o + 1)], brought in by a switch from 0 to 1.

    Source: wang2003, stucker2002; form of use assumed; no time course of oxygen after needling is in the evidence.
    Checked by: tests/unit/skin/test_oxygen.py, tests/plain
    """

    # fmt: off
    use: float = param(default=1.7, unit="1", source="wang2003", where="40.0 to 30.4 mmHg along a papillary loop", spread="0.9 .. 3", grade="inferred", note="arterial 95 mmHg over the mean of both ends, less one; finger nail folds, covered with oil", meaning="κ, arterial over tissue oxygen less one")
    cells: float = param(default=1.0, unit="1", spread="0.2 .. 5", grade="assumed", note="extra use at full cell load", meaning="γ")
    half: float = param(default=0.5, unit="1", spread="0.1 .. 1", grade="assumed", note="hydroxylation saturates with oxygen; half point unknown in skin", meaning="K_o")
    switch: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="switch 0 to 1: does oxygen limit synthesis", meaning="switch oxygen to synthesis")
    air: float = param(default="0.15 mm", unit="m", source="stucker2002", where="to a depth of 0.25 to 0.40 mm supplied almost exclusively from outside", spread="0.05 .. 0.25", grade="inferred", note="length over which the share from the air falls: a tenth is left at 0.35 mm; the microelectrodes of wang2003, under oil, see the opposite gradient", meaning="ℓ, reach of oxygen from the air")
    arterial: float = param(default=0.97, unit="1", spread="0.95 .. 0.99", grade="assumed", note="healthy person breathing air", meaning="S_a, saturation of arterial blood")
    saturation_at_rest: float = param(default=0.75, unit="1", source="amoebamcrt", where="oxygen saturation of the dermis", spread="0.6 .. 0.85", grade="inferred", note="an input of a published optical model, not a measurement; another has 0.6", meaning="S₀, mean saturation of blood in skin at rest")
    dilation: float = param(default=0.5, unit="1", spread="0.35 .. 0.6", grade="inferred", note="flow goes with the fourth power of a vessel's radius, its content with the square", meaning="α, blood volume by flow")
    # fmt: on

    def supply(self, state: State, skin: Skin) -> jax.Array:
        """s by depth (depth,) [1]: through vessels, and through the surface from the air."""
        open_air = jnp.exp(-skin.depth / self.air)
        return open_air + (1 - open_air) * flow(state) * state[Vessels].density

    def level(self, supply: jax.Array, load: jax.Array) -> jax.Array:
        """o by depth, from supply and cell load M₁ + M₂ + F."""
        return supply * (1 + self.use) / (supply + self.use * (1 + self.cells * load))

    def oxygen(self, state: State, skin: Skin, column: str) -> jax.Array:
        """o by depth (depth,) [1] in one column, "wounded" or "rest"."""
        cells = getattr(state[Inflammation].columns, column)
        fibroblasts = getattr(state[Repair].columns, column).fibroblasts
        return self.level(self.supply(state, skin), cells.m1 + cells.m2 + fibroblasts)

    def mean(self, state: State, skin: Skin) -> jax.Array:
        """o by depth (depth,) [1], area mean of both columns."""
        w = state[Wound].fraction
        return w * self.oxygen(state, skin, "wounded") + (1 - w) * self.oxygen(state, skin, "rest")

    def effect(self, oxygen: jax.Array) -> jax.Array:
        """Factor on synthesis, 1 at rest."""
        full = oxygen / (self.half + oxygen) * (self.half + 1)
        return 1 + self.switch * (full - 1)

    def saturation(self, state: State, skin: Skin) -> jax.Array:
        """S by depth (depth,) [1], mean over arterioles, capillaries and venules."""
        given = (1 + self.use - self.mean(state, skin)) / self.use
        return self.arterial - (self.arterial - self.saturation_at_rest) * given

    def volume(self, state: State) -> jax.Array:
        """B by depth (depth,) [1], blood volume relative to rest."""
        return state[Vessels].density * flow(state) ** self.dilation
