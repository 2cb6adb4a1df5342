"""One person's function for several people side by side gives each what it gives alone."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from microneedling.numerics import native
from microneedling.numerics.lanes import lanes_last
from microneedling.numerics.pullback import pullback
from microneedling.numerics.tape import Unsupported

LANES, CELLS = 3, 4
DRAW = np.random.default_rng(5)


def of_one(tree):
    """What building a person does: arithmetic, choices, rows cut out, joined, stacked, summed and run up."""
    a, (b, field) = tree["a"], tree["more"]
    steps = jnp.cumsum(field * a + jnp.arange(float(CELLS)))
    cut = jnp.concatenate([field[1:3], steps[:1]]) ** 2
    chosen = jnp.where(b > 0.5, field, jnp.full(CELLS, 2.0))
    whole = jnp.stack([chosen, jnp.broadcast_to(a, (CELLS,)), jnp.zeros(CELLS)])
    return steps, jnp.sum(cut), jnp.clip(b, 0.3, 0.6), whole, jnp.stack([a, b, 1.0]), jnp.float64(7.0), whole[1]


def people():
    tree = {"a": DRAW.uniform(size=LANES), "more": (DRAW.uniform(size=LANES), DRAW.uniform(size=(CELLS, LANES)))}
    return tree, [jax.tree.map(lambda x, n=n: x[..., n], tree) for n in range(LANES)]


def test_each_person_gets_what_it_gets_alone():
    tree, alone = people()
    got = lanes_last(of_one, alone[0], LANES)(jax.tree.map(jnp.asarray, tree))
    for n, one in enumerate(alone):
        for many, single in zip(got, of_one(one), strict=True):
            assert many.shape == (*jnp.shape(single), LANES)
            np.testing.assert_allclose(many[..., n], single, rtol=1e-15)


@pytest.mark.parametrize(
    "call", [lambda x: jnp.sort(x), lambda x: jax.lax.cumsum(x, reverse=True), lambda x: jax.lax.top_k(x, 2)[0]]
)
def test_what_is_not_known_is_said(call):
    with pytest.raises(Unsupported):
        lanes_last(call, np.ones(CELLS), LANES)(jnp.ones((CELLS, LANES)))


def test_it_goes_back_as_in_jax():
    tree, alone = people()
    full = jax.tree.map(lambda x: np.repeat(x[..., :1], native.LANES, axis=-1) * np.linspace(0.9, 1.1, 8), tree)
    seeds = [DRAW.uniform(-1, 1, (*jnp.shape(y), native.LANES)) for y in of_one(alone[0])]
    got = pullback(of_one, alone[0])(jax.tree.leaves(full), seeds)
    back = jax.vmap(lambda x, s: jax.vjp(of_one, x)[1](s)[0], in_axes=-1, out_axes=-1)
    wanted = jax.tree.leaves(back(jax.tree.map(jnp.asarray, full), tuple(seeds)))
    for mine, theirs in zip(got, wanted, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-13, atol=1e-14)
