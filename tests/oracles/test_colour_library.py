"""Colour by this program against the colour-science library: tables, CIELAB, sRGB, and the sum over 10 nm."""

import warnings

import numpy as np
import pytest
from skins import content_of

from microneedling.scales import colour, optics

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says which of its own optional parts are missing
    import colour as library

OBSERVER = library.MSDS_CMFS["CIE 1931 2 Degree Standard Observer"]
DAYLIGHT = library.SDS_ILLUMINANTS["D65"]
WHITE = library.CCS_ILLUMINANTS["CIE 1931 2 Degree Standard Observer"]["D65"]
STEP = 0.6  # [1] CIELAB difference: 20 nm instead of 1 nm, and the white of the table instead of the rounded one
SKINS = [{"melanin": m, "papillary_blood": b} for m in (0.01, 0.03, 0.11) for b in (0.005, 0.03, 0.07)]


def spectrum(**changes):
    return np.asarray(optics.reflectance(optics.SkinOptics(), content_of(**changes)))


def test_the_tables_are_those_of_the_library():
    the_tables()


def the_tables():
    for row, wavelength in enumerate(colour.TABULATED):
        np.testing.assert_allclose(colour.MATCHING[row], OBSERVER[wavelength], rtol=1e-5, atol=1e-12)
        assert colour.D65[row] == pytest.approx(float(DAYLIGHT[wavelength]), rel=1e-5)


@pytest.mark.parametrize("skin", SKINS, ids=str)
def test_colour_of_a_spectrum(skin):
    colour_of_a_spectrum(skin)


def colour_of_a_spectrum(skin):
    """The library interpolates to 1 nm (Sprague) and sums there."""
    reflected = spectrum(**skin)
    distribution = library.SpectralDistribution(reflected, colour.WAVELENGTH)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it aligns the spectra
        xyz = library.sd_to_XYZ(distribution, OBSERVER, DAYLIGHT, method="Integration") / 100
    theirs = library.XYZ_to_Lab(xyz, WHITE)
    ours = np.asarray(colour.lab(colour.tristimulus(reflected)))
    assert library.delta_E(theirs, ours, method="CIE 1976") < STEP


def test_cielab_of_tristimulus_values():
    cielab()


def cielab():
    rng = np.random.default_rng(3)
    values = np.concatenate([rng.uniform(0, 1, (200, 3)), rng.uniform(0, 0.01, (50, 3))])
    white = library.XYZ_to_xy(colour.WHITE)
    ours = np.asarray(colour.lab(values.T)).T
    np.testing.assert_allclose(ours, library.XYZ_to_Lab(values, white), atol=1e-8)


def test_what_a_screen_shows():
    on_a_screen()


def on_a_screen():
    """The library's own white differs in the fourth figure: a quarter of a step of 255 is allowed."""
    for light, red, yellow in ((65.0, 9.0, 17.0), (40.0, 10.0, 10.0), (80.0, 4.0, 12.0), (58.0, 22.0, 15.0)):
        ours = colour.srgb(np.array([light, red, yellow]))
        theirs = library.XYZ_to_sRGB(library.Lab_to_XYZ([light, red, yellow], WHITE))
        np.testing.assert_allclose(ours, theirs, atol=0.25 / 255)


def test_white_is_white_and_black_is_black():
    np.testing.assert_allclose(colour.lab(colour.tristimulus(np.ones(len(colour.WAVELENGTH)))), [100, 0, 0], atol=1e-9)
    np.testing.assert_allclose(colour.lab(np.zeros(3)), [0, 0, 0], atol=1e-12)
    assert colour.hex_of(np.array([100.0, 0.0, 0.0])) == "#ffffff" and colour.hex_of(np.zeros(3)) == "#000000"


def test_twenty_nanometres_are_as_good_as_ten():
    """Light at 20 nm beside the tables' own 10 nm, on the same layers."""
    twenty_nanometres()


def twenty_nanometres():
    fine = colour.D65[:, None] * colour.MATCHING / (colour.D65 @ colour.MATCHING[:, 1])
    place, extinction = colour.TABULATED / 500, colour.EXTINCTION
    for skin in SKINS:
        content = content_of(**skin)
        inside = optics._inside(optics.SkinOptics(), content, place, (extinction[:, 0], extinction[:, 1]))
        back = optics.thrown_back(optics.SkinOptics().index)
        whole = 0.96 * (1 - back) * inside / (1 - back * inside)
        exact = np.asarray(colour.lab(tuple(np.asarray(fine.T @ whole))))
        found = np.asarray(colour.lab(colour.tristimulus(spectrum(**skin))))
        assert np.linalg.norm(exact - found) < 0.3  # [1] CIELAB difference: 0.26 with much blood
