"""One step: order of the step, of its error estimate, and of the values inside it."""

import numpy as np
import pytest
from toy import exact, stepped, vector

from microneedling.numerics import step as stepping
from microneedling.numerics.step import between

SPAN = 0.4  # [s] the fast rate is 40 per second: 16 of its times
HALVINGS = (16, 32, 64)


def slope(errors):
    """Observed order from errors at halved steps."""
    return np.log2(np.asarray(errors[:-1]) / np.asarray(errors[1:]))


def step_errors():
    end = exact(np.array([SPAN]))[-1]
    return [np.max(np.abs(vector(stepped(n, SPAN)[1]) - end)) for n in HALVINGS]


def dense_errors():
    """Largest error inside one step from the start, by step size."""
    found = []
    for size in (0.01, 0.005, 0.0025):
        old, new, (_, stages) = stepped(1, size)
        thetas = np.linspace(0.1, 0.9, 9)
        inside = exact(thetas * size)
        errors = [vector(between(old, new, stages, np.full(1, th))) - y for th, y in zip(thetas, inside)]
        found.append(np.max(np.abs(errors)))
    return found


def steps_are_of_order_four():
    assert np.min(slope(step_errors())) > 3.7  # [1] 4 less what higher terms still take at these sizes


def values_inside_are_of_order_three():
    assert np.min(slope(dense_errors())) > 3.5  # [1] local error of order 4 at least: one more than the global order


def test_steps_are_of_order_four():
    steps_are_of_order_four()


def test_values_inside_a_step_are_of_order_three():
    values_inside_are_of_order_three()


def test_the_error_estimate_is_of_order_four_and_no_flatterer():
    sizes = (0.01, 0.005, 0.0025)
    estimates, errors = [], []
    for size in sizes:
        _, new, (error, _) = stepped(1, size)
        estimates.append(np.max(np.abs(vector(error))))
        errors.append(np.max(np.abs(vector(new) - exact(np.array([size]))[-1])))
    assert np.min(slope(estimates)) > 3.0  # [1] the embedded order is 3: local error of order 4
    assert all(estimate > 0.3 * error for estimate, error in zip(estimates, errors))


def test_the_ends_of_a_step_are_its_ends():
    old, new, (_, stages) = stepped(1, 0.02)
    np.testing.assert_allclose(vector(between(old, new, stages, np.zeros(1))), vector(old), rtol=0, atol=1e-15)
    np.testing.assert_allclose(vector(between(old, new, stages, np.ones(1))), vector(new), rtol=0, atol=1e-15)


def test_a_step_far_beyond_the_fast_rate_damps_it():
    # L-stable: a hundred fast times in one step leave no echo of the start in the fast field
    _, new, _ = stepped(1, 2.5)
    end = exact(np.array([2.5]))[-1]
    assert np.max(np.abs(vector(new) - end)) < 0.2


@pytest.mark.parametrize("table", ["A", "C"])
def test_tables_are_strictly_lower_triangular(table):
    known = getattr(stepping, table)
    assert np.count_nonzero(np.triu(known)) == 0
