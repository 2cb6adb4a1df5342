"""Numbers read off a series: baseline, value, peak, half, recovery."""

import numpy as np
import pytest

from microneedling.evaluation.prediction import CannotRead, Prediction, at, baseline, event_time, peak_time, time_to


def series(times, *members, noticeable=0.0):
    values = np.array(members, dtype=float)
    return Prediction(
        arm="a", scale="tewl", times=np.array(times, dtype=float), values=values, unit="1", noticeable=noticeable
    )


def test_value_is_linear_between_samples_and_after_the_event():
    one = series([-1, 0, 0, 2], [1, 1, 9, 5])
    assert at(one, 1.0) == pytest.approx([7.0])
    assert at(one, 0.0) == pytest.approx([9.0])
    assert at(one, -0.5) == pytest.approx([1.0])


def test_value_outside_the_run_cannot_be_read():
    with pytest.raises(CannotRead, match="outside the run"):
        at(series([0, 1], [1, 1]), 2.0)


def test_baseline_is_the_last_sample_before_zero_else_the_first():
    assert baseline(series([-2, -1, 0, 1], [3, 4, 8, 8])) == pytest.approx([4.0])
    assert baseline(series([0, 0, 1], [3, 8, 8])) == pytest.approx([3.0])


def test_events_of_a_rise_by_hand():
    # baseline 2, peak 12 at 1, excess 10: half (5) reached midway 2..4, tenth (1) at 6
    one = series([-1, 0, 1, 2, 4, 6, 8], [2, 2, 12, 9, 5, 3, 2])
    assert peak_time(one) == pytest.approx([1.0])
    assert event_time(one, "peak") == pytest.approx([1.0])
    assert event_time(one, "half") == pytest.approx([2.0])  # excess 7 at 2, 3 at 4, so 5 at 3: 2 after the peak
    assert event_time(one, "recovery") == pytest.approx([6.0])


def test_events_of_a_fall():
    one = series([-1, 0, 1, 2], [2, 2, 0, 2])
    assert peak_time(one) == pytest.approx([1.0])
    assert time_to(one, 0.5) == pytest.approx([1.5])


def test_members_without_response_and_without_recovery():
    one = series([-1, 0, 1, 2], [2, 2, 2, 2], [2, 2, 4, 4])
    assert np.isnan(peak_time(one)[0]) and peak_time(one)[1] == 1.0
    assert np.isnan(time_to(one, 0.1)[0]) and np.isinf(time_to(one, 0.1)[1])


def test_rounding_is_no_response():
    one = series([-1, 0, 1, 2], [2, 2, 2 + 1e-12, 2])
    assert np.isnan(event_time(one, "recovery")).all()


def test_not_a_number_cannot_be_read():
    with pytest.raises(CannotRead, match="not a number"):
        at(series([0, 1], [1, np.nan]), 1.0)
