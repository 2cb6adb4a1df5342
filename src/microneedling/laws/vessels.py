"""Blood flow, vessel growth and oedema."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import ColumnTraffic, joined, traffic
from microneedling.laws.oxygen import OxygenBalance
from microneedling.numerics.flux import diffusion
from microneedling.skin.components import Columns, Epidermis, Inflammation, Repair, Vegf, Vessels, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class VesselResponse:
    """Fast perfusion b, vessel density v (rest 1), oedema water W, with VEGF V in each column.

        V' = s_V M₂ + s_K u + s_H max(0, 1 - o) - d_V V + D ∂²V/∂z²      u: epidermis still open (wounded column)
        b' = (β Q̄ - b)/τ_b;   v' = k_V V̄ v (1 - v/v_max) - r_v (v - 1);   W' = L_p Q̄ - k_L (1 + σ b) W

    Bars are area means. σ switches lymph by flow. No late change of flow is assumed.

    Source: psoriasis_lymph (k_L, albumin), see each number.
    Checked by: tests/contracts/test_laws.py, tests/plain
    """

    # fmt: off
    s_V: float = param(default="1 d-1", unit="s-1", spread="exact", grade="inferred", note="sets the unit of V", meaning="VEGF from M2")
    s_K: float = param(default="0.112 d-1", unit="s-1", spread="0.022 .. 0.63", grade="assumed", note="size unknown", meaning="VEGF from open epidermis")
    s_H: float = param(default="0.125 d-1", unit="s-1", spread="0.018 .. 0.73", grade="assumed", note="size unknown", meaning="VEGF by lack of oxygen")
    d_V: float = param(default="0.738 d-1", unit="s-1", spread="0.33 .. 1.7", grade="assumed", note="size unknown", meaning="loss of VEGF")
    beta: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="sets the unit of b; read out by the redness scale", meaning="flow by signal")
    tau_b: float = param(default="0.186 d", unit="s", spread="0.088 .. 0.36", grade="assumed", note="hours; redness near rest in days", meaning="time of the flow response")
    k_V: float = param(default="0.3 d-1", unit="s-1", spread="0.13 .. 0.91", grade="assumed", note="set for a small, transient rise of vessel density", meaning="vessel growth by VEGF")
    v_max: float = param(default=2.0, unit="1", spread="1.5 .. 3", grade="assumed", note="size unknown", meaning="largest vessel density")
    r_v: float = param(default="0.0657 d-1", unit="s-1", spread="0.041 .. 0.11", grade="assumed", note="new vessels regress in weeks", meaning="regression of vessels")
    L_p: float = param(default="1 d-1", unit="s-1", spread="exact", grade="inferred", note="sets the unit of W", meaning="filtration by signal")
    k_L: float = param(default="0.612 d-1", unit="s-1", source="psoriasis_lymph", where="albumin half-time 29.1 h normal, 20.8 h inflamed", spread="0.47 .. 0.85", grade="measured in people", varies="people", meaning="lymph drainage")
    flow_drains: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note="switch 0 to 1: flow speeds lymph; off unless a study turns it on", meaning="σ, switch flow to lymph")
    # fmt: on
    columns: ColumnTraffic = ColumnTraffic()
    oxygen: OxygenBalance = OxygenBalance()

    owns = Vessels

    def start(self, skin: Skin) -> Vessels:
        none = jnp.zeros_like(skin.step)
        columns = Columns(wounded=Vegf(vegf=none), rest=Vegf(vegf=none))
        return Vessels(columns=columns, perfusion=none, density=none + 1.0, water=none)

    def jump(self, state: State, event: Event, skin: Skin) -> Vessels:
        now = state[Vessels]
        columns = joined(now.columns, state[Wound].fraction, event.halo * skin.alive)
        return Vessels(columns=columns, perfusion=now.perfusion, density=now.density, water=now.water)

    def rate(self, state: State, skin: Skin) -> Vessels:
        now, w = state[Vessels], state[Wound].fraction
        a, b = now.columns.wounded.vegf, now.columns.rest.vegf
        to_a, to_b = traffic(a, b, fraction=w, exchange=self.columns.signals, returning=self.columns.returning)
        mobile = self.columns.diffusivity * skin.living
        hurt = self.growth_factor(state, skin, "wounded") + self.s_K * state[Epidermis].gap * skin.living
        calm = self.growth_factor(state, skin, "rest")
        cells = state[Inflammation].columns
        signal = w * cells.wounded.signal + (1 - w) * cells.rest.signal
        vegf = w * a + (1 - w) * b
        grown = self.k_V * vegf * now.density * (1 - now.density / self.v_max)
        return Vessels(
            columns=Columns(
                wounded=Vegf(vegf=hurt + to_a + diffusion(a, mobile, skin.step)),
                rest=Vegf(vegf=calm + to_b + diffusion(b, mobile, skin.step)),
            ),
            perfusion=(self.beta * signal - now.perfusion) / self.tau_b,
            density=grown - self.r_v * (now.density - 1),
            water=self.L_p * signal - self.k_L * (1 + self.flow_drains * now.perfusion) * now.water,
        )

    def growth_factor(self, state: State, skin: Skin, column: str) -> jax.Array:
        """VEGF made and lost in one column [s-1]."""
        now, cells = state[Vessels], getattr(state[Inflammation].columns, column)
        fibroblasts = getattr(state[Repair].columns, column).fibroblasts
        oxygen = self.oxygen.level((1 + now.perfusion) * now.density, cells.m1 + cells.m2 + fibroblasts)
        lack = jnp.maximum(0.0, 1 - oxygen) * skin.living
        return self.s_V * cells.m2 + self.s_H * lack - self.d_V * getattr(now.columns, column).vegf
