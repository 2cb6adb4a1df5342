"""Epidermis: an age chain from basal cell to shed corneocyte, and the lipids between corneocytes."""

from __future__ import annotations

from itertools import pairwise

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import saturating
from microneedling.numerics.flux import integral
from microneedling.skin.components import Epidermis, Inflammation, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

SUPRABASAL, CORNEOCYTES = 3, 4


@struct
class EpidermalRenewal:
    """Cells pass from the germinative layer through suprabasal stages to corneocyte layers, all relative to rest.

        B = 1 + p_Q h(Q̄/K) + p_d δ,   E = 1 + p_E δ,   δ = max(0, 1 - c̄)
        g'   = (B - g)/τ_g
        s_i' = (3/τ_v) E (s_{i-1} - s_i),  s_0 = g/E        c_i' = (4/τ_c)(c_{i-1} - c_i),  c_0 = E s_3
        ℓ'   = (1 - ℓ)/τ_ℓ                                  u' = -u/τ_u

    δ is the missing share of corneocytes: injury to the barrier raises birth (B) and speeds cornification (E). ℓ are barrier
    lipids, u the share of needled area not yet re-epithelialised.

    Source: transit times of the site card; genomebiol2012 (new stratum corneum in 96 h after stripping); engelhardt1998.
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_decay_chain.py
    """

    # fmt: off
    birth_by_signal: float = param(default=1.0, unit="1", source="schmitt2018", where="epidermis nearly recovered in 5 days", spread="0.2 .. 3", grade="assumed", note="direction only; size unknown", meaning="p_Q, rise of birth by inflammation")
    half_signal: float = param(default=0.2, unit="1", spread="0.05 .. 0.8", grade="assumed", note="near the half point of macrophage recruitment", meaning="K, signal at half rise")
    birth_by_loss: float = param(default=2.0, unit="1", source="genomebiol2012", where="basal cells enlarge within hours, acanthosis at 48 h", spread="0.5 .. 6", grade="inferred", note="read from histology times after stripping", meaning="p_d, rise of birth by barrier loss")
    haste: float = param(default=6.0, unit="1", source="genomebiol2012", where="new anuclear stratum corneum at 96 h", spread="3 .. 12", grade="inferred", note="transit of two to three weeks shortened to about 4 days after full stripping", meaning="p_E, faster cornification by barrier loss")
    lipid_time: float = param(default="1 d", unit="s", spread="0.3 .. 3", grade="assumed", note="barrier lipids return in about a day; no row with a number", meaning="τ_ℓ, return of lipids")
    closed: float = param(default="0.77 d-1", unit="s-1", source=("engelhardt1998", "blister_rat1978"), where="closure of small human wounds by day 4; blister base covered in 36 h", spread="0.5 .. 3", grade="inferred", note="1/1.3 d; larger wounds, so an upper bound of the time", meaning="1/τ_u, re-epithelialisation")
    displaced: float = param(default=0.1, unit="1", spread="0.01 .. 0.5", grade="assumed", note="share of pierced corneocytes that are lost rather than pushed aside: nobody has measured it", meaning="corneocytes lost per area pierced")
    # fmt: on

    owns = Epidermis

    def start(self, skin: Skin) -> Epidermis:
        one, none = jnp.ones(()), jnp.zeros(())
        return Epidermis(
            germinative=one,
            suprabasal=(one,) * SUPRABASAL,
            corneocytes=(one,) * CORNEOCYTES,
            lipids=one,
            removed=none,
            gap=none,
        )

    def jump(self, state: State, event: Event, skin: Skin) -> Epidermis:
        now = state[Epidermis]
        needled = self.displaced * event.pierced[0]
        left, kept = event.layers_lost + needled - event.layers_lost * needled, []
        for layer in reversed(now.corneocytes):  # from the outside in
            taken = jnp.minimum(layer, CORNEOCYTES * left)
            kept.append(layer - taken)
            left = left - taken / CORNEOCYTES
        after = tuple(reversed(kept))
        lost = sum(now.corneocytes) - sum(after)
        return Epidermis(
            germinative=now.germinative,
            suprabasal=now.suprabasal,
            corneocytes=after,
            lipids=now.lipids * (1 - event.lipids_lost),
            removed=now.removed + lost / CORNEOCYTES,
            gap=now.gap + jnp.where(event.punctures > 0, 1.0, 0.0) * skin.alive * (1 - now.gap),
        )

    def rate(self, state: State, skin: Skin) -> Epidermis:
        now, site = state[Epidermis], skin.site
        missing = jnp.maximum(0.0, 1 - sum(now.corneocytes) / CORNEOCYTES)
        birth = (
            1
            + self.birth_by_signal * saturating(self.signal(state, skin), self.half_signal)
            + self.birth_by_loss * missing
        )
        hurry = 1 + self.haste * missing
        viable, horny = SUPRABASAL / site.viable_transit, CORNEOCYTES / site.sc_transit
        flows = (now.germinative, *(hurry * s for s in now.suprabasal))
        layers = (flows[-1], *now.corneocytes)
        alive = skin.alive
        return Epidermis(
            germinative=alive * (birth - now.germinative) / site.germinative_time,
            suprabasal=tuple(alive * viable * (a - b) for a, b in pairwise(flows)),
            corneocytes=tuple(alive * horny * (a - b) for a, b in pairwise(layers)),
            lipids=alive * (1 - now.lipids) / self.lipid_time,
            removed=jnp.zeros(()),
            gap=-self.closed * now.gap,
        )

    def signal(self, state: State, skin: Skin) -> jax.Array:
        """Area-mean inflammatory signal, averaged over the viable epidermis [1]."""
        w, cells = state[Wound].fraction, state[Inflammation].columns
        here = w * cells.wounded.signal + (1 - w) * cells.rest.signal
        return integral(here * skin.epidermis, skin.step) / integral(skin.epidermis, skin.step)

    def passage(self, state: State, skin: Skin) -> tuple[jax.Array, jax.Array, jax.Array]:
        """How cells move on, for what they carry: share of germinative cells leaving, cells entering the suprabasal and
        the horny layers, each relative to what the layer holds at rest [s-1].
        """
        now, site = state[Epidermis], skin.site
        hurry = 1 + self.haste * jnp.maximum(0.0, 1 - sum(now.corneocytes) / CORNEOCYTES)
        entering = now.germinative / site.viable_transit
        return 1 / site.germinative_time, entering, hurry * now.suprabasal[-1] / site.sc_transit
