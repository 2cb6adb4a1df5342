"""Counts of harm that set no rate, held against the rates: how they fell.

Counts are those of safety/events/, each with its source. Nine of ten would fall inside were the family right; a few
do not test that, so what is checked is that the list is what it is, and that no source stands on both sides.
"""

import pytest

from microneedling.safety.harms import counts_of
from microneedling.safety.held_out import held_out, rates_of


def held(found):
    return {(one.kind.id, one.event.source): one.inside for one in found}


def test_no_source_sets_a_rate_and_tests_it():
    fitted = {key for _, rate in rates_of() for key in rate.sources}
    assert fitted and fitted.isdisjoint({one.event.source for one in held_out()})


def test_every_count_kept_apart_fell_where_nine_of_ten_do():
    """As found, not as wished: five of five, of the lighter or mixed; nobody kept a count in darker skin apart."""
    assert held(held_out()) == {
        ("dark_marks", "idoj2024"): True,
        ("dark_marks", "vietnam_roller"): True,
        ("dark_marks", "poostiyan2023"): True,
        ("dark_marks", "phototypes2013"): True,
        ("dark_marks", "alster_striae2020"): True,
    }


@pytest.mark.parametrize("kind", ["infection", "scarring", "serious", "lasting", "minor"])
def test_kinds_whose_only_counts_are_kept_apart_have_no_rate(kind):
    assert kind not in {one.id for one, _ in rates_of()}
    known = {one.kind.id for one in held_out()}
    assert kind not in known


def test_rates_are_those_of_the_counts_that_may_set_one():
    found = {(kind.id, rate.group): (rate.cases, rate.people) for kind, rate in rates_of()}
    assert found == {
        ("dark_marks", "phototypes IV to VI"): (5, 30),
        ("dark_marks", "lighter, mixed or untold phototypes"): (1, 67),
        ("tram_tracks", "all skin"): (2, 30),
    }
    assert all(counts_of(kind) for kind, _ in rates_of())
