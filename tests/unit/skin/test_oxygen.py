"""Oxygen by supply and use, and the blood that brings it."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tissue import busy, cheek, model_of

from microneedling.core.struct import replace
from microneedling.skin.components import Vessels
from microneedling.skin.oxygen import OxygenBalance, flow

BALANCE = OxygenBalance()
SKIN = cheek()
MODEL = model_of(SKIN)
REST = MODEL.start(SKIN)


def level(supply, load, balance=BALANCE):
    return float(balance.level(jnp.asarray(supply), jnp.asarray(load)))


def with_vessels(**changes):
    """Rest, with some fields of the vessels as given at every depth."""
    vessels = REST[Vessels]
    full = {name: jnp.full_like(getattr(vessels, name), value) for name, value in changes.items()}
    return type(REST)(parts=REST.parts | {"Vessels": replace(vessels, **full)})


@given(use=st.floats(0.1, 10), cells=st.floats(0.1, 10), half=st.floats(0.05, 3), switch=st.floats(0, 1))
def test_rest_is_one_whatever_the_numbers(use, cells, half, switch):
    one = OxygenBalance(use=use, cells=cells, half=half, switch=switch)
    assert level(1.0, 0.0, one) == pytest.approx(1.0)
    assert float(one.effect(jnp.asarray(1.0))) == pytest.approx(1.0)


@given(supply=st.floats(0.1, 5), more=st.floats(0.01, 3), load=st.floats(0, 2))
def test_more_supply_gives_more_and_more_cells_leave_less(supply, more, load):
    assert level(supply + more, load) > level(supply, load) > level(supply, load + more)


def test_it_solves_supply_against_use():
    # delivery s (1 + 1/κ - o/κ)... written as: s (o_a - o) = κ' o with o_a = 1 + κ and κ' = κ (1 + γ load)
    supply, load = 1.7, 0.4
    o = level(supply, load)
    assert supply * (1 + BALANCE.use - o) == pytest.approx(BALANCE.use * (1 + BALANCE.cells * load) * o)


def test_the_switch_turns_the_effect_off():
    off = replace(BALANCE, switch=0.0)
    assert float(off.effect(jnp.asarray(0.3))) == 1.0
    assert float(BALANCE.effect(jnp.asarray(0.3))) < 1.0


def test_at_rest_everything_is_as_at_rest():
    rest_is_rest()


def rest_is_rest():
    for got, wanted in (
        (flow(REST), 1.0),
        (BALANCE.mean(REST, SKIN), 1.0),
        (BALANCE.volume(REST), 1.0),
        (BALANCE.saturation(REST, SKIN), BALANCE.saturation_at_rest),
    ):
        np.testing.assert_allclose(np.asarray(got), wanted, rtol=1e-12)  # rounding


def test_blood_gives_up_what_tissue_uses():
    # Fick: flow times what each volume of blood gives up is use, where no oxygen comes from the air
    deep = replace(BALANCE, air=1e-9)
    state = busy(MODEL, SKIN, 1)
    o = {name: np.asarray(deep.oxygen(state, SKIN, name)) for name in ("wounded", "rest")}
    w = np.asarray(state.parts["Wound"].fraction)
    cells = {name: getattr(state.parts["Inflammation"].columns, name) for name in o}
    grown = {name: getattr(state.parts["Repair"].columns, name).fibroblasts for name in o}
    used = {n: o[n] * (1 + deep.cells * np.asarray(cells[n].m1 + cells[n].m2 + grown[n])) for n in o}
    wanted = w * used["wounded"] + (1 - w) * used["rest"]
    given_up = (deep.arterial - np.asarray(deep.saturation(state, SKIN))) / (deep.arterial - deep.saturation_at_rest)
    blood = np.asarray(flow(state) * state[Vessels].density)
    np.testing.assert_allclose(blood * given_up, wanted, rtol=1e-10)  # rounding of a few terms


def test_flow_brings_oxygen_deep_down_but_not_at_the_surface():
    flushed = with_vessels(perfusion=8.0)
    rise = np.asarray(BALANCE.mean(flushed, SKIN)) - 1
    assert np.all(np.diff(rise) > 0), "the nearer the air, the less blood matters"
    assert rise[0] < 0.02 < 0.5 < rise[-1] < BALANCE.use


def test_cold_takes_flow_and_leaves_less_oxygen_and_redder_blood_none():
    cold = with_vessels(constriction=0.6)
    assert np.allclose(np.asarray(flow(cold)), 0.4)
    deepest = SKIN.step.shape[0] - 1
    assert float(BALANCE.mean(cold, SKIN)[deepest]) < 0.8
    assert float(BALANCE.saturation(cold, SKIN)[deepest]) < BALANCE.saturation_at_rest
    assert float(BALANCE.volume(cold)[deepest]) == pytest.approx(0.4**BALANCE.dilation)


def test_saturation_stays_between_nothing_left_and_arterial():
    for changes in ({"perfusion": 100.0}, {"density": 1e-3}):
        s = np.asarray(BALANCE.saturation(with_vessels(**changes), SKIN))
        assert np.all((s > 0.5) & (s <= BALANCE.arterial))
