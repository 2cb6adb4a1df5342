"""Exchange of a channel with its tissue against steady diffusion around a cylinder."""

import jax.numpy as jnp
import pytest
from oracles.exact import Cell, put_back
from tissue import cheek, transport

from microneedling.core.struct import replace
from microneedling.laws.drug import Permeation
from microneedling.skin.components import Channels


def by_law(channel, cell):
    """Exchange per tissue volume and unit D K [m-2], from the law."""
    skin = cheek()
    p = replace(transport(skin), water_mobility=jnp.ones(1), joins=jnp.zeros(1))
    area = jnp.asarray([(channel / cell) ** 2])
    radius, none, reach = jnp.asarray([channel]), jnp.zeros(1), jnp.asarray(1e3 * cell)  # deep: the cell is a cylinder
    channels = Channels(
        recoiling=none,
        open=area,
        radius=radius,
        reach=reach,
        first=area[0],
        held=jnp.zeros(()),
        obstruction=jnp.zeros(()),
    )
    return float(Permeation().exchange(area, channels, p)[0])


def exchange_is_that_of_a_sparse_cell():
    for channel, cell in ((1.0, 30.0), (1.0, 100.0)):
        oracle = Cell(channel, cell)
        exact = oracle.q / oracle.mean()
        assert by_law(channel, cell) == pytest.approx(exact, rel=4 * (channel / cell) ** 2)  # sparse: next order in a


@pytest.mark.parametrize("cell", [26.0, 100.0])
def test_the_oracle_solves_its_own_equation(cell):
    put_back(Cell(cell=cell))


def test_exchange_is_that_of_a_sparse_cell():
    exchange_is_that_of_a_sparse_cell()


def test_the_logarithm_is_held_where_channels_are_no_longer_sparse():
    limit = Permeation().area_limit
    at_limit, beyond = (by_law(area**0.5, 1.0) for area in (limit, 0.2))
    assert 0 < at_limit == pytest.approx(beyond)  # per radius squared: area over radius squared is the same
