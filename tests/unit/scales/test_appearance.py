"""Colour read off the state: rest by phototype and site, and what blood, pigment and thickness do to it."""

import functools

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import card, cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales import appearance, colour, standard
from microneedling.scales.optics import SkinOptics
from microneedling.skin.components import Epidermis, Pigment, Vessels
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of

COLOURING, OPTICS = appearance.Colouring(), SkinOptics()
# borders between classes of the typology angle [degree], and how far beyond them a phototype may lie: phototypes are
# told by burning and tanning, and go with the angle loosely (a poor match in people)
CLASSES, LOOSE = ((55, 90), (41, 55), (28, 41), (10, 28), (-30, 10), (-60, -30)), 5.0


@functools.cache
def rest(phototype=2.0, site="cheek"):
    skin = skin_of(card("sites", site, Site), age=35 * YEAR, phototype=phototype)
    return skin, model_of(skin).start(skin)


def changed(state, part):
    return State(parts={**state.parts, type(part).__name__: part})


def colour_of(skin, state):
    return np.asarray(COLOURING.colour(OPTICS, state, skin))


@pytest.mark.parametrize("phototype", range(1, 7))
def test_phototypes_lie_in_their_classes(phototype):
    skin, state = rest(float(phototype))
    light, _, yellow = colour_of(skin, state)
    angle = np.degrees(colour.typology(light, yellow))
    low, high = CLASSES[phototype - 1]
    assert low - LOOSE <= angle <= high + LOOSE


def test_absorption_of_the_epidermis_is_the_measured_one():
    for phototype, measured in ((1.0, 300.0), (6.0, 2500.0)):
        skin, state = rest(phototype)
        content = COLOURING.content(OPTICS, state, skin)
        at_694 = content.melanin * OPTICS.melanosome * (694 / 500) ** -OPTICS.melanosome_slope
        assert float(at_694) == pytest.approx(measured, rel=1e-9)


def test_flow_reddens_and_darkens():
    flow_reddens()


def flow_reddens():
    skin, state = rest()
    flowing = replace(state[Vessels], perfusion=jnp.ones_like(skin.step))
    before, after = colour_of(skin, state), colour_of(skin, changed(state, flowing))
    assert after[1] > before[1] + 1 and after[0] < before[0] - 0.5


def test_blood_volume_and_oxygen_follow_flow():
    skin, state = rest()
    flowing = replace(state[Vessels], perfusion=jnp.full_like(skin.step, 3.0))
    before, after = (COLOURING.content(OPTICS, s, skin) for s in (state, changed(state, flowing)))
    assert float(after.papillary_blood / before.papillary_blood) == pytest.approx(2.0, rel=1e-9)
    assert float(before.saturation) == pytest.approx(COLOURING.oxygen.saturation_at_rest)
    assert float(after.saturation) > float(before.saturation) + 0.02


def test_pigment_darkens_and_dermal_pigment_is_less_yellow():
    skin, state = rest(3.0)
    own = state[Pigment].own
    more = replace(own, basal=2 * own.basal, suprabasal=2 * own.suprabasal)
    high = colour_of(skin, changed(state, replace(state[Pigment], own=more)))
    deep = colour_of(skin, changed(state, replace(state[Pigment], dermal=jnp.asarray(1.0))))
    before = colour_of(skin, state)
    assert high[0] < before[0] - 3 and deep[0] < before[0] - 1
    assert deep[2] - before[2] < high[2] - before[2], "pigment in the dermis is bluer"


def test_stripped_skin_is_lighter_and_never_out_of_bounds():
    skin, state = rest(4.0)
    bare = replace(state[Epidermis], corneocytes=tuple(0.0 * c for c in state[Epidermis].corneocytes))
    before, after = colour_of(skin, state), colour_of(skin, changed(state, bare))
    assert 0 < after[0] - before[0] < 8


def test_excised_skin_has_no_blood():
    skin = cheek(alive=0.0)
    state = model_of(skin).start(skin)
    assert float(COLOURING.content(OPTICS, state, skin).papillary_blood) == 0.0
    assert colour_of(skin, state)[1] < colour_of(*rest())[1] - 3


def test_every_scale_of_colour_has_the_same_numbers():
    given = standard.standard({"SkinOptics": SkinOptics(base=50.0)})
    seen = [scale.optics.base for scale in given if hasattr(scale, "optics")]
    assert seen == [50.0] * 4  # L*, a*, b*, radiance
    assert {"SkinOptics", "Colouring"} <= {one.name for one in standard.numbers()}
