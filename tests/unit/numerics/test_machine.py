"""Every instruction of the native machine, and the tape that is made of a trace, against JAX."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from microneedling.numerics import banded, flux
from microneedling.numerics.machine import run
from microneedling.numerics.native import LANES
from microneedling.numerics.program import laid_out
from microneedling.numerics.tape import Tape, Unsupported

CELLS = 5
DRAW = np.random.default_rng(3)
X, Y = DRAW.uniform(0.2, 2.0, (2, CELLS, LANES))
S = DRAW.uniform(0.2, 2.0, LANES)
HARSH = np.array([[np.nan, np.inf, -np.inf, 0.0, -1.0, 1.0, 2.0, -0.0]] * CELLS)


def on_machine(call, *given):
    """What the machine makes of a traced function of arrays with lanes last."""
    tape = Tape(LANES)
    values = [tape.given(np.shape(x), 1) for x in given]
    made = tape.traced(1, lambda *xs: jax.tree.leaves(call(*xs)), values)
    program, begins = laid_out(tape, [made])
    memory = program.new_memory()
    for value, x in zip(values, given):
        if value.node in program.place:
            memory[program.at(value) : program.at(value) + np.size(x)] = np.ravel(x)
    for section in program.sections:
        run(memory, section, program.table)
    out, begin = [], begins[0]
    for value in made:
        size = value.rows * LANES
        out.append(memory[begin : begin + size].reshape(value.shape))
        begin += size
    return out


CALLS = {
    "add": lambda x, y, s: x + y,
    "sub": lambda x, y, s: x - y,
    "mul": lambda x, y, s: x * s,
    "div": lambda x, y, s: s / x,
    "max": lambda x, y, s: jnp.maximum(x, y),
    "min": lambda x, y, s: jnp.minimum(x, 1.0),
    "pow": lambda x, y, s: x**y,
    "power": lambda x, y, s: x**3 + x**-2 + x**0 + jnp.square(y),
    "compare": lambda x, y, s: jnp.where((x > y) & (y <= 1.0) | (x < 0.4), x, y),
    "compare more": lambda x, y, s: jnp.where(~(x >= y) | (x == y), x, jnp.where(x != y, y, s)),
    "clip": lambda x, y, s: jnp.clip(x, 0.5, s),
    "neg": lambda x, y, s: -x,
    "sqrt": lambda x, y, s: jnp.sqrt(x),
    "exp": lambda x, y, s: jnp.exp(x),
    "log": lambda x, y, s: jnp.log(x) + jnp.log10(y),
    "log1p": lambda x, y, s: jnp.log1p(x),
    "expm1": lambda x, y, s: jnp.expm1(x),
    "tanh": lambda x, y, s: jnp.tanh(x),
    "logistic": lambda x, y, s: jax.nn.sigmoid(x),
    "abs": lambda x, y, s: jnp.abs(x - 1.0),
    "erf": lambda x, y, s: jax.scipy.special.erf(x) + jax.scipy.special.erfc(y),
    "sign": lambda x, y, s: jnp.sign(x - 1.0),
    "floor": lambda x, y, s: jnp.floor(3 * x),
    "sin": lambda x, y, s: jnp.sin(x) + jnp.cos(y),
    "sum": lambda x, y, s: jnp.sum(x * y, axis=0) + s,
    "diffusion": lambda x, y, s: flux.diffusion(x, y, x + 1),
    "ends": lambda x, y, s: flux.into_top(flux.bottom(x), y) + flux.into_bottom(flux.top(x) * s, y),
    "sum and product": lambda x, y, s: [x + y * s, x * y + s, x - y * s, y * x - s, s - x * y],
    "product used twice": lambda x, y, s: [x * y + s, x * y - s, (x * s) + (x * s)],
    "part of a product": lambda x, y, s: (x * y)[1:3] + x[:2],
    "constant": lambda x, y, s: jnp.ones((CELLS, LANES)),
    "given back": lambda x, y, s: [x, s, x],
}


@pytest.mark.parametrize("name", CALLS)
def test_an_instruction_does_what_jax_does(name):
    got = on_machine(CALLS[name], X, Y, S)
    wanted = jax.tree.leaves(CALLS[name](*map(jnp.asarray, (X, Y, S))))
    for a, b in zip(got, wanted, strict=True):
        np.testing.assert_allclose(a, np.broadcast_to(b, a.shape), rtol=1e-13, atol=1e-15)  # rounding of one operation


@pytest.mark.parametrize("name", ["max", "min", "div", "compare", "sqrt", "log", "abs", "mul"])
def test_what_is_no_number_stays_so(name):
    wanted = jax.tree.leaves(CALLS[name](*map(jnp.asarray, (HARSH, Y, S))))[0]
    np.testing.assert_allclose(on_machine(CALLS[name], HARSH, Y, S)[0], wanted, rtol=1e-13)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_blocks_are_solved(size):
    lower, upper = DRAW.uniform(-1, 1, (2, CELLS, size, size, LANES))
    diagonal = DRAW.uniform(-1, 1, (CELLS, size, size, LANES)) + 4 * size * np.eye(size)[None, :, :, None]
    lower[0], upper[-1] = 0, 0
    right = DRAW.uniform(-1, 1, (CELLS, size, LANES))
    parts = [part[:, i, j] for part in (lower, diagonal, upper) for i in range(size) for j in range(size)]

    def call(*xs):
        levels = banded.mn_blocks_factor(*xs[:-size], size=size)
        return banded.mn_blocks_solve(levels, tuple(xs[-size:]))

    got = np.stack(on_machine(call, *parts, *(right[:, n] for n in range(size))), axis=1)
    assert np.max(np.abs(got - np.asarray(call(*parts, *(right[:, n] for n in range(size)))).swapaxes(0, 1))) < 1e-13
    left = np.einsum("nijs,njs->nis", diagonal, got)
    left[1:] += np.einsum("nijs,njs->nis", lower[1:], got[:-1])
    left[:-1] += np.einsum("nijs,njs->nis", upper[:-1], got[1:])
    assert np.max(np.abs(left - right)) < 1e-13  # put back into its own equation, to rounding


def test_what_does_not_move_is_set_apart_and_nothing_is_done_twice():
    tape = Tape(LANES)
    fixed, moving = tape.given((CELLS, LANES), 0), tape.given((CELLS, LANES), 1)
    made = tape.traced(1, lambda a, x: [jnp.exp(a) * x, jnp.exp(a) * x + 1.0], (fixed, moving))
    program, _ = laid_out(tape, [made])
    assert [len(code) for code in program.sections] == [1, 2 + 2]  # exp; product and sum, each copied out


def test_a_product_that_is_only_added_is_no_instruction_of_its_own():
    tape = Tape(LANES)
    x, y = (tape.given((CELLS, LANES), 1) for _ in range(2))
    made = tape.traced(1, lambda x, y: [x + x * y, y - jnp.exp(x) * y], (x, y))
    program, _ = laid_out(tape, [made])
    assert program.sections[1][:, 0].tolist() == [80, 34, 81, 65, 65]  # sum of a product, exp, difference; copied out


def test_memory_is_used_again():
    def long(x):
        for _ in range(50):
            x = jnp.exp(-x) + 1.0
        return x

    tape = Tape(LANES)
    x = tape.given((CELLS, LANES), 1)
    program, _ = laid_out(tape, [tape.traced(1, lambda y: [long(y)], (x,))])
    assert program.memory <= 8 * CELLS * LANES


@pytest.mark.parametrize("call", [lambda x: jnp.sort(x, axis=0), lambda x: x[::2], lambda x: jnp.sum(x, axis=1)])
def test_what_the_machine_does_not_know_is_said(call):
    with pytest.raises(Unsupported):
        on_machine(call, X)
