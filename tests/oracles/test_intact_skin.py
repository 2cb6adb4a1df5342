"""Steady permeability in closed form against the drug law itself, solved for its steady state."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.flatten_util import ravel_pytree
from tissue import cheek, model_of, transport

from microneedling.core.struct import replace
from microneedling.laws.drug import Permeation
from microneedling.laws.intact import intact
from microneedling.skin.components import Cover, Drug

LAYERS = 0.02  # [1] the law joins the leak to tissue over a length of its own and counts half cells at the ends
FILM = 1e-3  # m


def steady_flux(name, alive):
    """Flux out of the film over its concentration, with the film held [m s-1]."""
    skin = cheek(alive=alive)
    law, state = Permeation(actives=(transport(skin, name),), names=(name,)), _resting(skin, name)
    whole, back = ravel_pytree(state[Drug].solutes[0])
    moving = {n: jnp.ones_like(skin.step) for n in ("tissue", "channel", "polar")}
    fixed = ravel_pytree(replace(back(jnp.zeros_like(whole)), **moving))[0] == 0

    def rate(flat):
        parts = {**state.parts, "Drug": Drug(solutes=(back(flat),))}
        return ravel_pytree(law.rate(replace(state, parts=parts), skin).solutes[0])[0]

    film = jnp.where(jnp.arange(whole.size) == _place(back, whole, "on_skin"), FILM, 0.0)  # concentration one
    matrix, free = np.asarray(jax.jacfwd(rate)(film)), np.asarray(~fixed)
    inside = np.linalg.solve(matrix[np.ix_(free, free)], -matrix[np.ix_(free, ~free)] @ np.asarray(film)[~free])
    settled = np.asarray(film).copy()
    settled[free] = inside
    return -float(back(jnp.asarray(matrix @ settled)).on_skin), float(intact(transport(skin, name), skin).permeability)


def _place(back, whole, name):
    at = back(jnp.arange(whole.size, dtype=float))
    return int(getattr(at, name))


def _resting(skin, name):
    """Rest without channels under a film that does not dry."""
    model = model_of(skin, name)
    state = model.start(skin)
    cover = replace(state[Cover], film=jnp.asarray(FILM), residue=jnp.zeros(()))
    return replace(state, parts={**state.parts, "Cover": cover})


@pytest.mark.parametrize("alive", [0.0, 1.0], ids=["excised", "alive"])
@pytest.mark.parametrize("name", ["caffeine", "lidocaine", "testosterone", "mannitol"])
def test_the_closed_form_is_the_steady_state_of_the_law(name, alive):
    by_law, closed = steady_flux(name, alive)
    assert closed == pytest.approx(by_law, rel=LAYERS)
