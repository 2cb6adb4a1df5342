"""What the optical model must do when melanin, blood, oxygen or thickness change."""

import numpy as np
import pytest
from skins import content_of

from microneedling.core.struct import replace
from microneedling.scales import colour, optics

OPTICS = optics.SkinOptics()
# cm-1/(mol/l) of oxygenated and reduced haemoglobin, as a published skin model's code has them
HAEMOGLOBIN = {420: (480360, 407560), 500: (20932.8, 20862), 560: (32613.2, 53788), 600: (3200, 14677.2),
               650: (368, 3750.12)}  # fmt: skip
# typology angle by name of the class [degree]: Chardon's borders
CLASSES = {"very light": 55, "light": 41, "intermediate": 28, "tan": 10, "brown": -30}


def lab_of(changed=None, **changes):
    numbers = replace(OPTICS, **(changed or {}))
    return np.asarray(colour.lab(colour.tristimulus(optics.reflectance(numbers, content_of(**changes)))))


@pytest.mark.parametrize("wavelength", HAEMOGLOBIN)
def test_haemoglobin_stands_in_the_table_as_published(wavelength):
    assert tuple(colour.EXTINCTION[wavelength == colour.TABULATED][0]) == HAEMOGLOBIN[wavelength]


def test_absorption_at_the_published_wavelengths():
    """6.6e11 λ^-3.33 and 7.84e8 λ^-3.255 per cm, λ in nm."""
    for wavelength in (420, 550, 694):
        place = wavelength / 500
        assert OPTICS.melanosome * place**-OPTICS.melanosome_slope == pytest.approx(
            6.6e13 * wavelength**-3.33, rel=1e-5
        )
        assert OPTICS.base * place**-OPTICS.base_slope == pytest.approx(7.84e10 * wavelength**-3.255, rel=1e-5)
        assert OPTICS.subcutis_scattering * place**-OPTICS.subcutis_slope == pytest.approx(
            105060 * wavelength**-0.68, rel=1e-5
        )
    assert optics.scattering(1.0, 3000.0, 0.3, slope=0.7) == pytest.approx(3000.0)
    assert optics.scattering(0.8, 3000.0, 1.0, slope=0.7) == pytest.approx(3000.0 / 0.8**4)


def test_a_spectrum_is_a_share_of_light():
    for melanin in (0.0, 0.05, 0.43):
        found = np.asarray(optics.reflectance(OPTICS, content_of(melanin=melanin, papillary_blood=0.07)))
        assert found.shape == colour.WAVELENGTH.shape and np.all((found > 0) & (found < 1))


def test_more_melanin_is_darker():
    more_melanin()


def more_melanin():
    lightness = [lab_of(melanin=m)[0] for m in (0.0, 0.01, 0.03, 0.1, 0.43)]
    assert all(np.diff(lightness) < -2)


def test_more_blood_is_redder_and_a_little_darker():
    more_blood()


def more_blood():
    found = np.array([lab_of(papillary_blood=b) for b in (0.002, 0.01, 0.03, 0.07)])
    assert all(np.diff(found[:, 1]) > 0.5) and all(np.diff(found[:, 0]) < 0)


def test_oxygen_makes_blood_redder():
    more_oxygen()


def more_oxygen():
    poor, rich = (lab_of(saturation=s) for s in (0.5, 0.95))
    assert rich[1] > poor[1] + 1 and rich[0] > poor[0]


def test_melanin_in_the_dermis_is_bluer_than_in_the_epidermis():
    """The same lightness from deeper melanin is less yellow: why dermal pigment looks grey."""
    none, deep = lab_of(melanin=0.02), lab_of(melanin=0.02, fallen=0.02)
    high = next(one for one in (lab_of(melanin=m) for m in np.linspace(0.02, 0.1, 80)) if one[0] <= deep[0])
    assert deep[0] < none[0] - 2 and deep[2] < high[2] - 1


def test_blood_in_vessels_absorbs_less_than_spread_out():
    in_vessels()


def in_vessels():
    row = tuple(optics.TABULATED[colour.WAVELENGTH == 420][0])
    spread_out = np.log(10) * OPTICS.haemoglobin * OPTICS.extinction * row[0]
    thin, thick = (
        float(optics.in_vessels(replace(OPTICS, vessel_radius=r), 1.0, row)) for r in (1e-9, OPTICS.vessel_radius)
    )
    assert thin == pytest.approx(spread_out, rel=1e-3)
    across = 2 * spread_out * OPTICS.vessel_radius
    assert thick == pytest.approx(spread_out * (1 - np.exp(-across)) / across, rel=1e-9) and thick < 0.5 * spread_out


def test_typology_angles_span_the_published_classes():
    """From 1 % to 11 % of melanosomes, the optical models' very fair to dark skin, every class of skin is met."""
    found = [np.degrees(float(colour.typology(*lab_of(melanin=m)[[0, 2]]))) for m in 0.01 * 11 ** (np.arange(6) / 5)]
    named = [next((name for name, least in CLASSES.items() if angle > least), "dark") for angle in found]
    assert named == [*CLASSES, "dark"], dict(zip(named, found))


def test_both_measured_regressions_have_their_signs():
    """ΔHb = 1.68 Δa* + 0.60 ΔL* and ΔMel = -1.06 Δa* - 1.44 ΔL*, measured in people (units of a meter)."""
    start, blood, pigment = lab_of(), lab_of(papillary_blood=0.04, reticular_blood=0.018), lab_of(melanin=0.025)
    haemoglobin = [1.68 * (x[1] - start[1]) + 0.60 * (x[0] - start[0]) for x in (blood, pigment)]
    melanin = [-1.06 * (x[1] - start[1]) - 1.44 * (x[0] - start[0]) for x in (blood, pigment)]
    assert haemoglobin[0] > 0 and melanin[1] > 0
    assert abs(melanin[0]) < 0.5 * melanin[1], "blood is read as melanin"
    print({"blood": (haemoglobin[0], melanin[0]), "melanin": (haemoglobin[1], melanin[1])})
