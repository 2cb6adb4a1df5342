"""Radiance: how light skin looks with what its surface mirrors."""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.appearance import Colouring
from microneedling.scales.colour import lab, tristimulus
from microneedling.scales.optics import SkinOptics, reflectance
from microneedling.scales.roughness import Gloss, Profile
from microneedling.scales.scale import Card
from microneedling.skin.skin import Skin


@struct
class Radiance:
    """Lightness of skin seen with the light its surface mirrors, L* of R + r_s a G.

    R is the light that comes from within (colour), r_s the mirrored share at normal incidence and G the gloss over its
    start, so roughness and water act through G alone. Glow as people mean it is judged by eye and holds evenness of
    colour, sebum and make-up besides, none of which is in here.

    Source: torrance1967 (facets mirror, through gloss); the sum and a are assumed.
    Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_radiance.py
    """

    CARD: ClassVar[Card] = Card("radiance", "Radiance (L* with gloss)", "1", "1", 0.0, 150.0)
    optics: SkinOptics = SkinOptics()
    content: Colouring = Colouring()
    profile: Profile = Profile()

    # fmt: off
    towards: float = param(default=1.0, unit="1", spread="0.3 .. 3", grade="assumed", note="1: mirrored light is spread as widely as the light from within; a bright window on the cheek has more, the dull side less", meaning="a, mirrored light that reaches the eye over that of an even spread")
    noticeable: float = param(default=1.0, unit="1", spread="0.5 .. 2", grade="assumed", note="about what two eyes tell apart side by side, as lightness")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        index = self.optics.surface_index
        mirrored = ((index - 1) / (index + 1)) ** 2 * self.towards * Gloss(profile=self.profile).read(state, skin)
        within = reflectance(self.optics, self.content.content(self.optics, state, skin))
        return lab(tristimulus(within + mirrored))[0]
