"""The marched wedge against exact answers."""

import numpy as np
import pytest
from oracles.wedges import BESSEL, Mode, exact_lag, mode_error, slab_lag

from microneedling.numerics.wedge_march import GAMMA, march
from microneedling.numerics.wedge_system import Transport

DIFFERENCES = 1e-5  # second differences over 1e-4 of a function of size one


def test_the_mode_solves_its_equation_and_passes_nothing_through_the_wall():
    mode, draw = Mode(), np.random.default_rng(3)
    r, z, t = draw.uniform(0.1, 0.9, 9), draw.uniform(0.1, 1.9, 9), draw.uniform(0, 1, 9)
    assert np.abs(mode.missing(r, z, t)).max() < DIFFERENCES
    assert abs(BESSEL(mode.wave)) < 1e-12


def mode_converges_at_second_order():
    errors = [mode_error(rows, columns) for rows, columns in ((8, 8), (16, 16), (32, 32))]
    orders = np.log2(np.array(errors[:-1]) / errors[1:])
    assert np.all(orders > 1.8) and np.all(orders < 2.3), orders  # declared 2, on elements with slanted walls
    assert errors[-1] < 5e-3  # the largest of all nodes, of a mode of size one


def test_a_decaying_mode_converges_at_second_order():
    mode_converges_at_second_order()


def steps_converge_at_third_order():
    root = GAMMA**3 - 3 * GAMMA**2 + 1.5 * GAMMA - 1 / 6
    assert abs(root) < 1e-12
    loose, tight = (mode_error(8, 8, tolerance=t) for t in (1e-3, 1e-9))
    assert abs(loose - tight) < 1e-3  # the tolerance is the error of a step as a share of all there is


def test_a_loose_tolerance_keeps_its_word():
    steps_converge_at_third_order()


def slab_has_the_exact_flux_and_lag():
    matter, thick, mobility, capacity = slab_lag(100)
    flux, lag = exact_lag(thick, mobility, capacity)
    transport, inner = Transport(matter), matter.assembly.inner
    y = np.zeros(inner + 6)
    y[inner] = transport.at(0.0).holds[0]
    late = np.array([8.0, 9.0]) * lag
    tolerance = 1e-6 / transport.at(0.0).holds[0]  # the film is nearly all there is; what passes is some 0.1 of a unit
    out = march(transport, y, late, begin=0.0, tolerance=tolerance, first=1e-3).amounts[:, inner + 1] / np.pi
    slope = (out[1] - out[0]) / (late[1] - late[0])
    assert slope == pytest.approx(flux, rel=1e-4)  # asked for: within 1e-4 of the exact solution
    assert late[1] - out[1] / slope == pytest.approx(lag, rel=1e-4)


def test_a_layered_slab_has_the_exact_flux_and_lag():
    slab_has_the_exact_flux_and_lag()


def test_amounts_are_kept_to_rounding():
    matter, *_ = slab_lag(12)
    transport, inner = Transport(matter), matter.assembly.inner
    y = np.zeros(inner + 6)
    y[inner] = 1.0
    kept = march(transport, y, np.geomspace(1, 1e5, 9), begin=0.0).amounts.sum(axis=1)
    assert kept == pytest.approx(np.ones(9), abs=1e-12)  # of the dose; asked for: 1e-9
