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

        da_e/dt = -k_e a_e;   da/dt = -k a,   k = (ln 2/t½) (r_ref/r)^p / (1 + (f - 1) o) / (1 + g max(0, A - 35 a)/10 a) (1 + s h(Q))

    with o occlusion, r channel radius, A age, Q the mean signal. t½ is the site's. Excised skin recoils but does not reseal.
    Both clocks stand still while needles are held in the skin.

    Source: exponential resealing brogden_sites; radius exponent from kalluri2011; see each number.
    Checked by: tests/contracts/test_laws.py, validation/
    """

    # fmt: off
    recoil: float = param(default="0.7 min-1", unit="s-1", spread="0.07 .. 4", grade="assumed", note="seconds to minutes for elastic recoil; no time course in the evidence", meaning="k_e, elastic recoil")
    radius_exponent: float = param(default=0.55, unit="1", source="kalluri2011", where="closure 12 h for 370 um and 18 h for 770 um needles", spread="0.2 .. 1.0", grade="in animals", note="ln(18/12)/ln(770/370), taking width in proportion to length", meaning="p, narrow channels close first")
    reference_radius: float = param(default="35 um", unit="m", source="kalluri2011", where="surface diameter 70.7 um, 770 um needles", spread="exact", grade="in animals", note="the radius at which the site's half-life holds; its spread is in the half-life", meaning="r_ref, radius the half-life refers to")
    occlusion_factor: float = param(default=4.0, unit="1", source=("gupta2011", "kalluri2011"), where="closure later under occlusion (direction)", spread="1.5 .. 15", grade="assumed", note="open sites reseal within about 2 h, occluded ones over a day or more; the factor itself is not in the evidence", meaning="f, half-life under full occlusion over open")
    age_slowing: float = param(default=0.08, unit="1", source="kelchen2016", where="slower at 77 than at 26 years (direction)", spread="0 .. 0.25", grade="assumed", note="only the direction is in the evidence", meaning="g, lengthening of the half-life per decade after 35")
    inflammation_effect: float = param(default=0.0, unit="1", spread="-0.3 .. 0.3", grade="assumed", note="a hypothesis that can be switched: whether inflammation changes closure is not settled", meaning="s, effect of inflammation on resealing")
    decade: float = param(default="10 year", unit="s", spread="exact", grade="inferred", note="definition")
    reference_age: float = param(default="35 year", unit="s", spread="exact", grade="inferred", note="age of the site cards")
    # fmt: on

    owns = Channels

    def start(self, skin: Skin) -> Channels:
        none = jnp.zeros_like(skin.step)
        flat = jnp.zeros(())
        return Channels(recoiling=none, open=none, radius=none + self.reference_radius, held=flat, obstruction=flat)

    def jump(self, state: State, event: Event, skin: Skin) -> Channels:
        now = state[Channels]
        held = jnp.maximum(event.pierced - event.relaxed, 0.0)
        total, fresh = now.open + event.relaxed, jnp.where(event.relaxed > 0, event.relaxed, 0.0)
        part = jnp.where(total > 0, fresh / jnp.where(total > 0, total, 1.0), 0.0)
        return Channels(
            recoiling=now.recoiling + held * (1 - now.recoiling),
            open=now.open + event.relaxed * (1 - now.open),
            radius=now.radius + part * (event.radius - now.radius),
            held=jnp.clip(now.held + event.held, 0.0, 1.0),
            obstruction=jnp.where(event.held > 0, event.obstruction, now.obstruction),
        )

    def rate(self, state: State, skin: Skin) -> Channels:
        now = state[Channels]
        signal, free, none = state[Inflammation].columns.rest.signal, 1 - now.held, jnp.zeros(())
        return Channels(
            recoiling=-self.recoil * free * now.recoiling,
            open=-free
            * self.resealing(now.radius, state[Cover].occlusion, skin)
            * (1 + self.inflammation_effect * saturating(signal, 1.0))
            * now.open,
            radius=jnp.zeros_like(now.radius),
            held=none,
            obstruction=none,
        )

    def resealing(self, radius: jax.Array, occlusion: jax.Array, skin: Skin) -> jax.Array:
        """k by depth (depth,) [s-1], without inflammation."""
        old = 1 + self.age_slowing * jnp.maximum(0.0, skin.age - self.reference_age) / self.decade
        wide = (jnp.maximum(radius, 1e-3 * self.reference_radius) / self.reference_radius) ** self.radius_exponent
        slower = old * wide * (1 + (self.occlusion_factor - 1) * occlusion)
        return skin.alive * math.log(2.0) / (skin.site.closing_half_life * slower)
