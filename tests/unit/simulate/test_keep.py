"""Which times are worth reading."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from microneedling.simulate.keep import reading_times

DAY = 86400.0


@given(
    events=st.lists(st.floats(0.0, 300.0), min_size=0, max_size=8), end=st.floats(301.0, 900.0), early=st.floats(0, 30)
)
def test_times_are_sorted_distinct_and_within_the_course(events, end, early):
    begin, end = -early * DAY, end * DAY
    times = reading_times([x * DAY for x in events], begin=begin, end=end)
    assert np.all(np.diff(times) > 0)
    assert begin <= times[0] < begin + 1e-3 and end - 1e-3 < times[-1] <= end  # rounded to a millisecond


def test_each_event_is_read_before_just_after_and_ever_further_apart():
    times = reading_times([0.0, 30 * DAY], begin=-DAY, end=60 * DAY)
    for event in (0.0, 30 * DAY):
        assert event in times and event + 1.0 in times and event + 60.0 in times
        after = times[(times > event + 1.0) & (times < event + DAY)]
        assert len(after) > 8


def test_events_at_one_instant_are_read_once():
    twice = reading_times([5.0, 5.0, 5.0], begin=0.0, end=DAY)
    np.testing.assert_array_equal(twice, reading_times([5.0], begin=0.0, end=DAY))


def test_more_readings_are_finer():
    coarse = reading_times([0.0], begin=0.0, end=DAY, regular=5)
    fine = reading_times([0.0], begin=0.0, end=DAY, regular=50)
    assert len(fine) == len(coarse) + 45


def test_wiping_is_read_before_and_after_only():
    plain = reading_times([0.0], begin=-DAY, end=9 * DAY)
    wiped = reading_times([0.0], begin=-DAY, end=9 * DAY, minor=[1234.5])
    np.testing.assert_array_equal(np.setdiff1d(wiped, plain), [1234.5, 1235.5])


def test_many_events_are_read_more_sparsely():
    few, many = (reading_times(np.arange(n) * DAY, begin=-DAY, end=90 * DAY) for n in (4, 40))
    assert len(many) / 40 < len(few) / 4
