"""Block-tridiagonal systems by cyclic reduction, against dense solves."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from microneedling.numerics import banded

ROUNDING = 1e-11  # [1] of the largest unknown; blocks below are well conditioned


def system(cells, block, people, seed=0):
    """Random blocks (cells, k, k, people), diagonally dominant, and a right-hand side."""
    draw = np.random.default_rng(seed)
    shape = (cells, block, block, people)
    lower, upper = draw.uniform(-1, 1, shape), draw.uniform(-1, 1, shape)
    lower[0], upper[-1] = 0.0, 0.0
    diagonal = draw.uniform(-1, 1, shape) + (4 * block) * np.eye(block)[None, :, :, None]
    return lower, diagonal, upper, draw.uniform(-1, 1, (cells, block, people))


def densely(lower, diagonal, upper, rhs):
    """The same solved as whole matrices, person by person."""
    cells, block, _, people = lower.shape
    found = np.empty_like(rhs)
    for person in range(people):
        whole = np.zeros((cells * block, cells * block))
        for i in range(cells):
            rows = slice(i * block, (i + 1) * block)
            whole[rows, rows] = diagonal[i, ..., person]
            if i > 0:
                whole[rows, (i - 1) * block : i * block] = lower[i, ..., person]
            if i < cells - 1:
                whole[rows, (i + 1) * block : (i + 2) * block] = upper[i, ..., person]
        found[..., person] = np.linalg.solve(whole, rhs[..., person].ravel()).reshape(cells, block)
    return found


def agrees_with_dense(cells, block, people):
    parts = system(cells, block, people)
    found = jax.jit(lambda a, b, c, r: banded.solve(banded.factor(a, b, c), r))(*parts)
    assert np.max(np.abs(found - densely(*parts))) < ROUNDING


@pytest.mark.parametrize(("cells", "block"), [(1, 2), (2, 3), (3, 1), (5, 4), (8, 1), (13, 2), (32, 3)])
def test_any_number_of_cells_and_fields(cells, block):
    agrees_with_dense(cells, block, people=3)


def test_small_inverse():
    a = jnp.asarray(system(4, 3, 2)[1])
    found = np.asarray(banded.inverse(a))
    for cell in range(4):
        for person in range(2):
            expected = np.linalg.inv(np.asarray(a)[cell, ..., person])
            np.testing.assert_allclose(found[cell, ..., person], expected, rtol=1e-12, atol=1e-14)


def test_one_factoring_serves_many_right_hand_sides():
    lower, diagonal, upper, rhs = system(5, 2, 2)

    def both(r):
        kept = banded.factor(*(jnp.asarray(x) for x in (lower, diagonal, upper)))
        return banded.solve(kept, r), banded.solve(kept, 2 * r)

    once, twice = jax.jit(both)(rhs)
    np.testing.assert_allclose(twice, 2 * once, rtol=1e-13)


def test_derivatives_go_through():
    lower, diagonal, upper, rhs = (jnp.asarray(x) for x in system(3, 2, 1))

    @jax.jit
    def total(scale):
        return jnp.sum(banded.solve(banded.factor(lower, scale * diagonal, upper), rhs))

    difference = (total(1 + 1e-6) - total(1 - 1e-6)) / 2e-6
    np.testing.assert_allclose(jax.jit(jax.jacfwd(total))(1.0), difference, rtol=1e-6)
