"""Each point of the checklist stands on records that are there, or is open."""

import re
from pathlib import Path

import pytest

from microneedling.core.document import Table
from microneedling.evaluation import credibility_checklist as checklist_of
from microneedling.evaluation.credibility import TITLES

ROOT = Path(__file__).parents[3]
ITEMS = checklist_of.checklist(ROOT)
SECTIONS = {name: n for n, name in enumerate(TITLES, start=1)}
POINTS = {"1": 6, "2": 5, "3": 4, "4": 4, "5": 8, "6": 6, "7": 5, "8": 7}  # of the checklist it follows


def test_every_point_is_there_once():
    wanted = [f"{topic}.{n}" for topic, count in POINTS.items() for n in range(1, count + 1)]
    assert [one.id for one in ITEMS] == wanted


@pytest.mark.parametrize("item", ITEMS, ids=lambda one: one.id)
def test_it_stands_on_records_that_are_there_or_is_open(item):
    assert item.standing in (checklist_of.ANSWERED, checklist_of.PARTLY, checklist_of.OPEN)
    assert not item.lost and bool(item.records) == (item.standing != checklist_of.OPEN)
    assert re.fullmatch(r"[A-Z“].*\.", item.says)


def a_record_that_is_gone_answers_nothing(folder):
    (folder / "Makefile").write_text("all:\n", encoding="utf-8")
    found = {one.id: one for one in checklist_of.checklist(folder)}
    assert found["2.1"].standing == checklist_of.LOST and found["2.1"].lost == found["2.1"].records
    assert found["8.3"].lost == ("validation/results/validation.json",)
    assert found["8.4"].standing == checklist_of.OPEN


def test_a_record_that_is_gone_answers_nothing(tmp_path):
    a_record_that_is_gone_answers_nothing(tmp_path)


def test_a_test_is_looked_up_by_its_name(tmp_path):
    (tmp_path / "test_a.py").write_text("def test_one():\n    pass\n", encoding="utf-8")
    assert checklist_of.is_there(tmp_path, "test_a.py::test_one")
    assert not checklist_of.is_there(tmp_path, "test_a.py::test_two")


def test_without_a_repository_nothing_is_looked_up_and_that_is_said():
    said, *tables = checklist_of.checklist_parts(None, SECTIONS)
    assert "no record was looked up" in said.text
    assert all(isinstance(one, Table) for one in tables) and sum(len(one.rows) for one in tables) == len(ITEMS)


def test_emergent_behaviour_names_tests_that_are_there():
    _, table = checklist_of.emergent_parts(ROOT, [{"what": "A", "test": "tests/nowhere.py::test_a"}])
    assert table.rows[0][1].endswith("(not there)")
