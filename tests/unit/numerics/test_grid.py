"""Depth cells."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microneedling.numerics import flux, grid


@given(cells=st.integers(1, 60), grading=st.floats(1.0, 2.0))
def test_shares_add_up_and_are_finest_at_both_edges(cells, grading):
    shares = grid.shares(cells, grading)
    assert shares.shape == (cells,) and shares.sum() == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(shares, shares[::-1], rtol=1e-12)
    assert np.min(shares) == shares[0]


@given(cells=st.integers(1, 40), grading=st.floats(1.0, 2.0))
def test_shares_from_top_grow_downwards_at_one_ratio(cells, grading):
    shares = grid.shares_from_top(cells, grading)
    assert shares.sum() == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(shares[1:], grading * shares[:-1], rtol=1e-12)


def test_one_is_uniform():
    np.testing.assert_allclose(grid.shares(7, 1.0), np.full(7, 1 / 7))


def test_centres_lie_in_the_middle_of_cells():
    step = jnp.asarray([1.0, 2.0, 4.0])
    np.testing.assert_allclose(grid.centres(step), [0.5, 2.0, 5.0])


def test_what_flows_in_at_an_end_stays_there_and_adds_up():
    step = jnp.asarray([0.5, 1.0, 2.0])
    for gain in (flux.into_top(jnp.asarray(3.0), step), flux.into_bottom(jnp.asarray(3.0), step)):
        assert float(flux.integral(gain, step)) == pytest.approx(3.0)
    assert np.count_nonzero(flux.into_top(jnp.asarray(3.0), step)[1:]) == 0
    assert np.count_nonzero(flux.into_bottom(jnp.asarray(3.0), step)[:-1]) == 0


@given(seed=st.integers(0, 2**32 - 1))
def test_diffusion_moves_and_makes_nothing(seed):
    draw = np.random.default_rng(seed)
    u, mobility, step = (jnp.asarray(draw.uniform(0, 1, 9)) for _ in range(3))
    step = step + 0.01
    gain = flux.diffusion(u, mobility, step)
    assert abs(float(flux.integral(gain, step))) < 1e-12 * (1 + float(jnp.max(jnp.abs(gain))))


def test_nothing_passes_an_impermeable_cell():
    gain = flux.diffusion(jnp.asarray([5.0, 1.0, 0.0]), jnp.asarray([1.0, 0.0, 1.0]), jnp.ones(3))
    np.testing.assert_array_equal(gain, np.zeros(3))
