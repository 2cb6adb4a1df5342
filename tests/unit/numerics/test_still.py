"""Fields nothing moves are found by how their rate is written, not by what it happens to be."""

import jax
import jax.numpy as jnp
import numpy as np
from tissue import cheek, model_of, paths

from microneedling.numerics.still import unmoved


def test_a_rate_written_as_nothing_is_found_and_one_that_happens_to_be_nothing_is_not():
    def rate(fields):
        a, b, c = fields
        return [jnp.zeros(3), -0.0 * a * b, jnp.broadcast_to(jnp.zeros(()), c.shape)]

    assert unmoved(rate, [jnp.ones(3), jnp.ones(3), jnp.ones(())]) == (True, False, True)


def test_a_constant_that_is_not_nothing_moves():
    constant = np.array([0.0, 1.0])
    assert unmoved(lambda fields: [jnp.asarray(constant), jnp.full(2, 3.0)], [jnp.ones(2)] * 2) == (False, False)


def test_it_works_while_tracing():
    @jax.jit
    def course(x):
        idle = unmoved(lambda fields: [x * fields[0], jnp.zeros(())], [x, x])
        return jnp.asarray(idle)

    assert course(jnp.asarray(0.0)).tolist() == [False, True]


def test_sums_of_doses_are_not_marched():
    skin = cheek()
    model = model_of(skin, "caffeine")
    rest = model.start(skin)
    leaves, tree = jax.tree.flatten(rest)
    leaves = [jnp.asarray(x, dtype=float) for x in leaves]

    def rate(fields):
        moved = jax.tree.leaves(model.rate(tree.unflatten(fields), skin))
        return [jnp.broadcast_to(a, b.shape) for a, b in zip(moved, fields)]

    idle = {path for path, still in zip(paths(rest), unmoved(rate, leaves), strict=True) if still}
    assert {"Drug.solutes.0.applied", "Drug.solutes.0.wiped", "Cover.residue", "Channels.radius"} <= idle
    assert not {"Drug.solutes.0.tissue", "Drug.solutes.0.blood", "Channels.open", "Cover.film"} & idle
