"""Oxygen by supply and use."""

import jax.numpy as jnp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microneedling.core.struct import replace
from microneedling.laws.oxygen import OxygenBalance

BALANCE = OxygenBalance()


def level(supply, load, balance=BALANCE):
    return float(balance.level(jnp.asarray(supply), jnp.asarray(load)))


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
