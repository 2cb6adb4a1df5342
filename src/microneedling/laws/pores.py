"""Plugs in the openings of follicles: sebum and horn fill them, shedding empties them."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.effects import ActiveEffects
from microneedling.skin.components import Pores
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class PlugTurnover:
    """Plug volume B relative to rest.

        B' = (1 - σ B)/τ_B;      event: B' = (1 - b) B, b the share an event takes out

    1/τ_B is what sebum and horn add at rest, σ the shedding of horn (actives that loosen corneocytes raise it). Sebum
    itself is taken as steady: no row says that needling changes it.

    Source: see the number; that sebum widens pores: roh2006.
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_surface.py
    """

    # fmt: off
    renewal: float = param(default="12 d", unit="s", source="clinic_pages", where="emptied follicles look full again within 30 days, sooner in oily skin", spread="4 .. 30", grade="inferred", note="a plug relaxes exponentially: 90 % full after 28 days; nobody has measured it", meaning="τ_B, time a plug takes to build up")
    # fmt: on
    effects: ActiveEffects = ActiveEffects()

    owns = Pores

    def start(self, skin: Skin) -> Pores:
        return Pores(plug=jnp.ones(()))

    def jump(self, state: State, event: Event, skin: Skin) -> Pores:
        return Pores(plug=state[Pores].plug * (1 - event.plug_lost))

    def rate(self, state: State, skin: Skin) -> Pores:
        shedding = self.effects.over("shedding", state, skin, skin.corneum)
        return Pores(plug=skin.alive * (1 - shedding * state[Pores].plug) / self.renewal)
