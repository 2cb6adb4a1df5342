"""Skin's reflectance by wavelength: five layers, what absorbs and scatters in each, two fluxes of diffuse light."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.scales.colour import EXTINCTION, WAVELENGTH
from microneedling.scales.colour import TABULATED as TABLE

PLACE = WAVELENGTH / 500  # wavelength over the 500 nm at which the power laws below are written [1]
TABULATED = EXTINCTION[np.isin(TABLE, WAVELENGTH)]  # molar extinction in the unit of the table (wavelength, 2) [1]


@struct
class Chromophores:
    """What colours skin: amounts and thicknesses of one person at one time."""

    melanin: jax.Array = param(unit="1", meaning="volume fraction of melanosomes in the viable epidermis")
    fallen: jax.Array = param(unit="1", meaning="volume fraction of melanosomes in the papillary dermis")
    papillary_blood: jax.Array = param(unit="1", meaning="volume fraction of blood in the papillary dermis")
    reticular_blood: jax.Array = param(unit="1", meaning="volume fraction of blood in the reticular dermis")
    saturation: jax.Array = param(unit="1", meaning="oxygen saturation of that blood")
    corneum: jax.Array = param(unit="m", meaning="thickness of the stratum corneum")
    epidermis: jax.Array = param(unit="m", meaning="thickness of the viable epidermis")
    papillary: jax.Array = param(unit="m", meaning="thickness of the papillary dermis")
    reticular: jax.Array = param(unit="m", meaning="thickness of the reticular dermis")


@struct
class SkinOptics:
    """Absorption, scattering and surface of skin.

        μ_a  = melanosomes · m x^-s + blood · ln 10 c (S ε_O + (1 - S) ε_R) + (1 - water) · u x^-v
        μ_s' = a (f x^-4 + (1 - f) x^-b),   x = λ/500 nm

    Bilirubin and carotene are not in it. Blood runs in vessels of radius r and so absorbs less than if it were spread out, by (1 - exp(-2 μ r))/(2 μ r).
    """

    # fmt: off
    melanosome: float = param(default="679.1627 cm-1", unit="m-1", source=("jacques2013", "amoebamcrt"), where="6.6e11 λ^-3.33 /cm (λ in nm) at 500 nm", spread="400 .. 1000 cm-1", grade="inferred", note="of the inside of a melanosome; read in a published skin model's code; spread assumed", meaning="m, absorption of melanosomes at 500 nm")
    melanosome_slope: float = param(default=3.33, unit="1", source=("jacques2013", "amoebamcrt"), where="6.6e11 λ^-3.33 /cm", spread="3.2 .. 3.6", grade="inferred", note="another published model has 3.46", meaning="s, fall of that absorption with wavelength")
    corneum: float = param(default="7.7 cm-1", unit="m-1", source="amoebamcrt", where="stratum corneum, ((0.1 - 3e-5 λ) + 0.0125 λ μ_base)(1 - 0.05) /cm (λ in nm) at 500 nm", spread="4 .. 12 cm-1", grade="inferred", note="read in a published skin model's code; its first part, 1 % of the whole, is left out; spread assumed", meaning="absorption of the stratum corneum at 500 nm")
    base: float = param(default="1.285786 cm-1", unit="m-1", source=("amoebamcrt", "ntnu_diffusion"), where="7.84e8 λ^-3.255 /cm (λ in nm) at 500 nm", spread="0.6 .. 1.6 cm-1", grade="inferred", note="of what is neither blood nor melanin nor water; the other form, 0.244 + 85.3 exp(-(λ - 154)/66.2) /cm of whole tissue, has 0.70 at 500 nm", meaning="u, absorption of dry bloodless tissue at 500 nm")
    base_slope: float = param(default=3.255, unit="1", source="amoebamcrt", where="7.84e8 λ^-3.255 /cm", spread="exact", grade="inferred", note="carried by the spread at 500 nm; the stratum corneum falls by one power less", meaning="v, fall of that absorption with wavelength")
    epidermal_water: float = param(default=0.2, unit="1", source="amoebamcrt", where="epidermis", spread="0.1 .. 0.7", grade="inferred", note="read in a published skin model's code; living epidermis holds more water than that", meaning="water of the epidermis, clear to the eye")
    papillary_water: float = param(default=0.5, unit="1", source="amoebamcrt", where="papillary dermis", spread="0.4 .. 0.75", grade="inferred", note="read in a published skin model's code; spread assumed", meaning="water of the papillary dermis")
    reticular_water: float = param(default=0.7, unit="1", source="amoebamcrt", where="reticular dermis; the subcutis alike", spread="0.5 .. 0.8", grade="inferred", note="read in a published skin model's code; spread assumed", meaning="water of the reticular dermis and the subcutis")
    haemoglobin: float = param(default="2.325581 mol m-3", unit="mol m-3", source=("prahl_haemoglobin", "jacques2013"), where="150 g/l over 64500 g/mol", spread="1.9 .. 2.6", grade="inferred", note="whole blood; the small vessels of skin hold somewhat less", varies="people", meaning="c, haemoglobin in blood")
    extinction: float = param(default=0.1, unit="m2 mol-1", source="prahl_haemoglobin", where="unit of the table, cm-1/(mol/l)", spread="exact", grade="on the bench", meaning="unit of the extinction table")
    vessel_radius: float = param(default="10 um", unit="m", source="vanveen2002", where="form of the correction", spread="4 .. 25 um", grade="assumed", note="capillaries have 3 to 5 um, vessels of the plexus below them 10 to 25 um; what light sees is a mixture", meaning="r, radius of the vessels light meets")
    epidermal_scattering: float = param(default="66.7 cm-1", unit="m-1", source=("jacques2013", "amoebamcrt"), where="epidermis, at 500 nm", spread="40 .. 90 cm-1", grade="inferred", note="mean of excised samples; spread assumed; taken for the stratum corneum too", meaning="a, reduced scattering of epidermis at 500 nm")
    epidermal_rayleigh: float = param(default=0.29, unit="1", source=("jacques2013", "amoebamcrt"), where="epidermis", spread="exact", grade="inferred", note="carried by the spread at 500 nm", meaning="f of the epidermis")
    epidermal_slope: float = param(default=0.689, unit="1", source=("jacques2013", "amoebamcrt"), where="epidermis", spread="exact", grade="inferred", note="carried by the spread at 500 nm", meaning="b of the epidermis")
    dermal_scattering: float = param(default="43.6 cm-1", unit="m-1", source=("jacques2013", "amoebamcrt"), where="dermis, at 500 nm", spread="25 .. 60 cm-1", grade="inferred", note="mean of excised samples; spread assumed", meaning="a, reduced scattering of dermis at 500 nm")
    dermal_rayleigh: float = param(default=0.41, unit="1", source=("jacques2013", "amoebamcrt"), where="dermis", spread="exact", grade="inferred", note="carried by the spread at 500 nm", meaning="f of the dermis")
    dermal_slope: float = param(default=0.35, unit="1", source=("jacques2013", "amoebamcrt"), where="dermis", spread="exact", grade="inferred", note="carried by the spread at 500 nm", meaning="b of the dermis")
    subcutis_scattering: float = param(default="15.35104 cm-1", unit="m-1", source=("jacques2013", "amoebamcrt"), where="1050.6 λ^-0.68 /cm (λ in nm) at 500 nm", spread="10 .. 22 cm-1", grade="inferred", note="read in a published skin model's code; spread assumed", meaning="reduced scattering of subcutis at 500 nm")
    subcutis_slope: float = param(default=0.68, unit="1", source=("jacques2013", "amoebamcrt"), where="1050.6 λ^-0.68 /cm", spread="exact", grade="inferred", note="carried by the spread at 500 nm", meaning="fall of that scattering with wavelength")
    subcutis_blood: float = param(default=0.015, unit="1", source="amoebamcrt", where="hypodermis: 0.05 of what is not water", spread="0.005 .. 0.05", grade="inferred", note="read in a published skin model's code; does not change", meaning="blood fraction of the subcutis")
    index: float = param(default=1.4, unit="1", source=("jacques2013", "amoebamcrt"), where="papillary dermis of a published skin model", spread="1.36 .. 1.45", grade="inferred", note="living tissue; decides what is thrown back inside", meaning="n, refractive index of living tissue")
    surface_index: float = param(default=1.5, unit="1", source=("jacques2013", "amoebamcrt"), where="stratum corneum of a published skin model", spread="1.45 .. 1.55", grade="inferred", note="decides what the surface mirrors", meaning="n_s, refractive index of the stratum corneum")
    # fmt: on


def reflectance(optics: SkinOptics, content: Chromophores) -> jax.Array:
    """Share of diffuse light that skin throws back, without what the surface mirrors.

        R = (1 - r_s)(1 - r_i) R₁/(1 - r_i R₁),   R₁: five layers on each other, by two fluxes

    r_s is the mirrored share at normal incidence, r_i what the surface throws back inside. A colorimeter that keeps the
    mirrored light out (d/8, 45/0) reads this.

    Args:
        optics: numbers of skin
        content: what is in it

    Returns: (wavelength, ...) [1], at the wavelengths of scales/colour.py.
    Source: saunderson1942 (surface), kubelka1954 (layers). Checked by: tests/oracles/test_light_transport.py
    """
    ahead = (-1,) + (1,) * jnp.ndim(content.melanin)  # wavelength first, people last
    place, oxygenated, reduced = (
        jnp.asarray(column).reshape(ahead) for column in (PLACE, TABULATED[:, 0], TABULATED[:, 1])
    )
    inside = _inside(optics, content, place, (oxygenated, reduced))
    mirrored = ((optics.surface_index - 1) / (optics.surface_index + 1)) ** 2
    back = thrown_back(optics.index)
    return (1 - mirrored) * (1 - back) * inside / (1 - back * inside)


def _inside(optics: SkinOptics, content: Chromophores, place: jax.Array, tabulated: tuple[jax.Array, jax.Array]):
    """Reflectance just below the surface (wavelength, ...)."""
    pigment = optics.melanosome * place**-optics.melanosome_slope
    base = optics.base * place**-optics.base_slope
    blood = in_vessels(optics, content.saturation, tabulated)
    cells = scattering(place, optics.epidermal_scattering, optics.epidermal_rayleigh, slope=optics.epidermal_slope)
    fibres = scattering(place, optics.dermal_scattering, optics.dermal_rayleigh, slope=optics.dermal_slope)
    fat = optics.subcutis_scattering * place**-optics.subcutis_slope

    horn = optics.corneum * place ** (1 - optics.base_slope)
    living = content.melanin * pigment + (1 - optics.epidermal_water) * base
    upper = content.fallen * pigment + content.papillary_blood * blood + (1 - optics.papillary_water) * base
    lower = content.reticular_blood * blood + (1 - optics.reticular_water) * base
    lowest = optics.subcutis_blood * blood + (1 - optics.reticular_water) * base
    layers = (
        (horn, cells, content.corneum),
        (living, cells, content.epidermis),
        (upper, fibres, content.papillary),
        (lower, fibres, content.reticular),
    )
    return stacked(layers, below=endless(lowest, fat))


def in_vessels(optics: SkinOptics, saturation: jax.Array, tabulated: tuple[jax.Array, jax.Array]) -> jax.Array:
    """Absorption of blood that runs in vessels [m-1], μ (1 - exp(-2 μ r))/(2 μ r).

    Source: vanveen2002. Checked by: tests/unit/scales/test_optics.py
    """
    oxygenated, reduced = tabulated
    extinct = math.log(10) * optics.haemoglobin * optics.extinction
    spread_out = extinct * (saturation * oxygenated + (1 - saturation) * reduced)
    across = 2 * spread_out * optics.vessel_radius
    return spread_out * -jnp.expm1(-across) / across


def scattering(
    place: jax.Array, at_500: jax.Array | float, rayleigh: jax.Array | float, *, slope: jax.Array | float
) -> jax.Array:
    """Reduced scattering, a (f x^-4 + (1 - f) x^-b) with x the wavelength over 500 nm [m-1].

    Source: jacques2013. Checked by: tests/unit/scales/test_optics.py
    """
    return at_500 * (rayleigh * place**-4 + (1 - rayleigh) * place**-slope)


def thrown_back(index: jax.Array | float) -> jax.Array | float:
    """Share of diffuse light inside that the surface throws back, -1.440/n² + 0.710/n + 0.668 + 0.0636 n.

    Source: groenhuis1983 (after Egan and Hilgeman). Checked by: tests/unit/scales/test_optics.py
    """
    return -1.440 / index**2 + 0.710 / index + 0.668 + 0.0636 * index


def two_fluxes(absorption: jax.Array, scattered: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Coefficients of the two fluxes, K = 2 μ_a and S = ¾ μ_s'/(1 + μ_a/(3 μ_s')) [m-1].

    S is the published ¾ μ_s' - ¼ μ_a to first order in μ_a/μ_s', written so that it stays positive in melanosomes.

    Source: star1988. Checked by: tests/oracles/test_light_transport.py
    """
    return 2 * absorption, 0.75 * scattered / (1 + absorption / (3 * scattered))


def endless(absorption: jax.Array, scattered: jax.Array) -> jax.Array:
    """Reflectance of a layer without end, S/(K + S + √(K (K + 2 S))).

    Source: kubelka1954. Checked by: tests/oracles/test_light_transport.py
    """
    k, s = two_fluxes(absorption, scattered)
    return s / (k + s + jnp.sqrt(k * (k + 2 * s)))


def slab(absorption: jax.Array, scattered: jax.Array, thickness: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Reflectance and transmittance of one layer for diffuse light.

        R = R∞ (1 - e²)/(1 - R∞² e²),   T = (1 - R∞²) e/(1 - R∞² e²),   e = exp(-√(K (K + 2 S)) d)

    Source: kubelka1954. Checked by: tests/oracles/test_light_transport.py
    """
    k, s = two_fluxes(absorption, scattered)
    deep = endless(absorption, scattered)
    left = jnp.exp(-jnp.sqrt(k * (k + 2 * s)) * thickness)
    below = 1 - deep**2 * left**2
    return deep * (1 - left**2) / below, (1 - deep**2) * left / below


def stacked(layers: tuple[tuple[jax.Array, jax.Array, jax.Array], ...], *, below: jax.Array) -> jax.Array:
    """Reflectance of layers (absorption, scattering, thickness), top first, on something: R + T² R_b/(1 - R R_b).

    Source: kubelka1954. Checked by: tests/oracles/test_light_transport.py
    """
    total = below
    for layer in reversed(layers):
        back, through = slab(*layer)
        total = back + through**2 * total / (1 - back * total)
    return total
