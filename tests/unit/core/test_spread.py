"""How far a number may be from its value."""

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microneedling.core.spread import Z95, Spread, deviation
from microneedling.core.units import UnitError


def test_three_spellings():
    assert Spread.read("exact", "m").kind == "exact"
    sd = Spread.read("± 0.05 mm", "m")
    assert (sd.kind, sd.low, sd.high) == ("sd", pytest.approx(5e-5), pytest.approx(5e-5))
    between = Spread.read("8 .. 30 um", "m")
    assert (between.kind, between.low, between.high) == ("range", pytest.approx(8e-6), pytest.approx(30e-6))


def test_a_missing_unit_is_the_value_s_own():
    assert Spread.read("0.2 .. 0.8", "s-1", "d-1").high == pytest.approx(0.8 / 86400)
    assert Spread.read("± 2", "m", "mm").low == pytest.approx(2e-3)


@pytest.mark.parametrize("text", ["about 3 mm", "30 .. 8 um", "± -1 mm", "", "1 mm"])
def test_a_fourth_spelling_is_refused(text):
    with pytest.raises(UnitError):
        Spread.read(text, "m")


def test_a_range_gives_its_ends_at_five_and_ninety_five_percent():
    one = Spread("range", 0.2, 3.0)
    assert one.at(1.0, -Z95) == pytest.approx(0.2) and one.at(1.0, Z95) == pytest.approx(3.0)
    assert one.at(1.0, 0.0) == 1.0


@given(value=st.floats(0.01, 100), low=st.floats(0.05, 1), high=st.floats(1, 20), z=st.floats(-4, 4))
def test_positive_numbers_stay_positive(value, low, high, z):
    assert Spread("range", low * value, high * value).at(value, z) > 0
    assert Spread("sd", 0.5 * value, 0.5 * value).at(value, z) > 0


@given(a=st.floats(-3, 3), b=st.floats(-3, 3))
def test_more_deviations_lie_further_out(a, b):
    for one in (Spread("range", -0.3, 0.5), Spread("range", 0.05, 2.0), Spread("sd", 0.04, 0.04)):
        assert (one.at(0.1, a) <= one.at(0.1, b)) == (a <= b) or abs(a - b) < 1e-9


def test_a_number_around_zero_spreads_normally():
    assert Spread("range", -0.3, 0.3).at(0.0, Z95) == pytest.approx(0.3)
    assert Spread("sd", 0.1, 0.1).at(0.0, 1.0) == pytest.approx(0.1)


def test_exact_never_moves():
    assert Spread("exact").at(7.0, 3.0) == 7.0


def test_around():
    assert Spread("range", 1.0, 2.0).around(1.5) and not Spread("range", 1.0, 2.0).around(3.0)


def test_heavier_tails_keep_the_five_and_ninety_five_percent_points():
    assert deviation("student 4", Z95) == pytest.approx(Z95) and deviation("student 4", -Z95) == pytest.approx(-Z95)
    assert deviation("student 4", 0.0) == 0.0
    assert deviation("student 4", 2.0) > 2.0 and 0 < deviation("student 4", 1.0) < 1.0


@pytest.mark.parametrize(("share", "printed"), [(0.75, 0.741), (0.90, 1.533), (0.975, 2.776), (0.99, 3.747)])
def test_heavier_tails_are_those_of_student_s_table(share, printed):
    found = deviation("student 4", NormalDist().inv_cdf(share)) / Z95 * 2.132  # table: 95 % at 2.132
    assert found == pytest.approx(printed, rel=1e-3)  # printed with four figures
