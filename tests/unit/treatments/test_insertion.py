"""The mechanics explain what was measured on calibration rows, and behave where nothing was measured."""

import dataclasses
import math

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import card, cheek, pen

from microneedling.core.card import read_card
from microneedling.core.catalogue import path_of
from microneedling.core.sourced import sourced
from microneedling.core.struct import replace
from microneedling.skin.site import Site
from microneedling.skin.skin import YEAR, skin_of
from microneedling.study.numbers import spread_out
from microneedling.treatments.device import Device
from microneedling.treatments.insertion import Insertion, tip_speed
from microneedling.treatments.needling import Needling

NOMINAL = 0.08  # [1] "close to the setting" as one reads it off a section
HOLE = 70.7e-6, 9.9e-6  # [m] surface diameter of a 770 um roller's channel and its printed error (kalluri2011)
CHANNEL = 152.5e-6  # [m] its depth
FORCE = 0.0214, 0.030  # [kg m s-2] per needle (olatunji2013)
MEMBERS = 400


def pressed(name, depth=None, **changes):
    """One press, pass or short dwell of a card's device; the whole length when no depth is set."""
    known = read_card(path_of("devices", name), Device)
    device = replace(known.known.record, **changes)
    family = known.texts["family"]
    return pen(
        device=device,
        depth=device.needle_length if depth is None else depth,
        frequency=device.frequency,
        family=family,
        passes=0.0 if family == "pen" else 1.0,
        dwell=180.0 if family == "pen" else 0.0,
    )


def share(needling):
    """Inserted over set depth, in skin without a bottom."""
    length = needling.set_length()
    return float(needling.insertion.inserted(length, needling.device, needling.push()) / length)


def test_peak_speed_of_a_sine_is_pi_frequency_stroke():
    device = card("devices", "skinpen_precision", Device)
    t = np.linspace(0.0, 1 / 100.0, 200_001)
    path = 0.5 * device.stroke * np.sin(2 * math.pi * 100.0 * t)
    assert float(tip_speed(device, 100.0, True)) == pytest.approx(np.max(np.gradient(path, t)), rel=1e-6)
    assert float(tip_speed(device, 100.0, False)) == device.approach


@pytest.mark.parametrize("depth", [0.5e-3, 1.5e-3])
def test_pens_go_nearly_as_deep_as_they_are_set(depth):
    pens_are_nominal(depth)


def pens_are_nominal(depth):
    assert share(pressed("skinpen_precision", depth)) == pytest.approx(0.93, abs=NOMINAL)


@pytest.mark.parametrize("name", ["roller_192", "roller_370", "roller_770", "stamp_array"])
def test_slow_needles_bury_about_half_of_their_length(name):
    slow_needles_bury_half(name)


def slow_needles_bury_half(name):
    assert share(pressed(name)) == pytest.approx(0.5, abs=NOMINAL)


def test_the_hole_of_a_roller_needle_is_as_wide_as_measured():
    rolled = pressed("roller_770")
    deep = rolled.insertion.inserted(rolled.set_length(), rolled.device, rolled.push())
    wide = 2 * float(rolled.insertion.hole_radius(jnp.asarray(0.0), deep, rolled.device))
    assert wide == pytest.approx(HOLE[0], abs=HOLE[1])


def test_a_sharp_tip_takes_the_force_that_was_measured():
    how, device = Insertion(), card("devices", "stamp_array", Device)
    blunt = how.push(replace(device, tip_radius=10e-6), 0.02, 1.0)
    assert FORCE[0] <= float(blunt.threshold) <= FORCE[1]
    needle = how.resistance(replace(device, tip_radius=10e-6))
    assert FORCE[0] / 2 <= float(needle.force(0.4e-3)) <= FORCE[1] * 2


def drawn(name, fast, members=MEMBERS):
    """Inserted over set depth with every number drawn from its spread."""
    known = read_card(path_of("devices", name), Device)
    how, device = (spread_out(one, members, seed=1) for one in (sourced(Insertion()), known.known))
    loaded = how.line if known.texts["family"] == "roller" else 1.0
    push = how.push(device, tip_speed(device, device.frequency, fast), loaded)
    length = np.minimum(1.5e-3, device.needle_length)
    return np.asarray(how.inserted(length, device, push) / length)[1:]


def test_both_sources_that_disagree_lie_inside_the_spread():
    low, high = np.percentile(drawn("skinpen_precision", True), [5, 95])
    assert 0.55 < low < 0.9 < high < 1.0
    low, high = np.percentile(drawn("roller_770", False), [5, 95])
    assert 0.2 < low < 0.5 < high < 0.9
    spread = sourced(Insertion()).facts["recoil"].spread
    assert spread.low < CHANNEL / (0.53 * 770e-6) < spread.high and spread.high >= 1.0


@pytest.mark.parametrize("setting", ["contact_force", "stroke", "approach", "spacing", "tip_radius", "base_radius"])
def test_depth_and_piercing_move_one_way_with_every_setting(setting):
    one_way(setting)


def one_way(setting):
    name = "skinpen_precision" if setting == "stroke" else "stamp_array"
    now = {
        "contact_force": 4.9,
        "stroke": 2.5e-3,
        "approach": 0.02,
        "spacing": 1e-4,
        "tip_radius": 5e-6,
        "base_radius": 7e-5,
    }
    values = now[setting] * np.geomspace(0.2, 5.0, 25)
    events = [pressed(name, **{setting: value}) for value in values]
    shares = np.array([share(one) for one in events])
    piercing = np.array([float(one.push().piercing(one.set_length())) for one in events])
    sign = -1.0 if setting.endswith("radius") else 1.0
    if setting != "tip_radius":  # a blunter tip of the same base is less tapered: deeper or shallower, by its friction
        assert np.all(sign * np.diff(shares) >= -1e-12)
    if setting != "base_radius":
        assert np.all(sign * np.diff(piercing) >= -1e-12)


def test_a_hand_that_presses_too_lightly_leaves_no_puncture():
    skin = cheek()
    light = pressed("stamp_array", contact_force=1e-3).onto(skin)
    assert float(light.punctures) < 1e-3 * float(pressed("stamp_array").onto(skin).punctures)


def test_a_hollow_tip_presses_on_its_wall_only():
    how, device = Insertion(), card("devices", "stamp_array", Device)
    solid = how.push(replace(device, tip_radius=30e-6), 0.02, 1.0)
    hollow = how.push(replace(device, tip_radius=30e-6, inner_radius=25e-6), 0.02, 1.0)
    assert float(hollow.threshold - how.threshold) == pytest.approx(
        (1 - (25 / 30) ** 2) * float(solid.threshold - how.threshold)
    )


def test_holes_shrink_by_recoil_in_depth_and_width():
    site = card("sites", "cheek", Site)
    deep = skin_of(replace(site, reticular=5e-3), age=35 * YEAR)
    needling = pressed("skinpen_precision", 1.5e-3)
    how, mean = needling.insertion, needling.onto(deep).inserted_depth
    z = np.linspace(0.0, float(mean) * how.recoil, 30)
    hole = np.asarray(how.hole_radius(jnp.asarray(z), mean, needling.device))
    needle = np.asarray(how.needle_radius(jnp.asarray(z / how.recoil), mean, needling.device))
    assert np.allclose(hole, how.hole * needle, rtol=1e-12)
    wild = dataclasses.replace(how, recoil=1.4, hole=1.3)
    event = dataclasses.replace(needling, insertion=wild).onto(deep)
    assert float(event.relaxed_depth) == float(event.inserted_depth), "no hole is deeper than its needle went"
    assert np.all(np.asarray(event.relaxed) <= np.asarray(event.pierced) + 1e-12)


def test_needles_that_taper_the_wrong_way_are_taken_as_straight():
    club = pressed("stamp_array", tip_radius=90e-6)
    assert isinstance(club, Needling) and math.isfinite(share(club))
