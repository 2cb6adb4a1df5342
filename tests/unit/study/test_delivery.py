"""Rates of input to blood: summed over their intervals they give back what has passed."""

import numpy as np
import pytest

from microneedling.study.delivery import mean_rates

TIMES = np.array([-100.0, 0.0, 1.0, 60.0, 4000.0])


def amounts(people):
    """Rising sums, each person's own; one arm."""
    return np.cumsum(np.random.default_rng(1).uniform(0.1, 1.0, (1, TIMES.size, people)), axis=1)


def test_rates_sum_to_the_amount_that_passed():
    found = amounts(1)
    rates = mean_rates(found, TIMES)
    assert rates.shape == (1, 4, TIMES.size - 1)
    for level in range(4):
        passed = float(np.sum(rates[0, level] * np.diff(TIMES)))
        assert passed == pytest.approx(float(found[0, -1, 0] - found[0, 0, 0]), rel=1e-14)


def test_the_central_person_is_not_of_the_ensemble():
    found = amounts(40)
    found[..., 0] *= 100
    central, low, median, high = mean_rates(found, TIMES)[0]
    assert np.all(central > high) and np.all(low < median) and np.all(median < high)


def test_failed_members_are_left_out():
    found = amounts(9)
    found[..., 3] = np.nan
    assert np.array_equal(mean_rates(found, TIMES), mean_rates(np.delete(found, 3, axis=-1), TIMES))
