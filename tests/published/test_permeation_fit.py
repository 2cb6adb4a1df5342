"""The numbers of the layer model that were fitted, found again from the rows they were fitted to."""

import dataclasses
import math
from pathlib import Path

import pytest

from microneedling.core.card import read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.sourced import sourced
from microneedling.evaluation.intact import foretold, prior
from microneedling.evaluation.permeability_rows import read_set
from microneedling.evaluation.refit import ionised_share, refit, series
from microneedling.formulation.active import Active
from microneedling.laws.correlation import LayerCorrelations

FOLDER = Path(__file__).parents[2] / "validation" / "intact_permeability"
K = LayerCorrelations()
ROUNDING = 0.02  # [1] in log10: shipped numbers have two figures
T95 = 2.1318  # 95 % point of Student t with 4 degrees of freedom


@pytest.fixture(scope="module")
def rows():
    return read_set(FOLDER)


@pytest.fixture(scope="module")
def found(rows):
    return refit(rows)


def test_the_leak_is_that_of_the_calibration_rows(found):
    assert math.log10(K.leak / 100) == pytest.approx(found.leak.value, abs=ROUNDING)
    spread = sourced(K).facts["leak"].spread
    assert math.log10(spread.low / 100) == pytest.approx(found.leak.low, abs=5 * ROUNDING)
    assert math.log10(spread.high / 100) == pytest.approx(found.leak.high, abs=5 * ROUNDING)


def test_the_shift_of_lipophiles_is_within_what_calibration_rows_say(found):
    spread = sourced(K).facts["lipophile_shift"].spread
    assert found.lipophile.low < K.lipophile_shift < found.lipophile.high
    assert spread.low < found.lipophile.value < spread.high  # eleven rows: the value expected beforehand is kept


def prior_holds(rows):
    """The prior of all cards covers nine in ten of the calibration rows."""
    calibration = [one for one in foretold(rows) if one.row.use == "calibration"]
    assert 0.87 < sum(one.miss == 0 for one in calibration) / len(calibration) < 0.94


def test_the_prior_is_that_of_the_calibration_residuals(rows, found):
    spread = prior().facts["permeability_shift"].spread
    assert spread.high == -spread.low > T95 * found.scale.value  # no narrower than the residuals' likelihood
    prior_holds(rows)


def test_active_cards_carry_the_prior():
    every = prior().facts["permeability_shift"]
    for name in names("actives"):
        fact = read_card(path_of("actives", name), Active).known.facts["permeability_shift"]
        own = fact.source != every.source  # a measurement of the molecule itself narrows it
        assert own or (fact.spread, fact.shape) == (every.spread, every.shape), name


def test_the_ionised_share_is_that_of_the_series(rows):
    share = ionised_share(rows)
    assert share.low < K.ionised < share.high
    assert math.log10(K.ionised) == pytest.approx(math.log10(share.value), abs=ROUNDING)


def validation_rows_do_not_matter(rows):
    """Stand every row in once more, spoilt and for validation: the fit must not notice."""
    spoilt = tuple(
        dataclasses.replace(row, use="validation", log_permeability=row.log_permeability + 3) for row in rows.rows
    )
    assert series(dataclasses.replace(rows, rows=(*rows.rows, *spoilt))) == series(rows) != []
    with pytest.raises(ValueError, match="found series over pH of 0 compounds"):
        ionised_share(dataclasses.replace(rows, rows=spoilt))


def test_validation_rows_do_not_enter(rows):
    validation_rows_do_not_matter(rows)
