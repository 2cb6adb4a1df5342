"""The loop: people in lanes, readings, failure as a value, balance."""

import dataclasses

import jax
import numpy as np
import pytest
from course import DAY, MINUTE, NAMES, field, needling_series
from tissue import lanes, paths

from microneedling.core.struct import replace
from microneedling.laws.channels import ChannelClosure
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.numerics import status
from microneedling.protocol.plan import plan
from microneedling.simulate.simulate import field_meanings, one_lane, times_of

TIMES = np.array([-DAY, 0.0, 1.0, 10 * MINUTE, DAY, 3 * DAY, 9 * DAY])


def with_number(model, cls, **changes):
    """The model with some numbers of one law changed."""
    laws = tuple(replace(law, **changes) if isinstance(law, cls) else law for law in model.laws)
    return dataclasses.replace(model, laws=laws)


def run(courses, *models, **how):
    """One session, with these two people's models."""
    _, course = courses.of(needling_series(1), end=9 * DAY, times=TIMES, models=models or None, **how)
    return course


def same_readings(course, other, people=(0, 0)):
    """Alike to rounding: wide instructions may round one person's numbers differently from another's."""
    for name, j in zip(NAMES, range(len(NAMES))):
        one, two = (np.asarray(c.readings)[: len(TIMES), j, p] for c, p in zip((course, other), people))
        if not name.startswith("balance"):
            np.testing.assert_allclose(one, two, rtol=1e-6, atol=1e-9 * np.max(np.abs(two)) + 1e-300, err_msg=name)


@pytest.fixture(scope="module")
def usual(courses):
    return run(courses)


def test_a_run_ends_well_and_reads_everything(usual):
    assert np.all(np.asarray(usual.status) == status.FINE)
    assert np.all(np.isfinite(usual.readings)) and usual.readings.shape[1:] == (len(NAMES), 2)


def test_the_same_person_twice_gets_the_same(usual):
    same_readings(usual, usual, people=(0, 1))
    assert int(usual.steps[0]) == int(usual.steps[1])


def test_one_person_does_not_touch_the_other(courses, usual):
    slow = with_number(courses.model, ChannelClosure, recoil=courses.model.laws[1].recoil / 50)
    course = run(courses, courses.model, slow)
    same_readings(course, usual)
    assert not np.array_equal(course.readings[..., 0], course.readings[..., 1])


def test_a_person_who_cannot_be_computed_fails_alone(courses, usual):
    broken = with_number(courses.model, InflammatoryCircuit, s_X=np.nan)
    course = run(courses, courses.model, broken)
    assert [int(code) for code in course.status] == [status.FINE, status.NOT_FINITE]
    same_readings(course, usual)


def test_a_reading_at_an_event_is_the_one_before_it(courses, usual):
    opened = courses.reading(usual, "open_area")
    assert opened[1] == 0.0 and opened[2] > 0.001


def test_nothing_happens_before_the_first_needling(courses, usual):
    for name in ("tewl", "collagen_new", "erythema"):
        value = courses.reading(usual, name)
        assert value[0] == pytest.approx(value[1], rel=1e-12)


def test_fields_are_kept_by_path(courses, usual):
    rest = courses.model.start(courses.skin)
    opened = field(usual, rest, "Channels.open")
    assert opened.shape[1] == courses.skin.step.shape[0] and opened[2, 0] > opened[4, 0]
    assert field(usual, rest, "Epidermis.gap").ndim == 1


def test_every_field_has_a_path_and_a_meaning_of_its_own(courses):
    rest = courses.model.start(courses.skin)
    found = paths(rest)
    assert len(found) == len(set(found)) == len(jax.tree.leaves(rest))
    assert "Collagen.columns.wounded.iii" in found and "Drug.solutes.0.tissue" in found
    assert all(meaning.unit and meaning.negligible > 0 and meaning.meaning for _, meaning in field_meanings(rest))


def test_readings_at_the_end_are_those_of_the_end_state(courses, usual):
    rest = courses.model.start(courses.skin)
    for (path, _), kept, end in zip(field_meanings(rest), usual.fields, jax.tree.leaves(usual.end)):
        np.testing.assert_allclose(kept[len(TIMES) - 1], np.asarray(end)[..., 0], rtol=1e-9, atol=1e-300, err_msg=path)


def test_tighter_tolerance_comes_closer(courses):
    def burden(tolerance):
        course = run(courses, tolerance=tolerance)
        return courses.reading(course, "inflammation")[4], int(course.steps[0])

    (loose, few), (middle, some), (tight, many) = (burden(x) for x in (1e-2, 1e-4, 1e-6))
    assert few < some < many
    assert abs(middle - tight) < abs(loose - tight) < 1e-2 * abs(tight)  # [1] the loosest tolerance


def test_what_was_applied_is_found_again(courses, usual):
    balance = courses.reading(usual, "balance.caffeine")[: len(TIMES)]
    assert np.max(np.abs(balance)) < 1e-9  # [1] of the dose: SCIENCE section 4


def test_one_lane_adds_a_person_axis(courses):
    assert one_lane(courses.skin).step.shape == (*courses.skin.step.shape, 1)
    assert times_of(lanes(_plan(courses))).shape == times_of(_plan(courses)).shape


def _plan(courses):
    return plan(needling_series(1), courses.skin, end=DAY * 9, begin=0.0, actives=1)
