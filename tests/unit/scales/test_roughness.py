"""Roughness and gloss: the variance of heights by counting, and what lines, pores and water do."""

import functools

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales import roughness, standard
from microneedling.scales.relief import LineDepth
from microneedling.skin.components import Cover


@functools.cache
def rest():
    skin = cheek()
    return skin, model_of(skin).start(skin)


def lined(depth, pores=0.0):
    skin, state = rest()
    return replace(skin, baseline=replace(skin.baseline, line_depth=depth, line_width=1e-3, pore_area=pores)), state


def test_variance_of_hollows_is_that_of_counted_heights():
    hollows_counted()


def hollows_counted():
    depth, share = 2e-4, 0.3
    x = np.linspace(0, 1, 100001)
    heights = np.where(x < share, -depth * (1 - np.abs(2 * x / share - 1)), 0.0)
    assert float(roughness._hollow(depth, share)) == pytest.approx(heights.var(), rel=1e-3)


def test_smooth_skin_has_the_roughness_of_its_fine_lines():
    skin, state = lined(0.0)
    deviation = roughness.Profile().fine / np.sqrt(12)
    assert float(roughness.Roughness().read(state, skin)) == pytest.approx(np.sqrt(2 / np.pi) * deviation, rel=1e-6)
    assert float(roughness.RoughnessDepth().read(state, skin)) == pytest.approx(4 * deviation, rel=1e-6)
    assert float(roughness.Gloss().read(state, skin)) == pytest.approx(1.0, abs=1e-9)


def test_lines_and_pores_add_to_it():
    found = [
        float(roughness.Roughness().read(state, skin)) for skin, state in (lined(0.0), lined(2e-4), lined(2e-4, 0.1))
    ]
    assert found[0] < found[1] < found[2]


def test_a_cover_levels_the_fine_lines_and_makes_them_gloss():
    cover_levels()


def cover_levels():
    skin, state = lined(0.0)
    wet = State(parts={**state.parts, "Cover": replace(state[Cover], occlusion=jnp.asarray(1.0))})
    assert float(roughness.Roughness().read(wet, skin)) < 0.97 * float(roughness.Roughness().read(state, skin))
    assert float(roughness.Gloss().read(wet, skin)) > 1.05


def test_lines_are_read_with_the_same_numbers_as_their_own_scale():
    given = standard.standard({"LineDepth": LineDepth(filling=1.5)})
    inner = [scale.profile.lines.filling for scale in given if hasattr(scale, "profile")]
    assert inner == [1.5] * 4  # Ra, Rz, gloss, radiance
