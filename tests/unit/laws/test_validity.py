"""Ranges within which correlations were fitted, and marks of what lies outside."""

import pytest

from microneedling.core.cite import known_keys
from microneedling.laws.derived import quantities
from microneedling.laws.validity import QUANTITIES, extrapolations, ranges, ranges_of


def test_every_range_has_an_end_a_source_and_a_place():
    for one in ranges():
        assert one.of and one.where and one.quantity in QUANTITIES
        assert set(one.source) <= set(known_keys()) and one.source
        assert (one.low, one.high) != (None, None)
        assert one.low is None or one.high is None or one.low < one.high


def test_a_range_is_read_in_si_and_written_for_people():
    (one,) = [r for r in ranges_of("k_p") if r.quantity == "molar mass"]
    assert (one.low, one.high) == (pytest.approx(0.018), pytest.approx(0.584))
    assert one.span() == "18 to 584 g/mol"
    assert one.holds(0.3) and not one.holds(1.2)


def test_a_mark_says_what_was_found_and_what_is_allowed():
    marks = extrapolations("Retinol", {"molar mass": 0.286, "log Kow": 5.51})
    assert {mark.quantity for mark in marks} == {"log Kow"}
    sentence = next(mark.sentence() for mark in marks if "k_p" in mark.of)
    assert sentence.startswith("Retinol: log Kow 5.51, outside -4.7 to 4 (")


def test_nothing_is_marked_inside():
    assert not extrapolations("Caffeine", {"molar mass": 0.194, "log Kow": 1.0, "R": 700.0})


def test_every_quantity_can_be_found():
    from unit.laws.test_solute import K, active

    found = {key for wet in (0.0, 1.0) for key in quantities(active(), ph=5.5, correlations=K, wet=wet)}
    assert found == set(QUANTITIES)
