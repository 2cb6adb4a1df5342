"""Vellus hair is cut and grows back as a growing hair does."""

import dataclasses
import math

import jax.numpy as jnp
import pytest
from tissue import DAY, cheek, nothing

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.vellus import VellusRegrowth
from microneedling.skin.components import Vellus

MILLIMETRE = 1e-3


def cut(share, **changes):
    skin, law = cheek(), replace(VellusRegrowth(), **changes)
    event = replace(nothing(skin), vellus_cut=jnp.asarray(share))
    state = State(parts={"Vellus": law.start(skin)})
    return law, dataclasses.replace(state, parts={"Vellus": law.jump(state, event, skin)}), skin


def first_growth_is_the_hairs_own():
    law, state, skin = cut(1.0)
    assert float(state[Vellus].standing) == 0.0
    per_day = float(law.rate(state, skin).standing) * law.length * DAY
    assert per_day == pytest.approx(0.49 * 0.03 * MILLIMETRE)


def test_a_cut_hair_first_grows_as_the_growing_ones_do():
    first_growth_is_the_hairs_own()


def test_half_is_back_when_the_exponential_says():
    law, _, skin = cut(0.5)
    half = math.log(2) * law.length / (law.growth * law.growing)
    # put the solution of the law back into it: 1 - L = 1/2 exp(-t/τ)
    after = State(parts={"Vellus": Vellus(standing=jnp.asarray(1 - 0.5 * math.exp(-math.log(2))))})
    speed = float(law.rate(after, skin).standing)
    assert speed == pytest.approx(0.25 * math.log(2) / half)
    assert 20 * DAY < half < 100 * DAY


def test_two_strokes_leave_the_product():
    _, once, skin = cut(0.8)
    law = VellusRegrowth()
    event = replace(nothing(skin), vellus_cut=jnp.asarray(0.8))
    assert float(law.jump(once, event, skin).standing) == pytest.approx(0.04)


def test_excised_skin_grows_no_hair():
    law, state, _ = cut(0.8)
    assert float(law.rate(state, cheek(alive=0.0, thickness=6e-4)).standing) == 0.0
