"""Collagen: made as III and I, matured slowly, cut by protease."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import replace, struct
from microneedling.laws.columns import ColumnTraffic, joined, saturating, traffic
from microneedling.laws.effects import ActiveEffects
from microneedling.skin.components import Collagen, Columns, Elastin, Fibres, Repair, Wound
from microneedling.skin.event import Event
from microneedling.skin.oxygen import OxygenBalance
from microneedling.skin.skin import Skin

POOL = "babraj2005"


@struct
class CollagenTurnover:
    """New collagen III, new collagen I and mature collagen, relative to mature collagen at rest, in each column.

        φ   = min(1, C_m) · max(0, C_x - C/C₀)/(C_x - 1) · [o/(K_o + o)]/[1/(K_o + 1)]
        r   = m r₀ F (1 + g h(T/K_g)) φ,   r_b = r_q φ
        C₃' = f r + f_q r_b - (k₃₁ + m₃ P) C₃
        C₁' = (1 - f) r + (1 - f_q) r_b + y k₃₁ C₃ - (m₁ P + k_m) C₁
        C_m' = syn₀ + k_m C₁ - (ln 2/t½ + m₀ P) C_m,   syn₀ from the balance at rest

    Fragmented matrix slows synthesis, a full dermis leaves no room, hydroxylation needs oxygen. m: this person's factor
    from habits and conditions times that of actives in the tissue. It acts on the answer to injury only: a smoker's rest
    is what it is, and stays.

    Source: two pools babraj2005, miyahara1982; III before I reilly2021 (shares); room branchet_fibers.
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/published/test_healing_times.py
    """

    # fmt: off
    r0: float = param(default="0.00373 d-1", unit="s-1", source="zhou2013", where="rise of synthesis by 480 and 860 %", spread="0.001 .. 0.042", grade="fitted", note="fitted to both rises (rat muscle incision) with all healing rates", meaning="synthesis by activated fibroblasts")
    g: float = param(default=5.15, unit="1", spread="1.5 .. 15", grade="fitted", note="fitted to zhou2013 and rat_collagen_onset1979 with all healing rates", meaning="gain of synthesis by TGF-beta")
    K_g: float = param(default=0.732, unit="1", spread="0.2 .. 2", grade="assumed", note="size unknown", meaning="TGF-beta at half gain")
    r_q: float = param(default="1e-4 d-1", unit="s-1", source=(POOL, "miyahara1982"), where="fractional synthesis with pool size below 0.5 %", spread="4e-5 .. 3e-4", grade="inferred", note="tracer rate times the size of the fast pool; the tracer rate alone would be 0.009 per day", meaning="basal synthesis")
    f: float = param(default=0.6, unit="1", spread="0.38 .. 0.9", grade="assumed", note="III first; share unknown", meaning="share of III in new synthesis")
    f_q: float = param(default=0.15, unit="1", source="reilly2021", where="adult III share 8 to 11 %", spread="0.08 .. 0.3", grade="inferred", note="chosen to give about the adult share", meaning="share of III at rest")
    k31: float = param(default="0.0489 d-1", unit="s-1", spread="0.019 .. 0.12", grade="assumed", note="III gives way to I over weeks", meaning="replacement of III by I")
    y: float = param(default=1.0, unit="1", spread="exact", grade="assumed", note="one for one", meaning="yield of I from III")
    m3: float = param(default="0.00976 d-1", unit="s-1", spread="0.0018 .. 0.053", grade="assumed", note="size unknown", meaning="cutting of III at rest protease")
    m1: float = param(default="0.005 d-1", unit="s-1", source=POOL, where="m1 + k_m near 0.9 % per day", spread="0.0013 .. 0.02", grade="inferred", note="only the sum is measured, and as a tracer rate of a pool of unknown size: the split and the sum decide persistence, so both are left wide", meaning="cutting of new I")
    k_m: float = param(default="0.004 d-1", unit="s-1", source=POOL, where="m1 + k_m near 0.9 % per day", spread="0.001 .. 0.016", grade="inferred", note="only the sum is measured, and as a tracer rate of a pool of unknown size: the split and the sum decide persistence, so both are left wide", meaning="maturing of new I")
    m0: float = param(default="1e-5 d-1", unit="s-1", spread="1e-7 .. 5e-5", grade="assumed", note="small against the half-life", meaning="cutting of mature collagen")
    half_life: float = param(default="15 year", unit="s", source="sivan2008", where="disc collagen 95 to 215 years as upper bound", spread="10 .. 90", grade="assumed", note="skin turns over faster than disc; value assumed", meaning="t½ of mature collagen")
    C_x: float = param(default=1.11, unit="1", source="branchet_fibers", where="collagen area 89 to 93 % of dermis", spread="1.07 .. 1.25", grade="inferred", note="1/0.9: the room left", meaning="largest total over rest")
    # fmt: on
    columns: ColumnTraffic = ColumnTraffic()
    oxygen: OxygenBalance = OxygenBalance()
    effects: ActiveEffects = ActiveEffects()

    owns = Collagen

    def start(self, skin: Skin) -> Collagen:
        iii, new, mature = self.at_rest()
        fibres = Fibres(iii=iii * skin.dermis, new=new * skin.dermis, mature=mature * skin.dermis)
        return Collagen(columns=Columns(wounded=fibres, rest=fibres), iii_at_rest=iii, new_at_rest=new)

    def jump(self, state: State, event: Event, skin: Skin) -> Collagen:
        now = state[Collagen]
        return replace(now, columns=joined(now.columns, state[Wound].fraction, event.halo * skin.alive))

    def rate(self, state: State, skin: Skin) -> Collagen:
        both, w = state[Collagen].columns, state[Wound].fraction
        hurt = self.kinetics(state, skin, "wounded")
        calm = self.kinetics(state, skin, "rest")
        gains = {}
        for name in Fibres.__dataclass_fields__:
            a, b = getattr(both.wounded, name), getattr(both.rest, name)
            to_a, to_b = traffic(a, b, fraction=w, exchange=0.0, returning=self.columns.returning)
            gains[name] = (getattr(hurt, name) + to_a, getattr(calm, name) + to_b)
        wounded = Fibres(**{name: pair[0] for name, pair in gains.items()})
        columns = Columns(wounded=wounded, rest=Fibres(**{name: pair[1] for name, pair in gains.items()}))
        return Collagen(columns=columns, iii_at_rest=jnp.zeros(()), new_at_rest=jnp.zeros(()))

    def kinetics(self, state: State, skin: Skin, column: str) -> Fibres:
        """The balance in one column ("wounded" or "rest"), without exchange; zero outside the dermis."""
        c, protease = getattr(state[Collagen].columns, column), getattr(state[Elastin].columns, column).protease
        made, basal = self.synthesis(state, skin, column)
        iii = self.f * made + self.f_q * basal - (self.k31 + self.m3 * protease) * c.iii
        new = (
            (1 - self.f) * made
            + (1 - self.f_q) * basal
            + self.y * self.k31 * c.iii
            - (self.m1 * protease + self.k_m) * c.new
        )
        mature = (
            self.steady_source() + self.k_m * c.new - (math.log(2.0) / self.half_life + self.m0 * protease) * c.mature
        )
        return Fibres(iii=skin.dermis * iii, new=skin.dermis * new, mature=skin.dermis * mature)

    def synthesis(self, state: State, skin: Skin, column: str) -> tuple[jax.Array, jax.Array]:
        """Synthesis by activated fibroblasts and basal synthesis by depth [s-1] in one column."""
        c, g = getattr(state[Collagen].columns, column), getattr(state[Repair].columns, column)
        total, room = c.iii + c.new + c.mature, self.C_x - 1
        full = jnp.maximum(0.0, self.C_x - total / sum(self.at_rest())) / room
        phi = jnp.minimum(1.0, c.mature) * full * self.oxygen.effect(self.oxygen.oxygen(state, skin, column))
        answer = skin.modifiers.synthesis * self.effects.by_depth("synthesis", state)
        return answer * self.r0 * g.fibroblasts * (1 + self.g * saturating(g.tgf, self.K_g)) * phi, self.r_q * phi

    def at_rest(self) -> tuple[jax.Array, jax.Array, jax.Array]:
        """Collagen III, new I and mature at rest, relative to mature."""
        iii = self.f_q * self.r_q / (self.k31 + self.m3)
        new = ((1 - self.f_q) * self.r_q + self.y * self.k31 * iii) / (self.m1 + self.k_m)
        return jnp.asarray(iii), jnp.asarray(new), jnp.ones(())

    def steady_source(self) -> jax.Array:
        """syn₀ [s-1], what keeps mature collagen steady at rest; a set in which it is negative is refused."""
        return math.log(2.0) / self.half_life + self.m0 - self.k_m * self.at_rest()[1]
