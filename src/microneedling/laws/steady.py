"""Steady flux through intact skin in closed form: what the depth-resolved law settles to, without marching there."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.laws.intact import intact
from microneedling.laws.solute import SoluteTransport
from microneedling.skin.skin import Skin


def permeability(transport: SoluteTransport, skin: Skin) -> jax.Array:
    """Steady permeability of intact skin as mounted, of the total concentration in the film: laws/intact.py.

    Returns: k_p [m s-1].
    Checked by: tests/unit/laws/test_steady.py (against the steady state of the depth-resolved law)
    """
    return intact(transport, skin).permeability


def log_permeability(transport: SoluteTransport, skin: Skin, *, unit: float) -> jax.Array:
    """log10 of the steady permeability over `unit` [m s-1], as permeability collections print it.

    Checked by: tests/unit/laws/test_steady.py
    """
    return jnp.log10(permeability(transport, skin) / unit)
