"""The body-fitted grid and its element integrals."""

import numpy as np
import pytest

from microneedling.numerics.wedge import graded, stiffness, volumes, wedge

ROUNDING = 1e-12  # sums of some hundred terms


def cone(rows=12, inner=3, beyond=5):
    z = np.concatenate([np.linspace(0.0, 2.0, rows + 1), [2.5, 3.0]])
    return wedge(z, np.maximum(0.1, 0.5 - 0.2 * z), 1.5, inner=inner, beyond=beyond)


def test_points_grow_by_the_ratio():
    steps = np.diff(graded(1.0, 3.0, 5, ratio=1.5))
    assert steps[1:] / steps[:-1] == pytest.approx(np.full(4, 1.5))
    both = np.diff(graded(0.0, 1.0, 6, ratio=2.0, both=True))
    assert both == pytest.approx(both[::-1]) and both[2] == pytest.approx(4 * both[0])


def test_columns_follow_the_wall():
    grid = cone()
    assert grid.r[:, grid.inner] == pytest.approx(np.maximum(0.1, 0.5 - 0.2 * grid.z))
    assert np.all(np.diff(grid.r, axis=1) > 0) and grid.r[:, -1] == pytest.approx(1.5)


def test_volumes_fill_the_cylinder():
    assert np.sum(volumes(cone())) == pytest.approx(np.pi * 1.5**2 * 3.0, rel=ROUNDING)


def test_a_level_potential_drives_nothing():
    assert np.abs(stiffness(cone()).sum(axis=-1)).max() < ROUNDING


def energy(grid, u):
    """∫ |∇u|² of nodal values, from the element matrices."""
    rows, columns = grid.shape
    total = 0.0
    for (i, j), matrix in zip(np.ndindex(rows, columns), stiffness(grid).reshape(-1, 4, 4)):
        corner = np.array([u[i, j], u[i, j + 1], u[i + 1, j], u[i + 1, j + 1]])
        total += corner @ matrix @ corner
    return total


def test_a_linear_fall_has_its_own_energy_on_slanted_elements():
    grid = cone()
    found = energy(grid, np.broadcast_to(grid.z[:, None], grid.r.shape))
    assert found == pytest.approx(np.pi * 1.5**2 * 3.0, rel=ROUNDING)  # |∇z| = 1 everywhere


def test_a_wall_outside_the_cell_is_refused():
    with pytest.raises(ValueError, match="must lie between 0 and"):
        wedge(np.array([0.0, 1.0]), np.array([0.5, 2.0]), 1.5, inner=2, beyond=2)
