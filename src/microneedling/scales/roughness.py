"""Relief as a profilometer reads it, and the gloss that goes with it."""

from __future__ import annotations

import math
from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.hydration import Hydration
from microneedling.scales.relief import LineDepth, PoreArea
from microneedling.scales.scale import Card
from microneedling.skin.skin import Skin


@struct
class Profile:
    """Heights of the surface: the net of fine lines all skin has, the person's lines, and pores.

        σ² = d_m²/12/s² + Σ φ d²/3 - (φ d/2)²,   s = 1 + w (W - 1)

    A share φ of the surface is hollow down to d with even slopes (the fine net: all of it). W is the water of the stratum
    corneum over rest: swollen corneocytes level the fine net by s.

    Checked by: tests/unit/scales/test_roughness.py
    """

    # fmt: off
    fine: float = param(default="60 um", unit="m", source="bibb_modelling", where="p. 264: primary and secondary lines, 20 to 200 um deep", spread="25 .. 150", grade="inferred", note="middle of the range stated; no mean for the face at hand", varies="people", meaning="d_m, depth of the fine net of lines")
    lined: float = param(default=0.1, unit="1", spread="0.03 .. 0.3", grade="assumed", note="a line of 1 mm every centimetre", varies="people", meaning="φ, share of a lined area that is line")
    levelling: float = param(default=0.3, unit="1", spread="0 .. 0.8", grade="assumed", note="profilometry sees water level the skin; the size is not at hand", meaning="w, levelling by water")
    # fmt: on
    lines: LineDepth = LineDepth()
    pores: PoreArea = PoreArea()
    water: Hydration = Hydration()

    def level(self, state: State, skin: Skin) -> jax.Array:
        """s, how much flatter the fine net is than at rest () [1]."""
        return jnp.maximum(0.2, 1 + self.levelling * (self.water.read(state, skin) - 1))

    def deviation(self, state: State, skin: Skin) -> jax.Array:
        """σ, standard deviation of heights () [m]."""
        fine = self.fine**2 / 12 / self.level(state, skin) ** 2
        pores = self.pores.groove(state, skin)
        return jnp.sqrt(fine + _hollow(self.lines.read(state, skin), self.lined) + _hollow(pores.depth, pores.share))


def _hollow(depth: jax.Array, share: jax.Array | float) -> jax.Array:
    """Variance of heights where a share of the surface falls evenly to a depth [m2]."""
    return share * depth**2 / 3 - (share * depth / 2) ** 2


@struct
class Roughness:
    """Mean roughness Ra of the surface, √(2/π) σ as for heights that scatter normally."""

    CARD: ClassVar[Card] = Card("roughness", "Roughness Ra", "m", "um", 0.0, 2e-3, worse="up")
    profile: Profile = Profile()
    noticeable: float = param(
        default="2 um", unit="m", spread="1 .. 5", grade="assumed", note="a tenth of a face's roughness"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return math.sqrt(2 / math.pi) * self.profile.deviation(state, skin)


@struct
class RoughnessDepth:
    """Mean depth of roughness Rz, r σ: highest over lowest point within a sampling length, mean of five."""

    CARD: ClassVar[Card] = Card("roughness_depth", "Depth of roughness Rz", "m", "um", 0.0, 1e-2, worse="up")
    profile: Profile = Profile()

    # fmt: off
    spanned: float = param(default=4.0, unit="1", spread="3.1 .. 5", grade="inferred", note="expected range of 10 to 100 normal heights that do not depend on each other, 3.1 to 5.0 standard deviations", meaning="r, range of heights over their deviation")
    noticeable: float = param(default="10 um", unit="m", spread="5 .. 25", grade="assumed", note="five times that of Ra")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.spanned * self.profile.deviation(state, skin)


@struct
class Gloss:
    """Light mirrored towards a gloss meter, over rest: s², since fewer facets of a rougher net face the meter.

    Slopes of a fine net scatter with its height; the share that faces a narrow opening goes with one over their variance.
    Sebum and make-up gloss too and are not in it.

    Source: torrance1967 (facets). Checked by: tests/unit/scales/test_roughness.py
    """

    CARD: ClassVar[Card] = Card("gloss", "Gloss over its start", "1", "1", 0.0, 10.0, 1.0)
    profile: Profile = Profile()
    noticeable: float = param(
        default=0.1,
        unit="1",
        spread="0.05 .. 0.3",
        grade="assumed",
        note="repeatability of gloss meters on skin not at hand",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = jnp.maximum(0.2, 1 + self.profile.levelling * (skin.modifiers.hydration - 1))
        return (self.profile.level(state, skin) / rest) ** 2
