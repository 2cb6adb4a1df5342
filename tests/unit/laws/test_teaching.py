"""The small model for teaching: solved rightly, and of one mind with the large one where both speak."""

import functools
import math

import numpy as np
import pytest
from course import DAY, Courses
from scipy.integrate import solve_ivp
from tissue import pen

from microneedling.core.struct import replace
from microneedling.laws import teaching
from microneedling.laws.teaching import NAMES, STEP, TeachingModel, course
from microneedling.protocol.plan import Timed

MODEL = TeachingModel()
MONTH = 30 * DAY
LATER, YEAR = 56 * DAY, 365 * DAY  # after the last session: when biopsies are taken, and a year on


def sessions(count, interval):
    return [n * interval for n in range(count)]


@functools.cache
def small(count=1, interval=MONTH, dose=1.0):
    return course(MODEL, sessions(count, interval), end=(count - 1) * interval + YEAR, dose=dose)


@functools.cache
def courses():
    return Courses()


@functools.cache
def large(count=1, interval=MONTH):
    """The central person of the model that is run, under the names of the small one."""
    plan = [Timed(time, pen()) for time in sessions(count, interval)]
    times, found = courses().of(plan, end=(count - 1) * interval + YEAR)
    names = {"inflammation": "macrophages", "new": "collagen_new", "all": "collagen_mass"}
    read = {ours: courses().reading(found, theirs)[: len(times)] for ours, theirs in names.items()}
    return {"time": times, **{name: values - values[0] for name, values in read.items()}}


def gain(of, name, after, count=1, interval=MONTH):
    """Excess over rest so long after the last session."""
    made = of(count, interval)
    values = made["new"] + made["mature"] if name == "all" and of is small else made[name]
    return float(np.interp((count - 1) * interval + after, made["time"], values))


def peak(of, name):
    made = of()
    return float(made["time"][int(np.argmax(made[name]))])


BOTH = pytest.mark.parametrize("of", [small, large], ids=["small", "large"])


# ---- solved rightly


def it_solves_its_equations():
    """Against SciPy at a tight tolerance, between two sessions and after them."""
    found = course(MODEL, [0.0, MONTH], end=3 * MONTH)
    state, at = np.zeros(5), 0.0
    for until in (MONTH, 3 * MONTH):
        state = state + np.array([1.0, 0, 0, 0, 0])
        solved = solve_ivp(lambda t, y: MODEL.rate(y), (at, until), state, rtol=1e-10, atol=1e-14)
        state, at = solved.y[:, -1], until
    ours = [float(found[name][-1]) for name in NAMES]
    assert found["time"][-1] == 3 * MONTH
    assert ours[3:] == pytest.approx(state[3:].tolist(), rel=1e-5)  # the step's own error, (k h)^4


def test_it_solves_its_equations():
    it_solves_its_equations()


def test_it_says_what_its_docstring_says():
    k, d = MODEL.k_D, MODEL.d_I
    assert peak(small, "inflammation") == pytest.approx(math.log(d / k) / (d - k), abs=STEP)
    late = small()["new"][small()["time"] > 90 * DAY]  # by then the drive is gone
    half = math.log(2) / (MODEL.m + MODEL.k)
    assert late[int(half / STEP)] / late[0] == pytest.approx(0.5, rel=0.02)
    forever = course(replace(MODEL, half_life=1e15), [0.0], end=6 * YEAR)
    made = np.trapezoid(MODEL.r * forever["drive"] * (1 - (forever["new"] + forever["mature"]) / MODEL.V), dx=STEP)
    assert forever["mature"][-1] == pytest.approx(made * MODEL.k / (MODEL.m + MODEL.k), rel=1e-3)


def test_nothing_happens_without_a_session():
    assert all(np.all(course(MODEL, [], end=MONTH)[name] == 0.0) for name in NAMES)
    assert all(np.all(small(dose=0.0)[name] == 0.0) for name in NAMES)


@pytest.mark.parametrize(("when", "end"), [([-1.0], MONTH), ([2 * MONTH], MONTH), ([0.0], 0.0), ([math.nan], MONTH)])
def test_times_that_cannot_be_are_refused(when, end):
    with pytest.raises(ValueError, match="allowed times from 0 to an end above 0"):
        course(MODEL, when, end=end)


def test_it_stays_finite_and_within_its_room():
    found = course(MODEL, sessions(60, 2 * DAY), end=YEAR)
    total = found["new"] + found["mature"]
    assert np.all(np.isfinite(total)) and total.min() >= 0 and total.max() < MODEL.V


# ---- of one mind with the large model


@BOTH
def test_inflammation_peaks_in_the_first_days(of):
    assert 0.5 * DAY < peak(of, "inflammation") < 4 * DAY


@BOTH
def test_new_collagen_peaks_weeks_later(of):
    assert 10 * DAY < peak(of, "new") < 60 * DAY
    assert peak(of, "new") > 4 * peak(of, "inflammation")


@BOTH
def test_more_sessions_do_more_with_smaller_steps(of):
    more_sessions_do_more(of)


def more_sessions_do_more(of):
    gains = [gain(of, "all", LATER, count) for count in (1, 2, 4, 8)]
    steps = [(b - a) / n for a, b, n in zip(gains, gains[1:], (1, 2, 4))]
    assert gains[0] > 0 and steps[0] > steps[1] > steps[2] > 0


@BOTH
def test_new_collagen_is_gone_after_a_year_and_a_part_of_the_mass_is_left(of):
    later, year = (gain(of, "new", after, 4) for after in (LATER, YEAR))
    assert year < 0.15 * later
    later, year = (gain(of, "all", after, 4) for after in (LATER, YEAR))
    assert 0.2 * later < year < 0.9 * later


@BOTH
def test_longer_intervals_leave_less_that_is_new(of):
    """So long after the last session, what the first ones made has matured or is cut."""
    gains = [gain(of, "new", LATER, 4, interval) for interval in (7 * DAY, MONTH, 84 * DAY)]
    assert gains[0] > gains[1] > gains[2] > 0


# ---- where they part, so that nobody takes the small one for more than it is


def test_only_the_large_one_gains_mass_from_weekly_sessions():
    """Awake fibroblasts wake faster, F' ~ F_q + F, so sessions close together answer more than the sum; in the small
    one drive saturates and the same mass comes of any interval, to a tenth.
    """
    weekly, monthly = (gain(large, "all", YEAR, 4, interval) for interval in (7 * DAY, MONTH))
    assert weekly > 1.2 * monthly
    weekly, monthly = (gain(small, "all", YEAR, 4, interval) for interval in (7 * DAY, MONTH))
    assert weekly == pytest.approx(monthly, rel=0.1)


def test_only_the_large_one_falls_below_rest():
    """A fuller dermis also slows what it makes at rest; the small one counts only the excess."""
    assert gain(large, "new", YEAR, 8) < 0 < gain(small, "new", YEAR, 8)


def test_each_has_its_letters():
    assert teaching.NAMES == ("debris", "inflammation", "drive", "new", "mature")
