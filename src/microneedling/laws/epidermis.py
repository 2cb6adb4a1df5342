"""Epidermis: an age chain from basal cell to shed corneocyte, what holds corneocytes, and the lipids between them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import replace, struct
from microneedling.laws.columns import saturating
from microneedling.laws.effects import ActiveEffects
from microneedling.numerics.flux import integral
from microneedling.skin import renewal
from microneedling.skin.components import Cover, Epidermis, Inflammation, Repair, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

SUPRABASAL, CORNEOCYTES = 3, 4
BARE = 0.05  # [1] share of the stratum corneum below which its mean maturity turns over no faster


@struct
class EpidermalRenewal:
    """Cells pass from the germinative layer through suprabasal stages to corneocyte layers, all relative to rest.

        B  = r_b (1 + p_d δ + p_Q h(Q̄/K) + p_F F̄),   δ = max(0, 1 - c̄ ℓ),   E = b^ν
        b' = (B - b)/τ_b                              births answer once recruited cells have gone through their cycle
        g' = R (b - E g)/τ_g                          s_i' = R (3/τ_v) E (s_{i-1} - s_i),  s_0 = g
        f  = E s_3                                    c_i' = R (4/τ_c) f (c_{i-1} - c_i),  c_0 = 1;  outermost: - σ c_4
        σ  = r_s (1 + p_κ (1 - κ))(1 + p_o o)         κ' = R (4/τ_c) f (1 - κ) - λ κ
        m' = R f (E^-p - m)/(τ_c max(c̄, 0.05))        ℓ' = r_ℓ (1 - ℓ)/τ_ℓ          u' = -u r_u/τ_u

    b births; c corneocytes, pushed on by each layer that arrives, so that layers stay while their speed changes, as with
    age; σ shedding of the outermost, by enzymes (the site's own pace), by lost cohesion κ and by water under a cover o.
    m maturity: the mean area of corneocytes, which are small when made in haste. ℓ barrier lipids. u share of needled area
    not yet re-epithelialised. λ: acids take cohesion. Q̄ signal over the viable epidermis, F̄ activated fibroblasts of the
    papillae, whose growth factors reach up. r: effects of actives and of the person; R pace of the person's renewal; h(x) = x/(1 + x).

    Source: transit times of the site card; see each number; why this form: docs/decisions.md.
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_decay_chain.py, tests/oracles/test_regrowth.py
    """

    # fmt: off
    birth_by_signal: float = param(default=1.0, unit="1", source="schmitt2018", where="epidermis nearly recovered in 5 days", spread="0.2 .. 3", grade="assumed", note="direction only; size unknown", meaning="p_Q, rise of birth by inflammation")
    half_signal: float = param(default=0.2, unit="1", spread="0.05 .. 0.8", grade="assumed", note="near the half point of macrophage recruitment", meaning="K, signal at half rise")
    birth_by_growth: float = param(default=1.0, unit="1", spread="0 .. 3", grade="assumed", note="fibroblasts feed keratinocytes with growth factors; no size known, 0 would be none", meaning="p_F, rise of birth by activated fibroblasts below")
    birth_by_loss: float = param(default=4.0, unit="1", source=("barrier_repair_injury", "stripping_kinetics1987"), where="turnover 2.5-fold at once, 3.5 to 4-fold on day 3, at rest by day 10; three quarters of germinative cells wait to be recruited", spread="2.5 .. 7", grade="fitted", note="full stripping of arms and legs, 7 people; recruiting all that wait would be a rise of 3.2", meaning="p_d, rise of birth by barrier loss")
    birth_time: float = param(default="1.3 d", unit="s", source=("barrier_repair_injury", "stripping_kinetics1987"), where="peak on day 3; cycle of the recruited cells 39 h", spread="0.7 .. 2.2", grade="fitted", note="with the rise by loss, to the same pulse", meaning="τ_b, births follow their causes")
    acceleration: float = param(default=0.75, unit="1", source="weinstein1985", where="28 times the births from 1.93 times the germinative cells: 1 - ln 1.93/ln 28 = 0.80", spread="0.5 .. 0.95", grade="inferred", note="psoriasis; taken somewhat lower, as a plaque is thicker than its germinative cells alone say", meaning="ν, share of a rise of births that goes into pace, the rest into thickness")
    immaturity: float = param(default=0.28, unit="1", source="grove_kligman", where="Tables I and III: area 839 to 936 and 984 to 1076 um2 as transit goes from 19.8 to 28.1 and 17.7 to 25.5 d", spread="0.1 .. 0.5", grade="inferred", note="ln area over ln transit, 0.31 and 0.25 at two sites of people of 35 and 60; taken to hold for haste too", meaning="p, area of a corneocyte against the pace it was made at")
    loosening: float = param(default=3.0, unit="1", spread="1 .. 9", grade="assumed", note="shedding of the outermost layers without any cohesion over that at rest, less one; directions are published, no rate", meaning="p_κ, faster shedding by lost cohesion")
    softening: float = param(default=0.5, unit="1", source="desquamation_water", where="enzymes of desquamation need water", spread="0 .. 2", grade="assumed", note="direction only; 0 would be no effect of a cover", meaning="p_o, faster shedding under a cover")
    lipid_time: float = param(default="1 d", unit="s", source="chung1995", where="lipids and water loss back within 48 h (hairless mice)", spread="0.3 .. 3", grade="inferred", note="barrier lipids return in about a day; in mice all is back in two", meaning="τ_ℓ, return of lipids")
    closed: float = param(default="0.77 d-1", unit="s-1", source=("engelhardt1998", "blister_rat1978"), where="closure of small human wounds by day 4; blister base covered in 36 h", spread="0.5 .. 3", grade="inferred", note="1/1.3 d; larger wounds, so an upper bound of the time", meaning="1/τ_u, re-epithelialisation")
    displaced: float = param(default=0.1, unit="1", spread="0.01 .. 0.5", grade="assumed", note="share of pierced corneocytes that are lost rather than pushed aside: nobody has measured it", meaning="corneocytes lost per area pierced")
    # fmt: on
    effects: ActiveEffects = ActiveEffects()

    owns = Epidermis

    def start(self, skin: Skin) -> Epidermis:
        one, none = jnp.ones(()), jnp.zeros(())
        return Epidermis(
            birth=one,
            germinative=one,
            suprabasal=(one,) * SUPRABASAL,
            corneocytes=(one,) * CORNEOCYTES,
            maturity=one,
            cohesion=one,
            lipids=one,
            removed=none,
            gap=none,
            acceleration=one * jnp.clip(self.acceleration, 0.0, 1.0),
        )

    def jump(self, state: State, event: Event, skin: Skin) -> Epidermis:
        now = state[Epidermis]
        needled = self.displaced * event.pierced[0]
        share, kept = event.layers_lost + needled - event.layers_lost * needled, []
        left = share * renewal.layers(now)  # of what is there: ten strips twice take what twenty take at once
        for layer in reversed(now.corneocytes):  # from the outside in
            taken = jnp.minimum(layer, CORNEOCYTES * left)
            kept.append(layer - taken)
            left = left - taken / CORNEOCYTES
        after = tuple(reversed(kept))
        lost = sum(now.corneocytes) - sum(after)
        return replace(
            now,
            corneocytes=after,
            cohesion=now.cohesion * (1 - event.cohesion_lost),
            lipids=now.lipids * (1 - event.lipids_lost),
            removed=now.removed + lost / CORNEOCYTES,
            gap=now.gap + jnp.where(event.punctures > 0, 1.0, 0.0) * skin.alive * (1 - now.gap),
        )

    def rate(self, state: State, skin: Skin) -> Epidermis:
        now, site, person = state[Epidermis], skin.site, skin.modifiers
        speed, f = renewal.pace(now), renewal.inflow(now)
        turning = skin.alive * person.renewal
        viable, horny = turning * SUPRABASAL / site.viable_transit, turning * CORNEOCYTES / site.sc_transit
        fresh = 1 / speed**self.immaturity
        replaced = turning * f / (site.sc_transit * jnp.maximum(renewal.layers(now), BARE))
        cells = (now.germinative, *now.suprabasal)
        above: tuple[Any, ...] = (1.0, *now.corneocytes)
        lost = (*now.corneocytes[:-1], self.shedding(state, skin) * now.corneocytes[-1])
        mended = self.effects.over("lipids", state, skin, skin.epidermis) * person.lipids
        none = jnp.zeros(())
        return Epidermis(
            birth=skin.alive * (self.births(state, skin) - now.birth) / self.birth_time,
            germinative=turning * (now.birth - speed * now.germinative) / site.germinative_time,
            suprabasal=tuple(viable * speed * (a - b) for a, b in pairwise(cells)),
            corneocytes=tuple(horny * f * (a - b) for a, b in zip(above, lost)),
            maturity=replaced * (fresh - now.maturity),
            cohesion=horny * f * (1 - now.cohesion) - self.effects.loosening(state, skin) * now.cohesion,
            lipids=skin.alive * mended * (1 - now.lipids) / self.lipid_time,
            removed=none,
            gap=-self.closed * person.reepithelialisation * now.gap,
            acceleration=none,
        )

    def births(self, state: State, skin: Skin) -> jax.Array:
        """Births that are called for, relative to rest, B [1]: by what is missing, by inflammation, by growth factors."""
        now = state[Epidermis]
        missing = jnp.maximum(0.0, 1 - renewal.layers(now) * now.lipids)
        called = (
            self.birth_by_loss * missing
            + self.birth_by_signal * saturating(self.signal(state, skin), self.half_signal)
            + self.birth_by_growth * self.growth(state, skin)
        )
        return self.effects.over("birth", state, skin, skin.epidermis) * (1 + called)

    def shedding(self, state: State, skin: Skin) -> jax.Array:
        """Shedding of the outermost layers over that at rest, σ [1]."""
        loose = 1 + self.loosening * (1 - state[Epidermis].cohesion)
        wet = 1 + self.softening * state[Cover].occlusion
        return self.effects.over("shedding", state, skin, skin.corneum) * loose * wet

    def signal(self, state: State, skin: Skin) -> jax.Array:
        """Area-mean inflammatory signal, averaged over the viable epidermis [1]."""
        w, cells = state[Wound].fraction, state[Inflammation].columns
        here = w * cells.wounded.signal + (1 - w) * cells.rest.signal
        return integral(here * skin.epidermis, skin.step) / integral(skin.epidermis, skin.step)

    def growth(self, state: State, skin: Skin) -> jax.Array:
        """Area-mean activated fibroblasts, averaged over the papillary dermis [1]."""
        w, both = state[Wound].fraction, state[Repair].columns
        here = w * both.wounded.fibroblasts + (1 - w) * both.rest.fibroblasts
        return integral(here * skin.papillary, skin.step) / integral(skin.papillary, skin.step)

    def passage(self, state: State, skin: Skin) -> tuple[jax.Array, jax.Array, jax.Array]:
        """How cells move on, for what they carry: share of germinative cells leaving, cells entering the suprabasal and
        the horny layers, each relative to what the layer holds at rest [s-1].
        """
        now, site = state[Epidermis], skin.site
        speed = skin.modifiers.renewal * renewal.pace(now)
        horny = skin.modifiers.renewal * renewal.inflow(now) / site.sc_transit
        return speed / site.germinative_time, speed * now.germinative / site.viable_transit, horny
