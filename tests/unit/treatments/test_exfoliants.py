"""Tape, scrub, blade and grit: how much they take, and how deep."""

import jax.numpy as jnp
import numpy as np
import pytest
from contracts.test_treatments import blade, grit, scrub, tape
from tissue import card, cheek, model_of, nothing

from microneedling.core.struct import replace
from microneedling.scales.tewl import Tewl
from microneedling.skin import renewal
from microneedling.skin.components import Epidermis
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of
from microneedling.treatments.exfoliant import Exfoliant, layers_taken, repeated

CELL = 2e-2  # [1] of the corneum's thickness: eight cells over it, the lowest cell's width decides


def taken(treatment, skin):
    return float(treatment.onto(skin).layers_lost)


def strips_take_less_the_deeper():
    skin = cheek()
    first, tenth = taken(tape(1.0), skin), taken(tape(10.0), skin) - taken(tape(9.0), skin)
    assert 0 < tenth < 0.6 * first
    layers = card("exfoliants", "adhesive_tape", Exfoliant).layers
    assert first == pytest.approx(layers / skin.site.sc_layers, rel=0.06)  # 1 - exp(-x) against x = 0.07


def test_strips_take_less_the_deeper():
    strips_take_less_the_deeper()


def test_n_strips_now_and_m_later_take_what_all_take_at_once():
    skin = cheek()
    kept = (1 - taken(tape(4.0), skin)) * (1 - taken(tape(6.0), skin))
    assert 1 - kept == pytest.approx(taken(tape(10.0), skin), rel=1e-12)
    assert repeated(0.3, 2.0) == pytest.approx(1 - 0.7**2)


def test_the_tape_lies_between_the_two_it_was_set_by():
    trunk = replace(cheek().site, sc_layers=14.0)
    skin = replace(cheek(), site=trunk)
    strong, weak = (float(layers_taken(n, layers, skin)) for n, layers in ((10.0, 1.25), (35.0, 0.31)))
    assert strong == pytest.approx(0.59, abs=0.01) and weak == pytest.approx(0.54, abs=0.01)
    assert taken(tape(10.0), skin) < strong and taken(tape(35.0), skin) > weak


def test_ten_passes_of_a_pad_raise_water_loss_as_measured():
    # calibration, Dermatol Ther 2017: 2.4 and 3.3; the cards were set by the same resistance at a rest of 10 g m-2 h-1
    site = replace(card("sites", "volar_forearm", Site), sc_layers=14.0)
    skin = skin_of(site, age=35 * YEAR)
    rest = skin.site.tewl
    for name, ratio in (("abrasive_pad_soft", 2.4), ("abrasive_pad_rough", 3.3)):
        left = 1 - float(layers_taken(10.0, card("exfoliants", name, Exfoliant).layers, skin))
        air = float(Tewl().vapour / Tewl().full)
        whole = float(Tewl().vapour / rest) - air
        assert float(Tewl().vapour / (air + whole * left) / rest) == pytest.approx(ratio, rel=0.15), name


def test_a_scrub_is_more_than_a_strip_and_a_scalpel_more_than_a_razor():
    skin = cheek()
    assert taken(scrub(1.0), skin) > taken(tape(1.0), skin) > 0
    razor = replace(blade(1.0), exfoliant=card("exfoliants", "razor", Exfoliant))
    assert taken(blade(1.0), skin) > taken(razor, skin) > 0
    cut = [float(blade(n).onto(skin).vellus_cut) for n in (1.0, 2.0)]
    assert cut[0] == pytest.approx(0.8) and cut[1] == pytest.approx(0.96)


def wear_is_speed_times_time():
    skin = cheek()
    what = grit(6.0, contact=2.0)
    assert float(what.depth()) == pytest.approx(what.exfoliant.abrasion * 12.0)
    even = replace(what, exfoliant=replace(what.exfoliant, unevenness=1e-3))
    thick = float(jnp.sum(skin.step * skin.corneum))
    half = replace(even, passes=0.5 * thick / (what.exfoliant.abrasion * 2.0))
    assert taken(half, skin) == pytest.approx(0.5, abs=2e-2 + CELL)


def test_wear_is_speed_times_time():
    wear_is_speed_times_time()


def test_a_deep_pass_wounds_living_tissue_and_a_light_one_hardly():
    skin = cheek()
    light, deep = grit(1.0).onto(skin), grit(60.0).onto(skin)
    assert float(jnp.max(light.halo)) < 1e-3 and float(light.layers_lost) < 0.5
    assert float(jnp.max(deep.halo)) > 0.99 and float(deep.layers_lost) > 0.99
    assert np.all(np.asarray(deep.halo * skin.corneum) == 0)
    worn = np.asarray(grit(20.0).worn(skin))
    assert np.all(np.diff(worn) <= 1e-12)  # rounding


def test_tape_scrub_and_blade_stay_in_the_corneum():
    skin = cheek()
    for treatment in (tape(200.0), scrub(50.0), blade(50.0)):
        event = treatment.onto(skin)
        assert float(jnp.max(event.halo)) == 0 and float(event.punctures) == 0
        assert 0 < float(event.layers_lost) <= 1


def test_needles_alone_take_no_layer_at_once():
    assert float(nothing(cheek()).layers_lost) == 0


def again_takes_of_what_is_left():
    skin = cheek()
    model = model_of(skin)
    rest = model.start(skin)
    twice = model.jump(model.jump(rest, tape_alone(4.0, skin), skin), tape_alone(6.0, skin), skin)
    once = model.jump(rest, tape_alone(10.0, skin), skin)
    assert float(renewal.layers(twice[Epidermis])) == pytest.approx(float(renewal.layers(once[Epidermis])), rel=1e-12)
    assert float(twice[Epidermis].removed) == pytest.approx(float(once[Epidermis].removed), rel=1e-12)


def tape_alone(strips, skin):
    return replace(tape(strips), actives=0).onto(skin)


def test_ten_strips_in_two_goes_leave_what_ten_at_once_leave():
    again_takes_of_what_is_left()
