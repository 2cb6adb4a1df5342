"""What nothing in a plan can move is left out, and only that."""

import functools

import numpy as np
import pytest
from contracts.test_treatments import grit, tape
from tissue import DAY, cheek, gel, model_of, pen

from microneedling.laws.standard import LAWS
from microneedling.protocol.plan import Timed, plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on
from microneedling.simulate.simulate import field_meanings, one_lane
from microneedling.simulate.stirred import unstirred

SAME = 1e-9  # [1] of the field's largest value; steps are chosen by the same errors, so only rounding differs


@functools.cache
def skin():
    return cheek()


@functools.cache
def model():
    return model_of(skin(), "caffeine")


def events(*treatments, end=3 * DAY):
    timed = [Timed(n * 3600.0, one) for n, one in enumerate(treatments)]
    return plan(timed, skin(), end=end, begin=-DAY, actives=1, length=4)


def left_out(*treatments):
    return unstirred(one_lane(model()), one_lane(skin()), (one_lane(events(*treatments)),))


def tape_moves_the_epidermis_and_no_wound():
    still = left_out(tape(10.0))
    assert "Epidermis" not in still
    assert {"Wound", "Repair", "Collagen", "Channels", "Punctures"} <= set(still)


def test_tape_moves_the_epidermis_and_no_wound():
    tape_moves_the_epidermis_and_no_wound()


def test_a_gel_moves_neither_epidermis_nor_wound():
    still = left_out(gel())
    assert {"Epidermis", "Wound", "Inflammation"} <= set(still)
    assert {"Drug", "Cover"}.isdisjoint(still)


def test_grit_through_to_living_tissue_moves_what_a_wound_moves():
    assert {"Wound", "Inflammation", "Repair", "Collagen"}.isdisjoint(left_out(grit(40.0)))


def test_needles_move_everything_they_touch():
    assert {"Channels", "Punctures", "Wound", "Epidermis", "Inflammation"}.isdisjoint(left_out(pen()))


def test_without_an_event_nothing_moves():
    assert set(left_out()) == {law.owns.__name__ for law in LAWS}


@pytest.mark.parametrize("treatments", [(tape(10.0),), (gel(), tape(5.0))], ids=["tape", "gel and tape"])
def test_the_course_is_the_same_without_what_is_left_out(treatments):
    keep = Keep(times=np.array([0.2, 1.0, 3.0]) * DAY, scales=(), fields=True)
    given = tuple(map(one_lane, (model(), skin(), events(*treatments))))
    few, every = (
        course_on(machine_of(*given, keep, still=still), *given, keep=keep) for still in (left_out(*treatments), ())
    )
    for (path, meaning), a, b in zip(field_meanings(model().start(skin())), few.fields, every.fields, strict=True):
        a, b = np.asarray(a), np.asarray(b)
        assert np.max(np.abs(a - b)) <= SAME * max(float(np.max(np.abs(b))), meaning.negligible), path
