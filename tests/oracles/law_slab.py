"""A slab of any layers as skin, and the drug law on it as a matrix: what the oracles are held against."""

import dataclasses
import functools

import jax
import jax.numpy as jnp
import numpy as np
from tissue import cheek, flat, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.laws.drug import Permeation
from microneedling.laws.solute import SoluteTransport

METRE, SECOND = 1e-4, 600.0  # the oracles' length and time


@functools.cache
def rest_of(alive):
    """A cheek, cut out or living, and its state at rest."""
    skin = cheek(alive=0.0, receptor_volume=1e12) if alive == 0 else cheek()
    return skin, model_of(skin).start(skin)


def law_on(step, D, K, *, alive=0.0, film=1e6, lymph=0.0):
    """Skin, law and state for cells given in the oracles' units; only the tissue path is open.

    `film` is the donor's thickness, `lymph` a first-order clearance by lymph.
    """
    skin, rest = rest_of(alive)
    step, none, one = jnp.asarray(step) * METRE, jnp.zeros(len(step)), jnp.ones(len(step))
    here = replace(skin, step=step, depth=jnp.cumsum(step) - step / 2, corneum=none, epidermis=none)
    here = replace(here, papillary=none, reticular=one)
    flat_fields = {"in_water": 0.0, "donor": 1.0, "in_tissue": 1.0, "binding": 1.0, "saturation": 1e30}
    deep = {"water_mobility": none, "uptake": none, "flow": one, "joins": none, "metabolism": none}
    deep |= {"mobility": jnp.asarray(D * K) * METRE**2 / SECOND, "capacity": jnp.asarray(K), "leak": 1e-9 * one}
    transport = SoluteTransport(**flat_fields, **deep, lymph=lymph / SECOND * one)
    law = Permeation(actives=(jax.tree.map(jnp.asarray, transport),), names=("solute",), film_floor=0.0)
    resized = {name: jax.tree.map(lambda x: none + jnp.ravel(x)[0], rest.parts[name]) for name in ("Vessels",)}
    closed = {"open": none, "recoiling": none, "radius": 1e-5 * one}
    parts = {name: part for name, part in rest.parts.items() if name != "Drug"} | resized
    parts |= {"Channels": dataclasses.replace(rest.parts["Channels"], **closed)}
    parts |= {"Cover": replace(rest.parts["Cover"], residue=jnp.asarray(film * METRE))}
    return here, law, State(parts=parts | {"Drug": law.start(here)})


def matrix_of(here, law, rest):
    """The law's rate of its solute as a matrix, and where each field begins."""
    solute = rest.parts["Drug"].solutes[0]
    start, tree = flat(solute), jax.tree.structure(solute)
    names = [f.name for f in dataclasses.fields(solute)]
    sizes = [np.size(x) for x in jax.tree.leaves(solute)]
    begin = dict(zip(names, np.concatenate([[0], np.cumsum(sizes)[:-1]])))

    def rate(v):
        parts = [p if p.size > 1 else p[0] for p in jnp.split(v, np.cumsum(sizes)[:-1])]
        there = dataclasses.replace(rest.parts["Drug"], solutes=(tree.unflatten(parts),))
        moved = law.rate(State(parts=rest.parts | {"Drug": there}), here)
        return jnp.concatenate([jnp.ravel(x) for x in jax.tree.leaves(moved)])

    return np.asarray(jax.jit(jax.jacfwd(rate))(jnp.asarray(start))) * SECOND, begin
