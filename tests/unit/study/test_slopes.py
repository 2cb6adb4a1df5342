"""Slopes of a course against what is known of them, and which numbers need no course."""

import dataclasses

import numpy as np
import pytest

from microneedling.study import slopes as module
from microneedling.study.coordinates import coordinates
from microneedling.study.elasticities import sensitivity
from microneedling.study.gradient import NoGradient
from microneedling.study.inquiry import Wanted, course_parts, inquiry, outcomes
from microneedling.study.read import StudyError
from microneedling.study.schema import Study
from microneedling.study.slopes import METHOD, Slopes, differences, shifted, slopes, stirring, way_back

TABLE = {
    "title": "t",
    "horizon": "2 d",
    "members": 1,
    "person": {"age": "30 y", "sex": "female", "phototype": 2},
    "site": {"card": "cheek", "area": "60 cm2"},
    "protocol": {
        "name": "p",
        "session": [{"device": "skinpen_precision", "depth": "1 mm", "dwell": "3 min"}],
    },
}
NAMES = ("CollagenStain.gain", "CollagenTurnover.r0", "Insertion.debris", "Tewl.noticeable", "LineDepth.noticeable")
AGREE = 2e-3  # of an elasticity: the error of a course, and of differences of a twentieth of what a spread is [1]


@pytest.fixture(autouse=True)
def cards():
    """The package's own cards, in place of the small catalogue of these tests."""


@pytest.fixture(scope="module")
def asked():
    return inquiry(Study.of(TABLE), Wanted(scale="collagen_stain"))


@pytest.fixture(scope="module")
def numbers(asked):
    return [one for one in coordinates(asked.known) if one.name in NAMES]


def test_slopes_are_those_of_courses_run_one_by_one_and_of_the_read_out_itself(asked, numbers):
    found = differences(asked, numbers)
    by = {one.name: one for one in numbers}
    elasticities = {name: by[name].value / found.value * slope for name, slope in found.slopes.items()}
    # the stain's change is its gain times the new pool: one for one, whatever the course
    assert elasticities["CollagenStain.gain"] == pytest.approx(1.0, abs=1e-6)
    assert set(elasticities) == {"CollagenStain.gain", "CollagenTurnover.r0", "Insertion.debris"}
    for name in ("CollagenTurnover.r0", "Insertion.debris"):
        up, down = (_alone(asked, by[name], factor) for factor in (1.05, 1 / 1.05))
        assert elasticities[name] == pytest.approx(np.log(up / down) / (2 * np.log(1.05)), abs=AGREE)


def test_one_way_back_gives_what_differences_give(asked, numbers):
    back, by = way_back(asked, numbers), {one.name: one for one in numbers}
    steps = differences(asked, numbers)
    assert back.value == pytest.approx(steps.value, rel=1e-6) and set(back.slopes) == set(steps.slopes)
    for name, slope in steps.slopes.items():
        size = by[name].value / back.value
        assert size * back.slopes[name] == pytest.approx(size * slope, abs=AGREE), name


def test_without_the_native_machine_differences_answer(asked, numbers, monkeypatch):
    def none(*given, scale, time, arm):
        raise NoGradient("no machine")

    monkeypatch.setattr(module, "gradients", none)
    monkeypatch.setattr(module, "differences", lambda asked, numbers, step: Slopes(1.0, {}, METHOD))
    assert slopes(asked, numbers).method == METHOD


def _alone(asked, number, factor):
    record, field = number.name.rsplit(".", 1)
    records = shifted(asked.known, [], 0.0)
    changed = {field: getattr(records[record], field) * factor}
    records[record] = dataclasses.replace(records[record], **changed)
    return float(outcomes(asked, records)[0])


def test_what_nobody_reads_needs_no_course(asked, numbers):
    places = stirring(asked, course_parts(asked, shifted(asked.known, numbers, 0.01)))
    assert "noticeable" not in {numbers[n].name.split(".")[1] for n in places} and places.size == 3


def test_where_nothing_has_changed_there_is_nothing_to_divide():
    study = Study.of(TABLE | {"protocol": {"name": "rest", "topical": [CREAM]}})
    with pytest.raises(StudyError, match=r"--at: found 2 d, where collagen_stain is as it was at the start, allowed"):
        sensitivity(inquiry(study, Wanted(scale="collagen_stain")))


CREAM = {"active": "caffeine", "concentration": "10 mg/ml", "vehicle": "hydrogel", "film": "50 um", "time": "0 d"}
