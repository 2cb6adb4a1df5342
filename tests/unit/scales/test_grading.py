"""Grades as raters give them: the ordered probit and what one rating can show."""

import numpy as np
import pytest
from scipy import stats

from microneedling.scales.grading import Rated, better_by, grade_shares, least_shown, noticed, shown


def test_half_a_grade_is_rounded_up_by_half_of_the_raters():
    assert better_by(1, np.array(0.5), np.array(0.4)) == pytest.approx(0.5)


def test_shares_add_up_and_the_ends_take_all_beyond():
    shares = grade_shares(np.array([3.0, 1.0]), np.array([0.2, 5.0]), np.array([0.5, 0.5]), (1, 4))
    np.testing.assert_allclose(shares.sum(axis=-1), 1.0, atol=1e-14)
    assert shares.shape == (2, 4) and shares[1, 0] == pytest.approx(1.0)


def test_shares_are_what_rounding_draws_gives():
    draws = 3.0 - stats.norm(0.8, 0.6).ppf((np.arange(200_000) + 0.5) / 200_000)
    rounded = np.clip(np.rint(draws), 1, 4)
    counted = [(rounded == grade).mean() for grade in (1, 2, 3, 4)]
    shares = grade_shares(np.array(3.0), np.array(0.8), np.array(0.6), (1, 4))
    np.testing.assert_allclose(shares, counted, atol=1e-5)  # of 200 000 evenly placed draws


def test_one_grade_better_is_the_sum_of_the_better_grades():
    fall, people = np.array(1.1), np.array(0.5)
    shares = grade_shares(np.array(3.0), fall, people, (0, 5))
    assert shares[:3].sum() == pytest.approx(float(better_by(1, fall, people)), abs=1e-12)


def test_nothing_asked_and_nothing_moved_is_noticed_by_half():
    assert noticed(np.array(0.0), np.array(0.0)) == 0.5
    assert noticed(np.array(1.0), np.array(0.3)) > noticed(np.array(1.0), np.array(0.9))


def test_a_blunt_rater_hides_what_is_worth_a_change():
    assert least_shown(0.0, 0.75) == 0.75
    assert least_shown(0.5, 0.75) == pytest.approx(1.3859, abs=1e-4)  # 1.96 √2 0.5


def test_two_grades_better_leaves_out_one_grade():
    fall, people = np.array(1.6), np.array(0.5)
    shares = grade_shares(np.array(4.0), fall, people, (0, 5))
    assert shares[:3].sum() == pytest.approx(float(better_by(2, fall, people)), abs=1e-12)


def test_a_change_shows_either_way_and_chance_alone_sometimes():
    draws = stats.norm(-0.4, 0.5).ppf((np.arange(200_000) + 0.5) / 200_000)
    counted = np.mean(np.abs(draws) > 0.8)
    assert shown(np.array(-0.4), np.array(0.5), np.array(0.8)) == pytest.approx(counted, abs=1e-5)
    assert shown(np.array(0.0), np.array(0.5), np.array(0.83)) == pytest.approx(0.097, abs=1e-3)


RATED = Rated(half=np.array(0.67), most=np.array(2.89))


def test_changes_called_half_and_three_quarters_are_the_given_ones():
    assert RATED.change(0.5) == pytest.approx(0.67) and RATED.change(0.75) == pytest.approx(2.89)


def test_the_mean_improvement_is_that_of_people_drawn():
    draws = stats.norm(0.6, 1.0).ppf((np.arange(200_000) + 0.5) / 200_000)
    size = (np.abs(draws) / 0.67) ** float(RATED.power)
    counted = np.mean(np.sign(draws) * size / (1 + size))
    assert RATED.mean(np.array(0.6)) == pytest.approx(counted, abs=5e-3)  # kink of the curve at no change
    assert RATED.mean(np.array(0.0)) == pytest.approx(0.0, abs=1e-12)
    assert RATED.mean(np.array(-0.6)) == pytest.approx(-float(RATED.mean(np.array(0.6))), abs=1e-12)


def test_thresholds_drawn_the_wrong_way_round_stay_finite():
    turned = Rated(half=np.array([1.3, 1.3]), most=np.array([1.2, 1.4]))
    assert np.all(np.isfinite(turned.mean(np.array([0.5, 0.5])))) and np.all(turned.change(0.9) > turned.change(0.5))
