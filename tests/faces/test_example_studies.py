"""The studies we ship load with the cards we ship."""

from pathlib import Path

import pytest

from microneedling.safety.screen import refused
from microneedling.study.schema import Study
from microneedling.study.screening import findings

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = 86400.0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_loads(path):
    plain = Study.load(path).plain()
    assert plain.title and plain.question
    idle = [arm.name for arm in plain.arms if not (arm.sessions or arm.topicals or arm.deposits or arm.exfoliations)]
    assert set(idle) <= {"untreated"} and plain.arms[0].name not in idle


STOPPED = {"vitamin_c_serum"}  # shipped to show a refusal


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_only_what_is_meant_to_be_stopped_is_refused_by_screening(path):
    assert refused(findings(Study.load(path).plain())) == (path.stem in STOPPED)


@pytest.mark.parametrize("name", ["periorbital_lines", "striae", "ageing_neck", "vitamin_c_serum"])
def test_says_what_is_stated_and_what_is_assumed(name):
    head = (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8").split("\ntitle")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert "# Stated:" in head and "# Assumed:" in head


def test_each_zone_is_needled_within_the_dermis_of_its_own_card():
    for name, site in (("periorbital_lines", "periorbital"), ("ageing_neck", "neck"), ("striae", "abdomen")):
        plain = Study.load(EXAMPLES / f"{name}.toml").plain()
        assert plain.site == site
        assert not [one.id for one in findings(plain) if one.id.startswith("depth_")]


def test_vitamin_c_is_stopped_with_both_sides_and_cleared_by_a_week():
    found = findings(Study.load(EXAMPLES / "vitamin_c_serum.toml").plain())
    grave = [one for one in found if one.level == "absolute"]
    assert [(one.id, one.arm) for one in grave] == [("reactive_product_on_open_channels", "serum on fresh channels")]
    assert "granulomas" in grave[0].reason and grave[0].other_side
    assert "delivery_not_covered" in {one.id for one in found}, "the regulatory notice"


def test_acne_scars():
    plain = Study.load(EXAMPLES / "acne_scars.toml").plain()
    main = plain.arms[0]
    assert [one.time / DAY for one in main.sessions] == [0, 30, 60, 90]
    assert [one.time for one in main.topicals] == [one.time for one in main.sessions]
    assert [one.wiped - one.time for one in main.topicals] == [DAY] * 4
    assert [(one.start / DAY, one.end / DAY) for one in main.care] == [(0, 28), (30, 58), (60, 88), (90, 118)]
    assert (plain.horizon, plain.members, plain.seed) == (365 * DAY, 64, 1)
    assert [len(arm.sessions) for arm in plain.arms] == [4, 4, 4, 0]
    assert [len(arm.topicals) for arm in plain.arms] == [4, 4, 0, 4]


def test_franz_cell():
    plain = Study.load(EXAMPLES / "franz_cell_caffeine.toml").plain()
    assert plain.in_vitro is not None and plain.in_vitro.layer == "dermatomed"
    assert plain.area == pytest.approx(1e-4)
    needled, whole = plain.arms
    assert (len(needled.sessions), len(whole.sessions)) == (1, 0)
    assert needled.topicals == whole.topicals
    assert needled.topicals[0].time == needled.sessions[0].time


def test_coated_array():
    array, injected, blank = Study.load(EXAMPLES / "coated_lidocaine.toml").plain().arms
    (coat,), (bolus,), (empty,) = array.deposits, injected.deposits, blank.deposits
    assert (coat.form, bolus.form, coat.removed, bolus.removed) == ("coated", "injected", 600.0, None)
    assert coat.actives[0] == ("lidocaine", pytest.approx(100e-9 / 2e-4)) and empty.actives == ()
    assert (len(array.sessions), len(injected.sessions), len(blank.sessions)) == (1, 0, 1)
