"""Grades as raters give them: the ordered probit and what one rating can show."""

import numpy as np
import pytest
from scipy import stats

from microneedling.scales.grading import better_by_one, grade_shares, least_shown, noticed


def test_half_a_grade_is_rounded_up_by_half_of_the_raters():
    assert better_by_one(np.array(0.5), np.array(0.4)) == pytest.approx(0.5)


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
    assert shares[:3].sum() == pytest.approx(float(better_by_one(fall, people)), abs=1e-12)


def test_nothing_asked_and_nothing_moved_is_noticed_by_half():
    assert noticed(np.array(0.0), np.array(0.0)) == 0.5
    assert noticed(np.array(1.0), np.array(0.3)) > noticed(np.array(1.0), np.array(0.9))


def test_a_blunt_rater_hides_what_is_worth_a_change():
    assert least_shown(0.0, 0.75) == 0.75
    assert least_shown(0.5, 0.75) == pytest.approx(1.3859, abs=1e-4)  # 1.96 √2 0.5
