"""(s I - J) x = r solved group by group, against dense solves: every coupling in small, and the whole model."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from dense import Index, written_out
from tissue import busy, cheek, lanes, model_of
from toy import INDEX, LAYOUT, rates

from microneedling.numerics import linear
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.packed import Layout

ROUNDING = 1e-9  # [1] of the largest unknown of each field; elimination without pivoting


def toy(people=3, seed=0):
    """Entries of the small system at states that differ between people."""
    draw = np.random.default_rng(seed)
    shapes = [(5, people), (5, people), (people,), (people,)]
    return jax.jit(lambda ys: rate_and_jacobian(rates, ys)[1])([draw.uniform(0.2, 1.5, s) for s in shapes])


def solved(entries, shift, layout, rhs):
    """Through the public functions of linear.py."""
    keys = tuple(entries)
    one = jax.jit(lambda parts, s, r: linear.solve(linear.factor(dict(zip(keys, parts)), s, layout), r))
    return one(tuple(entries.values()), shift, rhs)


def assert_solves(entries, shift, parts, rhs):
    layout, index = parts
    found = solved(entries, shift, layout, rhs)
    for person in range(shift.size):
        whole = np.diag(np.full(index.size, float(shift[person]))) - written_out(entries, index, lane=person)
        flat = np.concatenate([np.atleast_1d(np.asarray(r)[..., person]) for r in rhs])
        expected = index.split(np.linalg.solve(whole, flat))
        for x, y in zip(found, expected, strict=True):
            assert np.max(np.abs(np.asarray(x)[..., person] - y)) <= ROUNDING * np.max(np.abs(y))


def right_hand_sides(layout, people, seed=1):
    draw = np.random.default_rng(seed)
    return [jnp.asarray(draw.uniform(-1, 1, (layout.cells, people) if d else people)) for d in layout.over_depth]


@pytest.mark.parametrize("shift", [0.5, 10.0, 1e4])
def test_every_coupling_of_a_small_system(shift):
    assert_solves(toy(), jnp.full(3, shift), (LAYOUT, INDEX), right_hand_sides(LAYOUT, 3))


def test_people_may_step_differently():
    assert_solves(toy(), jnp.asarray([0.7, 30.0, 2000.0]), (LAYOUT, INDEX), right_hand_sides(LAYOUT, 3))


def test_the_whole_model_at_busy_states():
    skin = cheek()
    model = model_of(skin, "caffeine")
    first, second = busy(model, skin, seed=3), busy(model, skin, seed=4)
    models, skins, states = lanes(model, model), lanes(skin, skin), lanes(first, second)
    leaves, tree = jax.tree.flatten(states)
    layout = Layout(tuple(y.ndim > 1 for y in leaves), skin.step.shape[0])
    index = Index(layout.over_depth, layout.cells)
    rhs = right_hand_sides(layout, 2)

    def rate(fields):
        moved = models.rate(tree.unflatten(fields), skins)
        return [jnp.broadcast_to(x, y.shape) for x, y in zip(jax.tree.leaves(moved), fields)]

    def whole(shift):
        entries = rate_and_jacobian(rate, leaves)[1]
        return entries, linear.solve(linear.factor(entries, shift, layout), rhs)

    shift = jnp.asarray([1e-3, 1e-1])  # [s-1] steps of about an hour and half a minute
    entries, found = jax.jit(whole)(shift)
    for person in range(2):
        matrix = np.diag(np.full(index.size, float(shift[person]))) - written_out(entries, index, lane=person)
        flat = np.concatenate([np.atleast_1d(np.asarray(r)[..., person]) for r in rhs])
        got = np.concatenate([np.atleast_1d(np.asarray(x)[..., person]) for x in found])
        residual = np.abs(matrix @ got - flat)
        scale = np.abs(matrix) @ np.abs(got) + np.abs(flat)
        assert np.max(residual / scale) < 1e-10  # [1] backward error, row by row


def left(entries, shift, layout, rhs):
    """(solution, what it leaves of its equations)."""
    found = solved(entries, shift, layout, rhs)
    return found, linear.residual(entries, shift, found, rhs, depth=layout.cells)


def test_a_residual_is_what_a_solution_leaves_of_its_equations():
    entries, shift, x = toy(), jnp.asarray([0.7, 30.0, 2000.0]), right_hand_sides(LAYOUT, 3, seed=2)
    rhs = right_hand_sides(LAYOUT, 3)
    found = linear.residual(entries, shift, x, rhs, depth=LAYOUT.cells)
    for person in range(3):
        own = [np.concatenate([np.atleast_1d(np.asarray(y)[..., person]) for y in given]) for given in (x, rhs, found)]
        moved = written_out(entries, INDEX, lane=person) @ own[0] + own[1]
        np.testing.assert_allclose(own[2], own[0] - moved / float(shift[person]), rtol=1e-12, atol=1e-12)


def test_a_pivot_that_cancels_shows_in_the_residual():
    # (s I - J) = [[p, -1], [-1, 1]] in every cell: harmless to a dense solve, but p cancels to one last digit
    near = np.nextafter(1.0, 0.0)
    layout, cell = Layout((True, True), 2), jnp.ones((2, 2))
    entries = {
        (0, 0, "0"): cell * jnp.asarray([near, 0.25]),
        (0, 1, "0"): cell,
        (1, 0, "0"): cell,
    }
    rhs, shift = [cell, 2 * cell], jnp.ones(2)
    whole = np.array([[1 - near, -1.0], [-1.0, 1.0]])
    assert np.linalg.cond(whole) < 10
    found, over = left(entries, shift, layout, rhs)
    assert np.all(np.isfinite(found[0]))
    assert max(float(np.max(np.abs(x[:, 0]))) for x in over) > 0.1  # [1] of unknowns of size one: plainly wrong
    assert max(float(np.max(np.abs(x[:, 1]))) for x in over) < 1e-14  # the other person's is as good as any
