"""Scores against numbers worked out by hand."""

import math

import pytest

from microneedling.evaluation import score


def test_interval_of_a_ladder():
    assert score.interval(range(101)) == pytest.approx((5.0, 50.0, 95.0))


def test_interval_with_members_that_never_get_there():
    low, median, high = score.interval([1.0, 2.0, 3.0, math.inf])
    assert (low, median, high) == (1.0, 2.0, math.inf)


def test_interval_score_by_hand():
    # width 4; 20 = 2 / 0.1 for each unit outside
    assert score.interval_score(2.0, 6.0, 3.0) == pytest.approx(4.0)
    assert score.interval_score(2.0, 6.0, 1.5) == pytest.approx(4.0 + 20 * 0.5)
    assert score.interval_score(2.0, 6.0, 9.0) == pytest.approx(4.0 + 20 * 3.0)
    assert score.interval_score(2.0, 6.0, 9.0, level=0.5) == pytest.approx(4.0 + 4 * 3.0)


@pytest.mark.parametrize("factor", [1.1, 2.0, 10.0])
def test_wider_interval_that_already_held_the_value_scores_worse(factor):
    narrow = score.interval_score(2.0, 6.0, 4.0)
    assert score.interval_score(4.0 - 2.0 * factor, 4.0 + 2.0 * factor, 4.0) > narrow


def test_the_true_quantiles_score_best_on_average():
    truth = [number / 1000 for number in range(1001)]  # uniform on 0..1: quantiles 0.05 and 0.95

    def mean(low, high):
        return sum(score.interval_score(low, high, one) for one in truth) / len(truth)

    best = mean(0.05, 0.95)
    assert best < min(mean(0.0, 1.0), mean(0.2, 0.8), mean(0.05, 1.0), mean(-1.0, 2.0))


def test_interval_without_an_end_has_no_score():
    assert math.isnan(score.interval_score(1.0, math.inf, 2.0))


def test_miss():
    assert score.miss(2.0, 6.0, 2.0) == 0.0
    assert score.miss(2.0, 6.0, 7.5) == 1.5
    assert score.miss(2.0, 6.0, 0.5) == -1.5
    assert score.miss(2.9e-52, 0.1, 0.0) == 0.0  # nobody of 31: an end that only rounding keeps from nothing
    assert score.miss(1e-6, 0.1, 0.0) == -1e-6


def test_ratio():
    assert score.ratio(6.0, 4.0) == 1.5
    for observed, predicted in ((1.0, -1.0), (0.0, 1.0), (1.0, 0.0), (1.0, math.inf)):
        assert math.isnan(score.ratio(observed, predicted))


def test_direction_has_a_dead_band():
    assert [score.direction(change, 0.1) for change in (-0.2, -0.1, -0.05, 0.0, 0.05, 0.1)] == [-1, -1, 0, 0, 0, 1]
    assert [score.direction(change, 0.0) for change in (-1e-9, 0.0, 1e-9)] == [-1, 0, 1]
