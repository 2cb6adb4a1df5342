"""What needles do to the stratum corneum as an exfoliant, beside tape, scrub and blade: a prediction."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class Exfoliation:
    """Stratum corneum pushed aside or punched out, per area, from the geometry alone; nobody has measured it for needles.

        V = ∫ pierced dz over the stratum corneum,   m = ρ V,   share = V/h;   a strip takes about 1/N of it

    Checked by: tests/unit/treatments/test_exfoliation.py
    """

    # fmt: off
    density: float = param(default="1.2 g/cm3", unit="kg m-3", spread="1.0 .. 1.4 g/cm3", grade="assumed", note="between water and dry keratin; not in the evidence", meaning="ρ, density of the stratum corneum")
    strips: float = param(default=35.0, unit="1", source=("olesen2019", "korean_stripping2005", "tape_chapter"), where="fully removed at 35 strips; barrier gives way at 30 to 40; more than 70 by another report", spread="30 .. 75", grade="measured in people", note="strips take less the deeper they are", varies="people", meaning="N, strips that take all of it")
    scrub: float = param(default=2.65, unit="1", source="loden1990", where="2.4 (water loss) and 2.9 (blood flow) strips, group regressions", spread="0.5 .. 6", grade="measured in people", note="one scrub with polyethylene granules; ± 2.4 between people", varies="people", meaning="a scrub, in strips")
    blade: float = param(default=1.0, unit="1", source="hagihara2022", where="about the first strip", spread="0.5 .. 2", grade="in excised skin", note="one razor shave of pig skin", meaning="one shave, in strips")
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

    def beside(self) -> dict[str, jax.Array]:
        """Share of the stratum corneum taken by one strip, one scrub and one shave [1]."""
        one = jnp.asarray(1.0 / self.strips)
        return {"tape strip": one, "scrub": self.scrub * one, "blade": self.blade * one}
