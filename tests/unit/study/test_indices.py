"""Indices of functions whose indices are known, SciPy's own as the witness, and taking up what was stopped."""

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform
from unit.study.sensitivity_cases import number

from microneedling.laws import standard as laws
from microneedling.laws.admission import admitted
from microneedling.study import coordinates as coordinates_module
from microneedling.study import indices as module
from microneedling.study.coordinates import coordinates
from microneedling.study.indices import TOGETHER, Design, design, drawn, indices, simulated_values
from microneedling.study.numbers import CIRCUIT, spread_out

KNOWN = {one.name: one for one in laws.numbers()}
EVERY = {one.name: one for one in coordinates(KNOWN)}
APART = tuple(EVERY[name] for name in ("ElasticTurnover.k_E", "ElasticTurnover.d_E", "VesselResponse.beta"))
SAMPLES = 1024
NEAR = 0.05  # of 1: three standard errors of an index from so many samples [1]


def ishigami(q):
    """sin x + 7 sin² y + 0.1 z⁴ sin x on (−π, π)³; indices in closed form: 0.314, 0.442, 0 and 0.558, 0.442, 0.244."""
    x, y, z = np.pi * (2 * q.T - 1)
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def test_an_additive_answer_is_the_sum_of_what_each_number_does():
    """y = Σ c u: S = T = c²/Σ c²."""
    weights = np.array([3.0, 2.0, 1.0])
    plan = design(KNOWN, APART, SAMPLES, seed=1)
    found = indices(plan, plan.points @ weights)
    expected = weights**2 / np.sum(weights**2)
    assert [row.name for row in found.rows] == [one.name for one in APART]  # largest first
    for row, share in zip(found.rows, expected):
        assert row.first[1] == pytest.approx(share, abs=NEAR) and row.total[1] == pytest.approx(share, abs=NEAR)
        assert row.first[0] < row.first[1] < row.first[2]
    assert sum(row.first[1] for row in found.rows) == pytest.approx(1.0, abs=NEAR)


def test_ishigami_and_the_witness():
    plan = design(KNOWN, APART, SAMPLES, seed=2)
    values = ishigami(plan.points)
    by = {row.name: row for row in indices(plan, values).rows}
    first, total = np.array([[by[one.name].first[1], by[one.name].total[1]] for one in APART]).T
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=NEAR)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=NEAR)
    witness = sobol_indices(func=lambda x: ishigami(x.T), n=SAMPLES, dists=[uniform()] * 3, rng=3)
    assert first == pytest.approx(witness.first_order, abs=2 * NEAR)
    assert total == pytest.approx(witness.total_order, abs=2 * NEAR)


def test_numbers_lie_in_their_spreads_as_in_the_ensemble():
    plan = design(KNOWN, APART, SAMPLES, seed=1)
    mine = drawn(KNOWN, APART, plan.points[: 2 * SAMPLES])["ElasticTurnover"].k_E
    theirs = spread_out(KNOWN["ElasticTurnover"], 4000, seed=1).k_E[1:]
    shares = (0.05, 0.25, 0.5, 0.75, 0.95)
    assert np.quantile(mine, shares) == pytest.approx(np.quantile(theirs, shares), rel=0.1)
    assert np.ptp(drawn(KNOWN, APART, plan.points[:8])["ElasticTurnover"].m_E) == 0  # not among those varied


@pytest.fixture(scope="module")
def healing():
    """A design with numbers of the circuit that can stop tissue from healing, and one that cannot."""
    names = ("InflammatoryCircuit.d_Q", "InflammatoryCircuit.s_N2", "InflammatoryCircuit.s_1", "VesselResponse.beta")
    numbers = tuple(EVERY[name] for name in names)
    return numbers, design(KNOWN, numbers, 256, seed=3)


def test_every_point_heals_and_what_depends_on_each_other_is_swapped_together(healing):
    numbers, plan = healing
    records = drawn(KNOWN, numbers, plan.points)
    assert np.all(admitted({name: records[name] for name in CIRCUIT}))
    assert plan.redrawn > 0 and plan.groups == ((3,), (0, 1, 2)) and plan.runs == 256 * 4


def test_of_numbers_drawn_together_each_has_a_first_order_index_only(healing):
    plan = healing[1]
    found = indices(plan, plan.points @ np.array([2.0, 0.0, 0.0, 1.0]))
    by = {row.name: row for row in found.rows}
    assert [row.inside for row in found.rows] == [False, False, True, True, True]
    assert by[TOGETHER].total is not None and by["InflammatoryCircuit.d_Q"].total is None
    assert by[TOGETHER].first[1] + by["VesselResponse.beta"].first[1] == pytest.approx(1.0, abs=3 * NEAR)
    assert by["InflammatoryCircuit.d_Q"].first[1] == pytest.approx(by[TOGETHER].first[1], abs=3 * NEAR)


def test_numbers_fitted_together_take_a_row_of_their_joint_draws(monkeypatch):
    """One number asked for, two fitted with it: all three come from one row, and are swapped as one."""
    fitted = {"ElasticTurnover.k_E", "ElasticTurnover.d_E"}
    facts = {id(KNOWN["ElasticTurnover"].facts[name.split(".")[1]]) for name in fitted}
    for owner in (module, coordinates_module):
        monkeypatch.setattr(owner, "is_joint", lambda one: id(one) in facts)
    numbers = (APART[0], APART[2])
    plan = design(KNOWN, numbers, 64, seed=1)
    assert set(plan.pool) == fitted and plan.groups == ((1,), (0,)) and plan.runs == 64 * 4
    made = drawn(KNOWN, numbers, plan.points, plan.pool)["ElasticTurnover"]
    pairs = set(zip(plan.pool["ElasticTurnover.k_E"], plan.pool["ElasticTurnover.d_E"]))
    assert set(zip(made.k_E, made.d_E)) <= pairs and len(set(zip(made.k_E, made.d_E))) > 64
    found = indices(plan, np.log(made.k_E * made.d_E))
    assert found.rows[0].name == TOGETHER and found.rows[0].total[1] == pytest.approx(1.0, abs=3 * NEAR)


def test_bins_find_nothing_where_there_is_nothing():
    rng = np.random.default_rng(0)
    numbers = (number("a.b"), number("a.c"))
    points = rng.random((4 * 256, 2))
    plan = Design(numbers=numbers, groups=((0, 1),), samples=256, points=points[:768], redrawn=1)
    inside = [row for row in indices(plan, rng.random(768)).rows if row.inside]
    assert all(abs(row.first[1]) < NEAR and row.first[0] < 0 < row.first[2] for row in inside)


def test_a_row_without_an_end_is_left_out_and_counted():
    plan = design(KNOWN, APART, 256, seed=1)
    values = plan.points @ np.array([3.0, 2.0, 1.0])
    values[[5, 700]] = np.nan
    found = indices(plan, values)
    assert found.failed == 2 and all(np.all(np.isfinite(row.first)) for row in found.rows)


class Asked:
    """Numbers without a study."""

    known = KNOWN


def test_what_was_stopped_goes_on_with_the_same_numbers(monkeypatch):
    """Stopped after the second block: the third call's values are those of a call that was never stopped."""
    monkeypatch.setattr(module, "outcomes", lambda asked, records: np.asarray(records["ElasticTurnover"].k_E) * 1e6)
    plan = design(KNOWN, APART, 128, seed=1)
    quiet = {"keep": lambda values: None, "step": lambda done, total: None}
    straight = simulated_values(Asked(), plan, done=np.zeros(0), **quiet)
    kept, blocks = [], []

    def stop(values):
        kept.append(values)
        if len(kept) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulated_values(Asked(), plan, done=np.zeros(0), keep=stop, step=lambda done, total: None)
    monkeypatch.setattr(module, "outcomes", _counted(blocks))
    again = simulated_values(Asked(), plan, done=kept[-1], **quiet)
    assert np.array_equal(straight, again)
    assert sum(blocks) == plan.runs - kept[-1].size  # what was there is not simulated again


def _counted(blocks):
    def outcomes(asked, records):
        values = np.asarray(records["ElasticTurnover"].k_E) * 1e6
        blocks.append(values.size)
        return values

    return outcomes
