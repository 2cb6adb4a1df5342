"""The native march on the small system: the solution, at both widths, and steps that cannot be solved."""

import jax
import numpy as np
import pytest
from toy import LAYOUT, NEGLIGIBLE, OVER_DEPTH, START, exact, rates

from microneedling.numerics import linear, status
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.machine import run
from microneedling.numerics.machine_march import march_lanes
from microneedling.numerics.march import STEPS
from microneedling.numerics.native import LANES
from microneedling.numerics.program import laid_out
from microneedling.numerics.tape import Tape

LINEARISE, RATE, SOLVE, CHECK = range(1, 5)
END, TIMES = 3.0, np.array([0.02, 0.37, 1.5, 3.0])  # [s]


def exchanged(by, fields):
    """The small system, with an exchange between its two depth fields, as fast as each person has it."""
    a, b, *rest = rates(fields)
    goes = by * (fields[0] - 3.0 * fields[1])
    return [a - goes, b + goes, *rest]


class Small:
    """That system as a program."""

    def __init__(self, lanes):
        self.lanes, tape, kept = lanes, Tape(lanes), []

        def linearised(by, fields, shift):
            made, entries = rate_and_jacobian(lambda ys: exchanged(by, ys), fields)
            factors = linear.factor(entries, shift, LAYOUT)
            kept.append((list(entries), factors.order, jax.tree.structure(factors.parts)))
            return made, list(entries.values()), jax.tree.leaves(factors.parts)

        def solved(entries, parts, right):
            keys, order, tree = kept[0]
            return linear.solve(
                linear.Factors(order, dict(zip(keys, entries)), tree.unflatten(parts), LAYOUT.cells), right
            )

        def checked(entries, shift, x, right):
            return linear.residual(dict(zip(kept[0][0], entries)), shift, x, right, depth=LAYOUT.cells)

        def fields(section):
            return [tape.given((5, lanes) if deep else (lanes,), section) for deep in OVER_DEPTH]

        self.by, shift = tape.given((lanes,), 0), tape.given((lanes,), LINEARISE)
        at, pair = {n: fields(n) for n in (LINEARISE, RATE, SOLVE)}, [fields(CHECK) for _ in range(2)]
        first, entries, parts = tape.traced(LINEARISE, linearised, (self.by, at[LINEARISE], shift))
        found = [
            first,
            tape.traced(RATE, exchanged, (self.by, at[RATE])),
            tape.traced(SOLVE, solved, (entries, parts, at[SOLVE])),
            tape.traced(CHECK, checked, (entries, shift, *pair)),
        ]
        groups = [*at.values(), *pair]
        self.program, begins = laid_out(tape, found, stays=(*entries, *parts), contiguous=groups)
        where = [self.program.at(group[0]) for group in groups]
        self.places = [where[0], self.program.at(shift), where[1], where[2], *begins[:3], where[3], where[4], begins[3]]

    def marched(self, by, relative=1e-4):
        """Fields at TIMES (time, row, lane), status, steps taken."""
        memory, n = self.program.new_memory(), self.lanes
        memory[self.program.at(self.by) :][:n] = by
        run(memory, self.program.sections[0], self.program.table)
        *code, check = (self.program.sections[k] for k in (LINEARISE, RATE, SOLVE, CHECK))
        program = (memory, *code, self.program.table, np.array(self.places, dtype=np.int64))
        flat = np.concatenate([np.atleast_1d(y) for y in START])
        y = np.ascontiguousarray(np.repeat(flat[:, None], n, axis=1))
        store, outcome = np.full((TIMES.size, flat.size, n), np.nan), np.zeros((3, n), dtype=np.int64)
        pace = np.array([0.0, END, relative, STEPS], dtype=float)
        none = (np.empty((0, flat.size, n)), np.zeros((0, n)), np.zeros((0, n)), np.zeros(n, dtype=np.int64))
        kept = (pace, TIMES.copy(), np.zeros(n, dtype=np.int64), store, outcome, none)
        march_lanes(run, program, (y, np.array([5, 5, 1, 1], dtype=np.int64), np.array(NEGLIGIBLE), check), kept)
        return store, outcome[0], outcome[1]


@pytest.fixture(scope="module")
def small():
    return {lanes: Small(lanes) for lanes in (1, LANES)}


@pytest.mark.parametrize("lanes", [1, LANES])
def test_it_finds_the_solution(small, lanes):
    store, code, _ = small[lanes].marched(np.zeros(lanes), 1e-7)
    assert np.all(code == status.FINE)
    known = exact(np.concatenate([[0.0], TIMES]))[1:]
    for lane in range(lanes):
        np.testing.assert_allclose(store[..., lane], known, rtol=0, atol=1e-6)


def test_one_alone_takes_the_steps_of_one_among_many(small):
    paces = np.geomspace(1.0, 1e3, LANES)
    together, _, steps = small[LANES].marched(paces)
    assert len(set(steps.tolist())) > 1
    for lane, pace in enumerate(paces):
        alone, _, taken = small[1].marched(np.array([pace]))
        assert taken[0] == steps[lane]
        np.testing.assert_allclose(alone[..., 0], together[..., lane], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("lane", [0, 5])
def test_an_exchange_too_fast_to_be_solved_ends_one_person_with_the_cause(small, lane):
    # a rate of 1e20 /s leaves no digit of the rest of its cell's equations: the second pivot cancels to rounding
    paces = np.ones(LANES)
    calm, _, _ = small[LANES].marched(paces)
    paces[lane] = 1e20
    store, code, _ = small[LANES].marched(paces)
    others = np.arange(LANES) != lane
    assert code[lane] == status.NOT_SOLVED and np.all(code[others] == status.FINE)
    np.testing.assert_array_equal(store[..., others], calm[..., others])
    assert np.isnan(store[-1, :, lane]).all()
