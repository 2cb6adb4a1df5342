"""Predictions of intact permeability row by row: the people a study would draw, in closed form."""

import dataclasses

import numpy as np
import pytest
from permeability_cases import write_set
from tissue import card

from microneedling.core.sourced import sourced
from microneedling.core.spread import Spread
from microneedling.evaluation.intact import PRINTED, central, foretold, prior
from microneedling.evaluation.permeability_rows import read_set
from microneedling.formulation.active import Active
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.solute import transport_of
from microneedling.laws.steady import log_permeability
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, Preparation, skin_of


@pytest.fixture
def small(tmp_path):
    heavy = {"molar_mass": "288.42", "molar_volume": "329", "log_kow": "3.32", "layer": "split skin"}
    return read_set(write_set(tmp_path / "set", {}, heavy, {"left_out": "neat donor"}))


def test_the_central_person_is_that_of_the_law_itself(small):
    found = central(small, LayerCorrelations())
    assert found.shape == (2,)
    skin = skin_of(card("sites", "abdomen", Site), age=35 * YEAR, preparation=Preparation(thickness=1e-4, alive=0.0))
    caffeine = dataclasses.replace(card("actives", "caffeine", Active), log_kow=-0.07, molar_volume=185e-6)
    caffeine = dataclasses.replace(caffeine, molar_mass=0.19419, fu=-1.0, pka_acid=99.0, pka_base=-99.0)
    alone = transport_of(caffeine, skin=skin, ph=7.0, correlations=LayerCorrelations())
    assert found[0] == pytest.approx(float(log_permeability(alone, skin, unit=PRINTED)), abs=1e-9)


def test_the_interval_is_about_that_of_the_prior(small):
    edge = prior().facts["permeability_shift"].spread.high
    polar, lipophile = foretold(dataclasses.replace(small, members=2000))
    assert polar.low < polar.median < polar.high
    assert 0.95 * edge < (polar.high - polar.low) / 2 < 1.3 * edge
    assert lipophile.high - lipophile.low < polar.high - polar.low  # living layers cap what a fast barrier lets through


def test_a_wider_number_widens_the_interval(small):
    known = sourced(LayerCorrelations())
    wide = dataclasses.replace(known.facts["leak"], spread=Spread("range", 1e-3, 30.0))
    wider = dataclasses.replace(known, facts={**known.facts, "leak": wide})
    plain, other = foretold(small)[0], foretold(small, correlations=wider)[0]
    assert other.high - other.low > plain.high - plain.low + 0.1


def test_a_miss_has_its_size_and_sign(small):
    one = foretold(small)[0]
    above = dataclasses.replace(one, row=dataclasses.replace(one.row, log_permeability=one.high + 0.5))
    below = dataclasses.replace(one, row=dataclasses.replace(one.row, log_permeability=one.low - 0.25))
    inside = dataclasses.replace(one, row=dataclasses.replace(one.row, log_permeability=one.median))
    assert np.allclose([above.miss, below.miss, inside.miss], [0.5, -0.25, 0.0])
