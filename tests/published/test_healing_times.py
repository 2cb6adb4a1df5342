"""When what happens after needling: times of human wounds, and how a series of sessions adds up.

Sources: cells and closure: Engelhardt et al. 1998, Am J Pathol 153:1849-1860, doi:10.1016/S0002-9440(10)65699-4 (small
human wounds: neutrophils peak on day 1, macrophages on day 2, closed on day 4). Collagen: Zhou et al. 2013 and rat skin
wounds (III first, I later; synthesis starts within a day or two and is highest about day 7). Redness: needled faces are
near rest again within days.
"""

import numpy as np
import pytest
from course import DAY, at, field, peak

MONTH = 30 * DAY


@pytest.fixture(scope="module")
def once(courses):
    """Times and the course of one session, read for four months."""
    return courses.sessions(1, end=120 * DAY)


@pytest.fixture(scope="module")
def series(courses):
    """Times and the course of four monthly sessions."""
    return courses.sessions(4, end=240 * DAY)


def papillary(courses, found, name):
    """Area and depth mean over the papillary dermis of one healing field, over time."""
    times, course = found
    rest, skin = courses.model.start(courses.skin), courses.skin
    w = field(course, rest, "Wound.fraction")
    head, last = name.split(".")
    hurt, calm = (field(course, rest, f"{head}.columns.{which}.{last}") for which in ("wounded", "rest"))
    layer = np.asarray(skin.papillary * skin.step)
    return ((w * hurt + (1 - w) * calm) @ layer / np.sum(layer))[: len(times)]


def peak_day(courses, found, name):
    return peak(found[0], papillary(courses, found, name)) / DAY


def test_neutrophils_peak_about_day_one(courses, once):
    # day 1 as sampled daily: half a day either way
    assert 0.5 <= peak_day(courses, once, "Inflammation.neutrophils") <= 1.5


def test_macrophages_peak_about_day_two(courses, once):
    times, course = once
    day = peak(times, courses.reading(course, "macrophages")) / DAY
    assert 1.5 <= day <= 2.75  # day 2 as sampled daily, and tissue between the punctures follows later


def test_repair_macrophages_come_after_inflammatory_ones(courses, once):
    m1, m2 = (peak_day(courses, once, f"Inflammation.{name}") for name in ("m1", "m2"))
    assert m1 + 0.5 < m2 < 5.0  # day: in order, and both within the days of inflammation


def test_inflammation_is_over_within_two_weeks(courses, once):
    times, course = once
    for name in ("neutrophils", "inflammation"):
        value = courses.reading(course, name)[: len(times)]
        assert at(times, value, 14 * DAY) < 0.02 * np.max(value), name  # [1] of the peak: healed, not smouldering


def test_the_epidermis_is_closed_by_day_four(courses, once):
    times, course = once
    left = field(course, courses.model.start(courses.skin), "Epidermis.gap")
    assert at(times, left, 4 * DAY) < 0.1  # [1] day 4 is an upper bound for a puncture
    assert at(times, left, DAY) > 0.1


def test_redness_is_seen_on_the_first_day_and_gone_in_days(courses, once):
    times, course = once
    redness = courses.reading(course, "erythema")[: len(times)]
    rise, shows = redness - redness[0], 30.0  # [1] index units: a visible pink
    assert peak(times, redness) < 2 * DAY and np.max(rise) > shows
    assert at(times, rise, 7 * DAY) < 0.1 * shows and at(times, rise, 5 * DAY) < shows


def test_new_collagen_starts_within_days_and_iii_comes_before_i(courses, once):
    iii, one = (peak_day(courses, once, f"Collagen.{name}") for name in ("iii", "new"))
    assert 7 < iii < 21 and iii + 7 < one < 60  # day: III in the second week, I after a month
    times, _ = once
    made = papillary(courses, once, "Collagen.iii")
    assert at(times, made, 2 * DAY) > 1.01 * made[0] and at(times, made, 0.25 * DAY) < 1.02 * made[0]


def test_vessels_rise_a_little_and_return(courses, once):
    times, course = once
    density = courses.reading(course, "vessel_density")[: len(times)]
    assert 7 < peak(times, density) / DAY < 21 and 0.02 < np.max(density) - 1 < 0.3  # [1] small and transient
    assert at(times, density, 90 * DAY) - 1 < 0.2 * (np.max(density) - 1)


def test_the_new_collagen_pool_rises_with_every_session_by_diminishing_steps(courses, series):
    times, course = series
    pool = courses.reading(course, "collagen_new")
    ends = np.array([at(times, pool, n * MONTH - 0.1 * DAY) for n in range(5)])
    steps = np.diff(ends)
    assert ends[0] == pytest.approx(1.0) and np.all(steps > 0)
    ratio = steps[1:] / steps[:-1]
    # pool turnover of 0.9 % per day alone leaves 0.76 of a step after a month; the full dermis takes more
    assert np.all(ratio < 0.85) and np.all(ratio > 0.3)


def test_mature_collagen_gains_little_and_lastingly(courses, series):
    times, _ = series
    mature = papillary(courses, series, "Collagen.mature")
    gain = mature / mature[0] - 1
    assert 0 < gain[-1] < 0.05  # [1] mass: stained area is another read-out with its own gain
    assert gain[-1] > 0.8 * np.max(gain) and times[-1] > 7 * MONTH


def test_stained_collagen_is_back_towards_rest_a_year_on(courses):
    times, course = courses.sessions(4, end=500 * DAY)
    stain = courses.reading(course, "collagen_stain")[: len(times)]
    assert at(times, stain, 490 * DAY) - 1 < 0.3 * (np.max(stain) - 1)
