"""The rule from numbers to verdicts, on planted numbers: every verdict is reached, and by nothing but the numbers."""

import dataclasses
import math

import pytest

from microneedling.evaluation.claims import Check, Claim, Reading, Screen
from microneedling.evaluation.verdicts import (
    RULE,
    VERDICTS,
    Values,
    bound_verdict,
    direction_verdict,
    judged,
    verdict_of,
)

YES, PART, NO, AGAINST, NONE = VERDICTS


def reading(arm, *, read="at", scale="tewl"):
    return Reading(study="s", arm=arm, scale=scale, read=read, time=0.0)


def claim(*checks, screens=()):
    return Claim(id="X", claim="x", kind="k", topic="t", quantity="q", tests=checks, screens=screens)


def check(expectation, *, measure="difference", bounds=(), other=True, **facts):
    start = reading("a", read="baseline") if measure == "share" else None
    against = reading("b") if other else None
    own = reading("a")
    return Check(own=own, other=against, start=start, measure=measure, expectation=expectation, bounds=bounds, **facts)


def found(a, b=(0.0,) * 5, start=(0.0,) * 5, unit="1", noticeable=1.0):
    named = {reading("a"): a, reading("b"): b, reading("a", read="baseline"): start}
    return {one: Values(values=tuple(v), unit=unit, noticeable=noticeable) for one, v in named.items()}


@pytest.mark.parametrize(
    ("expectation", "points", "verdict"),
    [
        ("increase", (0.5, 2.0, 3.0), YES),
        ("increase", (0.5, 0.9, 3.0), NO),  # median below noticeable
        ("increase", (-0.1, 2.0, 3.0), NO),  # interval holds zero
        ("increase", (-3.0, -2.0, -0.5), AGAINST),
        ("increase", (-3.0, -0.5, -0.1), NO),
        ("decrease", (-3.0, -2.0, -0.5), YES),
        ("decrease", (0.5, 2.0, 3.0), AGAINST),
        ("none", (-0.5, 0.0, 0.9), YES),
        ("none", (-0.5, 0.5, 1.1), NO),
        ("none", (0.5, 2.0, 3.0), AGAINST),
        ("none", (-0.5, 2.0, 3.0), NO),
    ],
)
def test_directions(expectation, points, verdict):
    assert direction_verdict(expectation, points, 1.0) == verdict


@pytest.mark.parametrize(
    ("met", "verdict"), [(1.0, YES), (0.9, YES), (0.89, PART), (0.5, PART), (0.49, NO), (0.11, NO), (0.1, AGAINST)]
)
def test_bounds(met, verdict):
    assert bound_verdict(met) == verdict


@pytest.mark.parametrize(
    ("votes", "premises", "verdict"),
    [
        ([YES, YES], [], YES),
        ([YES, NO], [], PART),
        ([YES, AGAINST], [], PART),
        ([PART, PART], [], PART),
        ([YES, NONE], [], PART),
        ([NO, NO], [], NO),
        ([NO, AGAINST], [], AGAINST),
        ([NO, NONE], [], NO),
        ([NONE, NONE], [], NONE),
        ([], [], NONE),
        ([YES], [YES], YES),
        ([YES], [NO], NO),  # what is taken for granted is not so
        ([PART], [AGAINST], NO),
        ([AGAINST], [YES], AGAINST),
        ([AGAINST], [NO], AGAINST),
    ],
)
def test_a_claim_follows_from_its_tests(votes, premises, verdict):
    assert verdict_of(votes, premises) == verdict


@pytest.mark.parametrize(
    ("one", "numbers", "verdict", "median"),
    [
        (check("increase"), found([2.0, 2.1, 2.2, 2.3, 2.4]), YES, 2.2),
        (check("decrease"), found([2.0, 2.1, 2.2, 2.3, 2.4]), AGAINST, 2.2),
        (check("none"), found([0.1, 0.0, 0.2, -0.1, 0.3]), YES, 0.1),
        (check("at least", measure="ratio", bounds=("2",)), found([4.0] * 5, [2.0, 2.0, 2.0, 2.0, 1.0]), YES, 2.0),
        (check("at most", measure="ratio", bounds=("1",)), found([4.0] * 5, [2.0] * 5), AGAINST, 2.0),
        (
            check("between", measure="ratio", bounds=("1.5", "2.5")),
            found([4.0, 4.0, 4.0, 9.0, 9.0], [2.0] * 5),
            PART,
            2.0,
        ),
        (check("at least", measure="share", bounds=("50 %",)), found([5.0] * 5, [4.0] * 5, [3.0] * 5), YES, 0.5),
        (check("at least", measure="share", bounds=("51 %",)), found([5.0] * 5, [4.0] * 5, [3.0] * 5), AGAINST, 0.5),
        (
            check("at most", measure="value", bounds=("3 d",), other=False),
            found([86400.0, 86400.0, 86400.0, math.inf, math.inf], unit="s"),
            PART,
            86400.0,
        ),
        (check("at least", measure="ratio", bounds=("2",)), found([4.0] * 5, [0.0] * 5), NONE, None),
        (check("increase"), found([1.0] * 5, [1.0] * 4), NONE, None),
        (check("increase"), found([1.0] * 5, [1.0] * 5), NONE, None),  # no path from one to the other
        (check("none"), found([1.0] * 5, [1.0] * 5), YES, 0.0),
        (check("at least", measure="share", bounds=("50 %",)), found([5.0, 3.0], [4.0, 3.0], [3.0, 3.0]), YES, 0.5),
        (check("at least", measure="share", bounds=("50 %",)), found([3.0, 3.0], [4.0, 3.0], [3.0, 3.0]), NONE, None),
    ],
)
def test_a_test_follows_from_its_numbers(one, numbers, verdict, median):
    whole = judged(claim(one), numbers, grades={})
    assert whole.verdict == whole.checked[0].verdict == verdict
    assert median is None or whole.checked[0].median == pytest.approx(median)
    assert bool(whole.checked[0].reason) == (verdict == NONE)


def test_the_same_claim_turns_with_its_numbers():
    one = claim(check("increase"))
    verdicts = [judged(one, found([value] * 5), grades={}).verdict for value in (2.0, 0.5, -2.0)]
    assert verdicts == [YES, NO, AGAINST]


def test_a_reading_without_numbers_keeps_its_reason():
    numbers = found([1.0] * 5) | {reading("b"): Values(reason="no such arm")}
    whole = judged(claim(check("increase")), numbers, grades={})
    assert (whole.verdict, whole.checked[0].reason) == (NONE, "no such arm")


@pytest.mark.parametrize(
    ("grade", "premise", "marked"), [("assumed", False, True), ("fitted", False, False), ("assumed", True, False)]
)
def test_a_verdict_that_leans_on_an_assumption_says_so(grade, premise, marked):
    tests = (check("increase", rests_on=("Law.size",), premise=premise), check("increase"))
    whole = judged(claim(*tests), found([2.0] * 5), grades={"Law.size": grade})
    assert whole.assumed is marked
    assert whole.checked[0].grounds == (("Law.size", grade),)


@pytest.mark.parametrize(
    ("expectation", "refused", "verdict"),
    [
        ("refused", 2, YES),
        ("refused", 1, PART),
        ("refused", 0, AGAINST),
        ("not refused", 0, YES),
        ("spoken to", 2, YES),
    ],
)
def test_screening_counts_who_is_refused(expectation, refused, verdict):
    screen = Screen(study="s", people=({}, {"age": "30 y"}), expectation=expectation)
    assert judged(claim(screens=(screen,)), {}, grades={}, screened={0: refused}).verdict == verdict


def test_the_rule_names_every_verdict_and_expectation():
    for word in (*VERDICTS, "increase, decrease", "none", "at least, at most, between", "premise", "assumed"):
        assert word in RULE


@pytest.mark.parametrize(("value", "verdict"), [(2.0, PART), (0.5, NO), (-2.0, AGAINST)])
def test_a_part_that_cannot_be_computed_keeps_a_claim_from_being_supported(value, verdict):
    whole = dataclasses.replace(claim(check("increase")), untested=("no law for the rest",))
    assert judged(whole, found([value] * 5), grades={}).verdict == verdict
