"""Actives change the rates of other laws by their concentration in tissue."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tissue import busy, cheek, model_of

from microneedling.core.struct import replace
from microneedling.formulation.effects import Effects
from microneedling.laws.effects import ActiveEffects
from microneedling.skin.components import Drug

ONE = Effects(melanin=-0.5, melanin_half=2.0)
TWO = Effects(melanin=0.3, melanin_half=1.0, birth=1.0, birth_half=4.0)


@pytest.fixture(scope="module")
def world():
    skin = cheek()
    model = model_of(skin, "caffeine", "lidocaine")
    return skin, busy(model, skin)


def with_level(state, skin, *levels):
    solutes = tuple(replace(s, tissue=jnp.full(skin.step.shape, c)) for s, c in zip(state[Drug].solutes, levels))
    return dataclasses.replace(state, parts={**state.parts, "Drug": Drug(solutes=solutes)})


def test_half_the_effect_at_the_half_concentration(world):
    skin, state = world
    acting = ActiveEffects(effects=(ONE,), felt=((1, ("melanin",)),))
    state = with_level(state, skin, 50.0, 2.0)
    assert float(acting.over("melanin", state, skin, skin.epidermis)) == pytest.approx(0.75)
    assert np.allclose(acting.by_depth("melanin", state), 0.75)


def test_effects_add_and_never_turn_a_rate(world):
    skin, state = world
    both = ActiveEffects(effects=(ONE, TWO), felt=((0, ("melanin",)), (1, ("melanin", "birth"))))
    state = with_level(state, skin, 2.0, 1.0)
    assert float(both.over("melanin", state, skin, skin.epidermis)) == pytest.approx(1 - 0.25 + 0.15)
    strong = ActiveEffects(effects=(replace(ONE, melanin=-1.0),) * 2, felt=((0, ("melanin",)), (1, ("melanin",))))
    flooded = with_level(state, skin, 1e6, 1e6)
    assert float(strong.over("melanin", flooded, skin, skin.epidermis)) == 0.0


def test_a_rate_no_active_names_is_not_tied_to_the_drug(world):
    skin, state = world
    acting = ActiveEffects(effects=(ONE,), felt=((0, ("melanin",)),))
    slope = jax.grad(lambda c: acting.over("birth", with_level(state, skin, c, 1.0), skin, skin.epidermis))(1.0)
    assert float(slope) == 0.0 and float(acting.over("birth", state, skin, skin.epidermis)) == 1.0


def test_only_the_layer_asked_for_counts(world):
    skin, state = world
    acting = ActiveEffects(effects=(ONE,), felt=((0, ("melanin",)),))
    deep = replace(state[Drug].solutes[0], tissue=100.0 * skin.dermis)
    state = dataclasses.replace(state, parts={**state.parts, "Drug": Drug(solutes=(deep, state[Drug].solutes[1]))})
    assert float(acting.over("melanin", state, skin, skin.epidermis)) == pytest.approx(1.0)
    assert float(acting.over("melanin", state, skin, skin.dermis)) < 0.55
