"""Channels spring back, then reseal."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import saturating
from microneedling.skin.components import Channels, Cover, Inflammation
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class ChannelClosure:
    """Open area falls on two clocks: elastic recoil, then resealing.

        da_e/dt = -k_e a_e;   da/dt = -k (1 + σ s h(Q)) a
        k = m (ln 2/t½) (r_ref/r)^p (1 + (f - 1) o_s)/(1 + (f - 1) o) (1 + g max(0, A - 35 a)/10 a)^-q exp(-j (F - F_ref))

    t½ is the site's, measured under the cover o_s (0 open, 1 occluded; people's is not stated). o occlusion now, r channel
    radius, m this person's factor from habits and conditions, A age, g the slowing of epidermal transit per decade at this site, F phototype, Q the signal in the wounded
    columns. Both clocks stand still while needles are held in the skin. Excised skin recoils but does not reseal. What dye,
    impedance and water loss call closed are read-outs of this one area (scales/closure.py).

    Source: exponential resealing brogden_sites; see each number. Why a wide open half-life: docs/decisions.md.
    Checked by: tests/contracts/test_laws.py, tests/published/test_closing_times.py, validation/
    """

    # fmt: off
    recoil: float = param(default="0.7 min-1", unit="s-1", spread="0.07 .. 4", grade="assumed", note="seconds to minutes for elastic recoil; no time course in the evidence", meaning="k_e, elastic recoil")
    radius_exponent: float = param(default=0.15, unit="1", source="kalluri2011", where="water loss back in 4 to 5 h for 370 and 770 um needles alike; dye gone at 12 and 18 h", spread="0 .. 0.55", grade="in animals", note="equal times by water loss say 0; dye times as relative thresholds say ln(18/12)/ln(770/370) = 0.55, but a wider pore also takes longer to shrink out of sight", meaning="p, narrow channels close first")
    reference_radius: float = param(default="35 um", unit="m", source="kalluri2011", where="surface diameter 70.7 um, 770 um needles", spread="exact", grade="in animals", note="the radius at which the site's half-life holds; its spread is in the half-life", meaning="r_ref, radius the half-life refers to")
    occlusion_factor: float = param(default=6.0, unit="1", source=("grubauer1989", "kalluri2011"), where="barrier does not return under a vapour-tight membrane (mice); pores close later under occlusion (rats)", spread="1 .. 40", grade="assumed", note="both sources give the direction and neither a factor; the first says next to none, 1 would be no effect. Held wide on purpose: people's channels were found closed within hours by one study and after days by others, whose cover is not stated", meaning="f, half-life under full occlusion over open")
    age_power: float = param(default=1.0, unit="1", spread="0 .. 2", grade="inferred", note="resealing is taken to slow with age as epidermal renewal does at the site; 0 would be no effect of age", meaning="q, resealing follows the slowing of transit")
    phototype_effect: float = param(default=0.0, unit="1", spread="-0.1 .. 0.1", grade="assumed", note="a hypothesis that can be switched: no open measurement says whether phototype changes closure, nor in which direction", meaning="j, log lengthening of the half-life per phototype")
    reference_phototype: float = param(default=2.0, unit="1", spread="exact", grade="inferred", note="phototype the half-lives are taken to hold for", meaning="F_ref")
    inflammation_effect: float = param(default=0.0, unit="1", spread="-0.3 .. 0.3", grade="assumed", note="a hypothesis that can be switched: whether inflammation, or suppressing it, changes closure is not settled", meaning="s, effect of inflammation on resealing")
    inflammation_acts: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="switch 0 to 1: does inflammation change resealing at all", meaning="σ, switch inflammation to closure")
    decade: float = param(default="10 year", unit="s", spread="exact", grade="inferred", note="definition")
    reference_age: float = param(default="35 year", unit="s", spread="exact", grade="inferred", note="age of the site cards")
    # fmt: on

    owns = Channels

    def start(self, skin: Skin) -> Channels:
        none, flat = jnp.zeros_like(skin.step), jnp.zeros(())
        whole = none + self.reference_radius
        return Channels(recoiling=none, open=none, radius=whole, reach=flat, first=flat, held=flat, obstruction=flat)

    def jump(self, state: State, event: Event, skin: Skin) -> Channels:
        now = state[Channels]
        held = jnp.maximum(event.pierced - event.relaxed, 0.0)
        total, fresh = now.open + event.relaxed, jnp.where(event.relaxed > 0, event.relaxed, 0.0)
        part = jnp.where(total > 0, fresh / jnp.where(total > 0, total, 1.0), 0.0)
        after = now.open + event.relaxed * (1 - now.open)
        return Channels(
            recoiling=now.recoiling + held * (1 - now.recoiling),
            open=after,
            radius=now.radius + part * (event.radius - now.radius),
            first=jnp.where(fresh[0] > 0, after[0], now.first),
            reach=jnp.where(event.punctures > 0, event.relaxed_depth, now.reach),
            held=jnp.clip(now.held + event.held, 0.0, 1.0),
            obstruction=jnp.where(event.held > 0, event.obstruction, now.obstruction),
        )

    def rate(self, state: State, skin: Skin) -> Channels:
        now, none = state[Channels], jnp.zeros(())
        free = 1 - now.held
        loud = saturating(state[Inflammation].columns.wounded.signal, 1.0)
        felt = 1 + self.inflammation_acts * self.inflammation_effect * loud
        return Channels(
            recoiling=-self.recoil * free * now.recoiling,
            open=-free * self.resealing(now.radius, state[Cover].occlusion, skin) * felt * now.open,
            radius=jnp.zeros_like(now.radius),
            first=none,
            reach=none,
            held=none,
            obstruction=none,
        )

    def resealing(self, radius: jax.Array, occlusion: jax.Array, skin: Skin) -> jax.Array:
        """k by depth (depth,) [s-1], without inflammation."""
        decades = jnp.maximum(0.0, skin.age - self.reference_age) / self.decade
        old = (1 + skin.site.transit_slowing * decades) ** self.age_power
        wide = (jnp.maximum(radius, 1e-3 * self.reference_radius) / self.reference_radius) ** self.radius_exponent
        dark = jnp.exp(self.phototype_effect * (skin.phototype - self.reference_phototype))
        slower = old * dark * wide * self.covered(occlusion) / self.covered(jnp.clip(skin.site.closing_cover, 0.0, 1.0))
        return skin.alive * skin.modifiers.closing * math.log(2.0) / (skin.site.closing_half_life * slower)

    def covered(self, occlusion: jax.Array) -> jax.Array:
        """Half-life over that in open air, 1 + (f - 1) o [1]."""
        return 1 + (self.occlusion_factor - 1) * occlusion
