"""A person's layers on a depth grid."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from restate import restated
from tissue import card, cheek, flat, nothing

from microneedling.core.catalogue import names
from microneedling.numerics.flux import integral
from microneedling.skin.event import Event
from microneedling.skin.site import Site
from microneedling.skin.skin import CELLS, YEAR, aged, skin_of, uppermost_living

LAYERS = ("corneum", "epidermis", "papillary", "reticular")
SITE = card("sites", "cheek", Site)
EVERY_SITE = pytest.mark.parametrize("name", names("sites"))


@EVERY_SITE
def test_layers_have_the_site_s_thickness_and_never_share_a_cell(name):
    site = card("sites", name, Site)
    skin = skin_of(site, age=35 * YEAR)
    for layer, wanted in zip(LAYERS, (site.sc_thickness, site.epidermis, site.papillary, site.reticular)):
        assert float(integral(getattr(skin, layer), skin.step)) == pytest.approx(wanted, rel=1e-12), layer
    whole = sum(np.asarray(getattr(skin, layer)) for layer in LAYERS)
    np.testing.assert_array_equal(whole, np.ones(sum(CELLS)))


@EVERY_SITE
def test_cells_get_deeper_and_stay_of_like_size(name):
    skin = skin_of(card("sites", name, Site), age=35 * YEAR)
    step = np.asarray(skin.step)
    assert np.all(step > 0) and np.all(np.diff(np.asarray(skin.depth)) > 0)
    assert np.max(step[1:] / step[:-1]) < 60 and np.max(step[:-1] / step[1:]) < 60  # across the papillary edge at most


@EVERY_SITE
def test_a_finer_grid_cuts_every_cell_and_moves_no_edge(name):
    plain, fine = (skin_of(card("sites", name, Site), age=35 * YEAR, refined=n) for n in (1, 3))
    together = np.asarray(fine.step).reshape(-1, 3).sum(axis=1)
    np.testing.assert_allclose(together, plain.step, rtol=1e-12)  # rounding
    for layer in LAYERS:
        np.testing.assert_array_equal(np.asarray(getattr(fine, layer))[::3], getattr(plain, layer), err_msg=layer)


def test_the_uppermost_living_cell_is_the_same_piece_of_skin_on_every_grid():
    plain, fine = (skin_of(SITE, age=35 * YEAR, refined=n) for n in (1, 2))
    thick = [float(integral(uppermost_living(one.step), one.step)) for one in (plain, fine)]
    assert thick[1] == pytest.approx(thick[0], rel=1e-12)  # rounding
    np.testing.assert_array_equal(np.flatnonzero(uppermost_living(plain.step)), [CELLS[0]])


def test_dermis_and_living_tissue_are_made_of_layers():
    skin = cheek()
    np.testing.assert_array_equal(skin.dermis, skin.papillary + skin.reticular)
    np.testing.assert_array_equal(skin.living, skin.epidermis + skin.dermis)


def test_at_the_reference_age_nothing_is_changed():
    for male in (0.0, 1.0):
        assert np.array_equal(flat(aged(SITE, 35 * YEAR, male)), flat(SITE))


@pytest.mark.parametrize(("male", "slope"), [(0.0, "epidermis_per_decade_women"), (1.0, "epidermis_per_decade_men")])
def test_ageing_is_linear_per_decade(male, slope):
    old = aged(SITE, 55 * YEAR, male)
    assert float(old.epidermis) == pytest.approx(SITE.epidermis * (1 + 2 * getattr(SITE, slope)))
    assert float(old.reticular) == pytest.approx(SITE.reticular * (1 + 2 * SITE.dermis_per_decade))
    assert float(old.sc_transit) == pytest.approx(SITE.sc_transit * (1 + 2 * SITE.transit_slowing))
    assert float(aged(SITE, 20 * YEAR, male).sc_transit) == pytest.approx(SITE.sc_transit)  # the young are not faster


def test_no_layer_vanishes_with_age():
    ancient = aged(SITE, 500 * YEAR, 0.0)
    assert float(ancient.epidermis) >= 0.2 * SITE.epidermis and float(ancient.reticular) >= 0.2 * SITE.reticular


def test_excised_skin_is_cut_to_its_thickness():
    thin = cheek(alive=0.0, thickness=3e-4)
    assert float(jnp.sum(thin.step)) == pytest.approx(3e-4, rel=0.01)  # layers cut off keep a millionth of a metre
    assert float(thin.alive) == 0.0 and float(cheek().alive) == 1.0


def test_thickness_may_be_differentiated_and_mapped_over_people():
    def whole(age):
        return jnp.sum(skin_of(SITE, age=age).step)

    difference = (whole(50.01 * YEAR) - whole(49.99 * YEAR)) / (0.02 * YEAR)
    assert float(jax.grad(whole)(50.0 * YEAR)) == pytest.approx(float(difference), rel=1e-6)
    many = jax.vmap(lambda age: skin_of(SITE, age=age).step, out_axes=-1)(jnp.array([30.0, 60.0]) * YEAR)
    assert many.shape == (sum(CELLS), 2)


def test_ageing_is_the_same_in_other_units_of_length():
    metres = {"m": 1000.0, "kg": 1.0, "s": 1.0, "mol": 1.0}  # lengths in millimetres
    there = aged(restated(SITE, base=metres), 60 * YEAR, 0.0)
    np.testing.assert_allclose(flat(restated(aged(SITE, 60 * YEAR, 0.0), base=metres)), flat(there), rtol=1e-12)


def test_the_zero_event_is_all_zero_and_has_every_field():
    event = nothing(cheek(), actives=3)
    assert isinstance(event, Event) and np.count_nonzero(flat(event)) == 0 and len(event.dosed) == 3
