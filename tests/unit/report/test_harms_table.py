"""The table of harm: rates, counts held against them, reports, and numbers of sources."""

import dataclasses
import re

import pytest

from microneedling.report.harms import NONE_FOUND, computed_text, harm_table, share
from microneedling.safety.example import planted
from microneedling.safety.harms import Computed, harms_for

RISK = Computed(scale="darkening_risk", what="at its height", unit="1", shown="%", middle=0.9, low=0.5, high=0.99)


def table(change, computed=None):
    found = harm_table([dataclasses.asdict(one) for one in harms_for(planted(change), computed)])
    return found, {row.title: row for row in found.rows}


def test_rates_stand_before_the_counts_held_against_them():
    _, rows = table({})
    assert re.match(
        r"1\.\d % of people, in a new study .* \(1 of 67 in 2 studies, .*held against it: 2 of 30",
        rows["Dark marks (pigment after inflammation)"].counted,
    )


def test_counts_in_other_people_are_not_held_against_a_rate():
    _, rows = table({"person": {"phototype": 5}})
    told = rows["Dark marks (pigment after inflammation)"].counted
    assert "5 of 30 in 1 study" in told and "held against it" not in told
    assert "in lighter, mixed or untold phototypes: 0 of 39" in told


def test_a_report_is_called_one_and_a_time_is_told():
    _, rows = table({})
    assert rows["Bruising"].counted.startswith("reported, no denominator: ")
    assert rows["Redness"].counted.startswith("3 to 6 hours [")
    assert not re.search(r"\d %", rows["Bruising"].counted)


def test_every_number_in_brackets_is_a_source():
    found, rows = table({"person": {"conditions": ["history of herpes"]}})
    text = " ".join(" ".join((row.counted, *row.more, *row.beside)) for row in rows.values())
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    assert cited <= set(range(1, len(found.sources) + 1)) and len(cited) > 10


def test_model_and_disagreement_stand_in_the_row():
    _, rows = table({}, {"dark_marks": RISK})
    row = rows["Dark marks (pigment after inflammation)"]
    assert row.model == "90 % (50 % to 99 %), at its height" and "lies above" in row.disagrees


def test_nothing_found_is_said_and_no_harm_is_no_table():
    one = dataclasses.asdict(harms_for(planted({}))[0]) | {"told": (), "beside": (), "rate": None}
    assert harm_table([one]).rows[0].counted == NONE_FOUND
    assert harm_table([]) is None and computed_text(None) == ""


@pytest.mark.parametrize(("value", "text"), [(0.0, "0 %"), (1e-5, "under 0.1 %"), (0.0188, "1.9 %"), (0.71, "71 %")])
def test_shares_are_told_with_the_places_that_mean_something(value, text):
    assert share(value) == text
