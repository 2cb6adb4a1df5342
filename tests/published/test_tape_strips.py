"""Water loss after tape stripping: air and stratum corneum in series, held against ten strips and thirty.

Sources: 1/TEWL falls linearly with the protein removed (64 women, PMID 24397786). 2.2-fold after ten strips (excised
skin, Dermatol Ther 2017, doi:10.1007/s13555-017-0193-2). Little change up to 30 strips, about 20 g/m2/h by 30 to 40
(buttock, Korean J Dermatol 2005;43:919-925). 15 strips take 25 % of the epidermis, 35 all of the stratum corneum, which
is 33 % of it (forearm, Olesen et al. 2019 Sci Rep 9:12217): how much a strip takes differs between tapes and studies.
"""

import dataclasses
import math

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import DAY, card, model_of, nothing

from microneedling.scales.tewl import Tewl
from microneedling.skin.components import Epidermis
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of

GRAM_HOUR = 1e-3 / 3600.0  # kg m-2 s-1 per g m-2 h-1
STRIPS = -15 / math.log(1 - 25 / 33)  # strips that take all but 1/e of the stratum corneum, after Olesen et al.


def stripped(shares, name="volar_forearm"):
    """Water loss [g m-2 h-1] just after losing these shares of the stratum corneum, lipids left as they are."""
    skin = skin_of(card("sites", name, Site), age=35 * YEAR)
    model = model_of(skin)
    rest, found = model.start(skin), []
    for share in shares:
        event = dataclasses.replace(nothing(skin, 0), layers_lost=jnp.asarray(float(share)))
        found.append(float(Tewl().read(model.jump(rest, event, skin), skin)) / GRAM_HOUR)
    return np.array(found)


def inverse_falls_linearly():
    shares = np.linspace(0.0, 0.9, 10)
    inverse = 1 / stripped(shares)
    np.testing.assert_allclose(np.diff(inverse), np.diff(inverse)[0], rtol=1e-9)
    assert inverse[-1] > 0


def test_one_over_water_loss_falls_linearly_with_what_is_removed():
    inverse_falls_linearly()


def test_ten_strips_double_it():
    rest, after = stripped([0.0, 1 - math.exp(-10 / STRIPS)])
    assert after / rest == pytest.approx(2.2, rel=0.15)  # 2.3 predicted; nine explants, no spread printed


def test_thirty_strips_need_a_tape_that_takes_less():
    # the tape that doubles it after ten strips would by thirty give several times the 20 g/m2/h measured: a miss of how
    # much a strip takes, not of the resistance, since just over half of the layers give 20 g/m2/h
    by_tape, by_share = stripped([1 - math.exp(-30 / STRIPS), 0.55])
    assert 2.0 < by_tape / 20.0 < 6.0
    assert by_share == pytest.approx(20.0, rel=0.15)


def test_without_any_stratum_corneum_it_is_the_loss_of_a_wound():
    assert stripped([1.0])[0] == pytest.approx(Tewl().full / GRAM_HOUR, rel=0.05)


def test_it_comes_back_with_the_layers(courses):
    skin = courses.skin
    rest = courses.model.start(skin)
    model = courses.model
    event = dataclasses.replace(nothing(skin, 1), layers_lost=jnp.asarray(0.6))
    state = model.jump(rest, event, skin)
    speed = model.rate(state, skin)[Epidermis]
    returning = sum(float(one) for one in speed.corneocytes) / 4
    assert 0 < returning * DAY < 0.6  # days, not hours
