"""In how many people a change shows: instruments count people, raters hold a chance."""

import numpy as np

from microneedling.simulate.result import scores_group, shown_in

TIMES = np.array([0.0, 1.0])
NAMES = {"units": "1", "shown": "1", "long_name": "made up"}
READ = np.array([[[1.0, 9.0], [1.0, 1.05], [2.0, 1.5], [1.0, np.nan], [1.0, 1.3]]])  # the central person first


def group(**attrs):
    values = {"read": READ, "read_shown": np.full_like(READ, 0.25), "plain": READ}
    held = {"read": NAMES | attrs, "read_shown": NAMES, "plain": NAMES}
    return scores_group(["one"], TIMES, values, held)


def test_an_instrument_counts_people_either_way_without_the_central_and_the_failed():
    np.testing.assert_allclose(shown_in(group(shows=0.2), "read", 0), [0.0, 2 / 3])


def test_a_rater_holds_the_mean_chance():
    np.testing.assert_allclose(shown_in(group(shows=0.2, seen="read_shown"), "read", 0), 0.25)


def test_what_nobody_reads_or_asked_for_says_nothing():
    assert shown_in(group(shows=0.2), "plain", 0) is None
    assert shown_in(group(shows=0.2, seen="read_shown").drop_vars("read_shown"), "read", 0) is None
