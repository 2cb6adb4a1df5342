"""What lies behind an active in a skin, with intervals, sources and marks."""

import pytest

from microneedling.core import catalogue
from microneedling.core.card import CardError
from microneedling.study.explain import explained

PACKAGE = catalogue.FOLDER


@pytest.fixture(autouse=True)
def cards(monkeypatch):
    """The package's own cards (this folder's tests otherwise have small ones)."""
    monkeypatch.setattr(catalogue, "FOLDER", PACKAGE)


def test_every_line_has_an_interval_around_its_number():
    made = explained("caffeine", site="cheek", vehicle="hydrogel")
    for line in made.lines:
        shown = line.shown
        assert shown.low <= shown.high, shown.symbol
        assert shown.low <= shown.value <= shown.high or shown.symbol == "k_p", shown.symbol  # skewed by its paths
    line = made.line("k_p")
    assert line.shown.high / line.shown.low > 10  # an order of magnitude at least: nobody knows intact skin better
    assert made.is_alive and line.other is not None and line.other > line.shown.value  # hydrated skin lets more through


def test_inputs_tell_where_they_come_from():
    made = explained("lidocaine", site="cheek", vehicle="hydrogel")
    given = {one.number: one.fact for line in made.lines for one in line.inputs if one.fact is not None}
    assert {"actives/lidocaine.log_kow", "sites/cheek.sc_layers", "vehicles/hydrogel.ph"} <= set(given)
    assert given["actives/lidocaine.log_kow"].grade == "on the bench"
    assert {"osp_skin", "cheruvu2022", "potts1992"} <= set(made.keys())


def test_marks_name_molecule_and_film():
    assert not explained("lidocaine", site="cheek", vehicle="hydrogel").marks
    said = [mark.sentence() for mark in explained("retinol", site="cheek", vehicle="cream").marks]
    assert any(one.startswith("Retinol: log Kow 5.51") for one in said)
    assert any("film emulsion" in one for one in said)


def test_vessels_are_not_judged_in_excised_skin():
    alive, cut = (
        explained("methotrexate", site="cheek", vehicle="saline", in_vitro=one).marks for one in (False, True)
    )
    assert {"P_pores"} in [set(mark.of) for mark in alive] and {"P_pores"} not in [set(mark.of) for mark in cut]


def test_acidity_acts_and_must_be_the_vehicle_s():
    acid, weak = (
        explained("lidocaine", site="cheek", vehicle="aqueous_serum", ph=ph).line("f_non") for ph in (4.6, 6.9)
    )
    assert weak.shown.value > 50 * acid.shown.value
    with pytest.raises(CardError, match=r"pH: found 9, allowed 4\.5 to 7, which aqueous_serum has"):
        explained("lidocaine", site="cheek", vehicle="aqueous_serum", ph=9.0)


def test_excised_skin_has_no_clearance():
    symbols = {line.row.symbol for line in explained("caffeine", site="cheek", vehicle="saline", in_vitro=True).lines}
    assert "k_blood" not in symbols and {"k_p", "lag", "P_PG"} <= symbols
