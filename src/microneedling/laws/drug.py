"""Actives: from the film through stratum corneum and channels into tissue, blood, lymph or a receptor."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import replace, static, struct
from microneedling.laws.solute import SoluteTransport, blood_clearance
from microneedling.numerics.flux import bottom, diffusion, integral, into_bottom, into_top, top
from microneedling.skin import renewal
from microneedling.skin.components import Channels, Cover, Drug, Epidermis, Solute
from microneedling.skin.event import Event
from microneedling.skin.oxygen import flow
from microneedling.skin.skin import Skin


@struct
class Permeation:
    """Three paths: tissue and channels, which exchange at every depth, and the polar leak; finite film; clearance.

        ∂c/∂t    = ∂/∂z (D K ∂u/∂z) - (k + k_m) c + x + j, u = c/K
        ∂(a y)/∂t = ∂/∂z (D_w a ∂y/∂z) - x + k_s s,         y: concentration in open channels, a: open area
        ∂s/∂t    = -k_s s                                   s: undissolved, on or in needles or left by them
        ∂(ℓ w)/∂t = ∂/∂z (D_w ℓ ∂w/∂z) - j,                 w: in the leak through the stratum corneum, ℓ: its area
        x        = 2 D K a/(r² (ln(R/r) - ¾)) (y - u/f)     exchange per tissue volume, r: channel radius,
                                                           R = min(r/√a, 0.9 depth): what a channel feeds
        j        = D K/d² (w - u/f)                         where the leak ends, at the top of the viable epidermis
        1/k      = BF (1/(P S) + 1/(Q (1 + b)))             uptake by blood; lymph beside it

    The film holds m per area at m/L, or at saturation where the active's solubility is known; its top cells take it up
    by all three paths. Missing or immature corneocytes and missing lipids open the tissue path. What stands in a closing channel passes to the
    tissue beside it. What is placed at depth dissolves into the channel its needle made; what is injected starts in
    tissue. The receptor's concentration is what has passed less what was sampled, over its volume.

    Source: dancik2013 (layers, clearance); exchange from steady diffusion to a cylinder in its cell (docs/decisions.md).
    Checked by: tests/contracts/test_laws.py, tests/oracles, tests/plain, validation/
    """

    # fmt: off
    film_floor: float = param(default="0.1 um", unit="m", spread="exact", grade="inferred", note="thinnest film that still holds solute; keeps a dried film finite")
    area_floor: float = param(default=1e-12, unit="1", spread="exact", grade="inferred", note="keeps the concentration in closed channels finite; carries nothing")
    area_limit: float = param(default=0.03, unit="1", spread="exact", grade="inferred", note="the cell formula of the exchange is for sparse channels; above this area its logarithm is held")
    field: float = param(default=0.9, unit="1", spread="0.7 .. 1.2", grade="fitted", note="to our resolved cell, 36 cases of density, depth and molecule, rms 3 % (docs/two_levels.md); no measurement", meaning="radius a lone channel feeds over its depth")
    intact_floor: float = param(default=0.02, unit="1", spread="0.005 .. 0.1", grade="assumed", note="resistance left when all corneocytes are gone", meaning="least share of the barrier")
    # fmt: on
    actives: tuple[SoluteTransport, ...] = ()
    names: tuple[str, ...] = static(default=())

    owns = Drug

    def start(self, skin: Skin) -> Drug:
        none, flat = jnp.zeros_like(skin.step), jnp.zeros(())
        deep = {"tissue", "channel", "polar", "depot"}
        empty = Solute(**{name: none if name in deep else flat for name in Solute.__dataclass_fields__})
        return Drug(solutes=(empty,) * len(self.actives))

    def jump(self, state: State, event: Event, skin: Skin) -> Drug:
        return Drug(solutes=tuple(self._dosed(s, event, n, skin) for n, s in enumerate(state[Drug].solutes)))

    def rate(self, state: State, skin: Skin) -> Drug:
        pairs = zip(state[Drug].solutes, self.actives)
        return Drug(solutes=tuple(self._solute_rate(s, p, state, skin) for s, p in pairs))

    def _dosed(self, s: Solute, event: Event, n: int, skin: Skin) -> Solute:
        placed, injected, outside = event.placed[n], event.injected[n], event.outside[n]
        stays, fresh = s.depot * (1 - event.withdrawn), integral(placed, skin.step)
        left = integral(stays, skin.step)
        pace = (left * s.dissolution + fresh * event.dissolving[n]) / jnp.where(fresh > 0, left + fresh, 1.0)
        taken = integral(s.depot * event.withdrawn + s.channel * event.emptied, skin.step)
        return replace(
            s,
            on_skin=s.on_skin * (1 - event.wiped) + event.dosed[n],
            tissue=s.tissue + injected,
            channel=s.channel * (1 - event.emptied),
            depot=stays + placed,
            dissolution=jnp.where(fresh > 0, pace, s.dissolution),
            sampled=s.sampled + (s.receptor - s.sampled) * event.sampled,
            wiped=s.wiped + s.on_skin * event.wiped + taken + outside,
            applied=s.applied + event.dosed[n] + fresh + integral(injected, skin.step) + outside,
        )

    def _solute_rate(self, s: Solute, p: SoluteTransport, state: State, skin: Skin) -> Solute:
        h, channels = skin.step, state[Channels]
        open_area = channels.open + channels.recoiling
        mobility = self._mobility(p, state, skin)
        filling = p.in_water * (1 - channels.held * channels.obstruction)
        area = jnp.maximum(open_area, 0.0) + self.area_floor  # a step may leave a closing channel a trace below zero
        u, y, w = s.tissue / p.capacity, s.channel / area, s.polar / p.leak
        film = self._film(s, p, state[Cover])
        by_tissue = 2 * top(mobility) / h[0] * (p.donor * film - top(u))
        by_channel = 2 * filling * top(area) / h[0] * (film - top(y))
        by_leak = 2 * p.in_water * top(p.leak) / h[0] * (film - top(w))
        level = (s.receptor - s.sampled) / skin.receptor_volume
        out = (1 - skin.alive) * 2 * p.mobility[-1] / h[-1] * (bottom(u) - p.in_tissue * level)
        crossing = self.exchange(area, channels, p) * (y - u / p.in_tissue)
        joining = p.water_mobility * p.joins * (w - u / p.in_tissue)
        supply = p.flow * flow(state)
        taken = blood_clearance(p, supply) * s.tissue
        drained, broken, dissolved = p.lymph * s.tissue, p.metabolism * s.tissue, s.dissolution * s.depot
        none = jnp.zeros(())
        gained = crossing + joining - taken - drained - broken
        return Solute(
            on_skin=-by_tissue - by_channel - by_leak,
            tissue=diffusion(u, mobility, h) + into_top(by_tissue, h) - into_bottom(out, h) + gained,
            channel=diffusion(y, filling * area, h) + into_top(by_channel, h) - crossing + dissolved,
            polar=diffusion(w, p.in_water * p.leak, h) + into_top(by_leak, h) - joining,
            depot=-dissolved,
            dissolution=none,
            blood=integral(taken, h),
            lymph=integral(drained, h),
            metabolised=integral(broken, h),
            receptor=out,
            sampled=none,
            wiped=none,
            applied=none,
        )

    def _mobility(self, p: SoluteTransport, state: State, skin: Skin) -> jax.Array:
        """D K of the tissue path (depth,) [m2 s-1]; what is missing of the stratum corneum no longer resists."""
        intact = jnp.maximum(self.intact_floor, renewal.intact(state[Epidermis]))
        return p.mobility * (1 - skin.corneum + skin.corneum / intact)

    def _film(self, s: Solute, p: SoluteTransport, cover: Cover) -> jax.Array:
        """Dissolved concentration in the film () [mol m-3], m/L up to saturation."""
        return jnp.minimum(s.on_skin / (cover.film + cover.residue + self.film_floor), p.saturation)

    def exchange(self, area: jax.Array, channels: Channels, p: SoluteTransport) -> jax.Array:
        """Exchange of channel and tissue per tissue volume (depth,) [s-1]: a cylinder in the tissue it feeds."""
        spaced = -0.5 * jnp.log(jnp.minimum(area, self.area_limit))
        alone = jnp.log(jnp.maximum(self.field * channels.reach / channels.radius, 1.0))
        crowded = -0.5 * jnp.log(self.area_limit)
        shape = jnp.maximum(jnp.minimum(spaced, alone), crowded) - 0.75
        return p.water_mobility * 2 * area / (channels.radius**2 * shape)
