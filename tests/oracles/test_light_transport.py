"""The two fluxes of the optical model against photons traced one by one, and against limits known exactly."""

import functools

import numpy as np
import pytest
from oracles.photons import fresnel, thrown_back
from skins import content_of

from microneedling.scales import colour, optics

OPTICS = optics.SkinOptics()
SINGLE = 0.03  # [1] of all light: error of the two fluxes, 0.025 where a quarter as much is absorbed as scattered
SKIN = 3.0  # [1] CIELAB difference from traced photons: 0.3 in fair skin, 2.4 in the darkest, noise of 5000 photons 0.4


def test_diffuse_light_is_thrown_back_at_the_surface_as_fresnel_says():
    inside = np.sqrt((np.arange(20000) + 0.5) / 20000)  # cosines of Lambert's law
    for index in (1.33, 1.4, 1.5):
        assert float(optics.thrown_back(index)) == pytest.approx(fresnel(inside, index).mean(), abs=5e-3)


@pytest.mark.parametrize(("absorbs", "scatters"), [(1.0, 100.0), (10.0, 90.0), (20.0, 80.0)])
@pytest.mark.parametrize("index", [1.0, 1.4])
def test_endless_tissue_throws_back_what_photons_do(absorbs, scatters, index):
    endless_tissue(absorbs, scatters, index)


def endless_tissue(absorbs, scatters, index):
    traced = thrown_back([(absorbs, scatters, 10.0)], index=index, count=20000)
    inside = optics.endless(absorbs, scatters)
    back = optics.thrown_back(index) if index > 1 else 0.0
    assert float((1 - back) * inside / (1 - back * inside)) == pytest.approx(traced, abs=SINGLE)


def test_layers_alike_are_one_layer():
    layers_alike()


def layers_alike():
    one = optics.stacked(((30.0, 2000.0, 4e-4),), below=0.2)
    split = optics.stacked(((30.0, 2000.0, 1e-4), (30.0, 2000.0, 3e-4)), below=0.2)
    assert float(split) == pytest.approx(float(one), rel=1e-12)
    deep = optics.stacked(((30.0, 2000.0, 4e-4),), below=optics.endless(30.0, 2000.0))
    assert float(deep) == pytest.approx(float(optics.endless(30.0, 2000.0)), rel=1e-12)


def test_a_clear_layer_takes_and_gives_nothing_but_its_absorption():
    back, through = optics.slab(200.0, 1e-6, 1e-3)
    assert float(back) < 1e-8 and float(through) == pytest.approx(np.exp(-2 * 200.0 * 1e-3), rel=1e-6)
    back, through = optics.slab(1e-9, 3000.0, 1e-3)
    assert float(back + through) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("melanin", [0.01, 0.11])
def test_skin_has_the_colour_photons_give_it(melanin):
    skin_has_the_colour(melanin)


def skin_has_the_colour(melanin):
    content = content_of(melanin=melanin)
    found = colour.lab(colour.tristimulus(optics.reflectance(OPTICS, content)))
    assert np.linalg.norm(np.asarray(found) - traced_colour(melanin)) < SKIN


@functools.cache
def traced_colour(melanin):
    """CIELAB of skin by photons, from the definition of each layer."""
    mirrored = ((OPTICS.surface_index - 1) / (OPTICS.surface_index + 1)) ** 2
    spectrum = [
        (1 - mirrored) * thrown_back(layers(content_of(melanin=melanin), row), index=OPTICS.index, count=5000, seed=row)
        for row in range(len(optics.PLACE))
    ]
    return np.asarray(colour.lab(colour.tristimulus(np.array(spectrum))))


def layers(content, row):
    """Absorption, scattering and thickness of each layer at one wavelength, written a second time."""
    k, x = OPTICS, optics.PLACE[row]
    oxygenated, reduced = optics.TABULATED[row] * k.extinction * np.log(10) * k.haemoglobin
    blood = content.saturation * oxygenated + (1 - content.saturation) * reduced
    blood = (1 - np.exp(-2 * blood * k.vessel_radius)) / (2 * k.vessel_radius)
    rest = k.base * x**-k.base_slope
    cells = k.epidermal_scattering * (k.epidermal_rayleigh / x**4 + (1 - k.epidermal_rayleigh) / x**k.epidermal_slope)
    fibres = k.dermal_scattering * (k.dermal_rayleigh / x**4 + (1 - k.dermal_rayleigh) / x**k.dermal_slope)
    pigment, dry = k.melanosome / x**k.melanosome_slope, 1 - k.reticular_water
    return [
        (k.corneum * x / x**k.base_slope, cells, content.corneum),
        (content.melanin * pigment + (1 - k.epidermal_water) * rest, cells, content.epidermis),
        (content.papillary_blood * blood + (1 - k.papillary_water) * rest, fibres, content.papillary),
        (content.reticular_blood * blood + dry * rest, fibres, content.reticular),
        (k.subcutis_blood * blood + dry * rest, k.subcutis_scattering / x**k.subcutis_slope, 1.0),
    ]
