"""Steady flux through intact skin in closed form: what the depth-resolved law settles to, without marching there."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.laws.solute import SoluteTransport
from microneedling.numerics.flux import integral
from microneedling.skin.skin import Skin


def permeability(transport: SoluteTransport, skin: Skin) -> jax.Array:
    """Steady permeability of intact excised skin as mounted, of the total concentration in the film.

        k_p = (f_d P_lip + P_leak)/(1 + R (P_lip + P_leak/f_t)),   R = ∫ dz/(D K) below the stratum corneum

    Lamellae and leak cross the stratum corneum side by side, f_d c driving the one and c the other; both meet the
    living layers in series. The receptor is a sink.

    Args:
        transport: of the active in this skin, see laws/solute.py
        skin: grid and layers; nothing is taken up on the way, so excised skin (`alive` 0)

    Returns: k_p [m s-1].
    Source: series and parallel resistances of laws/solute.py; no number of its own.
    Checked by: tests/unit/laws/test_steady.py (against the steady state of the depth-resolved law)
    """
    lamellar = 1 / integral(skin.corneum / transport.mobility, skin.step)
    leak = 1 / integral(skin.corneum / (transport.in_water * transport.leak), skin.step)
    below = integral(skin.living / transport.mobility, skin.step)
    driven = transport.donor * lamellar + leak
    return driven / (1 + below * (lamellar + leak / transport.in_tissue))


def log_permeability(transport: SoluteTransport, skin: Skin, *, unit: float) -> jax.Array:
    """log10 of the steady permeability over `unit` [m s-1], as permeability collections print it.

    Checked by: tests/unit/laws/test_steady.py
    """
    return jnp.log10(permeability(transport, skin) / unit)
