"""Radiance: lightness of what comes from within and what the surface mirrors."""

import dataclasses

import numpy as np
import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales.appearance import Lightness
from microneedling.scales.radiance import Radiance
from microneedling.skin.components import Epidermis

SKIN = cheek()
REST = model_of(SKIN).start(SKIN)


def other(**parts):
    return State(parts=REST.parts | parts)


def luminance(lightness):
    return ((float(lightness) + 16) / 116) ** 3


def test_without_a_mirror_it_is_lightness():
    dull = dataclasses.replace(Radiance(), towards=0.0)
    assert float(dull.read(REST, SKIN)) == pytest.approx(float(Lightness().read(REST, SKIN)), abs=1e-12)


def test_the_mirror_adds_what_glass_throws_back_at_right_angles():
    added = luminance(Radiance().read(REST, SKIN)) - luminance(Lightness().read(REST, SKIN))
    assert added == pytest.approx((0.5 / 2.5) ** 2, abs=1e-6)  # index 1.5


def test_dry_skin_is_duller():
    dry = other(Epidermis=replace(REST[Epidermis], maturity=0.7 * REST[Epidermis].maturity))
    assert np.asarray(Radiance().read(dry, SKIN)) < np.asarray(Radiance().read(REST, SKIN))
