"""Treatments at times become stacked events."""

import dataclasses

import jax
import numpy as np
import pytest
from tissue import DAY, cheek, flat, gel, nothing, pen

from microneedling.protocol.plan import Timed, plan
from microneedling.treatments.needling import Sham
from microneedling.treatments.topical import Wipe

SKIN = cheek()
HOW = {"end": 30 * DAY, "begin": -DAY, "actives": 1}


def one(stacked, n):
    """The n-th event."""
    return jax.tree.map(lambda x: x[n], stacked.events)


def test_events_stand_in_time_order_after_a_zero_event():
    made = plan([Timed(DAY, Wipe(actives=1)), Timed(0.0, pen()), Timed(300.0, gel())], SKIN, **HOW)
    np.testing.assert_array_equal(made.times, [-DAY, 0.0, 300.0, DAY])
    assert np.count_nonzero(flat(one(made, 0))) == 0
    assert np.array_equal(flat(one(made, 1)), flat(pen().onto(SKIN)))
    assert float(one(made, 3).wiped) > 0 and float(made.end) == 30 * DAY


def test_two_at_one_time_act_in_the_order_given():
    made = plan([Timed(0.0, gel()), Timed(0.0, Wipe(actives=1))], SKIN, **HOW)
    assert float(one(made, 1).film) > 0 and float(one(made, 2).wiped) > 0


def test_arms_are_padded_with_zero_events_at_the_end():
    made = plan([Timed(0.0, pen())], SKIN, **HOW, length=6)
    assert made.times.shape == (6,) and np.all(np.asarray(made.times)[2:] == 30 * DAY)
    assert np.count_nonzero(flat(one(made, 5))) == 0


@pytest.mark.parametrize("time", [-2 * DAY, 31 * DAY])
def test_a_treatment_outside_the_course_is_refused(time):
    with pytest.raises(ValueError, match=r"'?needling'? at .* is outside"):
        plan([Timed(time, pen(), "needling")], SKIN, **HOW)


def test_a_plan_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="3 events does not fit in 2"):
        plan([Timed(0.0, pen()), Timed(1.0, pen())], SKIN, **HOW, length=2)


def test_a_sham_plan_is_a_plan_of_zero_events():
    made = plan([Timed(0.0, Sham(actives=1))], SKIN, **HOW)
    assert np.count_nonzero(flat(made.events)) == 0


def test_plans_of_one_length_stack():
    arms = [plan([Timed(0.0, t)], SKIN, **HOW, length=4) for t in (pen(), gel(), Sham(actives=1))]
    both = jax.tree.map(lambda *xs: np.stack(xs), *arms)
    assert both.times.shape == (3, 4) and both.events.pierced.shape == (3, 4, SKIN.step.shape[0])


def test_a_softened_session_is_its_event_times_a_number():
    half = jax.tree.map(lambda x: 0.5 * x, pen().onto(SKIN))
    assert float(half.pierced[0]) == pytest.approx(0.5 * float(pen().onto(SKIN).pierced[0]))
    assert dataclasses.fields(half) == dataclasses.fields(nothing(SKIN))
