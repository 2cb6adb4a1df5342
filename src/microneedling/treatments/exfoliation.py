"""What needles do to the stratum corneum as an exfoliant, beside tape, scrub and blade: a prediction."""

from __future__ import annotations

import jax

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class Exfoliation:
    """Stratum corneum pushed aside or punched out by needles, per area, from geometry alone: nobody has measured it.

        V = ∫ pierced dz over the stratum corneum,   m = ρ V,   share = V/h

    Checked by: tests/unit/treatments/test_exfoliation.py
    """

    # fmt: off
    density: float = param(default="1.2 g/cm3", unit="kg m-3", spread="1.0 .. 1.4 g/cm3", grade="assumed", note="between water and dry keratin; not in the evidence", meaning="ρ, density of the stratum corneum")
    # fmt: on

    def displaced(self, event: Event, skin: Skin) -> jax.Array:
        """Volume of stratum corneum displaced per skin area, V [m]."""
        return integral(event.pierced * skin.corneum, skin.step)

    def share(self, event: Event, skin: Skin) -> jax.Array:
        """The same as a share of the whole stratum corneum [1]."""
        return self.displaced(event, skin) / integral(skin.corneum, skin.step)

    def mass(self, event: Event, skin: Skin) -> jax.Array:
        """Its mass per skin area [kg m-2]."""
        return self.density * self.displaced(event, skin)
