"""A person's factors and a medicine's span reach their own rate and no other."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tissue import busy, cheek, model_of, nothing

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.formulation.effects import Effects
from microneedling.laws.effects import ActiveEffects
from microneedling.laws.standard import standard
from microneedling.simulate.simulate import field_meanings
from microneedling.skin.components import Medicine
from microneedling.skin.modifiers import Modifiers

HALF = 0.5
# which fields each factor may move; nothing else may
FELT = {
    "closing": ("Channels.open",),
    "signal": ("Inflammation.columns.wounded.signal", "Inflammation.columns.rest.signal"),
    "synthesis": tuple(f"Collagen.columns.{c}.{f}" for c in ("wounded", "rest") for f in ("iii", "new")),
    "protease": ("Elastin.columns.wounded.protease", "Elastin.columns.rest.protease"),
}


def rates(model, skin, state):
    return {
        path: np.asarray(x) for path, x in zip(_paths(state), jax.tree.leaves(model.rate(state, skin)), strict=True)
    }


def _paths(state):
    return [path for path, _ in field_meanings(state)]


def with_factor(skin, name, value):
    return replace(skin, modifiers=replace(skin.modifiers, **{name: jnp.asarray(value)}))


def moved(skin, changed, state, model):
    before, after = rates(model, skin, state), rates(model, changed, state)
    return {path for path in before if not np.array_equal(*np.broadcast_arrays(before[path], after[path]))}


@pytest.mark.parametrize("name", FELT)
def test_a_factor_is_felt_by_its_own_rate_only(name):
    skin = cheek()
    model = model_of(skin, "caffeine")
    assert moved(skin, with_factor(skin, name, HALF), busy(model, skin), model) == set(FELT[name])


def test_half_the_closing_halves_the_resealing():
    skin = cheek()
    model = model_of(skin, "caffeine")
    state = busy(model, skin)
    whole = rates(model, skin, state)["Channels.open"]
    half = rates(model, with_factor(skin, "closing", HALF), state)["Channels.open"]
    assert np.allclose(half, HALF * whole, rtol=1e-12)  # rounding


def test_synthesis_changes_the_answer_to_injury_and_not_rest():
    skin = cheek()
    model = model_of(skin, "caffeine")
    law = model.law("CollagenTurnover")
    slow = with_factor(skin, "synthesis", HALF)
    state = busy(model, skin)
    (answer, basal), (less, same) = law.synthesis(state, skin, "wounded"), law.synthesis(state, slow, "wounded")
    assert np.allclose(less, HALF * answer, rtol=1e-12) and np.array_equal(same, basal)


def test_a_medicine_begun_and_ended_leaves_nothing_and_acts_in_between():
    skin = cheek()
    model = model_of(skin, "caffeine")
    state, law = busy(model, skin), model.law("MedicineSpans")
    calmed = dataclasses.replace(nothing(skin), calmed=jnp.log(2.0))
    during = State(parts={**state.parts, "Medicine": law.jump(state, calmed, skin)})
    gained = float(during[Medicine].calming - state[Medicine].calming)
    assert gained == pytest.approx(np.log(2.0))
    path = FELT["signal"][0]
    made = rates(model, skin, state)[path] - rates(_silent(model), skin, state)[path]
    halved = rates(model, skin, during)[path] - rates(_silent(model), skin, during)[path]
    assert np.allclose(halved, made / 2, rtol=1e-9)  # sums of many terms
    ended = law.jump(during, dataclasses.replace(nothing(skin), calmed=-jnp.log(2.0)), skin)
    assert float(ended.calming) == pytest.approx(float(state[Medicine].calming), abs=1e-15)


def _silent(model):
    """The same laws without any source of signal."""
    law = dataclasses.replace(model.law("InflammatoryCircuit"), s_X=0.0, s_N2=0.0, s_1=0.0)
    laws = [law if one.owns is law.owns else one for one in model.laws]
    return dataclasses.replace(model, laws=tuple(laws))


@pytest.mark.parametrize(("rate", "law"), [("signal", "InflammatoryCircuit"), ("synthesis", "CollagenTurnover")])
def test_an_active_that_states_an_effect_is_felt_by_depth(rate, law):
    skin = cheek()
    plain = model_of(skin, "caffeine")
    stated = Effects(**{rate: -0.5, f"{rate}_half": 1e-6})
    felt = ActiveEffects(effects=(stated,), felt=((0, (rate,)),))
    drugs = plain.law("Permeation")
    model = standard(actives=drugs.actives, names=drugs.names, effects=felt)
    state = busy(model, skin)
    before, after = rates(plain, skin, state), rates(model, skin, state)
    different = {path for path in before if not np.array_equal(before[path], after[path])}
    assert different == set(FELT[rate]) and model.law(law).effects.felt == felt.felt


def test_every_factor_of_one_changes_no_number():
    skin = cheek()
    model = model_of(skin, "caffeine")
    ones = replace(skin, modifiers=Modifiers(**{name: jnp.ones(()) for name in Modifiers.__dataclass_fields__}))
    assert moved(skin, ones, busy(model, skin), model) == set()
