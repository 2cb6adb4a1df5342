"""Validation cards count what the rows hold and hide nothing."""

import dataclasses
import tomllib
from pathlib import Path

import pytest

from microneedling.evaluation import credibility_rows as rows_of
from microneedling.evaluation.credibility import SAID
from microneedling.evaluation.credibility_cards import NO_MARK, cards
from microneedling.evaluation.credibility_distance import distance, nearest
from microneedling.evaluation.credibility_records import settings, validated

ROOT = Path(__file__).parents[3]
PARTS = tomllib.loads(SAID.read_text(encoding="utf-8"))["part"]
FOUND = validated(ROOT / "validation" / "results" / "validation.json")
CASES = settings(ROOT / "validation")


def tables():
    return {table.title: dict(table.rows) for table in cards(FOUND, CASES, PARTS)[1:]}


def test_every_row_stands_on_exactly_one_card():
    for row in FOUND.rows:
        of = [part["name"] for part in PARTS if rows_of.belongs(row, part, CASES)]
        assert len(of) == 1, (row["case"], row["scale"], of)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["name"])
def test_a_card_says_where_it_stands_and_that_no_pass_mark_was_set(part):
    card = tables()[part["name"]]
    assert card["Pass mark"] == NO_MARK and card["Form"] == part["form"]
    assert all((ROOT / path).is_file() for path in part["code"])


def misses_are_counted():
    wrong = [row for row in FOUND.rows if row["use"] == "validation" and row["verdict"] in ("above", "below", "wrong")]
    counts = [card.get("Largest misses", "").split(" miss")[0] for card in tables().values()]
    assert wrong and sum(int(word) for word in counts if word.isdigit()) == len(wrong)


def test_every_miss_is_counted_on_a_card():
    misses_are_counted()


def test_a_part_without_rows_has_no_evidence():
    card = tables()["Cohort: whether simulated people differ as real ones do"]
    assert card["Validation"].startswith("no evidence") and "Sites" not in card
    assert tables()["Pain"]["Phototypes"].endswith("no evidence: 1, 3, 4, 5, 6")


def test_what_was_measured_through_needles_is_told_apart_from_intact_skin():
    found = tables()
    assert "Whole set" in found["Permeation through intact skin"]
    assert "Whole set" not in found["Permeation through channels"]
    assert CASES["franz_caffeine_validation"].needled == frozenset()
    assert CASES["rat_roller_barrier"].needled and CASES["rat_roller_barrier"].depths


def test_distance_is_nothing_to_oneself_and_adds_up():
    one = CASES["scar_split_face_trial"]
    assert distance(one, one) == (0.0, ())
    older = dataclasses.replace(one, age="64 y", phototype="5", site="neck", depths=tuple(2 * x for x in one.depths))
    far, words = distance(one, older)
    apart = (64 - float(one.age.split()[0])) / 15 + (5 - float(one.phototype)) + 1 + 1  # age, phototype, site, depth
    assert far == pytest.approx(apart) and len(words) == 4


def test_the_nearest_case_is_named_and_parts_without_rows_say_no_evidence():
    table = nearest(CASES["scar_split_face_trial"], FOUND.rows, CASES, PARTS)
    rows = {row[0]: row for row in table.rows}
    assert rows["Endpoints: scars, lines, striae by volume"][2:] == ("0", "nothing")
    assert rows["Cohort: whether simulated people differ as real ones do"][1] == "no evidence"
