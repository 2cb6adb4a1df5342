"""What stands in a channel that closes passes to the tissue at the same depth, and nothing is lost on the way."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
from scipy.integrate import solve_ivp
from tissue import cheek, model_of, transport

from microneedling.core.state import State
from microneedling.laws.channels import ChannelClosure
from microneedling.laws.drug import Permeation
from microneedling.skin.components import Channels, Drug

HOUR = 3600.0


def closed_over(hours, *, axial=False):
    """Solute per depth in tissue and channels before and after closing (depth,), and what came back out onto the skin.

    With `axial` off nothing moves along depth, so that the same depth means the same cell.
    """
    skin = dataclasses.replace(cheek(), alive=jnp.asarray(1.0))
    p = transport(skin)
    none = jnp.zeros_like(skin.step)
    still = {} if axial else {"mobility": none, "in_water": jnp.asarray(0.0)}
    p = dataclasses.replace(p, uptake=none, lymph=none, joins=none, leak=none + 1e-12, **still)
    drug, closing = Permeation(actives=(p,), names=("caffeine",)), ChannelClosure(recoil=1e-3)
    base = model_of(skin, "caffeine").start(skin)
    living = np.asarray(skin.living)
    first = np.concatenate([1e-3 * np.exp(-np.asarray(skin.depth) / 3e-4), 0 * living, 0.02 * living, [0.0]])
    cells = living.size

    def state(y):
        area, tissue, channel = jnp.split(jnp.asarray(y[:-1]), 3)
        channels = dataclasses.replace(base[Channels], open=area, recoiling=0 * area, radius=0 * area + 20e-6)
        solute = dataclasses.replace(base[Drug].solutes[0], tissue=tissue, channel=channel, on_skin=y[-1])
        return State(parts={**base.parts, "Channels": channels, "Drug": Drug(solutes=(solute,))})

    def rate(y):
        now = state(y)
        moved = drug.rate(now, skin).solutes[0]
        return jnp.concatenate([closing.rate(now, skin).open, moved.tissue, moved.channel, moved.on_skin[None]])

    speed, slope = jax.jit(rate), jax.jit(jax.jacfwd(rate))
    how = {"method": "Radau", "rtol": 1e-8, "atol": 1e-14, "jac": lambda t, y: np.asarray(slope(y))}
    found = solve_ivp(lambda t, y: np.asarray(speed(y)), (0, hours * HOUR), first, **how)
    assert found.success
    _, tissue, channel = np.split(found.y[:-1, -1], 3)
    return np.asarray(skin.step), first[2 * cells : -1], tissue, channel, found.y[-1, -1]


def solute_passes_to_the_same_depth():
    _, stood, tissue, channel, _ = closed_over(3000)
    living = stood > 0
    np.testing.assert_allclose((tissue + channel)[living], stood[living], rtol=1e-7)  # nothing lost at any depth
    assert np.all(channel[living] < 1e-6 * stood[living])  # and nothing kept in what is no longer there


def test_solute_passes_to_the_tissue_at_the_same_depth():
    solute_passes_to_the_same_depth()


def test_the_balance_closes_where_it_also_moves_along_the_channel():
    step, stood, tissue, channel, out = closed_over(30, axial=True)
    np.testing.assert_allclose(
        np.sum(step * (tissue + channel)) + out, np.sum(step * stood), rtol=1e-6
    )  # the integrator
    assert 0 < out < 0.5 * np.sum(step * stood)  # some comes out again while channels are open, most stays in tissue
