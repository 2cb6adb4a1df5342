"""A finite film over excised skin with a sink below, through the drug law itself."""

import dataclasses
import functools

import jax
import jax.numpy as jnp
import numpy as np
from oracles.exact import FiniteDose, order, put_back
from scipy.linalg import expm
from tissue import cheek, flat, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.drug import Permeation
from microneedling.laws.solute import SoluteTransport

MICRON = 1e-6
UNIT = {"m": 100 * MICRON, "s": 600.0}  # the oracle's length and time in metres and seconds
TIMES = (0.05, 0.4, 1.5)


@functools.cache
def excised():
    skin = cheek(alive=0.0, receptor_volume=1e9)
    return skin, model_of(skin).start(skin)


def slab(oracle, cells):
    """One uniform slab as skin, its only path through tissue, and the film on it."""
    skin, rest = excised()
    none, one = jnp.zeros(cells), jnp.ones(cells)
    step = oracle.l * UNIT["m"] / cells * one
    here = replace(skin, step=step, depth=jnp.cumsum(step) - step / 2, corneum=none, epidermis=none)
    here = replace(here, papillary=none, reticular=one)
    diffusivity = oracle.D * UNIT["m"] ** 2 / UNIT["s"]
    flat_fields = {"in_water": jnp.asarray(0.0), "donor": 1.0, "in_tissue": 1.0, "binding": 1.0, "saturation": 1e30}
    depth = {"water_mobility": none, "uptake": none, "flow": none, "lymph": none, "joins": none, "metabolism": none}
    transport = SoluteTransport(
        mobility=diffusivity * oracle.K * one, capacity=oracle.K * one, leak=1e-9 * one, **flat_fields, **depth
    )
    law = Permeation(actives=(jax.tree.map(jnp.asarray, transport),), names=("solute",), film_floor=0.0)
    parts = {name: part for name, part in rest.parts.items() if name not in ("Drug", "Channels", "Vessels")}
    cover = replace(rest.parts["Cover"], residue=jnp.asarray(oracle.L * UNIT["m"]))
    parts |= {"Cover": cover, "Vessels": _resized(rest.parts["Vessels"], none)}
    parts |= {"Channels": dataclasses.replace(rest.parts["Channels"], open=none, recoiling=none, radius=1e-5 * one)}
    return here, law, State(parts=parts | {"Drug": law.start(here)})


def _resized(part, none):
    return jax.tree.map(lambda x: none + x[0] if jnp.ndim(x) else x, part)


def amounts(oracle, cells):
    """(film, gone into the sink) at the oracle's times, over the dose; time itself exact."""
    skin, law, rest = slab(oracle, cells)
    solute = rest.parts["Drug"].solutes[0]
    start, tree = flat(solute), jax.tree.structure(solute)
    sizes = np.cumsum([np.size(x) for x in jax.tree.leaves(solute)])[:-1]

    def rate(v):
        parts = [p if p.size > 1 else p[0] for p in jnp.split(v, sizes)]
        there = dataclasses.replace(rest.parts["Drug"], solutes=(tree.unflatten(parts),))
        moved = law.rate(State(parts=rest.parts | {"Drug": there}), skin)
        return jnp.concatenate([jnp.ravel(x) for x in jax.tree.leaves(moved)])

    matrix = np.asarray(jax.jit(jax.jacfwd(rate))(jnp.asarray(start)))
    names = [f.name for f in dataclasses.fields(solute)]
    position = dict(zip(names, np.concatenate([[0], sizes])))
    start[position["on_skin"]] = 1.0
    ends = [expm(matrix * t * UNIT["s"]) @ start for t in TIMES]
    return np.array([[end[position["on_skin"]], end[position["receptor"]]] for end in ends])


def errors(oracle, counts):
    known = np.array([[oracle.film(t), oracle.through(t)] for t in TIMES]) / oracle.L
    return [float(np.max(np.abs(amounts(oracle, n) - known))) for n in counts]


def finite_dose_converges_at_second_order():
    found = errors(FiniteDose(), (8, 16, 32))
    assert np.min(order([1 / 8, 1 / 16, 1 / 32], found)) > 1.7  # [1] 2 less what the sharp start still takes
    assert found[-1] < 5e-3  # [1] of the dose


def test_the_oracle_solves_its_own_equation():
    put_back(FiniteDose())
    put_back(FiniteDose(film=4.0, partition=0.3))


def test_a_finite_dose_converges_at_second_order():
    finite_dose_converges_at_second_order()


def test_a_thick_film_keeps_its_concentration():
    oracle = FiniteDose(film=50.0, partition=0.5)
    assert errors(oracle, (24,))[0] < 1e-4
