"""Matrix protease and elastic fibre."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import ColumnTraffic, joined, saturating, traffic
from microneedling.skin.components import Cells, Columns, Elastic, Elastin, Growth, Inflammation, Repair, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

SIGN = ("eldomyati_acne2015", "eldomyati_age2015")


@struct
class ElasticTurnover:
    """Protease P (rest 1), tropoelastin E_t (rest 0) and elastic fibre E (rest 1) in each column.

        P'   = m s_P (h(Q/K_P) + M₁)/(1 + T/K_I) - d_P (P - 1)
        E_t' = s_E F h(T/K_E) - (k_E + d_E) E_t
        E'   = y_E k_E E_t - m_E (P - 1) E - (E - 1)/τ_E

    Two pools, because total elastin fell and tropoelastin rose in the same biopsies. Which wins later follows y_E, which
    is an input and no prediction. m: this person's factor from habits and conditions.

    Source: eldomyati_acne2015, eldomyati_age2015 (signs), shapiro1991 (residence).
    Checked by: tests/contracts/test_laws.py, tests/plain
    """

    # fmt: off
    s_P: float = param(default="2.4 d-1", unit="s-1", spread="1.1 .. 5.1", grade="assumed", note="size unknown", meaning="protease by signal and M1")
    K_P: float = param(default=0.466, unit="1", spread="0.14 .. 1.7", grade="assumed", note="size unknown", meaning="signal at half release")
    K_I: float = param(default=1.05, unit="1", spread="0.34 .. 3.1", grade="assumed", note="inhibitors rise with TGF-beta; size unknown", meaning="TGF-beta that halves protease")
    d_P: float = param(default="0.673 d-1", unit="s-1", source="fractional_acute2012", where="MMP-1 up at day 1, normal by day 7", spread="0.35 .. 1.3", grade="inferred", note="after a laser, not needling", meaning="loss of protease")
    s_E: float = param(default="1 d-1", unit="s-1", spread="exact", grade="inferred", note="sets the unit of tropoelastin", meaning="tropoelastin by fibroblasts")
    K_E: float = param(default=1.0, unit="1", spread="0.4 .. 2.2", grade="assumed", note="size unknown", meaning="TGF-beta at half release of tropoelastin")
    k_E: float = param(default="0.05 d-1", unit="s-1", spread="0.013 .. 0.15", grade="assumed", note="size unknown", meaning="assembly of fibre")
    d_E: float = param(default="0.05 d-1", unit="s-1", spread="0.012 .. 0.19", grade="assumed", note="size unknown", meaning="loss of tropoelastin")
    y_E: float = param(default=0.02, unit="1", spread="0.0043 .. 0.091", grade="assumed", note="flips the sign of late elastic fibre within its range", meaning="yield of fibre")
    m_E: float = param(default="0.002 d-1", unit="s-1", source=SIGN, where="total elastin decreases (direction)", spread="0.00078 .. 0.0045", grade="fitted", note="fitted to the sign in both studies", meaning="cutting of fibre")
    tau_E: float = param(default="10 year", unit="s", source="shapiro1991", where="mean residence of lung elastin 74 years", spread="10 .. 80", grade="assumed", note="return of fibre to rest: decades; lower end taken", meaning="return to rest")
    # fmt: on
    columns: ColumnTraffic = ColumnTraffic()

    owns = Elastin

    def start(self, skin: Skin) -> Elastin:
        none, one = jnp.zeros_like(skin.step), jnp.ones_like(skin.step)
        elastic = Elastic(protease=one, tropoelastin=none, fibre=skin.dermis * one)
        return Elastin(columns=Columns(wounded=elastic, rest=elastic))

    def jump(self, state: State, event: Event, skin: Skin) -> Elastin:
        return Elastin(columns=joined(state[Elastin].columns, state[Wound].fraction, event.halo * skin.alive))

    def rate(self, state: State, skin: Skin) -> Elastin:
        both, cells, grown = state[Elastin].columns, state[Inflammation].columns, state[Repair].columns
        hurt = self.kinetics(both.wounded, cells.wounded, grown.wounded, skin)
        calm = self.kinetics(both.rest, cells.rest, grown.rest, skin)
        gains = {}
        for name in Elastic.__dataclass_fields__:
            a, b = getattr(both.wounded, name), getattr(both.rest, name)
            to_a, to_b = traffic(a, b, fraction=state[Wound].fraction, exchange=0.0, returning=self.columns.returning)
            gains[name] = (getattr(hurt, name) + to_a, getattr(calm, name) + to_b)
        wounded = Elastic(**{name: pair[0] for name, pair in gains.items()})
        return Elastin(
            columns=Columns(wounded=wounded, rest=Elastic(**{name: pair[1] for name, pair in gains.items()}))
        )

    def kinetics(self, e: Elastic, c: Cells, g: Growth, skin: Skin) -> Elastic:
        """The balance in one column, without exchange; zero outside the dermis."""
        dermis = skin.dermis
        called = skin.modifiers.protease * (saturating(c.signal, self.K_P) + c.m1)
        released = self.s_P * called / (1 + g.tgf / self.K_I)
        made = self.s_E * g.fibroblasts * saturating(g.tgf, self.K_E)
        cut = self.m_E * (e.protease - 1) * e.fibre
        return Elastic(
            protease=dermis * (released - self.d_P * (e.protease - 1)),
            tropoelastin=made - (self.k_E + self.d_E) * e.tropoelastin,
            fibre=dermis * (self.y_E * self.k_E * e.tropoelastin - cut - (e.fibre - 1) / self.tau_E),
        )
