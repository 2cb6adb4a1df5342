"""Open channels as instruments see them: one open area, read by eye, by impedance and by dye."""

from __future__ import annotations

import math
from typing import ClassVar

import jax
import jax.numpy as jnp
from jax.scipy.special import erfc

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral, top
from microneedling.scales.scale import Card
from microneedling.skin.components import Channels
from microneedling.skin.skin import Skin


@struct
class OpenArea:
    """Open channel area at the surface once the tissue has sprung back, share of the skin."""

    CARD: ClassVar[Card] = Card("open_area", "Open channel area", "1", "%", 0.0, 1.0, 0.0)
    noticeable: float = param(
        default=1e-4,
        unit="1",
        spread="3e-5 .. 1e-3",
        grade="assumed",
        note="dye or impedance sees less than water loss does",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return top(state[Channels].open)


@struct
class PermeableArea:
    """Permeable area that impedance infers: channels conduct in series through the stratum corneum.

        a_p = h_SC/∫ dz/(a + a₀) - a₀,   a: open area once the tissue has sprung back

    so that the narrowest place counts most. It is called closed when the share `closed` of the first area is left.

    Source: series conduction; threshold brogden_sites. Checked by: tests/unit/scales/test_closure.py
    """

    CARD: ClassVar[Card] = Card("permeable_area", "Permeable area by impedance", "1", "%", 0.0, 1.0, 0.0)

    # fmt: off
    closed: float = param(default=0.16, unit="1", source="brogden_sites", where="closure times 63.1, 60.3, 58.3 h over half-lives 25.9, 23.7, 20.2 h", spread="0.08 .. 0.30", grade="inferred", note="2.4, 2.5 and 2.9 half-lives are 18, 17 and 14 % of the first area; a ratio of means, hence the width", meaning="share of the first area at which impedance is back")
    least: float = param(default=1e-9, unit="1", spread="exact", grade="inferred", note="a₀, keeps the harmonic mean finite without channels; carries nothing", meaning="area of no channels")
    noticeable: float = param(default=1e-4, unit="1", spread="3e-5 .. 1e-3", grade="assumed", note="a few pores per square centimetre of electrode; no row with a number")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        area = state[Channels].open + self.least
        resistance = integral(skin.corneum / area, skin.step)
        return integral(skin.corneum, skin.step) / resistance - self.least


@struct
class VisiblePores:
    """Pores per area that a dye shows: those still wider than it takes to see them.

        N = n ½ erfc(ln(r_v/r)/(√2 s)),   n = a₁/(π r₁²),   r = r₁ √(a/a₁)

    with a₁ and r₁ open area and radius after the last needling, a the open area now. A wide pore shrinks out of sight
    later than a narrow one although both close at one rate.

    Source: kalluri2011 (dye times of two lengths). Checked by: tests/unit/scales/test_closure.py
    """

    CARD: ClassVar[Card] = Card("visible_pores", "Pores a dye shows", "m-2", "cm-2", 0.0, 1e8, 0.0)

    # fmt: off
    seen: float = param(default="7 um", unit="m", source="kalluri2011", where="dye gone at 12 h (370 um) and 18 h (770 um)", spread="2 .. 15 um", grade="inferred", note="3.9 um with widths in proportion to length, 14 um with the widths of the device cards", meaning="r_v, smallest radius a dye shows")
    scatter: float = param(default=0.2, unit="1", source="kalluri2011", where="surface diameter 70.7 ± 9.9 um", spread="0.1 .. 0.4", grade="inferred", note="14 % between pores of one roller, if that is an SD; closing adds to it", meaning="s, scatter of radius between pores (logarithm)")
    noticeable: float = param(default="5 cm-2", unit="m-2", spread="2 .. 20", grade="assumed", note="counting on a dyed field")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        now = state[Channels]
        wide, first, left = top(now.radius), now.first, top(now.open)
        some = (first > 0) & (left > 0)
        ratio = jnp.where(some, left / jnp.where(some, first, 1.0), 1.0)
        beyond = (jnp.log(self.seen / wide) - 0.5 * jnp.log(ratio)) / (math.sqrt(2.0) * self.scatter)
        return jnp.where(some, first / (math.pi * wide**2) * 0.5 * erfc(beyond), 0.0)
