"""The command `harms`."""

from test_cli import ended, study_file  # noqa: F401

from microneedling.faces.harm import row
from microneedling.safety.events import AdverseEvent


def test_harms_are_printed_with_rates_and_without(capsys):
    assert ended("harms") == 0
    out = capsys.readouterr().out
    assert "reported, no denominator" in out and "5 of 30" in out and "16.7 % (7.3 % to 33.6 %)" in out


def test_a_count_without_people_has_no_rate():
    one = AdverseEvent(name="a", who="b", source="chu2021", cases=3)
    assert row(one)[1:3] == ["3", "reported, no denominator"]
