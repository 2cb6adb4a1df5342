"""Actives: from the film through stratum corneum and channels into tissue, blood, lymph or a receptor."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import static, struct
from microneedling.laws.solute import SoluteTransport
from microneedling.numerics.flux import bottom, diffusion, integral, into_bottom, into_top, top
from microneedling.skin.components import Channels, Cover, Drug, Epidermis, Solute, Vessels
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class Permeation:
    """Three paths: tissue and channels, which exchange at every depth, and the polar leak; finite film; clearance.

        ∂c/∂t    = ∂/∂z (D K ∂u/∂z) - k c + x + j,         u = c/K
        ∂(a y)/∂t = ∂/∂z (D_w a ∂y/∂z) - x,                 y: concentration in open channels, a: open area
        ∂(ℓ w)/∂t = ∂/∂z (D_w ℓ ∂w/∂z) - j,                 w: in the leak through the stratum corneum, ℓ: its area
        x        = 2 D K a/(r² (-½ ln a - ¾)) (y - u/f)     exchange per tissue volume, r: channel radius
        j        = D K/d² (w - u/f)                         where the leak ends, at the top of the viable epidermis
        1/k      = BF (1/(P S) + 1/(Q (1 + b)))             uptake by blood; lymph beside it

    The film holds m per area at m/L; its top cells take it up by all three. Missing corneocytes and lipids open the
    tissue path. What stands in a closing channel passes to the tissue beside it.

    Source: dancik2013 (layers, clearance); exchange from steady diffusion to a cylinder in its cell (docs/decisions.md).
    Checked by: tests/contracts/test_laws.py, tests/oracles, tests/plain, validation/
    """

    # fmt: off
    film_floor: float = param(default="0.1 um", unit="m", spread="exact", grade="inferred", note="thinnest film that still holds solute; keeps a dried film finite")
    area_floor: float = param(default=1e-12, unit="1", spread="exact", grade="inferred", note="keeps the concentration in closed channels finite; carries nothing")
    area_limit: float = param(default=0.03, unit="1", spread="exact", grade="inferred", note="the cell formula of the exchange is for sparse channels; above this area its logarithm is held")
    intact_floor: float = param(default=0.02, unit="1", spread="0.005 .. 0.1", grade="assumed", note="resistance left when all corneocytes are gone", meaning="least share of the barrier")
    # fmt: on
    actives: tuple[SoluteTransport, ...] = ()
    names: tuple[str, ...] = static(default=())

    owns = Drug

    def start(self, skin: Skin) -> Drug:
        none, flat = jnp.zeros_like(skin.step), jnp.zeros(())
        empty = Solute(
            on_skin=flat,
            tissue=none,
            channel=none,
            polar=none,
            blood=flat,
            lymph=flat,
            receptor=flat,
            wiped=flat,
            applied=flat,
        )
        return Drug(solutes=(empty,) * len(self.actives))

    def jump(self, state: State, event: Event, skin: Skin) -> Drug:
        return Drug(solutes=tuple(self._dosed(s, event, dose) for s, dose in zip(state[Drug].solutes, event.dosed)))

    def rate(self, state: State, skin: Skin) -> Drug:
        pairs = zip(state[Drug].solutes, self.actives)
        return Drug(solutes=tuple(self._solute_rate(s, p, state, skin) for s, p in pairs))

    def _dosed(self, s: Solute, event: Event, dose: jax.Array) -> Solute:
        return Solute(
            on_skin=s.on_skin * (1 - event.wiped) + dose,
            tissue=s.tissue,
            channel=s.channel,
            polar=s.polar,
            blood=s.blood,
            lymph=s.lymph,
            receptor=s.receptor,
            wiped=s.wiped + s.on_skin * event.wiped,
            applied=s.applied + dose,
        )

    def _solute_rate(self, s: Solute, p: SoluteTransport, state: State, skin: Skin) -> Solute:
        h, cover, barrier = skin.step, state[Cover], state[Epidermis]
        open_area = state[Channels].open + state[Channels].recoiling
        intact = jnp.maximum(self.intact_floor, sum(barrier.corneocytes) / len(barrier.corneocytes) * barrier.lipids)
        mobility = p.mobility * (1 - skin.corneum + skin.corneum / intact)
        area = open_area + self.area_floor
        u, y, w = s.tissue / p.capacity, s.channel / area, s.polar / p.leak
        film = s.on_skin / (cover.film + cover.residue + self.film_floor)
        by_tissue = 2 * top(mobility) / h[0] * (p.donor * film - top(u))
        by_channel = 2 * p.in_water * top(area) / h[0] * (film - top(y))
        by_leak = 2 * p.in_water * top(p.leak) / h[0] * (film - top(w))
        excised = 1 - skin.alive
        out = excised * 2 * p.mobility[-1] / h[-1] * (bottom(u) - p.in_tissue * s.receptor / skin.receptor_volume)
        crossing = self.exchange(area, state[Channels].radius, p) * (y - u / p.in_tissue)
        joining = p.water_mobility * p.joins * (w - u / p.in_tissue)
        supply = p.flow * (1 + state[Vessels].perfusion)
        taken = p.uptake * supply / (p.uptake + supply + 1e-30 * (1 - skin.dermis * skin.alive)) / p.binding * s.tissue
        drained = p.lymph * s.tissue
        none = jnp.zeros(())
        return Solute(
            on_skin=-by_tissue - by_channel - by_leak,
            tissue=diffusion(u, mobility, h)
            + into_top(by_tissue, h)
            - into_bottom(out, h)
            + crossing
            + joining
            - taken
            - drained,
            channel=diffusion(y, p.in_water * area, h) + into_top(by_channel, h) - crossing,
            polar=diffusion(w, p.in_water * p.leak, h) + into_top(by_leak, h) - joining,
            blood=integral(taken, h),
            lymph=integral(drained, h),
            receptor=out,
            wiped=none,
            applied=none,
        )

    def exchange(self, area: jax.Array, radius: jax.Array, p: SoluteTransport) -> jax.Array:
        """Exchange of channel and tissue per tissue volume (depth,) [s-1]: the sparse-cell formula."""
        held = jnp.minimum(area, self.area_limit)
        shape = -0.5 * jnp.log(held) - 0.75
        return p.water_mobility * 2 * area / (radius**2 * shape)
