"""TGF-beta from debris and repair macrophages wakes fibroblasts."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import ColumnTraffic, joined, saturating, traffic
from microneedling.numerics.flux import diffusion
from microneedling.skin.components import Cells, Columns, Growth, Inflammation, Repair, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

FITTED = "fitted to the rise of collagen synthesis in zhou2013 and rat_collagen_onset1979 with all healing rates; range is 5-95 %"
RISE = ("zhou2013", "rat_collagen_onset1979")


@struct
class FibroblastActivation:
    """Active TGF-beta T and activated fibroblasts F, as excess over rest, in each column.

        T' = s_p X + s_T2 M₂ + s_F F - d_T T + D ∂²T/∂z²
        F' = p_F h(T/K_F) (F_q + F)(1 - F) - d_F F

    F in its maximum, T in units of K_F. Fibroblasts live in the dermis only.

    Source: waugh2006, trejo2019, adler2020 (forms and rates), zioncheck1994 (loss of TGF-beta in tissue).
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/published/test_healing_times.py
    """

    # fmt: off
    s_p: float = param(default="2.55 d-1", unit="s-1", source=RISE, spread="0.84 .. 5.8", grade="fitted", note=FITTED, meaning="TGF-beta from debris (platelets)")
    s_T2: float = param(default="5.93 d-1", unit="s-1", source="waugh2006", where="form of k_4", spread="2.6 .. 15", grade="fitted", note=FITTED, meaning="TGF-beta from M2")
    s_F: float = param(default="0.18 d-1", unit="s-1", source="tepole_wound_code", where="form of p_c_rho", spread="0.037 .. 0.82", grade="fitted", note=FITTED + "; bounded by the fibrosis switch", meaning="TGF-beta from fibroblasts")
    d_T: float = param(default="1.07 d-1", unit="s-1", source="zioncheck1994", where="35 % intact on a wound after 24 h", spread="0.79 .. 1.5", grade="in animals", meaning="loss of TGF-beta in tissue")
    p_F: float = param(default="1.32 d-1", unit="s-1", source=("adler2020", "tepole_wound_code"), where="lambda_1 0.9 per day; p_rho", spread="0.65 .. 1.5", grade="fitted", note=FITTED, meaning="growth of activated fibroblasts")
    K_F: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="sets the unit of T", meaning="TGF-beta at half activation")
    F_q: float = param(default=0.0285, unit="1", source="sohutskay_wound_code", where="healthy over saturation density", spread="0.0092 .. 0.088", grade="fitted", note=FITTED, meaning="quiescent cells that can be woken")
    d_F: float = param(default="0.452 d-1", unit="s-1", source=("adler2020", "tepole_wound_code"), where="mu_1 0.3 per day; d_rho", spread="0.31 .. 0.69", grade="fitted", note=FITTED, meaning="return of fibroblasts to rest")
    # fmt: on
    columns: ColumnTraffic = ColumnTraffic()

    owns = Repair

    def start(self, skin: Skin) -> Repair:
        none = jnp.zeros_like(skin.step)
        growth = Growth(tgf=none, fibroblasts=none)
        return Repair(columns=Columns(wounded=growth, rest=growth))

    def jump(self, state: State, event: Event, skin: Skin) -> Repair:
        return Repair(columns=joined(state[Repair].columns, state[Wound].fraction, event.halo * skin.alive))

    def rate(self, state: State, skin: Skin) -> Repair:
        both, cells, w = state[Repair].columns, state[Inflammation].columns, state[Wound].fraction
        hurt = self.kinetics(both.wounded, cells.wounded, skin)
        calm = self.kinetics(both.rest, cells.rest, skin)
        mobile = self.columns.diffusivity * skin.living
        t, f = both.wounded.tgf, both.wounded.fibroblasts
        t0, f0 = both.rest.tgf, both.rest.fibroblasts
        dt, dt0 = traffic(t, t0, fraction=w, exchange=self.columns.signals, returning=self.columns.returning)
        df, df0 = traffic(f, f0, fraction=w, exchange=self.columns.fibroblasts, returning=self.columns.returning)
        wounded = Growth(tgf=hurt.tgf + dt + diffusion(t, mobile, skin.step), fibroblasts=hurt.fibroblasts + df)
        rest = Growth(tgf=calm.tgf + dt0 + diffusion(t0, mobile, skin.step), fibroblasts=calm.fibroblasts + df0)
        return Repair(columns=Columns(wounded=wounded, rest=rest))

    def kinetics(self, g: Growth, c: Cells, skin: Skin) -> Growth:
        """The circuit in one column, without exchange."""
        woken = self.p_F * saturating(g.tgf, self.K_F) * (self.F_q + g.fibroblasts) * (1 - g.fibroblasts)
        made = self.s_p * c.debris + self.s_T2 * c.m2 + self.s_F * g.fibroblasts
        return Growth(tgf=made - self.d_T * g.tgf, fibroblasts=skin.dermis * woken - self.d_F * g.fibroblasts)
