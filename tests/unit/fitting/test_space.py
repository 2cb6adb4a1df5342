"""Coordinates to numbers and back into records."""

import numpy as np
import pytest

from microneedling.core.sourced import sourced
from microneedling.core.spread import Z95
from microneedling.fitting.scope import read_scope
from microneedling.fitting.space import space_of
from microneedling.laws import standard as laws
from microneedling.scales import standard as scales
from microneedling.study.numbers import CUT
from microneedling.treatments.insertion import Insertion

KNOWN = {one.name: one for one in (*laws.numbers(), *scales.numbers(), sourced(Insertion()))}
SPACE = space_of(KNOWN, read_scope().fitted(KNOWN), studies=("one", "two"))


def test_the_origin_is_the_central_set():
    numbers = SPACE.numbers(np.zeros((1, SPACE.size)))[0]
    assert numbers == pytest.approx(SPACE.values)


def test_spreads_lie_where_they_are_stated():
    high = SPACE.numbers(np.full((1, SPACE.size), Z95))[0]
    for n, fact in enumerate(SPACE.facts):
        if fact.spread.kind == "range" and fact.shape == "normal":
            assert high[n] == pytest.approx(fact.spread.high), SPACE.names[n]


def test_tails_are_pulled_in():
    far, edge = (SPACE.numbers(np.full((1, SPACE.size), x)) for x in (9.0, CUT))
    assert np.array_equal(far, edge)


def test_records_hold_one_number_a_particle_and_the_central_set_heals():
    z = np.random.default_rng(0).standard_normal((200, SPACE.size)) * 0.7
    z[0] = 0
    records = SPACE.records(z)
    assert records["InflammatoryCircuit"].k12.shape == (200,)
    assert records["InflammatoryCircuit"].s_N == KNOWN["InflammatoryCircuit"].record.s_N
    heals = SPACE.admitted(z)
    assert heals[0] and 0.02 < heals.mean() < 0.99  # some draws of the prior heal, some do not


def test_effects_stand_behind_the_numbers():
    z = np.arange(2.0 * SPACE.size).reshape(2, -1)
    sizes, times = SPACE.effects(z, "size"), SPACE.effects(z, "time")
    assert sizes["one"][0] == len(SPACE.names) and times["two"][0] == SPACE.size - 1
