"""Where the dose of needles starts: on the right depth, nothing lost, nothing invented."""

import math

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import busy, card, cheek, gel, model_of, pen

from microneedling.core.struct import replace
from microneedling.numerics.flux import integral
from microneedling.skin.components import Channels, Cover, Drug
from microneedling.skin.event import no_event
from microneedling.treatments.deposit import Deposit, Loading, Removal, Reservoir, SwollenArray
from microneedling.treatments.device import Device

ROUNDING = 1e-12  # [1] some hundred roundings
DOSE = 3e-5  # mol m-2


def array(skin=None, *, depth=750e-6, **changes):
    """One press of an array of needles."""
    device = card("devices", "stamp_array", Device)
    settings = {"device": device, "depth": depth, "dwell": 0.0, "passes": 1.0, "frequency": 0.0, "family": "stamp"}
    return pen(**(settings | changes))


def deposit(form="coated", **changes):
    """A dose of one active on or in an array, half of it dissolved after five minutes."""
    given = {"needling": array(), "dissolving": math.log(2) / 300, "depth": 750e-6, "loaded": 750e-6, "worn": 1.0}
    if form == "injected":
        given |= {"needling": None, "dissolving": 0.0, "depth": 500e-6, "loaded": 200e-6, "worn": 0.0}
    return Deposit(form=form, **({"doses": (DOSE,)} | given | changes))


def reservoir(**changes):
    """A hydrogel array with a reservoir of a millimetre."""
    return Reservoir(topical=gel(film=1e-3, covered=1.0), array=SwollenArray(), needling=array(), **changes)


def given(event, skin):
    """Amounts by way in: undissolved, dissolved, left outside [mol m-2]."""
    return [float(integral(event.placed[0], skin.step)), float(integral(event.injected[0], skin.step)), *event.outside]


@pytest.mark.parametrize("form", ["coated", "dissolving", "injected"])
def test_the_dose_is_all_there(form):
    skin = cheek()
    assert sum(given(deposit(form).onto(skin), skin)) == pytest.approx(DOSE, rel=ROUNDING)


def test_what_sticks_out_of_the_skin_stays_on_the_needles():
    skin, coat = cheek(), deposit("coated")
    event = coat.onto(skin)
    tip, whole = float(event.inserted_depth), coat.loaded
    r, R, L = (float(getattr(coat.needling.device, n)) for n in ("tip_radius", "base_radius", "needle_length"))
    x = np.linspace(0.0, whole, 20001)
    width = r + (R - r) * x / L
    inside = np.trapezoid(np.where(x <= tip, width, 0.0), x) / np.trapezoid(width, x)
    assert 0 < tip < whole
    assert given(event, skin)[0] == pytest.approx(DOSE * inside, rel=1e-3)  # the step of the sum above, 1/20000 of it


def test_a_dissolving_needle_brings_more_of_its_dose_near_the_surface():
    skin = cheek()
    depth = {form: _mean_depth(deposit(form).onto(skin).placed[0], skin) for form in ("coated", "dissolving")}
    assert depth["dissolving"] < depth["coated"]


def test_a_loaded_tip_lies_at_the_tip():
    skin = cheek()
    event = deposit("coated", loaded=100e-6).onto(skin)
    blunt = 1 - float(array().piercing())  # needles that do not break through keep their dose
    assert given(event, skin)[2] == pytest.approx(DOSE * blunt, abs=ROUNDING * DOSE)
    above, below = skin.depth - skin.step / 2, skin.depth + skin.step / 2
    tip = float(event.inserted_depth)
    outside = (np.asarray(below) < tip - 100e-6) | (np.asarray(above) > tip)
    assert np.all(np.asarray(event.placed[0])[outside] == 0.0) and np.max(event.placed[0]) > 0


def test_a_bolus_lies_around_its_depth():
    skin = cheek()
    event = deposit("injected").onto(skin)
    assert _mean_depth(event.injected[0], skin) == pytest.approx(500e-6, abs=50e-6)  # cells there are some 70 um thick
    assert float(event.punctures) == 0.0


def test_nothing_undissolved_lies_in_the_stratum_corneum():
    skin = cheek()
    for form in ("coated", "dissolving"):
        assert np.all(np.asarray(deposit(form).onto(skin).placed[0] * skin.corneum) == 0.0)


def test_held_channels_neither_recoil_nor_reseal_until_the_array_is_off():
    skin = cheek()
    model = model_of(skin, "caffeine")
    on = model.jump(model.start(skin), deposit("coated").onto(skin), skin)
    moved = model.rate(on, skin)[Channels]
    assert float(jnp.max(on[Channels].open)) > 0
    assert np.all(np.asarray(moved.open) == 0) and np.all(np.asarray(moved.recoiling) == 0)
    off = model.rate(model.jump(on, Removal(actives=1).onto(skin), skin), skin)[Channels]
    assert np.min(off.open) < 0 and np.min(off.recoiling) < 0


def test_the_undissolved_leaves_with_the_array():
    skin = cheek()
    model = model_of(skin, "caffeine")
    on = model.jump(model.start(skin), deposit("dissolving").onto(skin), skin)
    off = model.jump(on, Removal(actives=1).onto(skin), skin)
    before, after = on[Drug].solutes[0], off[Drug].solutes[0]
    assert float(integral(before.depot, skin.step)) > 0 and np.all(np.asarray(after.depot) == 0)
    assert float(after.wiped) == pytest.approx(DOSE, rel=ROUNDING)
    assert float(off[Cover].occlusion) == 0.0 and float(off[Channels].held) == 0.0


def test_a_hydrogel_array_takes_reservoir_and_needles_along():
    skin = cheek()
    model = model_of(skin, "caffeine")
    on = model.jump(busy(model, skin), reservoir().onto(skin), skin)
    off = model.jump(on, Removal(hydrogel=1.0, actives=1).onto(skin), skin)
    s = off[Drug].solutes[0]
    assert float(on[Channels].held) == 1.0 and float(on[Channels].obstruction) == SwollenArray().obstruction
    assert float(s.on_skin) == 0.0 and np.all(np.asarray(s.channel) == 0) and float(off[Cover].film) == 0.0
    assert np.array_equal(s.depot, on[Drug].solutes[0].depot)


def test_a_gel_without_pores_for_it_lets_nothing_through():
    skin = cheek()
    model = model_of(skin, "caffeine")
    base = model.jump(model.start(skin), reservoir().onto(skin), skin)
    tight = replace(base[Channels], obstruction=jnp.asarray(1.0))
    loose = replace(base[Channels], obstruction=jnp.asarray(0.0))
    flows = [model.rate(_with(base, c), skin)[Drug].solutes[0].on_skin for c in (tight, loose)]
    whole = model.rate(model.jump(model.start(skin), gel(film=1e-3).onto(skin), skin), skin)[Drug].solutes[0].on_skin
    assert float(flows[0]) == pytest.approx(float(whole), rel=1e-3)  # the needles displaced a little stratum corneum
    assert abs(float(flows[1])) > 100 * abs(float(flows[0]))


def test_two_deposits_share_a_pace_weighted_by_what_is_left():
    skin = cheek()
    model = model_of(skin, "caffeine")
    fast, slow = deposit("coated", dissolving=2e-3), deposit("coated", dissolving=1e-3)
    state = model.jump(model.start(skin), fast.onto(skin), skin)
    both = model.jump(state, slow.onto(skin), skin)
    assert float(both[Drug].solutes[0].dissolution) == pytest.approx(1.5e-3, rel=ROUNDING)


def test_sampling_takes_its_share_of_the_receptor_once():
    skin = cheek(alive=0.0, thickness=5e-4)
    model = model_of(skin, "caffeine")
    state, event = busy(model, skin), replace(no_event(skin, 1), sampled=jnp.asarray(0.25))
    s = model.jump(state, event, skin)[Drug].solutes[0]
    before = state[Drug].solutes[0]
    left = float(before.receptor - before.sampled)
    assert float(s.receptor) == float(before.receptor)
    assert float(s.receptor - s.sampled) == pytest.approx(0.75 * left, rel=ROUNDING)


def test_needles_weigh_what_a_cone_weighs():
    device = card("devices", "stamp_array", Device)
    cone = replace(device, tip_radius=0.0)
    volume = math.pi / 3 * float(cone.base_radius) ** 2 * float(cone.needle_length)
    expected = 1500.0 * float(cone.puncture_density_per_pass) * volume
    assert Loading().most(cone) == pytest.approx(expected, rel=ROUNDING)


def _mean_depth(field, skin):
    return float(integral(field * skin.depth, skin.step) / integral(field, skin.step))


def _with(state, channels):
    return type(state)(parts=state.parts | {"Channels": channels})
