"""A lagged value is felt by the rate and left out of the step's matrix; accuracy is the step's own affair."""

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.numerics.flux import lagged, top
from microneedling.numerics.jacobian import rate_and_jacobian


def rate(fields):
    deep, flat = fields
    return [-deep * flat, -flat + lagged(top(deep))]


def test_the_rate_is_exact_and_the_matrix_has_no_entry():
    fields = [jnp.array([3.0, 2.0, 1.0]), jnp.asarray(0.5)]
    values, entries = rate_and_jacobian(rate, fields)
    np.testing.assert_allclose(values[1], 2.5)
    assert {(row, column) for row, column, _ in entries} == {(0, 0), (0, 1), (1, 1)}


def test_ordinary_derivatives_still_see_it():
    assert float(jax.grad(lambda x: lagged(x) ** 2)(3.0)) == 6.0
