"""Films that cover by themselves: an ointment holds water back until it is wiped off."""

import jax.numpy as jnp
import pytest
from tissue import card, cheek, model_of, nothing

from microneedling.core.struct import replace
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws.cover import FilmDrying
from microneedling.skin.components import Cover
from microneedling.treatments.topical import Topical, Uncover, Wipe


def laid_on(name, *, covered=0.0):
    """Cover after a film of a vehicle was put on bare skin, and the state around it."""
    skin = cheek()
    state = model_of(skin, "caffeine").start(skin)
    film = Topical(vehicle=card("vehicles", name, Vehicle), film=50e-6, concentrations=(1.0,), covered=covered)
    return after(state, film.onto(skin), skin), skin


def after(state, event, skin):
    return replace(state, parts={**state.parts, "Cover": FilmDrying().jump(state, event, skin)})


@pytest.mark.parametrize(("name", "occlusion"), [("ointment", 0.75), ("hydrogel", 0.0), ("water", 0.0)])
def test_an_ointment_covers_by_itself(name, occlusion):
    state, _ = laid_on(name)
    assert float(state[Cover].occlusion) == pytest.approx(occlusion)


def test_a_cover_over_it_hides_the_difference():
    state, _ = laid_on("ointment", covered=1.0)
    assert float(state[Cover].occlusion) == 1.0


def wiping_ends_it():
    state, skin = laid_on("ointment")
    wiped = after(state, Wipe(share=0.95, actives=1).onto(skin), skin)
    assert float(wiped[Cover].occlusion) == pytest.approx(0.05 * 0.75)


def test_wiping_it_off_ends_that():
    wiping_ends_it()


def test_taking_a_cover_off_and_doing_nothing():
    state, skin = laid_on("hydrogel", covered=1.0)
    assert float(after(state, Uncover(actives=1).onto(skin), skin)[Cover].occlusion) == 0.0
    same = after(state, nothing(skin), skin)[Cover]
    assert float(same.occlusion) == 1.0 and float(same.film) == float(state[Cover].film)


def test_films_dry_by_their_own_rate():
    water, _ = laid_on("water")
    alcohol, skin = laid_on("ethanol_water")
    rates = [float(FilmDrying().rate(state, skin).film) for state in (water, alcohol)]
    assert rates[1] < 4 * rates[0] < 0 and jnp.isfinite(rates[1])
