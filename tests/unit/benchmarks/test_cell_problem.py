"""The benchmark's unit cell: its data, how an answer is judged, and the reference it is judged by."""

import dataclasses
import importlib.util
import json
import math
import pathlib
import sys

import numpy as np
import pytest

FOLDER = pathlib.Path(__file__).resolve().parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def cell():
    spec = importlib.util.spec_from_file_location("cell_problem", FOLDER / "cell_problem.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["cell_problem"] = module  # records look their module up while they are made
    spec.loader.exec_module(module)
    yield module
    del sys.modules["cell_problem"]


def test_cells_share_out_the_skin(cell):
    p = cell.cell_problem()
    assert math.pi * p.radius**2 * p.density == pytest.approx(1.0)
    assert p.dose == pytest.approx(p.film / p.density)


def test_the_hole_is_a_cut_cone_that_ends_in_the_dermis(cell):
    p = cell.cell_problem()
    assert (p.wall(0.0), p.wall(p.depth), p.wall(2 * p.depth)) == pytest.approx((p.mouth, p.tip, p.tip))
    assert p.wall(p.depth / 2) == pytest.approx((p.mouth + p.tip) / 2)
    assert p.tip < p.mouth < p.radius
    assert p.edges[2] < p.depth < p.edges[3]


def test_layers_jump_by_a_hundred_thousand(cell):
    corneum, epidermis, _ = cell.cell_problem().layers
    assert epidermis.medium.mobility / corneum.medium.mobility == pytest.approx(1e5)


def test_the_hole_closes_exponentially(cell):
    p = cell.cell_problem()
    assert p.openness(0.0) == 1.0
    assert p.openness(p.closing_time) == pytest.approx(math.exp(-1))
    assert p.times[-1] == 48 * 3600


REFERENCE = np.array([[1.0, 0.0, 0.02], [0.5, 0.4, 0.01]])


def test_a_deviation_is_held_against_the_most_a_compartment_holds(cell):
    assert cell.misfit(REFERENCE, REFERENCE) == 0
    assert cell.misfit(REFERENCE + np.array([[0, 0, 0], [0, 0, 0.001]]), REFERENCE) == pytest.approx(0.05)
    assert cell.misfit(REFERENCE - np.array([[0, 0.1, 0], [0, 0, 0]]), REFERENCE) == pytest.approx(0.25)


def test_an_answer_that_is_no_number_is_infinitely_wrong(cell):
    assert cell.misfit(REFERENCE * np.nan, REFERENCE) == math.inf


def test_an_answer_of_another_shape_is_refused(cell):
    with pytest.raises(ValueError, match=r"\(1, 3\).*\(2, 3\)"):
        cell.misfit(REFERENCE[:1], REFERENCE)


def test_cost_at_equal_error_follows_a_power_law(cell):
    costs = np.array([1.0, 4.0, 16.0])
    assert cell.at_equal_error(0.08 / costs**1.5, costs, 0.01) == pytest.approx(4.0)
    assert cell.at_equal_error(0.04 / costs, costs, 0.005) == pytest.approx(8.0)


def test_settings_that_cost_more_and_give_less_do_not_count(cell):
    errors, costs = np.array([0.1, 0.2, 0.001]), np.array([1.0, 2.0, 4.0])
    assert cell.at_equal_error(errors, costs, 0.01) == pytest.approx(2.0)  # half-way, in logarithms, from 1 to 4


def test_the_cheapest_setting_bounds_the_cost_from_below_and_the_error_from_above(cell):
    assert cell.at_equal_error(np.array([0.001, 0.0001]), np.array([3.0, 5.0]), 0.01) == 3.0
    assert cell.at_equal_error(np.array([0.1, 0.02]), np.array([3.0, 5.0]), 0.01) == math.inf


def test_the_reference_is_of_this_problem_and_two_tools_agree_on_it(cell):
    kept = json.loads((FOLDER / "cell_reference.json").read_text())
    p = cell.cell_problem()
    assert kept["problem"] == json.loads(json.dumps(dataclasses.asdict(p)))
    amounts = np.array(kept["amounts"])
    assert amounts.shape == (len(p.times), len(cell.COMPARTMENTS))
    assert amounts.sum(axis=1) == pytest.approx(1.0, abs=1e-9)
    assert np.all(amounts > 0)
    other = np.array(kept["check"]["amounts"])
    assert kept["check"]["tool"] != kept["made"]["tool"]
    assert cell.misfit(other, amounts) < 1e-3  # a tenth of the error contenders are compared at
