"""Steady flux and lag time of layered slabs, and a bolus that diffuses and clears, through the drug law itself."""

import jax
import numpy as np
from oracles.exact import Bolus, Slabs, order, put_back
from oracles.law_slab import METRE, law_on, matrix_of
from scipy.linalg import expm

from microneedling.skin.event import no_event
from microneedling.treatments.deposit import Deposit

COUNTS = (10, 20, 40, 80)  # cells in each layer
TIME = 0.15
WANTED = 1e-4  # [1] what the laboratory promises of flux and lag


def flux_and_lag(oracle, cells):
    """Steady flux and lag of the law over the exact ones; both from the law's matrix, so without any time step."""
    step = np.repeat(oracle.l / cells, cells)
    D, K = np.repeat(oracle.D, cells), np.repeat(oracle.K, cells)
    film = 1e6
    matrix, begin = matrix_of(*law_on(step, D, K, film=film))
    inside = slice(begin["tissue"], begin["tissue"] + len(step))
    A, feed, out = (
        matrix[inside, inside],
        matrix[inside, begin["on_skin"]] * film * METRE,
        matrix[begin["receptor"], inside],
    )
    steady = -np.linalg.solve(A, feed)
    lacking = out @ -np.linalg.solve(A, steady)
    flux = out @ steady / METRE
    return flux / oracle.flux, lacking / METRE / flux / oracle.lag


def flux_and_lag_are_exact():
    for oracle in (Slabs(), Slabs(widths=(1.0,), diffusivities=(0.3,), partitions=(2.0,))):
        found = np.array([flux_and_lag(oracle, n) for n in COUNTS]) - 1
        assert np.max(np.abs(found[:, 0])) < 1e-9  # [1] rounding: flux through cells in series is exact
        assert np.min(order([1 / n for n in COUNTS], np.abs(found[:, 1]))) > 1.95  # second order
        assert abs(found[-1, 1]) < WANTED
        converged = found[-1, 1] + (found[-1, 1] - found[-2, 1]) / 3
        assert abs(converged) < WANTED / 100


def bolus(oracle, cells):
    """Largest error of the profile over its largest value, and error of the share taken up, after a time."""
    step = np.full(cells, oracle.l / cells)
    here, law, rest = law_on(step, np.full(cells, oracle.D), np.ones(cells), alive=1.0, lymph=oracle.k)
    matrix, begin = matrix_of(here, law, rest)
    middle, height = (oracle.a + oracle.b) / 2 * METRE, (oracle.b - oracle.a) * METRE
    dose = Deposit(needling=None, doses=(METRE,), dissolving=0.0, depth=middle, loaded=height)
    event = dose.onto(here)
    assert jax.tree.structure(event) == jax.tree.structure(no_event(here, 1))
    start = np.zeros(len(matrix))
    start[begin["tissue"] : begin["tissue"] + cells] = event.injected[0]
    first = begin["tissue"]
    matrix[begin["on_skin"], :] = matrix[:, begin["on_skin"]] = 0.0  # no film: the top is closed
    matrix[first, first] += 2 * oracle.D / step[0] ** 2
    end = expm(matrix * TIME) @ start
    profile = end[begin["tissue"] : begin["tissue"] + cells]
    centres = (np.arange(cells) + 0.5) * oracle.l / cells
    known = np.asarray(jax.vmap(lambda z: oracle.c(z, TIME))(centres))
    return np.max(np.abs(profile - known)) / np.max(known), end[begin["lymph"]] / METRE - float(oracle.cleared(TIME))


def bolus_converges_at_second_order():
    oracle = Bolus()
    found = [bolus(oracle, n) for n in (15, 30, 60, 120)]
    assert np.min(order([1 / 15, 1 / 30, 1 / 60, 1 / 120], [f[0] for f in found])) > 1.9  # second order
    assert found[-1][0] < 1e-3
    assert max(abs(f[1]) for f in found) < 1e-12  # [1] rounding: clearance sees the amount, whatever the grid


def test_the_oracles_solve_their_own_equations():
    put_back(Slabs())
    put_back(Slabs(widths=(1.0, 2.0), diffusivities=(1.0, 0.01), partitions=(0.1, 10.0)))
    put_back(Bolus())


def test_flux_and_lag_of_layered_slabs_are_exact_to_a_ten_thousandth():
    flux_and_lag_are_exact()


def test_a_bolus_in_a_clearing_slab_converges_at_second_order():
    bolus_converges_at_second_order()
