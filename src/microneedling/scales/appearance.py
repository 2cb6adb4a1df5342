"""How skin looks to a colorimeter: lightness, redness, yellowness, typology angle."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.scales.colour import Three, lab, tristimulus
from microneedling.scales.optics import Chromophores, SkinOptics, reflectance
from microneedling.scales.pigment import epidermal
from microneedling.scales.scale import Card, over
from microneedling.skin import renewal
from microneedling.skin.components import Epidermis, Pigment
from microneedling.skin.oxygen import OxygenBalance
from microneedling.skin.skin import Skin


@struct
class Colouring:
    """What colours skin at rest, and how its blood follows flow.

        melanin = (d/m₆₉₄) m/S̄,   d = d₁ (d₆/d₁)^((p - 1)/5)       blood = B₀ B,   B and saturation: skin/oxygen.py

    d is the absorption of the epidermis at 694 nm measured in people, by phototype p, and so is what light sees of
    melanosomes however they lie; m₆₉₄ that of a melanosome; m the melanin per area and S̄ the living cells over rest.
    """

    # fmt: off
    fair: float = param(default="300 m-1", unit="m-1", source="norvang1997", where="300 to 1200 /m, Caucasian and Asian skin", spread="200 .. 450", grade="measured in people", note="the lower end taken as phototype 1", varies="people", meaning="d₁, absorption of the epidermis at 694 nm, phototype 1")
    dark: float = param(default="2500 m-1", unit="m-1", source="norvang1997", where="about 2500 /m, African skin", spread="1800 .. 3500", grade="measured in people", note="taken as phototype 6", varies="people", meaning="d₆, absorption of the epidermis at 694 nm, phototype 6")
    papillary_blood: float = param(default=0.03, unit="1", source=("amoebamcrt", "harunani2025"), where="0.06 of what is not water; range 0.2 to 7 %", spread="0.008 .. 0.07", grade="inferred", note="read in a published skin model's code", varies="people", meaning="blood fraction of the papillary dermis at rest")
    reticular_blood: float = param(default=0.0135, unit="1", source=("amoebamcrt", "harunani2025"), where="0.045 of what is not water; range 0.2 to 7 %", spread="0.004 .. 0.045", grade="inferred", note="read in a published skin model's code", varies="people", meaning="blood fraction of the reticular dermis at rest")
    # fmt: on
    oxygen: OxygenBalance = OxygenBalance()

    def content(self, optics: SkinOptics, state: State, skin: Skin) -> Chromophores:
        """What is in this skin now.

        Checked by: tests/unit/scales/test_appearance.py
        """
        living, horny = renewal.suprabasal(state[Epidermis]), renewal.layers(state[Epidermis])
        at_rest = self.fair * jnp.exp(jnp.log(self.dark / self.fair) * (skin.phototype - 1) / 5)
        melanin = at_rest / (optics.melanosome * (694 / 500) ** -optics.melanosome_slope)
        epidermis = integral(skin.epidermis, skin.step)
        papillary, reticular = (integral(where, skin.step) for where in (skin.papillary, skin.reticular))
        volume = self.oxygen.volume(state)
        return Chromophores(
            melanin=melanin * epidermal(skin, state) / jnp.maximum(living, 0.05),
            fallen=melanin * state[Pigment].dermal * epidermis / papillary,
            papillary_blood=self.papillary_blood * over(volume, skin.papillary, skin) * skin.alive,
            reticular_blood=self.reticular_blood * over(volume, skin.reticular, skin) * skin.alive,
            saturation=jnp.clip(over(self.oxygen.saturation(state, skin), skin.dermis, skin), 0.0, 1.0),
            corneum=integral(skin.corneum, skin.step) * jnp.maximum(horny, 0.0),
            epidermis=epidermis * jnp.maximum(living, 0.05),
            papillary=papillary,
            reticular=reticular,
        )

    def colour(self, optics: SkinOptics, state: State, skin: Skin) -> Three:
        """CIELAB of this skin now, L*, a*, b* () [1]."""
        return lab(tristimulus(reflectance(optics, self.content(optics, state, skin))))


@struct
class Lightness:
    """Lightness L* of skin, 0 black to 100 white: computed from what is in it, never fitted to a measured colour.

    Source: the optical model of scales/optics.py. Checked by: tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("lightness", "Lightness L* of skin", "1", "1", 0.0, 100.0)
    optics: SkinOptics = SkinOptics()
    content: Colouring = Colouring()
    noticeable: float = param(
        default=1.0, unit="1", spread="0.5 .. 2", grade="assumed", note="about what two eyes tell apart side by side"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.content.colour(self.optics, state, skin)[0]


@struct
class Redness:
    """Redness a* of skin, what a colorimeter reads of erythema."""

    CARD: ClassVar[Card] = Card("redness", "Redness a* of skin", "1", "1", -10.0, 60.0, worse="up")
    optics: SkinOptics = SkinOptics()
    content: Colouring = Colouring()
    noticeable: float = param(
        default=1.0, unit="1", spread="0.5 .. 2", grade="assumed", note="about what two eyes tell apart side by side"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.content.colour(self.optics, state, skin)[1]


@struct
class Yellowness:
    """Yellowness b* of skin. Bilirubin and carotene are not in the model, and measured skin is yellower."""

    CARD: ClassVar[Card] = Card("yellowness", "Yellowness b* of skin", "1", "1", -20.0, 60.0)
    optics: SkinOptics = SkinOptics()
    content: Colouring = Colouring()
    noticeable: float = param(
        default=1.0, unit="1", spread="0.5 .. 2", grade="assumed", note="about what two eyes tell apart side by side"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.content.colour(self.optics, state, skin)[2]


# read off lightness and yellowness when a course is over, as downtime is read off redness
TYPOLOGY = Card("typology_angle", "Typology angle (ITA)", "1", "deg", -3.2, 3.2)
NOTICED = 0.06  # [1] 3.4 degrees: one unit of L* in light skin
