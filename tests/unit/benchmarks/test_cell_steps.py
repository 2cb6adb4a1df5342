"""What the peers of the cell's benchmark share: steps through time and grids along the wall."""

import importlib
import pathlib
import sys

import numpy as np
import pytest

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "benchmarks"
NAMES = ("cell_problem", "cell_mesh", "cell_steps")


@pytest.fixture(scope="module")
def cell():
    sys.path.insert(0, str(FOLDER))
    yield {name: importlib.import_module(name) for name in NAMES}
    sys.path.remove(str(FOLDER))
    for name in NAMES:
        del sys.modules[name]


class Decay:
    """One number that only decays: d(C u)/dt = -k u with C = 1 + s."""

    start = np.array([1.0])

    def __init__(self, rate):
        self.rate = rate

    def capacity(self, s, u):
        return (1 + s) * u

    def solver(self, s, hg):
        return lambda b: b / (1 + s + hg * self.rate)

    def held(self, s, u):
        return np.array([(1 + s) * u[0], 0.0, 0.0, 0.0, self.rate * u[0]])


def last(cell, order, many, closed=0.0):
    """What is left at the end, and what was cleared."""
    p = cell["cell_problem"].cell_problem()
    ends = cell["cell_steps"].time_grid(p, (many,) * 5)
    found, _ = cell["cell_steps"].march(Decay(1e-5), p, ends, order=order, closed=closed)
    return found[-1, 0], found[-1, -1]


@pytest.mark.parametrize("order", [2, 3, 4])
def test_steps_settle_at_their_order(cell, order):
    left = [last(cell, order, many)[0] for many in (4, 8, 16)]
    observed = np.log2(abs(left[0] - left[1]) / abs(left[1] - left[2]))
    assert observed > order - 0.5  # the first stretch is not self-similar, so not exactly the order


def test_steps_solve_a_decay_whose_capacity_falls(cell):
    p = cell["cell_problem"].cell_problem()
    end, tau = p.times[-1], p.closing_time
    # d ln y/dt = -k/(1 + exp(-t/tau)), whose integral is tau ln((1 + exp(t/tau))/2)
    exact = np.exp(-1e-5 * tau * np.log((1 + np.exp(end / tau)) / 2))
    left, cleared = last(cell, 4, 40)
    assert left == pytest.approx(exact, rel=1e-6)
    assert left + cleared == pytest.approx(1.0, abs=1e-12)


def test_time_grids_meet_every_output(cell):
    p = cell["cell_problem"].cell_problem()
    ends = cell["cell_steps"].time_grid(p, (5, 3, 2, 1, 1))
    assert ends.size == 12
    assert np.all(np.diff(ends) > 0)
    assert set(p.times) <= set(ends.tolist())


def test_a_hole_all_but_closed_shares_factors(cell):
    p = cell["cell_problem"].cell_problem()
    march, ends = cell["cell_steps"].march, cell["cell_steps"].time_grid(p, (2, 2, 2, 2, 2))
    open_always, closes = (march(Decay(1e-5), p, ends, order=3, closed=c)[1] for c in (0.0, 1e-4))
    assert open_always == 30
    assert closes < open_always


@pytest.mark.parametrize("finer", [1, 2])
def test_grids_follow_wall_and_layers(cell, finer):
    p, mesh = cell["cell_problem"].cell_problem(), cell["cell_mesh"]
    g = mesh.grid(p, mesh.Grading((2, 1.6), (2, 4.0), (3, 2.0), (2, 4.0), (1, 3.0), (4, 18.0)).times(finer))
    for level in (*p.edges, p.depth):
        assert np.min(np.abs(g.z - 1e6 * level)) < 1e-9
    assert g.r[:, finer] == pytest.approx([1e6 * p.wall(z / 1e6) for z in g.z])  # the wall is a grid line
    assert np.all(np.diff(g.r, axis=1) > 0)
    assert np.all(np.diff(g.z) > 0)
    height, r2 = np.diff(g.z)[:, None], g.r**2
    cones = np.pi / 3 * height * (r2[:-1] + g.r[:-1] * g.r[1:] + r2[1:])
    volume = np.sum(np.diff(cones, axis=1)[g.hole])
    exact = np.pi / 3 * p.depth * (p.mouth**2 + p.mouth * p.tip + p.tip**2)
    assert volume == pytest.approx(1e18 * exact)


def test_coefficients_are_water_where_the_hole_is_open(cell):
    p, mesh = cell["cell_problem"].cell_problem(), cell["cell_mesh"]
    k = mesh.coefficients(p, np.array([0, 2, 2]), np.array([True, False, True]))
    assert k.capacity + k.open_capacity == pytest.approx([1.0, 0.7, 1.0])
    assert k.mobility + k.open_mobility == pytest.approx([500.0, 70.0, 500.0])
    assert k.removal + k.open_removal == pytest.approx([0.0, 3.5e-4, 0.0])
