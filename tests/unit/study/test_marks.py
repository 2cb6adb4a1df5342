"""Marks of what a run extrapolates, as they stand in its result, its summary and its report."""

import json
from types import SimpleNamespace

import pytest

from microneedling.core import catalogue
from microneedling.report import grounds
from microneedling.study.marks import marks
from microneedling.study.numbers import cards_of, known_numbers
from microneedling.study.schema import Study
from microneedling.study.store import _extrapolation, extrapolations

PACKAGE = catalogue.FOLDER


@pytest.fixture(autouse=True)
def package_cards(monkeypatch):
    """The package's own cards (this folder's tests otherwise have small ones)."""
    monkeypatch.setattr(catalogue, "FOLDER", PACKAGE)


def run_of(*, active="caffeine", vehicle="hydrogel", depth="1 mm", phototype=3, **topical):
    film = {"concentration": "1 mg/ml", "film": "50 um", "time": "0 d"}
    table = {
        "title": "t",
        "horizon": "10 d",
        "person": {"age": "34 y", "sex": "female", "phototype": phototype},
        "site": {"card": "cheek", "area": "60 cm2"},
        "protocol": {
            "name": "p",
            "session": [{"device": "skinpen_precision", "depth": depth, "dwell": "3 min"}],
            "topical": [{"active": active, "vehicle": vehicle, **film, **topical}],
        },
    }
    study = Study.of(table).plain()
    cards = cards_of(study)
    return SimpleNamespace(study=study, cards=cards, known=known_numbers(cards))


def test_an_ordinary_run_has_none():
    assert marks(run_of()) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"active": "retinol"}, "Retinol: log Kow 5.51, outside -4.7 to 4"),
        ({"active": "bsa"}, "Bovine serum albumin: molar mass 66000 g/mol, outside 18 to 584 g/mol"),
        ({"active": "salicylic_acid"}, "ionised share of an acid or a zwitterion in the film"),
        ({"vehicle": "cream"}, "Oil-in-water cream: film emulsion, outside aqueous solution or gel"),
        ({"depth": "2 mm"}, "Pain: needle length 2.00 mm, outside 0.48 to 1.45 mm"),
        ({"phototype": 6}, "Resealing and redness: phototype 6, outside 1 to 4"),
    ],
)
def test_what_lies_outside_is_marked(changes, said):
    assert any(said in mark.sentence() for mark in marks(run_of(**changes)))


def test_the_acidity_of_the_film_decides_about_an_acid():
    strong = run_of(active="niacinamide", vehicle="vitamin_c_serum", ph=2.6)
    assert not marks(strong)  # a base
    assert marks(run_of(active="l_ascorbic_acid", vehicle="vitamin_c_serum", ph=3.4))


def test_marks_stand_in_the_result_and_in_the_report():
    run = run_of(active="retinol", vehicle="cream")
    found = marks(run)
    attrs = _extrapolation(found).attrs
    assert json.loads(attrs["what"])[0] == "Retinol" and len(json.loads(attrs["sentence"])) == len(found)
    said = extrapolations(run, found)
    answer = SimpleNamespace(run={"extrapolations": json.dumps(list(said))})
    assert any("log Kow 5.51" in line for line in grounds.extrapolated(answer))
