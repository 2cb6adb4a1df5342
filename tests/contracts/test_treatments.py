"""What every treatment promises."""

import dataclasses
import functools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from contracts.promises import CANCELLING, gap
from hypothesis import given
from hypothesis import strategies as st
from restate import restated
from tissue import busy, card, cheek, flat, gel, lanes, model_of, nothing, pen
from unit.treatments.test_deposit import deposit, reservoir

from microneedling.core.catalogue import names
from microneedling.core.struct import replace
from microneedling.formulation.vehicle import Vehicle
from microneedling.skin.components import Cover, Drug
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of
from microneedling.treatments.aftercare import Aftercare
from microneedling.treatments.blade import Planing
from microneedling.treatments.deposit import Removal
from microneedling.treatments.device import Device
from microneedling.treatments.exfoliant import Exfoliant
from microneedling.treatments.grit import Abrasion
from microneedling.treatments.needling import Sham
from microneedling.treatments.sampling import Sample
from microneedling.treatments.scrub import Scrubbing
from microneedling.treatments.tape import Stripping
from microneedling.treatments.topical import Uncover, Wipe

SHARES = (
    "pierced",
    "relaxed",
    "halo",
    "bleeding",
    "layers_lost",
    "lipids_lost",
    "cohesion_lost",
    "plug_lost",
    "vellus_cut",
    "wiped",
    "withdrawn",
    "emptied",
    "sampled",
)
NOT_LESS = 1e-12  # [1] rounding
DEVICES = tuple(names("devices"))


@functools.cache
def skin():
    return cheek()


@functools.cache
def thick():
    """Skin no needle reaches through."""
    site = card("sites", "cheek", Site)
    return skin_of(replace(site, reticular=5e-3), age=35 * YEAR)


def roller(passes=4.0, **changes):
    """Four passes of a drum."""
    device = card("devices", "roller_192", Device)
    return pen(device=device, dwell=0.0, frequency=0.0, passes=passes, family="roller", **changes)


def tape(strips):
    return Stripping(exfoliant=card("exfoliants", "adhesive_tape", Exfoliant), strips=strips, actives=1)


def scrub(rubs):
    return Scrubbing(exfoliant=card("exfoliants", "scrub_cream", Exfoliant), rubs=rubs, actives=1)


def blade(strokes):
    return Planing(exfoliant=card("exfoliants", "dermaplaning_blade", Exfoliant), strokes=strokes, actives=1)


def grit(passes=4.0, *, contact=3.0, suction=3e4, flow=1.0):
    """Passes of a jet of crystals."""
    what = card("exfoliants", "microdermabrasion_crystals", Exfoliant)
    return Abrasion(exfoliant=what, passes=passes, contact=contact, suction=suction, flow=flow, actives=1)


NOTHING_DONE = {
    "needling without time on the skin": pen(dwell=0.0),
    "rolling without a pass": roller(passes=0.0),
    "a topical without film": gel(film=0.0),
    "a wipe that takes nothing": Wipe(share=0.0, actives=1),
    "sham": Sham(actives=1),
    "a medicine that changes nothing": Aftercare(factor=1.0, actives=1),
    "a sunscreen that lets all through": Aftercare(factor=0.0, acts_on="shielded", actives=1),
    "a bolus of nothing": deposit("injected", doses=(0.0,)),
    "no strip": tape(0.0),
    "no rub": scrub(0.0),
    "no stroke": blade(0.0),
    "no pass": grit(0.0),
    "a pass that stays nowhere": replace(grit(0.0), contact=0.0),
}
EVERYTHING = {"pen": pen(), "roller": roller(), "gel": gel(covered=1.0), "wipe": Wipe(actives=1)}
EVERYTHING |= {"uncover": Uncover(actives=1), "sham": Sham(actives=1)}
EVERYTHING |= {"tape": tape(10.0), "scrub": scrub(2.0), "blade": blade(4.0), "grit": grit(8.0)}
EVERYTHING |= {form: deposit(form) for form in ("coated", "dissolving", "injected")}
EVERYTHING |= {
    "hydrogel": reservoir(),
    "removal": Removal(hydrogel=1.0, actives=1),
    "sample": Sample(share=0.2, actives=1),
    "medicine": Aftercare(factor=0.6, actives=1),
    "sunscreen": Aftercare(factor=0.8, acts_on="shielded", actives=1),
    "cold": Aftercare(factor=0.9, acts_on="cooled", actives=1),
}
MORE = {
    "dwell": (pen(dwell=100.0), pen(dwell=200.0)),
    "depth": (pen(depth=0.5e-3), pen(depth=1.5e-3)),
    "strokes": (pen(frequency=50.0), pen(frequency=120.0)),
    "smaller area": (pen(area=60e-4), pen(area=20e-4)),
    "passes": (roller(2.0), roller(8.0)),
    "strips": (tape(3.0), tape(30.0)),
    "rubs": (scrub(1.0), scrub(5.0)),
    "strokes of a blade": (blade(1.0), blade(4.0)),
    "passes of grit": (grit(2.0), grit(20.0)),
    "time on a spot": (grit(contact=1.0), grit(contact=9.0)),
    "suction": (grit(suction=2e4), grit(suction=5e4)),
    "crystals": (grit(flow=0.3), grit(flow=1.0)),
}
TAKEN = ("layers_lost", "lipids_lost", "plug_lost", "vellus_cut")


def test_settings_of_zero_give_the_zero_event():
    for label, treatment in NOTHING_DONE.items():
        event = treatment.onto(skin())
        idle = {"evaporation": jnp.zeros(())}  # how a film of no thickness would dry
        assert np.array_equal(flat(replace(event, **idle)), flat(nothing(skin()))), label


@pytest.mark.parametrize("label", EVERYTHING)
def test_events_have_the_shape_of_the_zero_event(label):
    event, none = EVERYTHING[label].onto(skin()), nothing(skin())
    assert jax.tree.structure(event) == jax.tree.structure(none)
    assert [np.shape(x) for x in jax.tree.leaves(event)] == [np.shape(x) for x in jax.tree.leaves(none)]
    assert all(np.all(np.isfinite(x)) for x in jax.tree.leaves(event))


@given(
    depth=st.floats(1e-4, 3e-3), dwell=st.floats(0.0, 3600.0), area=st.floats(1e-4, 0.1), passes=st.floats(0.0, 60.0)
)
def test_shares_lie_between_zero_and_one(depth, dwell, area, passes):
    for event in (pen(depth=depth, dwell=dwell, area=area).onto(skin()), roller(passes, depth=depth).onto(skin())):
        shares_are_shares(event)


@given(uses=st.floats(0.0, 500.0), contact=st.floats(0.0, 60.0), suction=st.floats(0.0, 9e4), flow=st.floats(0.0, 1.0))
def test_exfoliants_never_take_more_than_there_is(uses, contact, suction, flow):
    for treatment in (tape(uses), scrub(uses), blade(uses), grit(uses, contact=contact, suction=suction, flow=flow)):
        shares_are_shares(treatment.onto(skin()))


def shares_are_shares(event):
    for name in SHARES:
        value = np.asarray(getattr(event, name))
        assert np.min(value) >= 0.0 and np.max(value) <= 1.0, name
    assert np.all(np.asarray(event.relaxed) <= np.asarray(event.pierced) + NOT_LESS), "recoil opens the hole"
    assert float(event.relaxed_depth) <= float(event.inserted_depth)


@pytest.mark.parametrize("label", MORE)
def test_stronger_settings_never_pierce_or_hurt_less(label):
    less, more = (treatment.onto(skin()) for treatment in MORE[label])
    for name in ("pierced", "relaxed", "halo", "punctures", "inserted_depth", "bleeding", *TAKEN):
        low, high = np.asarray(getattr(less, name)), np.asarray(getattr(more, name))
        assert np.all(high >= low - NOT_LESS), name


@pytest.mark.parametrize("name", DEVICES)
def test_every_device_pierces_deeper_with_a_longer_needle(name):
    device = card("devices", name, Device)
    family = "pen" if device.frequency > 0 else "roller"
    settings = {"device": device, "frequency": device.frequency, "family": family, "passes": 4.0}
    shallow, deep = (pen(depth=share * device.needle_length, **settings).onto(thick()) for share in (0.5, 1.0))
    assert 0 < float(shallow.inserted_depth) < float(deep.inserted_depth) <= device.needle_length
    shares_are_shares(deep)


def test_needles_stop_at_the_bottom_of_excised_skin():
    thin = cheek(alive=0.0, thickness=4e-4)
    assert float(pen(depth=2.5e-3).onto(thin).inserted_depth) <= float(jnp.sum(thin.step)) + 1e-12


def test_the_halo_lies_in_living_tissue_and_the_holes_are_no_wider_than_needles():
    event, device = pen().onto(skin()), card("devices", "skinpen_precision", Device)
    assert np.all(np.asarray(event.halo * skin().corneum) == 0)
    assert np.max(event.radius) <= device.base_radius


def test_dose_is_concentration_times_film():
    event = gel(film=80e-6, concentration=3.0).onto(skin())
    assert float(event.dosed[0]) == pytest.approx(240e-6)
    assert float(event.film + event.residue) == pytest.approx(80e-6)


def test_nothing_is_wiped_off_twice():
    model = model_of(skin(), "caffeine")
    state, wipe = busy(model, skin()), Wipe(share=0.9, actives=1).onto(skin())
    once = model.jump(state, wipe, skin())
    twice = model.jump(once, wipe, skin())
    before, left = state[Drug].solutes[0], twice[Drug].solutes[0]
    assert float(left.on_skin) == pytest.approx(0.01 * float(before.on_skin))
    assert float(left.wiped - before.wiped) == pytest.approx(0.99 * float(before.on_skin))
    assert float(twice[Cover].film) == pytest.approx(0.01 * float(state[Cover].film))


def test_taking_a_cover_off_bare_skin_changes_nothing():
    model = model_of(skin(), "caffeine")
    rest = model.start(skin())
    assert np.array_equal(flat(model.jump(rest, Uncover(actives=1).onto(skin()), skin())), flat(rest))
    covered = model.jump(rest, gel(covered=1.0).onto(skin()), skin())
    assert float(covered[Cover].occlusion) == 1.0
    assert float(model.jump(covered, Uncover(actives=1).onto(skin()), skin())[Cover].occlusion) == 0.0


@pytest.mark.parametrize("label", EVERYTHING)
def test_units_are_homogeneous(label):
    units_are_homogeneous(EVERYTHING[label])


def units_are_homogeneous(treatment):
    event = restated(treatment.onto(skin()))
    assert gap(event, restated(treatment).onto(restated(skin()))) < CANCELLING


@pytest.mark.parametrize("label", EVERYTHING)
def test_people_in_lanes_do_not_mix(label):
    treatment, other = EVERYTHING[label], cheek(age=2.2e9)
    both = lanes(treatment, treatment).onto(lanes(skin(), other))
    for x, y in zip(jax.tree.leaves(both), jax.tree.leaves(treatment.onto(skin()))):
        assert gap([jnp.broadcast_to(x, (*y.shape, 2))[..., 0]], [y]) < NOT_LESS


@pytest.mark.parametrize("setting", ["depth", "dwell", "area"])
def test_gradients_are_finite_and_equal_to_differences(setting):
    needling = pen()

    def total(x):
        event = dataclasses.replace(needling, **{setting: x}).onto(skin())
        return jnp.sum(event.pierced + event.relaxed + event.halo) + event.bleeding + event.pain

    x = getattr(needling, setting)
    difference = (total(x * (1 + 1e-6)) - total(x * (1 - 1e-6))) / (2e-6 * x)
    assert float(jax.grad(total)(x)) == pytest.approx(float(difference), rel=1e-5)


def test_vehicles_dry_as_their_card_says():
    vehicle = card("vehicles", "hydrogel", Vehicle)
    event = gel().onto(skin())
    assert float(event.evaporation) == pytest.approx(vehicle.evaporation)
    assert float(event.film / (event.film + event.residue)) == pytest.approx(vehicle.volatile)
