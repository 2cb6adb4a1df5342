"""Debris calls neutrophils and macrophages, and macrophages clear it and turn to repair."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import ColumnTraffic, joined, saturating, share_new, traffic
from microneedling.laws.effects import ActiveEffects
from microneedling.numerics.flux import diffusion
from microneedling.skin.components import Cells, Columns, Inflammation, Medicine, Repair, Wound
from microneedling.skin.event import Event
from microneedling.skin.oxygen import flow
from microneedling.skin.skin import Skin

TIMING = ("engelhardt1998",)
FITTED = (
    "fitted to the peak times of engelhardt1998 and clearance in days, with all healing rates together; range is 5-95 %"
)


@struct
class InflammatoryCircuit:
    """Debris X, neutrophils N, macrophages M₁ and M₂, signal Q, as excess over rest, in each column.

        X'  = -k_X (1 + σ (q - 1)) X - (e₁ M₁ + e₂ M₂) X/(K_X + X)
        N'  = s_N h(Q/K_N) - d_N N - k_ef M₁ N
        M₁' = (s_Q h(Q/K_M) + s_T h(T/K_T)) (1 - M₁ - M₂) - k₁₂ M₁ (1 + x h(k_ef M₁ N/K_e)) + k₂₁ h(Q/K_M) M₂ - d₁ M₁
        M₂' = k₁₂ M₁ (1 + x h(k_ef M₁ N/K_e)) - k₂₁ h(Q/K_M) M₂ - d₂ M₂
        Q'  = m (s_X X + s_N2 N + s_1 M₁)/(1 + M₂/K₂) - d_Q Q + D ∂²Q/∂z²

    h(s) = s/(1 + s). Units: macrophages in their maximum, X in the debris of a reference puncture, Q so that Q = 1 when
    X = 1 at rest of all else. σ switches clearance by flow. First-order clearance k_X is needed or micro-wounds never heal.
    m = m_p m_a exp(-L): this person's factor from habits and conditions, that of actives in the tissue, and that of a
    medicine taken for a span (laws/medicine.py).

    Source: trejo2019 (forms), re-timed for skin; timing engelhardt1998.
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/published/test_healing_times.py
    """

    # fmt: off
    k_X: float = param(default="0.392 d-1", unit="s-1", source=TIMING, spread="0.21 .. 0.8", grade="fitted", note=FITTED, meaning="clearance of debris by itself")
    e1: float = param(default="0.818 d-1", unit="s-1", source="trejo2019", where="k_e1, re-timed", spread="0.24 .. 3", grade="fitted", note=FITTED, meaning="engulfment by M1")
    e2: float = param(default="1.53 d-1", unit="s-1", source="trejo2019", where="k_e2, re-timed", spread="0.53 .. 4.8", grade="fitted", note=FITTED, meaning="engulfment by M2")
    K_X: float = param(default=0.321, unit="1", source="trejo2019", where="form of a_ed", spread="0.13 .. 0.9", grade="assumed", note="form from the source, size assumed and scaled", meaning="debris at half engulfment")
    s_N: float = param(default="2 d-1", unit="s-1", spread="exact", grade="inferred", note="sets the unit of N", meaning="recruitment of neutrophils")
    K_N: float = param(default=0.478, unit="1", source=TIMING, spread="0.19 .. 1.4", grade="fitted", note=FITTED, meaning="signal at half recruitment of N")
    d_N: float = param(default="1.42 d-1", unit="s-1", source=TIMING, spread="0.81 .. 2.3", grade="fitted", note=FITTED, meaning="loss of neutrophils")
    k_ef: float = param(default="1.11 d-1", unit="s-1", source=TIMING, spread="0.26 .. 4.2", grade="fitted", note=FITTED, meaning="efferocytosis")
    s_Q: float = param(default="0.553 d-1", unit="s-1", source="trejo2019", where="form of k_max, k_01", spread="0.3 .. 0.96", grade="fitted", note=FITTED, meaning="recruitment of M1 by signal")
    K_M: float = param(default=0.191, unit="1", source=TIMING, spread="0.09 .. 0.51", grade="fitted", note=FITTED, meaning="signal at half recruitment of M1")
    s_T: float = param(default="0.0216 d-1", unit="s-1", source="waugh2006", where="sense of K(T), saturating here", spread="0.0072 .. 0.064", grade="fitted", note=FITTED, meaning="recruitment of M1 by TGF-beta")
    K_T: float = param(default=1.95, unit="1", spread="0.64 .. 4.4", grade="assumed", note="no source for its size in these units", meaning="TGF-beta at half recruitment")
    k12: float = param(default="0.6 d-1", unit="s-1", source="trejo2019", where="k_12, re-timed for skin", spread="0.29 .. 1.1", grade="fitted", note=FITTED, meaning="switch M1 to M2")
    x: float = param(default=1.23, unit="1", spread="0.35 .. 4.1", grade="assumed", note="efferocytosis speeds the switch; size unknown", meaning="gain of the switch by efferocytosis")
    K_e: float = param(default="0.283 d-1", unit="s-1", spread="0.076 .. 1", grade="assumed", note="size unknown", meaning="efferocytosis at half gain")
    k21: float = param(default="0.0303 d-1", unit="s-1", source="trejo2019", where="k_21", spread="0.013 .. 0.05", grade="inferred", note="a bone-healing rate, gated by signal so that rest is steady", meaning="switch M2 to M1")
    d1: float = param(default="0.206 d-1", unit="s-1", source=("waugh2006", "trejo2019"), where="d_1", spread="0.12 .. 0.51", grade="inferred", note="diabetic-wound and bone-healing models agree within a factor of two", meaning="loss of M1")
    d2: float = param(default="0.323 d-1", unit="s-1", source=("waugh2006", "trejo2019"), where="d_1, d_2", spread="0.22 .. 0.48", grade="fitted", note=FITTED, meaning="loss of M2")
    s_X: float = param(default="12.8 d-1", unit="s-1", spread="exact", grade="inferred", note="sets the unit of Q: Q = 1 when X = 1", meaning="signal from debris")
    s_N2: float = param(default="1.52 d-1", unit="s-1", source=TIMING, spread="0.44 .. 3.1", grade="fitted", note=FITTED, meaning="signal from neutrophils")
    s_1: float = param(default="1.25 d-1", unit="s-1", source="trejo2019", where="form of k_1", spread="0.47 .. 3.2", grade="fitted", note=FITTED, meaning="signal from M1")
    K_2: float = param(default=0.132, unit="1", source="trejo2019", where="form of a_12", spread="0.055 .. 0.35", grade="assumed", note="form from the source, size assumed", meaning="M2 that halves the signal")
    d_Q: float = param(default="12.8 d-1", unit="s-1", source="trejo2019", where="d_c1 12.79 to 55 per day", spread="12.8 .. 55", grade="inferred", note="pro-inflammatory cytokine decay of a bone-healing model", meaning="loss of signal")
    flow_clears: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note="switch 0 to 1: perfusion speeds clearance of debris; off unless a study turns it on", meaning="σ, switch flow to debris")
    # fmt: on
    columns: ColumnTraffic = ColumnTraffic()
    effects: ActiveEffects = ActiveEffects()

    owns = Inflammation

    def start(self, skin: Skin) -> Inflammation:
        none = jnp.zeros_like(skin.step)
        cells = Cells(debris=none, neutrophils=none, m1=none, m2=none, signal=none)
        return Inflammation(columns=Columns(wounded=cells, rest=cells))

    def jump(self, state: State, event: Event, skin: Skin) -> Inflammation:
        w, halo = state[Wound].fraction, event.halo * skin.alive
        columns = joined(state[Inflammation].columns, w, halo)
        fresh = share_new(w, halo) * event.debris * skin.living
        hurt = columns.wounded
        wounded = Cells(
            debris=hurt.debris + fresh, neutrophils=hurt.neutrophils, m1=hurt.m1, m2=hurt.m2, signal=hurt.signal
        )
        return Inflammation(columns=Columns(wounded=wounded, rest=columns.rest))

    def rate(self, state: State, skin: Skin) -> Inflammation:
        both, grown, w = state[Inflammation].columns, state[Repair].columns, state[Wound].fraction
        rise = flow(state) - 1
        loud = skin.modifiers.signal * self.effects.by_depth("signal", state) * jnp.exp(-state[Medicine].calming)
        hurt = self.kinetics(both.wounded, grown.wounded.tgf, rise, loud=loud)
        calm = self.kinetics(both.rest, grown.rest.tgf, rise, loud=loud)
        mobile = self.columns.diffusivity * skin.living
        gains = {}
        for name in Cells.__dataclass_fields__:
            kappa = self.columns.signals if name == "signal" else self.columns.cells if name != "debris" else 0.0
            a, b = getattr(both.wounded, name), getattr(both.rest, name)
            to_a, to_b = traffic(a, b, fraction=w, exchange=kappa, returning=self.columns.returning)
            if name == "signal":
                to_a, to_b = to_a + diffusion(a, mobile, skin.step), to_b + diffusion(b, mobile, skin.step)
            gains[name] = (getattr(hurt, name) + to_a, getattr(calm, name) + to_b)
        wounded = Cells(**{name: pair[0] for name, pair in gains.items()})
        rest = Cells(**{name: pair[1] for name, pair in gains.items()})
        return Inflammation(columns=Columns(wounded=wounded, rest=rest))

    def kinetics(self, c: Cells, tgf: jax.Array, rise: jax.Array, *, loud: jax.Array | float = 1.0) -> Cells:
        """The circuit in one column, without exchange; `loud` is m."""
        room = 1 - c.m1 - c.m2
        eaten = self.k_ef * c.m1 * c.neutrophils
        switch = self.k12 * c.m1 * (1 + self.x * saturating(eaten, self.K_e))
        called = saturating(c.signal, self.K_M)
        back = self.k21 * called * c.m2
        engulfed = (self.e1 * c.m1 + self.e2 * c.m2) * saturating(c.debris, self.K_X)
        signalled = (self.s_X * c.debris + self.s_N2 * c.neutrophils + self.s_1 * c.m1) / (1 + c.m2 / self.K_2)
        return Cells(
            debris=-self.k_X * (1 + self.flow_clears * rise) * c.debris - engulfed,
            neutrophils=self.s_N * saturating(c.signal, self.K_N) - self.d_N * c.neutrophils - eaten,
            m1=(self.s_Q * called + self.s_T * saturating(tgf, self.K_T)) * room - switch + back - self.d1 * c.m1,
            m2=switch - back - self.d2 * c.m2,
            signal=loud * signalled - self.d_Q * c.signal,
        )
