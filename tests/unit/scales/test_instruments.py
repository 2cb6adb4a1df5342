"""Each instrument's number belongs to a scale, in its unit, and is no larger than what it is to tell."""

import pytest

from microneedling.core.param import provenance
from microneedling.scales.grading import least_shown
from microneedling.scales.instruments import Instruments
from microneedling.scales.standard import SCALES

TISSUE = {cls.CARD.name: cls for cls in SCALES}
# SCIENCE 7, with an instrument: lines, roughness, colour, redness, swelling, firmness, radiance, pores, striae, hair
ASKED = {
    *("line_depth", "roughness", "roughness_depth", "melanin_index", "erythema", "elasticity", "firmness", "radiance"),
    *("gloss", "lightness", "oedema", "pore_area", "stria_width", "hair_density", "hair_ratio", "tewl", "hydration"),
}


@pytest.mark.parametrize("name", provenance(Instruments))
def test_it_repeats_a_scale_there_is_in_its_unit(name):
    fact, scale = provenance(Instruments)[name], TISSUE[name]
    assert fact.unit == scale.CARD.unit
    observer, worth = getattr(Instruments(), name), float(scale().noticeable)
    assert least_shown(observer, worth) < 6 * worth, "an instrument this blunt would read nothing of what is noticed"


def test_every_instrument_a_clinic_reads_has_its_number():
    assert set(provenance(Instruments)) >= ASKED
