"""Read-outs that need a law's numbers: synthesis of the wound itself, and the message for collagen III."""

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import busy, cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.simulate.readouts import CollagenMessage, Synthesis, WoundSynthesis, readouts
from microneedling.skin.components import Repair, Wound

SKIN = cheek()
MODEL = model_of(SKIN)
REST = MODEL.start(SKIN)
BY_NAME = {type(one).__name__: one for one in readouts(MODEL, {})}


def awake(*, fraction, fibroblasts=0.4):
    """Activated fibroblasts in the wounded columns only."""
    columns = REST[Repair].columns
    hurt = replace(columns.wounded, fibroblasts=fibroblasts * SKIN.dermis, tgf=0.5 * SKIN.dermis)
    parts = {
        "Repair": Repair(columns=replace(columns, wounded=hurt)),
        "Wound": Wound(fraction=fraction * jnp.ones_like(SKIN.step)),
    }
    return State(parts=REST.parts | parts)


def read(name, state):
    return float(BY_NAME[name].read(state, SKIN))


def test_all_of_them_are_one_at_rest():
    for name in (Synthesis.__name__, WoundSynthesis.__name__, CollagenMessage.__name__):
        assert read(name, REST) == pytest.approx(1.0, abs=1e-12)


def the_wound_is_told_from_the_mean():
    """However little of the skin is wound, the wound itself makes as much; the mean falls with its share."""
    wide, narrow = awake(fraction=0.5), awake(fraction=0.05)
    assert read("WoundSynthesis", wide) == pytest.approx(read("WoundSynthesis", narrow))
    excess = read("WoundSynthesis", wide) - 1
    assert read("Synthesis", wide) - 1 == pytest.approx(0.5 * excess)
    assert read("Synthesis", narrow) - 1 == pytest.approx(0.05 * excess)


def test_the_wound_is_told_from_the_mean():
    the_wound_is_told_from_the_mean()


def the_message_of_iii_rises_more_than_all_synthesis():
    """More of what is newly made is III than at rest, f/f_q times, so its message rises by that factor more."""
    state, law = awake(fraction=0.3), BY_NAME["CollagenMessage"].law
    made, basal = (np.asarray(x) for x in law.synthesis(state, SKIN, "wounded"))
    inside = np.asarray(SKIN.papillary) > 0
    fold = 0.7 + 0.3 * (law.f * made + law.f_q * basal)[inside] / (law.f_q * law.r_q)
    assert read("CollagenMessage", state) == pytest.approx(float(fold.mean()), rel=1e-6)
    assert read("CollagenMessage", state) - 1 > 3 * (read("Synthesis", state) - 1)


def test_the_message_of_iii_rises_more_than_all_synthesis():
    the_message_of_iii_rises_more_than_all_synthesis()


def test_they_stay_finite_in_states_no_run_would_start_from():
    for seed in range(3):
        assert all(np.isfinite(read(name, busy(MODEL, SKIN, seed))) for name in BY_NAME)
