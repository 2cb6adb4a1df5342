"""Shares, elasticities and grades, from slopes that are known; ties against the drawing itself."""

import dataclasses
import math

import jax.numpy as jnp
import numpy as np
import pytest
from unit.study.sensitivity_cases import NUMBERS, example, number

from microneedling.laws import standard as laws
from microneedling.laws.admission import tied
from microneedling.study.coordinates import carried, coordinates
from microneedling.study.elasticities import by_grade, elasticity, ended, joined, people_share, ranked, weak_share
from microneedling.study.numbers import CIRCUIT
from microneedling.study.slopes import Slopes, shifted

KNOWN = {one.name: one for one in laws.numbers()}


def test_shares_are_those_of_a_linear_answer():
    """y = a ln p + b ln q + c r: the variance of each term over uniform reaches is its effect squared."""
    a, b, c = 0.7, -0.2, 0.05
    slopes = Slopes(1.0, {"Law.rate": a / 1.0, "Law.gain": b / 2.0, "sites/cheek.shift": c}, "by hand")
    by = {one.number.name: one for one in ranked(slopes, NUMBERS, {})}
    terms = {"Law.rate": a * math.log(2), "Law.gain": b * math.log(2), "sites/cheek.shift": c * 2.0}
    whole = sum(x * x for x in terms.values())
    assert set(by) == set(terms)  # a number without a slope is none of them
    for name, term in terms.items():
        assert by[name].effect == pytest.approx(term) and by[name].share == pytest.approx(term**2 / whole)


def test_largest_effect_first_and_shares_sum_to_one():
    found = example().influences
    assert [abs(one.effect) for one in found] == sorted((abs(one.effect) for one in found), reverse=True)
    assert sum(one.share for one in found) == pytest.approx(1.0)
    grades = by_grade(found)
    assert sum(one.share for one in grades) == pytest.approx(1.0)
    assert [one.grade for one in grades] == ["measured in people", "fitted", "assumed"]  # strongest first
    assert weak_share(found) == pytest.approx(grades[-1].share)
    assert people_share(found) == pytest.approx(grades[0].share)


def test_an_elasticity_needs_a_positive_number_and_an_outcome():
    assert elasticity(2.0, 4.0, 3.0) == pytest.approx(1.5)
    assert math.isnan(elasticity(-2.0, 4.0, 3.0)) and math.isnan(elasticity(2.0, 0.0, 3.0))
    assert math.isnan(next(one for one in example().influences if one.number.value < 0).elasticity)


def test_a_wide_positive_number_is_measured_by_ratio_and_a_narrow_one_as_its_half_width():
    wide, narrow = number("a.b", 1.0, 0.1, 10.0), number("a.c", 10.0, 9.99, 10.01)
    assert wide.reach * wide.pace == pytest.approx(math.log(10))
    assert narrow.reach * narrow.pace == pytest.approx(0.01, rel=1e-4)
    assert wide.deviations(np.array([0.1, 1.0, 10.0])) == pytest.approx([-1.0, 0.0, 1.0])
    assert wide.deviations(np.array([-0.5, 0.0])) == pytest.approx([-4.0, -4.0])  # a joint draw below zero


def test_ties_are_those_of_the_drawing():
    """A number moved and tied again: the numbers that follow it move as `carried` says."""
    central = {name: KNOWN[name].record for name in CIRCUIT}
    found = carried(KNOWN)
    assert found["FibroblastActivation.s_T2"]["FibroblastActivation.s_T2"] == pytest.approx(1 / 3, rel=1e-6)
    up = dataclasses.replace(
        central["InflammatoryCircuit"], K_M=jnp.asarray(central["InflammatoryCircuit"].K_M * 1.001)
    )
    after = tied({**central, "InflammatoryCircuit": up}, central)["FibroblastActivation"].s_T2
    ratio = math.log(float(after) / float(central["FibroblastActivation"].s_T2)) / math.log(1.001)
    assert found["InflammatoryCircuit.K_M"]["FibroblastActivation.s_T2"] == pytest.approx(ratio, rel=1e-3)


def test_a_tied_number_takes_the_others_with_it():
    slopes = Slopes(1.0, {"Law.rate": 0.3, "Law.gain": 0.1}, "by hand")
    (first, *_) = ranked(slopes, NUMBERS[:2], {"Law.rate": {"Law.gain": -1.0}})
    by = {one.number.name: one for one in ranked(slopes, NUMBERS[:2], {"Law.rate": {"Law.gain": -1.0}})}
    assert by["Law.rate"].effect == pytest.approx((0.3 * 1.0 - 0.1 * 2.0) * math.log(2))
    assert by["Law.rate"].elasticity == pytest.approx(0.3)  # with all others held
    assert first.number.name == "Law.gain"


def test_numbers_fitted_together_count_as_what_they_do_together():
    """y = ln p + ln q with p and q along a ridge, p q nearly fixed: alone each does much, together next to nothing."""
    slopes = Slopes(1.0, {"Law.rate": 1.0, "Law.gain": 0.5, "sites/cheek.shift": 0.05}, "by hand")
    x = np.random.default_rng(0).standard_normal(4000) / 1.645
    ridge = {"Law.rate": x, "Law.gain": -0.9 * x}
    by = {one.number.name: one for one in ranked(slopes, NUMBERS, {}, ridge)}
    together = (0.1 * math.log(2)) ** 2
    whole = together + 0.1**2
    assert by["Law.rate"].share + by["Law.gain"].share == pytest.approx(together / whole, rel=0.1)
    assert sum(one.share for one in by.values()) == pytest.approx(1.0)
    assert by["Law.rate"].effect == pytest.approx(math.log(2))  # alone


def test_people_are_the_central_one_and_each_number_up_and_down():
    picked = [one for one in coordinates(KNOWN) if one.name == "CollagenTurnover.r0"]
    made = shifted(KNOWN, picked, 0.01)["CollagenTurnover"]
    assert made.r0 == pytest.approx(picked[0].value * np.exp([0.0, 0.01, -0.01]))
    assert np.ptp(made.k_m) == 0
    ends = ended(KNOWN, picked)["CollagenTurnover"].r0
    assert ends == pytest.approx([picked[0].low, picked[0].high])
    both = joined({"CollagenTurnover": made}, ended(KNOWN, picked))["CollagenTurnover"]
    assert both.r0.shape == both.k_m.shape == (5,)
