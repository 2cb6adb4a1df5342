"""Pigment: melanocytes, the melanin they hand on, and what falls into the dermis."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import saturating
from microneedling.laws.effects import ActiveEffects
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.numerics.flux import integral
from microneedling.skin.complexion import lesion_at_rest, reddening_dose
from microneedling.skin.components import Epidermis, Inflammation, Melanin, Pigment, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

FEWEST = 0.02  # layers stripped bare hold this share of their cells, so that melanin per cell stays finite


@struct
class MelaninTurnover:
    """Melanocytes answer light and inflammation; cells carry their melanin up and shed it, all relative to rest.

        u' = H (1 - s) - u/τ_u,   u₀ = H τ_u                                light still felt, habit H, sunscreen keeps off s
        A* = 1 + m [R (h(u/D) - h(u₀/D)) + a h(Q̄/K)],  D = n MED          φ: what actives leave of the activity
        A' = (φ A* - A)(1/τ_A + (1 - φ)/τ_φ)                               quick under an active, slow to come back
        b' = v₀ A t - v_g b,  S y' = v_s (b/g - y),   C z' = v_c (y - z)    basal layer, suprabasal cell, corneocyte
        b_ℓ' = v₀ A t ℓ - v_g b_ℓ, then the same chain                       the lesion's excess over the skin around it
        ℓ' = (1 + e p)(1 - ℓ)/τ_ℓ - k h(M̄₂/K_M) ℓ                           what drives it; p: hormones
        D' = i h(Q̄/K) v_g q (b + λ b_ℓ) - k_D D                             melanin in the dermis

    v_g, v_s, v_c are the epidermis' own flows (v₀: v_g at rest, so that skin turning over faster is lighter), t what
    actives leave of the transfer, q the basal share, λ the lesion's excess at rest. Everybody's melanocytes answer alike, relative to their rest: what differs by phototype is how much
    melanin that is (skin/complexion.py) and which dose is felt. Melanin is taken apart with passage, not with time.

    Source: quantities of the response are assumed; what calms a lesion is fitted to farshi2020 (needled side).
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_pigment_chain.py
    """

    renewal: EpidermalRenewal = EpidermalRenewal()
    effects: ActiveEffects = ActiveEffects()
    # fmt: off
    light_time: float = param(default="5 d", unit="s", spread="2 .. 10", grade="assumed", note="a tan builds up over the week after an exposure", meaning="τ_u, how long light is felt")
    light_rise: float = param(default=2.0, unit="1", spread="1 .. 4", grade="assumed", note="a deep tan holds two or three times the melanin; no paired measurement at hand", meaning="R, rise of activity by light at saturation")
    half_dose: float = param(default=3.0, unit="1", spread="1 .. 8", grade="assumed", note="doses below reddening tan when repeated; several of them within a week are taken for half of the most", meaning="n, dose at half rise over the dose that just reddens")
    inflammation_rise: float = param(default=1.0, unit="1", spread="0.2 .. 3", grade="assumed", note="direction only: inflammation darkens; the size is carried by the threshold of the reading post-inflammatory pigment", meaning="a, rise of activity by inflammation at saturation")
    half_signal: float = param(default=0.2, unit="1", spread="0.05 .. 0.8", grade="assumed", note="as for the birth of cells", meaning="K, signal at half rise")
    activity_time: float = param(default="7 d", unit="s", spread="3 .. 14", grade="assumed", note="new melanin shows some days after its cause", meaning="τ_A, time of the melanocytes' answer")
    effect_time: float = param(default="12 h", unit="s", spread="3 .. 48", grade="assumed", note="an enzyme or its signal is stopped within hours", meaning="τ_φ, time of an active's grip")
    calming: float = param(default="0.021 d-1", unit="s-1", source="farshi2020", where="contrast 43.7 to 34.5 and 28.05 after two and four needlings", spread="0.007 .. 0.06", grade="fitted", note="laid on repair macrophages, since the study gives no reason; sunscreen and the mere passing of time are not told apart from needling there", meaning="k, loss of the lesion's drive while skin repairs")
    half_repair: float = param(default=0.03, unit="1", spread="0.01 .. 0.1", grade="assumed", note="low, so that the loss goes with how long skin repairs more than with how much", meaning="K_M, repair macrophages at half of it")
    relapse_time: float = param(default="200 d", unit="s", spread="60 .. 600", grade="assumed", note="melasma comes back within months; no rate at hand", meaning="τ_ℓ, return of the lesion's drive")
    hormonal: float = param(default=1.0, unit="1", spread="0.2 .. 4", grade="assumed", note="direction only: pregnancy and the pill feed melasma", meaning="e, faster return while hormones feed it")
    spilling: float = param(default=0.1, unit="1", spread="0.01 .. 0.5", grade="assumed", note="share of melanin that the basal layer loses downwards while it is hurt; never measured after needling", meaning="i, share of basal melanin that falls into the dermis")
    clearing: float = param(default="0.0023 d-1", unit="s-1", spread="0.0006 .. 0.01", grade="assumed", note="half in ten months: dermal pigment lingers for months to years", meaning="k_D, clearance of dermal melanin")
    # fmt: on

    owns = Pigment

    def start(self, skin: Skin) -> Pigment:
        one, none = jnp.ones(()), jnp.zeros(())
        rest = Melanin(basal=one, suprabasal=one, corneum=one)
        felt = jnp.asarray(skin.complexion.ultraviolet * self.light_time)
        return Pigment(activity=one, own=rest, lesional=rest, drive=one, dermal=none, light=felt, shield=none)

    def jump(self, state: State, event: Event, skin: Skin) -> Pigment:
        now = state[Pigment]
        hit = integral(event.pierced * skin.epidermis, skin.step) / integral(skin.epidermis, skin.step) * skin.alive
        return Pigment(
            activity=now.activity,
            own=_hurt(now.own, hit),
            lesional=_hurt(now.lesional, hit),
            drive=now.drive,
            dermal=now.dermal + self.spilling * hit * self.basal(now, skin),
            light=now.light + event.lit * (1 - now.shield),
            shield=jnp.clip(now.shield + event.shielded, 0.0, 1.0),
        )

    def rate(self, state: State, skin: Skin) -> Pigment:
        now, alive, mine = state[Pigment], skin.alive, skin.complexion
        hurt = saturating(self.renewal.signal(state, skin), self.half_signal)
        left = self.effects.over("melanin", state, skin, skin.epidermis)
        grip = 1 / self.activity_time + jnp.maximum(0.0, 1 - left) / self.effect_time
        handed = now.activity * self.effects.over("transfer", state, skin, skin.epidermis)
        return Pigment(
            activity=alive * (left * self.asked(now, hurt, skin) - now.activity) * grip,
            own=self.carried(now.own, handed, state, skin),
            lesional=self.carried(now.lesional, handed * now.drive, state, skin),
            drive=alive
            * (
                (1 + self.hormonal * mine.hormones) * (1 - now.drive) / self.relapse_time
                - self.calming * saturating(_repairing(state, skin), self.half_repair) * now.drive
            ),
            dermal=alive
            * (
                self.spilling * hurt * self.renewal.passage(state, skin)[0] * self.basal(now, skin)
                - self.clearing * now.dermal
            ),
            light=mine.ultraviolet * (1 - now.shield) - now.light / self.light_time,
            shield=jnp.zeros(()),
        )

    def asked(self, now: Pigment, hurt: jax.Array, skin: Skin) -> jax.Array:
        """A*, the activity light and inflammation ask for [1]."""
        half = self.half_dose * reddening_dose(skin)
        habit = saturating(skin.complexion.ultraviolet * self.light_time, half)
        tanning = self.light_rise * (saturating(now.light, half) - habit)
        return jnp.maximum(0.0, 1 + skin.modifiers.melanin * (tanning + self.inflammation_rise * hurt))

    def carried(self, now: Melanin, handed: jax.Array, state: State, skin: Skin) -> Melanin:
        """Melanin handed to basal cells, carried up by them and shed with them [s-1]."""
        cells, alive = state[Epidermis], skin.alive
        leaving, entering, hardening = self.renewal.passage(state, skin)
        living, horny = (sum(layer) / len(layer) for layer in (cells.suprabasal, cells.corneocytes))
        made = skin.modifiers.renewal / skin.site.germinative_time  # keeps no step with the pace of the cells
        fresh = entering / cells.germinative * now.basal - entering * now.suprabasal
        return Melanin(
            basal=alive * (made * handed - leaving * now.basal),
            suprabasal=alive * fresh / jnp.maximum(living, FEWEST),
            corneum=alive * hardening * (now.suprabasal - now.corneum) / jnp.maximum(horny, FEWEST),
        )

    def basal(self, now: Pigment, skin: Skin) -> jax.Array:
        """Melanin of the basal layer over that of the whole unaffected epidermis at rest [1]."""
        whole = now.own.basal + lesion_at_rest(skin) * now.lesional.basal
        return skin.complexion.basal_share * whole


def _hurt(now: Melanin, hit: jax.Array) -> Melanin:
    """The pierced share of the basal layer has lost its melanin: some downwards, the rest with the crust."""
    return Melanin(basal=now.basal * (1 - hit), suprabasal=now.suprabasal, corneum=now.corneum)


def _repairing(state: State, skin: Skin) -> jax.Array:
    """Area-mean repair macrophages of the papillary dermis [1]."""
    w, cells = state[Wound].fraction, state[Inflammation].columns
    here = w * cells.wounded.m2 + (1 - w) * cells.rest.m2
    return integral(here * skin.papillary, skin.step) / integral(skin.papillary, skin.step)
