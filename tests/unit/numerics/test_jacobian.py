"""The sparse derivative is the derivative: compared with dense forward derivatives, law by law, busy and in lanes."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from dense import Index, derivative, joined, written_out
from tissue import busy, cheek, lanes, model_of

from microneedling.laws.standard import LAWS
from microneedling.numerics import flux
from microneedling.numerics.jacobian import UnknownCoupling, rate_and_jacobian
from microneedling.skin.skin import YEAR

ROUNDING = 1e-11  # [1] of the largest entry in the row: chain rule in another order
EVERY = pytest.mark.parametrize("cls", LAWS, ids=lambda cls: cls.__name__)
CELLS, H = 5, jnp.asarray([0.5, 1.0, 2.0, 1.5, 0.7])


@functools.cache
def world():
    """Skin, model and a busy state with two actives; and the dense derivative of the whole model."""
    skin = cheek(age=61 * YEAR)
    model = model_of(skin, "caffeine", "lidocaine")
    state = busy(model, skin)
    leaves, tree = jax.tree.flatten(state)
    index = Index(tuple(np.ndim(y) > 0 for y in leaves), skin.step.shape[0])

    def rate(fields):
        moved = model.rate(tree.unflatten(fields), skin)
        return [jnp.broadcast_to(x, y.shape) for x, y in zip(jax.tree.leaves(moved), fields)]

    whole = jax.jit(lambda ys: derivative_of(rate, ys, index))(leaves)
    return skin, model, state, index, rate, np.asarray(whole)


def derivative_of(rate, fields, index):
    return jax.jacfwd(lambda v: joined(rate(index.split(v))))(joined(fields))


def assert_same(sparse, dense):
    size = np.maximum(np.max(np.abs(dense), axis=1, keepdims=True), 1e-300)
    assert np.max(np.abs(sparse - dense) / size) < ROUNDING


def rows_of(cls, state):
    """Which leaves of the state a law owns."""
    owner = [name for name, part in sorted(state.parts.items()) for _ in jax.tree.leaves(part)]
    return [n for n, name in enumerate(owner) if name == cls.owns.__name__]


@EVERY
def test_each_law_alone(cls):
    skin, model, state, index, _, dense = world()
    law = next(law for law in model.laws if type(law) is cls)
    leaves, tree = jax.tree.flatten(state)
    own = rows_of(cls, state)

    def rate(fields):
        moved = jax.tree.leaves(law.rate(tree.unflatten(fields), skin))
        known = dict(zip(own, moved))
        return [jnp.broadcast_to(known.get(n, 0.0), y.shape) for n, y in enumerate(fields)]

    _, entries = rate_and_jacobian(rate, leaves)
    rows = np.concatenate([index.rows(n) for n in own])
    sparse = written_out(entries, index)
    assert_same(sparse[rows], dense[rows])
    assert np.count_nonzero(np.delete(sparse, rows, axis=0)) == 0


@pytest.fixture(scope="module")
def pair():
    """Two people in lanes: values and entries of the whole model, and each one's dense derivative."""
    skin, model, state, _index, _, dense = world()
    other = busy(model, skin, seed=7)
    skins, models, states = lanes(skin, skin), lanes(model, model), lanes(state, other)
    leaves, tree = jax.tree.flatten(states)

    def rate(fields):
        moved = models.rate(tree.unflatten(fields), skins)
        return [jnp.broadcast_to(x, y.shape) for x, y in zip(jax.tree.leaves(moved), fields)]

    values, entries = jax.jit(lambda ys: rate_and_jacobian(rate, ys))(leaves)
    return values, entries, other, dense


def test_the_whole_model_in_lanes(pair):
    _, _, _, index, rate, _ = world()
    _values, entries, other, dense = pair
    assert_same(written_out(entries, index, lane=0), dense)
    second = jax.jit(lambda ys: derivative_of(rate, ys, index))(jax.tree.leaves(other))
    assert_same(written_out(entries, index, lane=1), np.asarray(second))


def test_values_are_those_of_the_rate(pair):
    _, _, state, _, rate, _ = world()
    for a, b in zip(pair[0], rate(jax.tree.leaves(state)), strict=True):
        np.testing.assert_allclose(a[..., 0], b, rtol=1e-11, atol=1e-11 * float(np.max(np.abs(b))) + 1e-300)


def test_it_is_sparse(pair):
    _, _, _state, index, _, _ = world()
    stored = sum(np.size(part[..., 0]) for part in pair[1].values())
    assert stored < 0.02 * index.size**2  # [1] of all numbers of the dense matrix


# every allowed way to couple depths, in small
def couplings(fields):
    a, b, s, t = fields
    mobile = 0.3 + b**2
    return [
        flux.diffusion(a / (1 + b), mobile, H) + flux.into_top(s * t, H) - flux.into_bottom(flux.bottom(a) * t, H),
        jnp.where(a > b, a * b, jnp.maximum(b, 0.1)) - t * flux.top(a) + s,
        flux.integral(a * b * t, H) + flux.top(b) * flux.bottom(a) - s**3,
        flux.integral(b / (2 + s), H) + jnp.sqrt(t) - jnp.sum(a * flux.top(b)),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_every_allowed_coupling(seed):
    draw = np.random.default_rng(seed)
    fields = [jnp.asarray(draw.uniform(0.2, 2.0, CELLS)) for _ in range(2)] + [jnp.asarray(draw.uniform(0.5, 2))] * 2
    index = Index((True, True, False, False), CELLS)
    _, entries = rate_and_jacobian(couplings, fields)
    assert_same(written_out(entries, index), derivative(couplings, fields, index))


@pytest.mark.parametrize(
    "mixing",
    [
        lambda a: jnp.cumsum(a),
        lambda a: a[::-1],
        lambda a: jnp.roll(a, 1),
        lambda a: jnp.sort(a),
        lambda a: a * jnp.sum(a * H),
        lambda a: flux.diffusion(flux.diffusion(a, H, H), H, H),
    ],
    ids=["cumsum", "reversed", "rolled", "sorted", "integral felt at every depth", "diffusion twice"],
)
def test_other_mixing_of_depths_is_refused(mixing):
    fields = [jnp.linspace(1.0, 2.0, CELLS), jnp.asarray(1.0)]
    with pytest.raises(UnknownCoupling):
        rate_and_jacobian(lambda ys: [mixing(ys[0]), -ys[1]], fields)
