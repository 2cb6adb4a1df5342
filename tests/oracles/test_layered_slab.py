"""Layers with partition: steady flux is exact, a decaying mode converges at second order."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles.exact import Bilayer, order, put_back
from scipy.linalg import expm

from microneedling.numerics import flux, grid

TIME = 0.4


def cells_of(oracle, per_layer):
    """Cell thickness, D and K of a graded grid that keeps the interface on a face."""
    parts = [w * grid.shares(per_layer, 1.0 + 1.0 / per_layer) for w in oracle.l]
    spread = [np.full(per_layer, x) for pair in (oracle.D, oracle.K) for x in pair]
    step = np.concatenate(parts)
    return step, np.concatenate(spread[:2]), np.concatenate(spread[2:])


def error(oracle, per_layer):
    """Largest error at cell centres after a time, with time itself exact."""
    step, D, K = (jnp.asarray(x) for x in cells_of(oracle, per_layer))
    centre = grid.centres(step)
    matrix = np.asarray(jax.jacfwd(lambda c: flux.diffusion(c / K, D * K, step))(jnp.ones(2 * per_layer)))
    start = np.asarray(jax.vmap(lambda z: oracle.u(z, 0.0))(centre)) * K
    end = expm(matrix * TIME) @ np.asarray(start) / np.asarray(K)
    return float(np.max(np.abs(end - np.asarray(jax.vmap(lambda z: oracle.u(z, TIME))(centre)))))


def modes_converge_at_second_order():
    for mode in (0, 2):
        oracle = Bilayer(mode=mode)
        errors = [error(oracle, n) for n in (8, 16, 32)]
        assert np.min(order([1 / 8, 1 / 16, 1 / 32], errors)) > 1.8  # [1] 2 less what the grading still takes
        assert errors[-1] < 1e-2


def steady_flux_is_that_of_resistances_in_series():
    step = jnp.asarray([0.2, 0.3, 0.5, 0.4])
    D, K = jnp.asarray([1.0, 1.0, 0.05, 2.0]), jnp.asarray([1.0, 1.0, 8.0, 0.5])
    mobility = D * K
    inside = jnp.diff(grid.centres(step))
    resistance = 0.5 * (step[:-1] / mobility[:-1] + step[1:] / mobility[1:])
    flow = 1.0 / float(jnp.sum(resistance))
    potential = 1.0 - jnp.concatenate([jnp.zeros(1), jnp.cumsum(flow * resistance)])
    gain = np.asarray(flux.diffusion(potential, mobility, step) * step)
    expected = np.array([-flow, 0.0, 0.0, flow])
    np.testing.assert_allclose(gain, expected, atol=1e-13)
    assert inside.shape == resistance.shape


def even_potential_is_steady():
    u = jnp.full(6, 0.7)
    K = jnp.asarray([0.1, 8.0, 8.0, 0.5, 2.0, 1.0])
    gain = flux.diffusion((K * u) / K, jnp.linspace(0.1, 3, 6) * K, jnp.linspace(0.5, 1.5, 6))
    assert float(jnp.max(jnp.abs(gain))) < 1e-14


@pytest.mark.parametrize("mode", range(4))
def test_the_oracle_solves_its_own_equation(mode):
    put_back(Bilayer(mode=mode))


def test_modes_converge_at_second_order():
    modes_converge_at_second_order()


def test_steady_flux_is_that_of_resistances_in_series():
    steady_flux_is_that_of_resistances_in_series()


def test_equal_potential_in_all_layers_is_steady():
    even_potential_is_steady()
