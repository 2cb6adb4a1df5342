"""Pigment at rest by phototype, the dose that reddens, and a lesion's excess."""

import itertools

import pytest
from tissue import card

from microneedling.core.struct import replace
from microneedling.numerics.flux import integral
from microneedling.skin.baseline import baseline_of
from microneedling.skin.complexion import (
    Complexion,
    contrast_at_rest,
    index_at_rest,
    lesion_at_rest,
    melanin_at_rest,
    reddening_dose,
)
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of


def cheek_of(phototype, melasma=0.0, **baseline):
    site, mine = card("sites", "cheek", Site), replace(Complexion(), melasma=melasma)
    told = {"baseline": baseline_of(baseline), "complexion": mine}
    return skin_of(site, age=35 * YEAR, phototype=phototype, **told)


def test_the_ends_are_the_ends_and_steps_are_even():
    melanin = [float(melanin_at_rest(cheek_of(p))) for p in range(1, 7)]
    assert melanin[0] == pytest.approx(0.013) and melanin[-1] == pytest.approx(0.43)
    steps = [b / a for a, b in itertools.pairwise(melanin)]
    assert max(steps) == pytest.approx(min(steps))
    assert float(reddening_dose(cheek_of(1))) == pytest.approx(200.0)
    assert float(reddening_dose(cheek_of(6))) == pytest.approx(1000.0)


def test_the_dose_that_reddens_keeps_to_the_table_between_its_ends():
    # J m-2, phototypes 2 to 5 of the table whose ends set the form: within 35 %, as good as the table itself
    for phototype, told in zip(range(2, 6), (250.0, 300.0, 450.0, 600.0)):
        assert float(reddening_dose(cheek_of(phototype))) == pytest.approx(told, rel=0.35)


def test_a_lesion_adds_its_contrast_to_the_index():
    skin = cheek_of(4, melanin_index=60.0)
    assert float(index_at_rest(skin) * lesion_at_rest(skin)) == pytest.approx(60.0)
    thick = float(integral(skin.epidermis, skin.step))
    assert float(index_at_rest(skin)) == pytest.approx(1e7 * float(melanin_at_rest(skin)) * thick)
    assert float(lesion_at_rest(cheek_of(4))) == 0.0
    assert float(contrast_at_rest(cheek_of(4, melasma=1.0))) == pytest.approx(43.7)
