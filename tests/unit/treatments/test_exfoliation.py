"""Stratum corneum displaced is the holes in it, no more."""

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import cheek, nothing, pen

from microneedling.core.struct import replace
from microneedling.treatments.exfoliation import Exfoliation


def test_what_is_displaced_is_the_pierced_part_of_the_stratum_corneum():
    displaced_is_pierced()


def displaced_is_pierced():
    skin, what = cheek(), Exfoliation()
    event = replace(nothing(skin), pierced=jnp.full_like(skin.step, 0.04))
    thick = float(jnp.sum(skin.step * skin.corneum))
    assert float(what.share(event, skin)) == pytest.approx(0.04)
    assert float(what.displaced(event, skin)) == pytest.approx(0.04 * thick)
    assert float(what.mass(event, skin)) == pytest.approx(0.04 * thick * what.density)


def test_no_punctures_exfoliate_nothing_and_needles_less_than_all():
    skin, what = cheek(), Exfoliation()
    assert float(what.share(nothing(skin), skin)) == 0.0
    shares = [float(what.share(pen(dwell=dwell).onto(skin), skin)) for dwell in (30.0, 180.0, 1800.0)]
    assert np.all(np.diff(shares) > 0) and shares[0] > 0 and shares[-1] < 1
