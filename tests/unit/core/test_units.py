"""Text with units to SI numbers and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microneedling.core import units
from microneedling.core.units import UnitError


@pytest.mark.parametrize(
    ("text", "si", "number"),
    [
        ("1.5 mm", "m", 1.5e-3),
        ("30 um", "m", 30e-6),
        ("30 µm", "m", 30e-6),
        ("0.39 d-1", "s-1", 0.39 / 86400),
        ("25 g m-3", "kg m-3", 0.025),
        ("10 mg/ml", "kg m-3", 10.0),
        ("10 ug/cm2", "kg m-2", 1e-4),
        ("12.5 g m-2 h-1", "kg m-2 s-1", 12.5e-3 / 3600),
        ("1 year", "s", 365.25 * 86400),
        ("34 y", "s", 34 * 365.25 * 86400),
        ("5 %", "1", 0.05),
        ("0.2", "1", 0.2),
        ("32 degC", "K", 305.15),
        ("32 °C", "K", 305.15),
        ("1 pmol cm-2", "mol m-2", 1e-8),
        ("20 angstrom", "m", 2e-9),
        ("-0.05 d-1", "s-1", -0.05 / 86400),
        ("1e-3 cm/h", "m s-1", 1e-5 / 3600),
    ],
)
def test_text_to_si(text, si, number):
    assert units.read(text, si) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "si", "says"),
    [
        ("1.5", "m", "has no unit"),
        ("1.5 kg", "m", "does not fit"),
        ("1.5 mn", "m", "not known"),
        ("a few mm", "m", "not a quantity"),
        ("1e999 mm", "m", "not a finite number"),
        ("", "m", "not a quantity"),
        ("nan mm", "m", "not a quantity"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(text, si, says):
    with pytest.raises(UnitError, match=says):
        units.read(text, si)


@given(value=st.floats(1e-6, 1e6), unit=st.sampled_from(["mm", "um", "cm", "m", "nm"]))
def test_writing_and_reading_again_gives_the_number(value, unit):
    text = units.write(value, "m", unit, digits=15)
    assert units.read(text, "m") == pytest.approx(value, rel=1e-12)


def test_factor_of_the_same_unit_is_one():
    assert units.factor("m", "m") == 1.0 and units.factor("1", "1") == 1.0


def test_an_example_is_a_unit_people_write():
    assert units.example("m") == "mm" and units.example("mol m-2") == "mol m-2"


def test_a_number_and_its_unit_are_told_apart():
    assert units.split("+1.5e-3  mm ") == (1.5e-3, "mm") and units.split(".5") == (0.5, "")
