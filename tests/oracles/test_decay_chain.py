"""The epidermis as a chain of equal stages, and what only fades, by the solver's own steps."""

import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from oracles.exact import Chain, order, put_back
from tissue import DAY, cheek, lanes, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.packed import Layout
from microneedling.numerics.step import step

END = 12 * DAY
RAISED = 0.4  # [1] germinative cells above rest at the start: births stay at rest, so the chain is linear


@functools.cache
def epidermis():
    """Skin, law and rest of one person, in a lane."""
    skin = cheek()
    model = model_of(skin)
    (law,) = [law for law in model.laws if isinstance(law, EpidermalRenewal)]
    return lanes(skin), replace(law, birth_by_loss=0.0), lanes(model.start(skin))


def stepped(law, count):
    """The epidermis after `END` by `count` equal steps."""
    skin, _, rest = epidermis()
    raised = replace(rest.parts["Epidermis"], germinative=jnp.full(1, 1.0 + RAISED), gap=jnp.ones(1))
    leaves, tree = jax.tree.flatten(replace(raised, lipids=jnp.full(1, 0.3)))
    layout = Layout((False,) * len(leaves), skin.step.shape[0])

    def rates(fields):
        moved = law.rate(State(parts=rest.parts | {"Epidermis": tree.unflatten(fields)}), skin)
        return [jnp.broadcast_to(x, (1,)) for x in jax.tree.leaves(moved)]

    def rate(y):
        return layout.pack(rates(layout.unpack(y)))

    def linearise(y):
        return rate_and_jacobian(rates, layout.unpack(y))[1]

    @jax.jit
    def run(y, size, times):
        return jax.lax.fori_loop(0, times, lambda _, now: step(rate, linearise, layout, now, size=size)[0], y)

    end = run(layout.pack(leaves), jnp.full(1, END / count), count)
    return tree.unflatten([float(x[0]) for x in layout.unpack(end)])


def chain_error(law, count):
    """Largest error of the suprabasal stages and of what only fades."""
    skin, known, _ = epidermis()
    site = skin.site
    chain = Chain(a=float(1 / site.germinative_time[0]), k=float(3 / site.viable_transit[0]), start=RAISED)
    end = stepped(law, count)
    fed = [end.germinative, *end.suprabasal]
    stages = [abs(x - 1 - float(chain.stage(n, END))) for n, x in enumerate(fed)]
    faded = [abs(end.gap - np.exp(-known.closed * END)), abs(1 - end.lipids - 0.7 * np.exp(-END / known.lipid_time))]
    return max(*stages, *faded)


def chain_converges_at_fourth_order(law=None):
    law = law or epidermis()[1]
    counts = (8, 16, 32)
    errors = [chain_error(law, n) for n in counts]
    assert np.min(order([1 / n for n in counts], errors)) > 3.5  # [1] 4 less what higher terms still take
    assert errors[-1] < 1e-5


@pytest.mark.parametrize("a", [0.05, 0.3, 5.0])
def test_the_oracle_solves_its_own_equation(a):
    put_back(Chain(a=a))


def test_the_chain_converges_at_fourth_order():
    chain_converges_at_fourth_order()
