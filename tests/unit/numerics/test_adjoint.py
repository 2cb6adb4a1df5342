"""The reverse derivative of every instruction of the native machine, and of tapes, against JAX."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from unit.numerics.test_machine import CALLS, CELLS, DRAW, S, X, Y

from microneedling.numerics import banded
from microneedling.numerics.adjoint import Sums, turned, turned_fixed
from microneedling.numerics.machine import run
from microneedling.numerics.native import LANES
from microneedling.numerics.program import laid_out
from microneedling.numerics.tape import Tape, Unsupported

FORWARD, BACK, FIXED = 1, 2, 3
ROUNDING = 1e-12  # a few operations in another order


def put(memory, program, value, x):
    """Numbers where the program reads them, if it does."""
    if value.node in program.place:
        memory[program.at(value) : program.at(value) + np.size(x)] = np.ravel(x)


def out_of(memory, begin, values):
    """Results that lie one after the other."""
    found = []
    for value in values:
        size = value.rows * LANES
        found.append(memory[begin : begin + size].reshape(value.shape).copy())
        begin += size
    return found


def bars_on_machine(call, fixed, moving, seeds):
    """Bars of fixed and of moving inputs of a traced function (fixed numbers, moving numbers) -> list."""
    tape = Tape(LANES)
    stay, move = ([tape.given(np.shape(x), n) for x in xs] for n, xs in ((0, fixed), (FORWARD, moving)))
    made = tape.traced(FORWARD, lambda a, b: jax.tree.leaves(call(*a, *b)), (stay, move))
    again = [tape.given(v.shape, BACK) for v in move]
    given = [tape.given(v.shape, BACK) for v in made]
    sums = Sums(tape, FIXED)
    found = turned(tape, made, given, inputs={v.node: w for v, w in zip(move, again)}, sums=sums, section=BACK)
    ended = turned_fixed(tape, stay, sums)
    moved, stayed = ([d[v.node] for v in of if v.node in d] for d, of in ((found, move), (ended, stay)))
    program, begins = laid_out(tape, [made, moved, stayed], effects=sums.added)
    memory = program.new_memory()
    for values, numbers in ((stay, fixed), (again, moving), (given, seeds)):
        for value, x in zip(values, numbers):
            put(memory, program, value, x)
    for n in (0, BACK, FIXED):
        run(memory, program.sections[n], program.table)
    got = [iter(out_of(memory, begins[n - 1], of)) for n, of in ((BACK, moved), (FIXED, stayed))]
    return tuple(
        [next(numbers) if v.node in d else np.zeros(v.shape) for v in of]
        for numbers, d, of in ((got[0], found, move), (got[1], ended, stay))
    )


def bars_by_jax(call, given, seeds):
    """The same by JAX."""
    _, back = jax.vjp(lambda *xs: jax.tree.leaves(call(*xs)), *map(jnp.asarray, given))
    return [np.asarray(x) for x in back([jnp.asarray(s) for s in seeds])]


def seeds_of(call, *given):
    """Some bars for a function's results."""
    return [DRAW.uniform(-1, 1, np.shape(y)) for y in jax.tree.leaves(call(*map(jnp.asarray, given)))]


@pytest.mark.parametrize("fixed", [0, 1, 3])
@pytest.mark.parametrize("name", CALLS)
def test_every_instruction_goes_back_as_in_jax(name, fixed):
    given, seeds = (X, Y, S), seeds_of(CALLS[name], X, Y, S)
    moved, stayed = bars_on_machine(CALLS[name], given[:fixed], given[fixed:], seeds)
    for got, wanted in zip([*stayed, *moved], bars_by_jax(CALLS[name], given, seeds), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=ROUNDING, atol=ROUNDING)


def harsh(x, y, s):
    """Powers and maxima where a derivative has no meaning or two."""
    zero = 0.0 * x
    return jnp.maximum(zero, y - y) + jnp.minimum(x, x) + zero**2.0 + (0.0 * y) ** s + jnp.clip(x, x, y)


def test_where_a_derivative_is_onesided_or_none_it_is_what_jax_says():
    seeds = seeds_of(harsh, X, Y, S)
    moved, _ = bars_on_machine(harsh, (), (X, Y, S), seeds)
    for got, wanted in zip(moved, bars_by_jax(harsh, (X, Y, S), seeds), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=ROUNDING, atol=ROUNDING)


def mixed(a, s, x, y):
    """Fixed and moving numbers, rows cut out, joined and summed, and one value used many times."""
    rate = jnp.exp(-a) * s
    cut = jnp.concatenate([x[1:], y[:1]]) * rate - jnp.sum(x, axis=0) / (1 + jnp.sum(rate, axis=0))
    return [cut * cut + x - a, jnp.sum(cut * a, axis=0), rate, -y, cut[1:3] - y[:2]]


def test_a_tape_goes_back_as_in_jax():
    given = (X, S, Y, X[::-1] + 0.1)
    seeds = seeds_of(mixed, *given)
    moved, stayed = bars_on_machine(mixed, given[:2], given[2:], seeds)
    for got, wanted in zip([*stayed, *moved], bars_by_jax(mixed, given, seeds), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=ROUNDING, atol=ROUNDING)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_block_system_is_solved_turned(size):
    lower, upper = DRAW.uniform(-1, 1, (2, CELLS, size, size, LANES))
    diagonal = DRAW.uniform(-1, 1, (CELLS, size, size, LANES)) + 4 * size * np.eye(size)[None, :, :, None]
    lower[0], upper[-1] = 0, 0
    parts = [part[:, i, j] for part in (lower, diagonal, upper) for i in range(size) for j in range(size)]
    right = [DRAW.uniform(-1, 1, (CELLS, LANES)) for _ in range(size)]

    tape = Tape(LANES)
    entries, given = [tape.given(x.shape, 1) for x in parts], [tape.given(x.shape, 2) for x in right]
    kept = tape.traced(1, lambda *xs: banded.mn_blocks_factor(*xs, size=size), entries)
    made = tape.traced(2, lambda levels, *r: banded.mn_blocks_solve(levels, r), (kept, *given))
    seeds = [tape.given(x.shape, 3) for x in right]
    found = turned(tape, made, seeds, inputs={v.node: v for v in given}, sums=None, section=3)
    bars = [found[v.node] for v in given]
    program, begins = laid_out(tape, [jax.tree.leaves(kept), made, bars], stays=jax.tree.leaves(kept))
    memory = program.new_memory()
    for value, x in zip([*entries, *seeds], [*parts, *right]):
        put(memory, program, value, x)
    for n in (1, 3):
        run(memory, program.sections[n], program.table)
    got, wanted = np.stack(out_of(memory, begins[2], bars), axis=1), np.stack(right, axis=1)
    left = np.einsum("njis,njs->nis", diagonal, got)
    left[:-1] += np.einsum("njis,njs->nis", lower[1:], got[1:])
    left[1:] += np.einsum("njis,njs->nis", upper[:-1], got[:-1])
    assert np.max(np.abs(left - wanted)) < 1e-13  # put back into the turned system, to rounding


def test_an_elimination_is_not_taken_back():
    with pytest.raises(Unsupported, match="derivative of operation"):
        bars_on_machine(lambda a, b, c: banded.mn_blocks_factor(a, b, c, size=1), (), (X, Y + 3, X), [X])
