"""Blood flow, vessel growth, filtration, lymph and oedema."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import ColumnTraffic, joined, traffic
from microneedling.numerics.flux import diffusion, integral
from microneedling.skin.components import Columns, Cover, Epidermis, Inflammation, Vegf, Vessels, Wound
from microneedling.skin.event import Event
from microneedling.skin.oxygen import OxygenBalance, flow
from microneedling.skin.skin import Skin


@struct
class VesselResponse:
    """Dilation b, vessel density v (rest 1), oedema water W, VEGF V in each column; mediator H and constriction c.

        V' = s_V M₂ + s_K u + s_H max(0, 1 - o) - d_V V + D ∂²V/∂z²      u: epidermis still open (wounded column)
        b' = (μ (β Q̄ + g H p) - b)/τ_b;   v' = k_V V̄ v (1 - v/v_max) - r_v (v - 1)
        W' = k_L (J - λ) - k_S W
        J  = (1 - c) ((1 + f b)(1 + p_Q Q̄ + p_H H p) - 1)                 filtration over rest, in units of it
        λ  = m l W/(1 + l W/(λ_x - 1)) (1 + σ (q - 1))                     lymph over rest, up to its capacity λ_x
        H' = -H/τ_H;   c' = k_on k (χ - c) - k_off (1 - k) c               k: cold lies on the skin

    Dilation has two clocks. What needles free in minutes (histamine, axon reflex: H, one number for the area, p = 1 in
    the papillary dermis and less below) is gone within two hours; the signal Q̄ of inflammation lasts days. An event
    adds to H the share of skin that the flare of its punctures reaches, a = 1 - (1 - w̄)^A, w̄ halo in the papillary
    dermis. Bars are area means. Vessels follow in minutes (τ_b). Filtration grows with pressure (f) and with
    permeability (p); pressure in the tissue gives water back (k_S), lymph takes the rest. q = (1 + b)(1 - c) is flow
    (skin/oxygen.py), σ switches lymph by flow, μ and m are a person's modifiers. No late change of flow is assumed.

    Source: see each number. What was fitted to what: docs/decisions.md.
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_vessel_response.py, tests/published/test_circulation.py
    """

    # fmt: off
    s_V: float = param(default="1 d-1", unit="s-1", spread="exact", grade="inferred", note="sets the unit of V", meaning="VEGF from M2")
    s_K: float = param(default="0.112 d-1", unit="s-1", spread="0.022 .. 0.63", grade="assumed", note="size unknown", meaning="VEGF from open epidermis")
    s_H: float = param(default="0.125 d-1", unit="s-1", spread="0.018 .. 0.73", grade="assumed", note="size unknown", meaning="VEGF by lack of oxygen")
    d_V: float = param(default="0.738 d-1", unit="s-1", spread="0.33 .. 1.7", grade="assumed", note="size unknown", meaning="loss of VEGF")
    beta: float = param(default=8.0, unit="1", source="saline_flow2003", where="nine-fold flow after an intradermal needle", spread="2.5 .. 20", grade="inferred", note="wounded column full of debris (Q = 1) taken to flow as skin does around a needle; redness of one to three days in alam_fabbrocini_summary asks for the same size", meaning="dilation by signal")
    flare: float = param(default=8.0, unit="1", source="saline_flow2003", where="0.03 to 0.27 perfusion units, n 18", spread="4 .. 12", grade="measured in people", note="needle and 10 mg of saline together", meaning="g, dilation where the flare is complete")
    flare_reach: float = param(default=10.0, unit="1", source="hackethal2021", where="needles of 0.3 to 0.75 mm all redden, by length, and not beyond 24 h", spread="4 .. 25", grade="fitted", note="the source states directions and an end, no sizes", meaning="A, area a flare reaches over the area wounded")
    flare_below: float = param(default=0.3, unit="1", spread="0.05 .. 0.8", grade="assumed", note="the reflex is of superficial arterioles; depth not measured", meaning="p below the papillary dermis")
    flare_time: float = param(default="46 min", unit="s", source="groth1998", where="90 to 120 min until the reaction to a needle is back in the range of rest, n 28", spread="30 .. 75", grade="measured in people", note="a tenth left at 105 min", meaning="τ_H, time of what needles free")
    tau_b: float = param(default="2 min", unit="s", source=("saline_flow2003", "cook_shuster1980"), where="largest at 4 min; flare at 5 min", spread="1 .. 4", grade="inferred", note="taken as two to three times the time of the response", meaning="time of the flow response")
    chill: float = param(default=0.6, unit="1", source="khoshnevis2016", where="conductance falls significantly under a cold pack", spread="0.25 .. 0.85", grade="assumed", note="size not in the abstract", meaning="χ, share of flow lost under cold")
    chilling: float = param(default="0.1 min-1", unit="s-1", spread="0.03 .. 0.3", grade="assumed", note="skin cools in minutes", meaning="k_on, onset of constriction")
    rewarming: float = param(default="0.17 h-1", unit="s-1", source="khoshnevis2016", where="reduced flow persists through 120 min of rewarming", spread="0.08 .. 0.4", grade="inferred", note="no more than a third regained in 120 min", meaning="k_off, release of constriction")
    k_V: float = param(default="0.3 d-1", unit="s-1", spread="0.13 .. 0.91", grade="assumed", note="set for a small, transient rise of vessel density", meaning="vessel growth by VEGF")
    v_max: float = param(default=2.0, unit="1", spread="1.5 .. 3", grade="assumed", note="size unknown", meaning="largest vessel density")
    r_v: float = param(default="0.0657 d-1", unit="s-1", spread="0.041 .. 0.11", grade="assumed", note="new vessels regress in weeks", meaning="regression of vessels")
    k_L: float = param(default="0.571 d-1", unit="s-1", source="psoriasis_lymph", where="albumin half-time 29.1 h, SD 9.6", spread="0.38 .. 0.9", grade="measured in people", varies="people", meaning="lymph flow at rest over interstitial water, and what is filtered then")
    pressure: float = param(default=0.5, unit="1", spread="0.1 .. 2", grade="assumed", note="dilated arterioles raise the pressure in capillaries; size in skin unknown", meaning="f, filtration by dilation")
    leak_by_signal: float = param(default=10.0, unit="1", source="psoriasis_lymph", where="albumin leaves inflamed skin 1.4 times as fast", spread="3 .. 30", grade="assumed", note="the source shows more filtration, not how much; taken as that of the flare", meaning="p_Q, permeability by signal")
    leak_by_flare: float = param(default=10.0, unit="1", source="groth_rat1998", where="skin 38 % thicker after a cannula", spread="3 .. 30", grade="fitted", note="with the pressure term it gives that rise where the flare is complete; hairless rats", meaning="p_H, permeability where the flare is complete")
    resorption: float = param(default="11.5 d-1", unit="s-1", source="cook_shuster1980", where="half-time of histamine weals 87 min, of serum weals 28 min", spread="4 .. 36", grade="inferred", note="a weal also loses water sideways, a treated field cannot: slower is allowed for", meaning="k_S, water given back to blood by pressure")
    lymph_gain: float = param(default=5.0, unit="1", spread="1 .. 20", grade="assumed", note="1 would be lymph in proportion to interstitial water; pressure makes it steeper", meaning="l, lymph by water")
    lymph_most: float = param(default=10.0, unit="1", source="leg_lymph", where="leg lymph up by 117 % on warming, 83 % on cycling", spread="2.2 .. 20", grade="assumed", note="what was seen is the least it can do; its limit in skin is not measured", meaning="λ_x, most lymph over that at rest")
    flow_drains: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note="switch 0 to 1: flow speeds lymph; off unless a study turns it on", meaning="σ, switch flow to lymph")
    # fmt: on
    columns: ColumnTraffic = ColumnTraffic()
    oxygen: OxygenBalance = OxygenBalance()

    owns = Vessels

    def start(self, skin: Skin) -> Vessels:
        none, flat = jnp.zeros_like(skin.step), jnp.zeros(())
        columns = Columns(wounded=Vegf(vegf=none), rest=Vegf(vegf=none))
        return Vessels(
            columns=columns, perfusion=none, density=none + 1.0, water=none, mediator=flat, constriction=flat
        )

    def jump(self, state: State, event: Event, skin: Skin) -> Vessels:
        now, halo = state[Vessels], event.halo * skin.alive
        hurt = integral(halo * skin.papillary, skin.step) / integral(skin.papillary, skin.step)
        reached = 1 - (1 - jnp.clip(hurt, 0.0, 1.0)) ** self.flare_reach
        return Vessels(
            columns=joined(now.columns, state[Wound].fraction, halo),
            perfusion=now.perfusion,
            density=now.density,
            water=now.water,
            mediator=now.mediator + reached * (1 - now.mediator),
            constriction=now.constriction,
        )

    def rate(self, state: State, skin: Skin) -> Vessels:
        now, w = state[Vessels], state[Wound].fraction
        a, b = now.columns.wounded.vegf, now.columns.rest.vegf
        to_a, to_b = traffic(a, b, fraction=w, exchange=self.columns.signals, returning=self.columns.returning)
        mobile = self.columns.diffusivity * skin.living
        hurt = self.growth_factor(state, skin, "wounded") + self.s_K * state[Epidermis].gap * skin.living
        calm = self.growth_factor(state, skin, "rest")
        vegf = w * a + (1 - w) * b
        grown = self.k_V * vegf * now.density * (1 - now.density / self.v_max)
        signal, flared = self.causes(state, skin)
        wanted = skin.modifiers.flow * (self.beta * signal + self.flare * flared)
        cold = state[Cover].cold * skin.alive
        lymph = self.lymph(state, skin) - 1
        return Vessels(
            columns=Columns(
                wounded=Vegf(vegf=hurt + to_a + diffusion(a, mobile, skin.step)),
                rest=Vegf(vegf=calm + to_b + diffusion(b, mobile, skin.step)),
            ),
            perfusion=(wanted - now.perfusion) / self.tau_b,
            density=grown - self.r_v * (now.density - 1),
            water=self.k_L * (self.filtration(state, skin) - lymph) - self.resorption * now.water,
            mediator=-now.mediator / self.flare_time,
            constriction=self.chilling * cold * (self.chill - now.constriction)
            - self.rewarming * (1 - cold) * now.constriction,
        )

    def causes(self, state: State, skin: Skin) -> tuple[jax.Array, jax.Array]:
        """What dilates and opens vessels, by depth [1]: the signal Q̄ of inflammation, and the flare H p."""
        w, cells = state[Wound].fraction, state[Inflammation].columns
        below = skin.papillary + self.flare_below * skin.reticular
        return w * cells.wounded.signal + (1 - w) * cells.rest.signal, state[Vessels].mediator * below

    def filtration(self, state: State, skin: Skin) -> jax.Array:
        """J by depth (depth,) [1]: filtration over that at rest, in units of it."""
        now = state[Vessels]
        signal, flared = self.causes(state, skin)
        permeable = 1 + self.leak_by_signal * signal + self.leak_by_flare * flared
        return (1 - now.constriction) * ((1 + self.pressure * now.perfusion) * permeable - 1)

    def lymph(self, state: State, skin: Skin) -> jax.Array:
        """1 + λ by depth (depth,) [1]: lymph flow relative to rest."""
        pushed = self.lymph_gain * state[Vessels].water
        taken = pushed / (1 + pushed / (self.lymph_most - 1))
        return 1 + skin.modifiers.lymph * taken * (1 + self.flow_drains * (flow(state) - 1))

    def growth_factor(self, state: State, skin: Skin, column: str) -> jax.Array:
        """VEGF made and lost in one column [s-1]."""
        now, cells = state[Vessels], getattr(state[Inflammation].columns, column)
        lack = jnp.maximum(0.0, 1 - self.oxygen.oxygen(state, skin, column)) * skin.living
        return self.s_V * cells.m2 + self.s_H * lack - self.d_V * getattr(now.columns, column).vegf
