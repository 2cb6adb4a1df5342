"""Tables, sentences and the page of what an answer rests on."""

import csv
import dataclasses
import io
import re

import pytest
from unit.study.sensitivity_cases import NUMBERS, Asked, example, example_indices

from microneedling.core.sheet import csv_text
from microneedling.report import sensitivity_page
from microneedling.report.sensitivity_page import Found
from microneedling.scales.scale import Card

FOUND = Found(example(), example_indices())


def test_the_answer_says_how_much_rests_on_assumption_and_on_what():
    assert sensitivity_page.answer(FOUND) == (
        "80 % of what is uncertain in this answer goes with numbers that are inferred or assumed; "
        "the first is Law.rate (assumed, 80 %)."
    )


def test_the_table_by_grade_sums_to_one():
    _, lines = sensitivity_page.grade_table(FOUND.local)
    assert [line[0] for line in lines] == ["measured in people", "fitted", "assumed"]
    assert sum(float(line[2].split(" ")[0].lstrip("<")) for line in lines) == pytest.approx(100, abs=1.5)


def test_every_number_has_a_row_with_value_spread_grade_and_source():
    read = list(csv.DictReader(io.StringIO(csv_text(sensitivity_page.rows(FOUND)))))
    assert [row["number"] for row in read] == ["Law.rate", "Law.gain", "sites/cheek.shift"]
    assert read[0]["grade"] == "assumed" and read[0]["source"] == "lotfi2013" and read[0]["low"] == "0.5"
    assert read[0]["first order value"] == "0.5" and read[0]["total value"] == "0.6"
    assert read[1]["first order value"] == "0.2" and read[1]["total value"] == ""  # drawn together with others
    assert read[2]["elasticity"] == "" and read[2]["first order value"] == ""  # below zero; not varied
    assert read[1]["at high"] == ""  # that end does not run


def test_numbers_are_in_the_unit_people_write():
    micron = dataclasses.replace(Asked(), scale=Card("x", "Depth", "m", "um", 0.0, 1.0))
    one = dataclasses.replace(FOUND.local, asked=micron, value=2e-6)
    head, lines = sensitivity_page.number_table(one)
    assert "effect [µm]" in head and "central person 2.00 µm" in sensitivity_page.what(one)
    assert float(lines[0][head.index("effect [µm]")].replace(",", "")) == pytest.approx(
        one.influences[0].effect * 1e6, rel=0.05
    )


def test_the_sentences_say_what_was_redrawn_left_out_and_how_far_slopes_carry():
    told = " ".join(sensitivity_page.told(FOUND.local))
    assert "foretell 80 % of the order of the outcomes" in told and "so the shares can be believed" in told
    assert "1 of the ensemble could not be simulated" in told
    doubtful = dataclasses.replace(FOUND.local, drawn=dataclasses.replace(FOUND.local.drawn, foretold=0.2))
    assert "take the shares as a hint only" in " ".join(sensitivity_page.told(doubtful))
    said = " ".join(sensitivity_page.sobol_told(FOUND.sobol))
    assert "320 courses" in said and "7 of 128 points" in said and "1 courses did not end well" in said
    assert "explain 80 % of the variance" in said  # the two on their own, not the one inside


def test_the_page_needs_nothing_else_and_shows_bars_by_grade():
    page = sensitivity_page.page(FOUND)
    assert "<script" not in page and "http" not in re.sub(r'href="https?[^"]*"', "", page)
    assert page.count('class="g7 bar"') == 1 and page.count('class="g5 bar"') == 1
    assert "one end does not run" in page and "No interval and no share covers" in page
    assert page.count('class="total"') == 2 and page.count('class="first"') == 3


def test_the_page_without_indices_and_without_numbers():
    page = sensitivity_page.page(Found(FOUND.local, None))
    assert "Over the whole spreads" not in page
    none = dataclasses.replace(FOUND.local, influences=(), silent=len(NUMBERS))
    assert "No number with a spread moves stained collagen here." in sensitivity_page.page(Found(none, None))
