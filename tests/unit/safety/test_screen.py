"""Screening whole arms: occasions, exemption, order, limits, speed."""

import dataclasses
import subprocess
import sys

import pytest

from microneedling.protocol.protocol import Care, Protocol, TopicalUse
from microneedling.safety.example import planted, reference
from microneedling.safety.finding import LEVELS
from microneedling.safety.screen import refused, screen

DAY = 86400.0
HOUR = 3600.0
SKIN_CANCER = {"person": {"conditions": ["active skin cancer"]}}


def ids(scene):
    return {one.id for one in screen(scene)}


def with_protocol(scene, **changes):
    return dataclasses.replace(scene, protocol=dataclasses.replace(scene.protocol, **changes))


def use(moment, *, actives=("x",), **settings):
    doses = tuple((name, 1.0) for name in actives)
    return TopicalUse(time=moment, vehicle="hydrogel", actives=doses, film=5e-5, **settings)


def test_an_absolute_finding_refuses():
    found = screen(planted(SKIN_CANCER))
    assert refused(found)
    assert found[0].time is None and found[0].arm == "reference"


@pytest.mark.parametrize("change", [{"setup": "in vitro"}, {"exempt": True}, {"site_region": "animal"}])
def test_skin_that_is_nobodys_is_screened_but_never_refused(change):
    found = screen(dataclasses.replace(planted(SKIN_CANCER), **change))
    assert found and all(one.exempt for one in found)
    assert not refused(found)


def test_arms_without_needling_have_nothing_against_needling():
    scene = planted(SKIN_CANCER | {"session": {"sterile": False}})
    assert ids(with_protocol(scene, sessions=())) == set()
    shams = tuple(dataclasses.replace(one, sham=True) for one in scene.protocol.sessions)
    assert ids(with_protocol(scene, sessions=shams)) == set()


def test_each_session_speaks_for_itself():
    scene = reference()
    first, *others = scene.protocol.sessions
    deeper = dataclasses.replace(first, depth=2e-3)
    found = screen(with_protocol(scene, sessions=(deeper, *others)))
    assert [(one.id, one.time) for one in found] == [("face_depth", 0.0)]


def test_findings_come_gravest_first():
    scene = planted({"person": {"conditions": ["open wound", "ice-pick scars"], "habits": ["smoking"]}})
    levels = [LEVELS.index(one.level) for one in screen(scene)]
    assert levels == sorted(levels) and set(levels) == {0, 1, 2}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"session": {"depth": "1.5 mm"}}, "face_depth"),
        ({"interval": "14 d"}, "short_interval"),
        ({"person": {"age": "22 y"}}, "under_age"),
        ({"person": {"phototype": 3}}, "darker_skin"),
        ({"topical": {"actives": ["a"], "flags": ["vitamin C"], "after": "48 h"}}, "reactive_product_on_open_channels"),
        ({"topical": {"actives": ["a"], "flags": ["retinoid"], "before": "24 h", "wiped": "1 h"}}, "irritant_before"),
    ],
)
def test_the_limit_itself_is_allowed(change, rule):
    assert rule not in ids(planted(change))


@pytest.mark.parametrize(("sex", "depth", "speaks"), [("female", 1.2e-3, True), ("male", 1.2e-3, False)])
def test_the_depth_ceiling_of_a_zone_is_that_of_the_sex(sex, depth, speaks):
    scene = planted({"person": {"sex": sex}, "site": {"name": "forehead"}, "session": {"depth": f"{depth} m"}})
    assert ("depth_forehead" in ids(scene)) is speaks


def test_a_product_wiped_off_is_not_under_the_needles():
    left, wiped = use(-600.0), use(-600.0, wiped=-60.0)
    assert "product_under_needles" in ids(with_protocol(reference(), topicals=(left,)))
    assert "product_under_needles" not in ids(with_protocol(reference(), topicals=(wiped,)))


def test_flags_of_the_vehicle_count_as_well():
    scene = dataclasses.replace(reference(), vehicle_flags={"hydrogel": ("perfume",)})
    assert "reactive_product_on_open_channels" in ids(scene)


def test_a_numbing_cream_counts_as_anaesthesia():
    scene = planted({"person": {"pregnant": True}})
    assert "anaesthetic_contraindicated" not in ids(scene)
    cream = use(-HOUR, actives=("lidocaine",), wiped=-60.0)
    scene = dataclasses.replace(scene, active_flags={"lidocaine": ("anaesthetic",)})
    assert "anaesthetic_contraindicated" in ids(with_protocol(scene, topicals=(cream,)))


def test_antiviral_cover_clears_the_herpes_rule():
    scene = planted({"person": {"conditions": ["history of herpes"]}})
    cover = Care(what="antiviral cover", start=-DAY, end=5 * DAY)
    assert "herpes_history" in ids(scene)
    assert "herpes_history" not in ids(with_protocol(scene, care=(*scene.protocol.care, cover)))


def test_two_devices_at_one_visit_are_no_short_interval():
    scene = reference()
    twice = tuple(one for session in scene.protocol.sessions for one in (session, session))
    assert "short_interval" not in ids(with_protocol(scene, sessions=twice))


def test_pre_treatment_that_ends_the_day_before_is_silent():
    daily = tuple(use(-day * DAY, actives=("retinol",)) for day in range(1, 15))
    scene = dataclasses.replace(reference(), active_flags={"retinol": ("retinoid",)})
    assert ids(with_protocol(scene, topicals=daily)) == set()


def test_an_empty_arm_has_no_findings():
    assert screen(dataclasses.replace(reference(), protocol=Protocol(name="untreated"))) == ()


def test_screening_needs_no_simulation_library():
    code = "import sys, microneedling.safety.screen as s; sys.exit('jax' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
