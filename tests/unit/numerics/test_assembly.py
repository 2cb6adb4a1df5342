"""The banded system against a dense one."""

import numpy as np
import pytest
from unit.numerics.test_wedge import cone

from microneedling.numerics.assembly import Assembly, Places

ROUNDING = 1e-12  # relative; the same numbers added in another order


def dense(assembly, mobility):
    """The whole matrix, node by node."""
    count = assembly.inner + 2 * assembly.across
    whole = np.zeros((count, count))
    for nodes, matrix, m in zip(assembly.nodes, assembly.unit, mobility):
        whole[np.ix_(nodes, nodes)] += m * matrix
    return whole


@pytest.fixture(scope="module")
def case():
    grid = cone(rows=4, inner=2, beyond=3)
    draw = np.random.default_rng(1)
    columns = grid.shape[1] + 1
    assembly = Assembly(grid, (draw.uniform(0.5, 2, columns), draw.uniform(0.5, 2, columns)))
    return assembly, draw.uniform(1, 5, grid.shape[0] * grid.shape[1])


def test_band_and_borders_are_those_of_the_dense_matrix(case):
    assembly, mobility = case
    found, whole = Places(assembly, assembly.everywhere).coupling(mobility), dense(assembly, mobility)
    across, inner = assembly.across, assembly.inner
    middle = whole[across : across + inner, across : across + inner]
    width = found.band.shape[0]
    for k in range(width):
        assert found.band[width - 1 - k, k:] == pytest.approx(np.diagonal(middle, k), rel=ROUNDING)
    for q, ends in enumerate((slice(0, across), slice(-across, None))):
        beside = whole[across : across + inner, ends]
        assert found.by[q] == pytest.approx(beside @ assembly.weights[q], rel=ROUNDING)
        assert found.to[q] == pytest.approx(beside.sum(axis=1), rel=ROUNDING)
        assert found.own[q] == pytest.approx(np.sum(whole[ends, ends] @ assembly.weights[q]), rel=ROUNDING)


def test_parts_add_up_to_the_whole(case):
    assembly, mobility = case
    half = assembly.everywhere[::2], assembly.everywhere[1::2]
    parts = [Places(assembly, pick).coupling(mobility[pick]).flat for pick in half]
    assert sum(parts) == pytest.approx(Places(assembly, assembly.everywhere).coupling(mobility).flat, rel=ROUNDING)


def test_gathered_values_keep_the_volume(case):
    assembly, _ = case
    found = Places(assembly, assembly.everywhere).gathered(np.ones(assembly.nodes.shape[0]))
    assert found.sum() == pytest.approx(np.pi * 1.5**2 * 3.0, rel=ROUNDING)
