"""How much pigment a person's skin holds at rest, the light it lives in, and a lesion darker than the skin around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral

if TYPE_CHECKING:
    from microneedling.skin.skin import Skin

OWN = "told by the study: the person's own"


@struct
class Complexion:
    """Pigment at rest by phototype p, in geometric steps from 1 to 6:  f(p) = f₁ (f₆/f₁)^((p - 1)/5).

    The same form gives the dose that just reddens. A lesion's contrast over the skin around it, in units of a melanin
    index, stands in the person's baseline; where melasma is named without one (`melasma` 1) a typical one is taken.
    `hormones` is 1 while hormones feed it.

    Checked by: tests/unit/skin/test_complexion.py
    """

    # fmt: off
    lightest: float = param(default=0.013, unit="1", source="inverse_problems2007", where="melanosome volume fraction 1.3 to 43 % by skin colour", spread="0.008 .. 0.02", grade="inferred", note="lower end of the range taken as phototype 1; other optical models have 1 % for very fair skin", varies="people", meaning="f₁, melanosome volume fraction of the epidermis, phototype 1")
    darkest: float = param(default=0.43, unit="1", source="inverse_problems2007", where="melanosome volume fraction 1.3 to 43 % by skin colour", spread="0.2 .. 0.5", grade="inferred", note="upper end of the range taken as phototype 6; other optical models have 11 % for dark skin", varies="people", meaning="f₆, melanosome volume fraction of the epidermis, phototype 6")
    basal_share: float = param(default=0.5, unit="1", spread="0.3 .. 0.7", grade="assumed", note="most melanin lies in the basal layer, less in dark skin; no share at hand", varies="people", meaning="share of epidermal melanin in the basal layer at rest")
    corneum_share: float = param(default=0.1, unit="1", spread="0.02 .. 0.2", grade="assumed", note="melanin dust in corneocytes; more in dark skin; no share at hand", varies="people", meaning="share of epidermal melanin in the stratum corneum at rest")
    dermal_seen: float = param(default=0.5, unit="1", spread="0.2 .. 0.9", grade="assumed", note="the same melanin deeper down is met by less light; no number at hand", meaning="how much dermal melanin shows, against epidermal")
    index_gain: float = param(default="10 um-1", unit="m-1", source="amoebamcrt", where="melanosome absorption 6.6e11 λ^-3.33 per cm (nm)", spread="4 .. 25", grade="inferred", note="a two-colour meter: 715 units per decade of reflectance; absorption at 660 nm less that at 880 nm is 166 per cm, times 0.434 and about twice the epidermis on the light's way; makes of meters differ", meaning="melanin index per melanosome fraction and epidermal thickness")
    ultraviolet: float = param(default="40 J/m2/d", unit="kg s-3", source="schmalwieser2021", where="outdoor workers exceed the limit of 1.0 to 1.3 SED a day", spread="10 .. 130", grade="assumed", note="0.4 SED a day on the face of somebody who works indoors: not read anywhere; the upper end is what outdoor workers exceed", varies="people", meaning="habitual ultraviolet dose, weighted by what reddens")
    reddens_light: float = param(default="200 J/m2", unit="kg s-2", source="bentham_dose", where="table of doses that just redden, phototype 1", spread="140 .. 280", grade="inferred", note="an instrument maker's table, no study behind it", varies="people", meaning="dose that just reddens, phototype 1")
    reddens_dark: float = param(default="1000 J/m2", unit="kg s-2", source="bentham_dose", where="table of doses that just redden, phototype 6", spread="600 .. 1600", grade="inferred", note="an instrument maker's table, no study behind it", varies="people", meaning="dose that just reddens, phototype 6")
    typical_contrast: float = param(default=43.7, unit="1", source="farshi2020", where="lesion minus normal skin at baseline, 43.7 ± 20.1 units", spread="17 .. 77", grade="measured in people", note="20 women; taken where a study names melasma and no contrast", varies="people", meaning="contrast of a melasma lesion, melanin index")
    melasma: float = param(default=0.0, unit="1", spread="exact", grade="inferred", note=OWN, meaning="1 for a lesion whose contrast is not told")
    hormones: float = param(default=0.0, unit="1", spread="exact", grade="inferred", note=OWN, meaning="1 while hormones feed the lesion")
    # fmt: on


def melanin_at_rest(skin: Skin) -> jax.Array:
    """Melanosome volume fraction of the person's unaffected epidermis at rest () [1].

    Checked by: tests/unit/skin/test_complexion.py
    """
    mine = skin.complexion
    return _by_phototype(mine.lightest, mine.darkest, skin)


def reddening_dose(skin: Skin) -> jax.Array:
    """Ultraviolet dose that just reddens () [kg s-2].

    Checked by: tests/unit/skin/test_complexion.py
    """
    mine = skin.complexion
    return _by_phototype(mine.reddens_light, mine.reddens_dark, skin)


def index_at_rest(skin: Skin) -> jax.Array:
    """What the melanin of the person's unaffected skin adds to a melanin index () [1].

    M = g f h, with g the gain of the meter, f the melanosome fraction, h the thickness of the viable epidermis at rest.

    Checked by: tests/unit/skin/test_complexion.py
    """
    return skin.complexion.index_gain * melanin_at_rest(skin) * integral(skin.epidermis, skin.step)


def contrast_at_rest(skin: Skin) -> jax.Array:
    """Melanin index of the lesion above the skin around it, before anything is done () [1]; zero without a lesion.

    Checked by: tests/unit/skin/test_complexion.py
    """
    mine = skin.complexion
    return jnp.asarray(skin.baseline.melanin_index + mine.melasma * mine.typical_contrast)


def lesion_at_rest(skin: Skin) -> jax.Array:
    """How much more melanin the lesion holds than the skin around it, relative to that skin's () [1].

    Checked by: tests/unit/skin/test_complexion.py
    """
    return contrast_at_rest(skin) / index_at_rest(skin)


def _by_phototype(light: float, dark: float, skin: Skin) -> jax.Array:
    return light * jnp.exp(jnp.log(dark / light) * (skin.phototype - 1.0) / 5.0)
