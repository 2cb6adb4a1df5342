"""The rule from numbers to verdicts, on planted numbers: every verdict is reached, and by nothing but the numbers."""

import dataclasses
import math

import numpy as np
import pytest

from microneedling.evaluation.claim_rule import RULE, VERDICTS
from microneedling.evaluation.claims import Check, Claim, Reading, Screen
from microneedling.evaluation.measures import Values
from microneedling.evaluation.verdicts import Checked, Runs, bound_verdict, direction_verdict, judged, verdict_of

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
    whole = judged(claim(one), Runs(found=numbers))
    assert whole.verdict == whole.checked[0].verdict == verdict
    assert median is None or whole.checked[0].median == pytest.approx(median)
    assert bool(whole.checked[0].reason) == (verdict == NONE)


def test_the_same_claim_turns_with_its_numbers():
    one = claim(check("increase"))
    verdicts = [judged(one, Runs(found=found([value] * 5))).verdict for value in (2.0, 0.5, -2.0)]
    assert verdicts == [YES, NO, AGAINST]


def test_a_reading_without_numbers_keeps_its_reason():
    numbers = found([1.0] * 5) | {reading("b"): Values(reason="no such arm")}
    whole = judged(claim(check("increase")), Runs(found=numbers))
    assert (whole.verdict, whole.checked[0].reason) == (NONE, "no such arm")


PEOPLE = 24


def draws(seed, size=0.4):
    """Numbers of two dozen people around 3, spread by `size`."""
    return 3 + size * np.random.default_rng(seed).standard_normal(PEOPLE)


def runs(first, second, moves=None, **known):
    nothing = (0.0,) * PEOPLE
    pair = {"found": found(first, nothing, nothing), "again": found(second, nothing, nothing)}
    return Runs(**pair, moves={"s": moves or {}}, **known)


def test_a_number_that_follows_an_assumed_one_rests_on_it():
    change = draws(2) - draws(1)
    (one,) = judged(claim(check("increase")), runs(draws(1), draws(2), {"Law.size": change})).checked
    assert one.assumed and one.share > 0.5 and one.movers == (("Law.size", pytest.approx(1.0, abs=0.05)),)


def test_a_number_that_assumed_ones_do_not_move_rests_on_none():
    (one,) = judged(claim(check("increase")), runs(draws(1), draws(1), {"Law.size": draws(3)})).checked
    assert one.share == 0 and not one.assumed and one.movers == () and one.again == one.verdict == YES


def test_a_verdict_that_turns_when_assumed_numbers_are_drawn_anew_rests_on_them():
    first = np.linspace(0.52, 1.5, PEOPLE)  # median 1.01, noticeable from 1
    (one,) = judged(claim(check("increase")), runs(first, 0.98 * first)).checked
    assert (one.verdict, one.again, one.assumed) == (YES, NO, True) and one.share < 0.05


def test_what_is_taken_for_granted_does_not_mark_a_claim():
    tests = (check("increase", premise=True), dataclasses.replace(check("increase"), own=reading("c")))
    both = runs(draws(1), draws(2))
    still = {reading("c"): Values(values=tuple(draws(1)), unit="1", noticeable=1.0)}
    whole = judged(claim(*tests), Runs(found=both.found | still, again=both.again | still))
    assert [one.assumed for one in whole.checked] == [True, False] and not whole.assumed


@pytest.mark.parametrize(("grade", "marked"), [("assumed", True), ("inferred", False)])
def test_a_number_named_because_it_does_not_vary_counts_by_its_grade(grade, marked):
    one = judged(
        claim(check("increase", rests_on=("Law.switch",))), runs(draws(1), draws(1), grades={"Law.switch": grade})
    )
    assert one.assumed is marked and one.checked[0].named == (("Law.switch", grade),)


def test_who_could_not_be_simulated_is_left_out_of_both_runs_of_a_pair():
    first, second = draws(1), draws(1)
    first[3], second[5] = math.nan, math.nan
    (one,) = judged(claim(check("increase")), runs(first, second)).checked
    assert one.people == PEOPLE - 1 and one.share == 0 and one.verdict == YES


def test_what_is_nothing_rests_on_nothing():
    first, second = 1e-30 * draws(1), 1e-30 * draws(2)
    (one,) = judged(claim(check("none")), runs(first, second)).checked
    assert (one.verdict, one.share, one.movers, one.assumed) == (YES, 0.0, (), False)


def test_a_reason_is_given_for_every_verdict():
    whole = dataclasses.replace(claim(check("increase")), untested=("no law for the rest",))
    said = judged(whole, Runs(found=found([2.0] * 5))).because
    assert said == (
        "1 test: 1 supported; 1 part of the saying cannot be computed, which is all that keeps it from being supported"
    )
    assert judged(claim(check("decrease")), Runs(found=found([2.0] * 5))).because == "1 test: 1 contradicted"
    taken = claim(check("decrease", premise=True), check("increase"))
    assert judged(taken, Runs(found=found([2.0] * 5))).because == (
        "1 test: 1 supported; what it takes for granted is not met"
    )


def test_nothing_is_said_of_a_test_without_numbers():
    one = Checked(test=check("increase"), verdict=NONE, reason="no such arm", named=(("Law.switch", "assumed"),))
    assert not one.assumed


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
    assert judged(claim(screens=(screen,)), Runs(found={}), screened={0: refused}).verdict == verdict


def test_the_rule_names_every_verdict_and_expectation():
    for word in (*VERDICTS, "increase, decrease", "none", "at least, at most, between", "premise", "assumed"):
        assert word in RULE


@pytest.mark.parametrize(("value", "verdict"), [(2.0, PART), (0.5, NO), (-2.0, AGAINST)])
def test_a_part_that_cannot_be_computed_keeps_a_claim_from_being_supported(value, verdict):
    whole = dataclasses.replace(claim(check("increase")), untested=("no law for the rest",))
    assert judged(whole, Runs(found=found([value] * 5))).verdict == verdict
