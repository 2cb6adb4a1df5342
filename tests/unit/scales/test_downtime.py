"""Days of visible redness from readings of redness."""

import numpy as np
import pytest

from microneedling.scales.downtime import downtime

DAY = 86400.0
SHOWS = np.array([30.0])


def days(times, redness, noticeable=SHOWS):
    """Days so far at each reading, one person."""
    return downtime(np.asarray(times) * DAY, np.asarray(redness, dtype=float)[:, None], noticeable)[:, 0] / DAY


def test_a_triangle_is_cut_where_it_crosses():
    found = days([0.0, 1.0, 3.0], [400.0, 460.0, 400.0])
    # rises through 430 at half a day, falls through it at two days
    np.testing.assert_allclose(found, [0.0, 0.5, 1.5])


def test_no_redness_no_downtime():
    np.testing.assert_array_equal(days([0, 5, 9], [400, 429.9, 400]), [0, 0, 0])


def test_lasting_redness_counts_in_full():
    assert days([0, 0.001, 7], [400, 500, 500])[-1] == pytest.approx(7.0, abs=1e-3)


def test_it_adds_up_over_sessions_and_never_falls():
    times = np.linspace(0, 60, 60001)
    redness = 400 + 100 * np.exp(-np.mod(times, 30))
    redness[0] = 400.0
    found = days(times, redness)
    assert np.all(np.diff(found) >= 0)
    assert found[-1] == pytest.approx(2 * np.log(100 / 30), abs=0.01)


def test_people_have_their_own_threshold():
    redness = np.array([[400.0, 400.0], [460.0, 460.0], [400.0, 400.0]])
    found = downtime(np.array([0.0, DAY, 2 * DAY]), redness, np.array([30.0, 50.0]))
    assert found.shape == (3, 2) and found[-1, 0] > found[-1, 1] > 0


def test_the_first_reading_is_the_rest_it_is_held_against():
    assert days([0, 1], [500, 500])[-1] == 0.0


def test_finer_readings_change_nothing_on_straight_lines():
    coarse = days([0, 1, 3], [400, 460, 400])[-1]
    fine_times = np.linspace(0, 3, 301)
    fine = days(fine_times, np.interp(fine_times, [0, 1, 3], [400, 460, 400]))[-1]
    assert fine == pytest.approx(coarse, abs=1e-9)
