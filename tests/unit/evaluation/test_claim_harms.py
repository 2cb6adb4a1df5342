"""Harm beside a claim: read in every needled arm it is tested on, and in no other."""

import math

import pytest

from microneedling.evaluation.claim_harms import HARMS, harm_readings, harms_of
from microneedling.evaluation.claims import Check, Claim, Reading
from microneedling.evaluation.measures import Values


def check(arm, **facts):
    own = Reading(study="s", arm=arm, scale="line_depth", read="at", time=1.0)
    return Check(own=own, other=None, measure="value", expectation="at least", bounds=("1",), **facts)


def claim(*checks, kind="benefit"):
    return Claim(id="X", claim="x", kind=kind, topic="t", quantity="q", tests=checks)


def test_every_needled_arm_that_is_tested_has_its_harms_once():
    tests = (check("needling"), check("needling"), check("scrub"), check("more", premise=True))
    found = harm_readings(claim(*tests), {"s": ["needling", "more"]})
    assert [(one.arm, one.scale, one.read) for one in found] == [("needling", scale, "greatest") for scale in HARMS]


@pytest.mark.parametrize("kind", ["safety", "lifestyle"])
def test_claims_about_harm_or_about_nothing_done_have_none(kind):
    assert harm_readings(claim(check("needling"), kind=kind), {"s": ["needling"]}) == ()


def test_harms_are_intervals_over_those_who_could_be_simulated_or_a_reason():
    readings = harm_readings(claim(check("needling")), {"s": ["needling"]})
    found = dict.fromkeys(readings, Values(reason="no such scale"))
    found[readings[0]] = Values(values=(1.0, math.nan, 3.0, 2.0), unit="1", noticeable=0.1)
    first, *rest = harms_of(readings, found)
    assert (first.scale, first.median, first.unit) == ("pain", 2.0, "1") and 1.0 < first.low < first.high < 3.0
    assert [one.reason for one in rest] == ["no such scale"] * (len(HARMS) - 1)
