"""Which sets of healing numbers describe skin that heals."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from tissue import DAY, cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.admission import Admission, admitted, growth_matrix, locking, obstacles, tied
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.repair import FibroblastActivation

CIRCUIT, REPAIR = InflammatoryCircuit(), FibroblastActivation()
ORDER = ("neutrophils", "m1", "m2", "signal", "tgf", "fibroblasts")


def records(**changes):
    """The default set with some laws replaced."""
    found = {"InflammatoryCircuit": CIRCUIT, "FibroblastActivation": REPAIR, "CollagenTurnover": CollagenTurnover()}
    return found | changes


def test_the_default_set_heals():
    assert bool(admitted(records()))


def test_the_matrix_is_the_derivative_of_the_laws_at_rest():
    skin = cheek()
    model = model_of(skin)
    rest = model.start(skin)
    laws = {type(law).__name__: law for law in model.laws}
    deep = int(np.argmax(np.asarray(skin.papillary)))

    def rates(x):
        cells = rest.parts["Inflammation"].columns.wounded
        grown = rest.parts["Repair"].columns.wounded
        known = dict(zip(ORDER, x))
        cells = replace(cells, **{n: known[n] + getattr(cells, n) for n in ORDER[:4]})
        grown = replace(grown, **{n: known[n] + getattr(grown, n) for n in ORDER[4:]})
        moved = laws["InflammatoryCircuit"].kinetics(cells, grown.tgf, rest.parts["Vessels"].perfusion)
        made = laws["FibroblastActivation"].kinetics(grown, cells, skin)
        return jnp.stack([getattr(moved if n in ORDER[:4] else made, n)[deep] for n in ORDER])

    np.testing.assert_allclose(growth_matrix(CIRCUIT, REPAIR), jax.jacfwd(rates)(jnp.zeros(6)), rtol=1e-9, atol=1e-20)
    assert isinstance(rest, State)


def test_inflammation_that_feeds_itself_is_refused():
    assert not bool(admitted(records(InflammatoryCircuit=replace(CIRCUIT, s_1=6 * CIRCUIT.s_1))))


def test_the_limit_is_a_rate_of_return():
    slowest = np.linalg.eigvals(growth_matrix(CIRCUIT, REPAIR)).real.max()
    assert slowest * DAY == pytest.approx(-0.05, abs=0.3) and slowest < Admission().slowest


def test_a_locking_set_is_refused():
    locked = replace(REPAIR, s_F=20 * REPAIR.s_F)
    assert float(locking(REPAIR)) < 0.8 < float(locking(locked))
    assert not bool(admitted(records(FibroblastActivation=locked)))


def test_locking_is_the_largest_gain_over_all_cell_loads():
    a = REPAIR.s_F / (REPAIR.d_T * REPAIR.K_F)
    F = np.linspace(0, 1, 20001)
    gain = REPAIR.p_F * a * (REPAIR.F_q + F) * (1 - F) / (REPAIR.d_F * (1 + a * F))
    assert float(locking(REPAIR)) == pytest.approx(np.max(gain), rel=1e-4)


def test_a_set_that_needs_a_negative_source_of_mature_collagen_is_refused():
    greedy = replace(CollagenTurnover(), r_q=30 * CollagenTurnover().r_q)
    assert float(greedy.steady_source()) < 0
    assert not bool(admitted(records(CollagenTurnover=greedy)))


def debris_that_does_not_clear_itself_is_refused():
    stuck = records(InflammatoryCircuit=replace(CIRCUIT, k_X=0.0 * CIRCUIT.k_X))
    assert not bool(admitted(stuck))
    assert obstacles(stuck) == (
        "a puncture never heals: debris clears itself (InflammatoryCircuit.k_X) at 0 d-1, allowed 0.05 d-1 or more",
    )


def test_debris_that_does_not_clear_itself_is_refused():
    debris_that_does_not_clear_itself_is_refused()


def test_each_obstacle_names_its_limit_and_what_was_found():
    assert obstacles(records()) == ()
    locked = obstacles(records(FibroblastActivation=replace(REPAIR, s_F=20 * REPAIR.s_F)))
    assert (
        "allowed below 0.8" in locked[-1]
        and f"{float(locking(replace(REPAIR, s_F=20 * REPAIR.s_F))):.3g}" in locked[-1]
    )
    unsteady = obstacles(records(InflammatoryCircuit=replace(CIRCUIT, s_1=6 * CIRCUIT.s_1)))
    assert "allowed below -0.05 d-1" in unsteady[0] and "d-1, allowed" in unsteady[0]
    greedy = obstacles(records(CollagenTurnover=replace(CollagenTurnover(), r_q=30 * CollagenTurnover().r_q)))
    assert greedy[0].startswith("mature collagen would be unmade at rest: its source (CollagenTurnover) -")


def test_obstacles_and_admission_agree():
    """The sentences are there exactly where the set is refused, over sets near and far."""
    random = np.random.default_rng(7)
    seen = set()
    for _ in range(60):
        k_X, s_1, s_F, r_q = np.exp(random.normal(0.0, 1.6, 4))
        drawn = records(
            InflammatoryCircuit=replace(CIRCUIT, k_X=k_X * CIRCUIT.k_X, s_1=s_1 * CIRCUIT.s_1),
            FibroblastActivation=replace(REPAIR, s_F=s_F * REPAIR.s_F),
            CollagenTurnover=replace(CollagenTurnover(), r_q=r_q * CollagenTurnover().r_q),
        )
        assert bool(admitted(drawn)) == (not obstacles(drawn))
        seen.add(bool(admitted(drawn)))
    assert seen == {True, False}


def test_many_sets_are_judged_at_once():
    many = replace(CIRCUIT, s_1=CIRCUIT.s_1 * np.array([1.0, 6.0]))
    held = {name: _repeated(record) for name, record in records(InflammatoryCircuit=many).items()}
    assert list(np.asarray(admitted(held))) == [True, False]


def _repeated(record):
    return jax.tree.map(lambda x: np.broadcast_to(np.asarray(x, dtype=float), (2,)), record)


def products(held):
    """The two combinations the timing data fix: height of collagen synthesis, drive of TGF-beta."""
    circuit, repair, collagen = (held[name] for name in records())
    height = collagen.r0 * (1 + collagen.g) * repair.p_F * repair.F_q / (repair.d_F * collagen.r_q)
    return np.array([height, repair.s_T2 * circuit.s_Q / (repair.d_T * circuit.K_M)])


def test_tied_draws_keep_the_products_the_data_fix():
    drawn = records(
        InflammatoryCircuit=replace(CIRCUIT, s_Q=2.0 * CIRCUIT.s_Q),
        FibroblastActivation=replace(REPAIR, F_q=3.0 * REPAIR.F_q, d_T=0.8 * REPAIR.d_T),
        CollagenTurnover=replace(CollagenTurnover(), g=9.0),
    )
    np.testing.assert_allclose(products(tied(drawn, records())), products(records()), rtol=1e-12)


def test_a_tied_number_keeps_a_third_of_its_own_draw():
    drawn = records(FibroblastActivation=replace(REPAIR, s_T2=8.0 * REPAIR.s_T2))
    assert float(tied(drawn, records())["FibroblastActivation"].s_T2) == pytest.approx(2.0 * REPAIR.s_T2)
    same = tied(records(), records())
    assert float(same["CollagenTurnover"].r0) == pytest.approx(CollagenTurnover().r0, rel=1e-12)
