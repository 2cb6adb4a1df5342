"""Derived properties: the law's own numbers, with formula, inputs, source and range."""

import dataclasses

import numpy as np
import pytest
from tissue import card, cheek, lanes, transport
from unit.laws.test_solute import CM_PER_HOUR, GUIDE, RECOMPUTED

from microneedling.core.catalogue import names
from microneedling.core.cite import known_keys
from microneedling.core.param import provenance
from microneedling.formulation.active import Active
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.derived import derived
from microneedling.laws.intact import intact
from microneedling.skin.site import Site

K = LayerCorrelations()
CLASSES = {"active": Active, "vehicle": Vehicle, "site": Site, "LayerCorrelations": LayerCorrelations}


def rows(active, *, alive=1.0, ph=6.5):
    found = derived(active, skin=cheek(alive=alive), ph=ph, correlations=K)
    assert len({row.symbol for row in found}) == len(found)
    return {row.symbol: row for row in found}


def by_name(name, **known):
    return rows(card("actives", name, Active), **known)


@pytest.mark.parametrize("name", GUIDE)
def test_permeabilities_printed_in_the_guide_are_the_row_of_the_lamellar_path(name):
    one, wet, printed = GUIDE[name]
    found = rows(one, alive=1.0 - wet)
    assert 0.85 < float(found["P_SC"].value) / CM_PER_HOUR * 1e4 / printed < 1.0  # as in test_solute.py


def test_rows_are_the_numbers_the_drug_law_runs_on():
    for name in ("caffeine", "lidocaine", "bsa"):
        skin, found = cheek(), by_name(name)
        p = transport(skin, name)
        assert float(found["D_aq"].value) == pytest.approx(float(p.in_water), rel=1e-12)
        assert float(found["BF"].value) == pytest.approx(float(p.binding), rel=1e-12)
        assert float(found["f_e"].value) == pytest.approx(float(p.donor), rel=1e-12)
        assert float(found["k_lymph"].value) == pytest.approx(float(p.lymph[-1]), rel=1e-12)
        moved = float(found["D_de"].value * found["K"].value)
        assert moved == pytest.approx(float(p.water_mobility[-1]), rel=1e-12)
        assert float(found["k_p"].value) == pytest.approx(float(intact(p, skin).permeability), rel=1e-12)


def test_potts_and_guy_by_hand():
    found = float(by_name("testosterone")["P_PG"].value) / CM_PER_HOUR
    assert found == pytest.approx(
        10 ** (-2.74 + 0.71 * 3.48 - 0.0061 * 288.42), rel=1e-4
    )  # constant kept to five figures


def test_excised_skin_is_hydrated_and_has_no_vessels():
    alive, excised = by_name("caffeine"), by_name("caffeine", alive=0.0)
    assert "k_blood" in alive and "k_blood" not in excised
    assert float(excised["P_SC"].value) / CM_PER_HOUR == pytest.approx(RECOMPUTED["caffeine"], rel=0.07)
    assert float(alive["P_SC"].value) < float(excised["P_SC"].value)


@pytest.mark.parametrize("name", names("actives"))
def test_every_row_names_source_inputs_and_range(name):
    for row in by_name(name).values():
        assert row.source and set(row.source) <= set(known_keys()), row.symbol
        assert row.formula and row.valid and row.unit and row.inputs, row.symbol
        assert np.isfinite(float(row.value)), row.symbol
        for one in row.inputs:
            home, _, field = one.number.partition(".")
            assert not home or field in provenance(CLASSES[home]), one.number


def test_what_lies_outside_is_marked():
    outside = {
        name: {row.symbol for row in by_name(name).values() if not row.in_range}
        for name in ("caffeine", "retinol", "bsa")
    }
    assert outside["caffeine"] == {"P_PG"}  # too hydrophilic for the line
    assert {"P_SC", "k_p", "P_PG"} <= outside["retinol"] and "D_aq" not in outside["retinol"]
    assert {"D_aq", "P̂", "k_p"} <= outside["bsa"]


def test_an_acid_in_a_film_is_beyond_the_bases_the_ionised_share_was_read_from():
    acid = card("actives", "salicylic_acid", Active)
    assert not rows(acid, ph=6.0)["f_e"].in_range and rows(acid, ph=0.5)["f_e"].in_range
    assert by_name("lidocaine", ph=6.0)["f_e"].in_range


def test_people_stand_last():
    one = card("actives", "caffeine", Active)
    two, skin = lanes(one, dataclasses.replace(one, log_kow=2.0)), lanes(cheek(), cheek())
    both = {row.symbol: row for row in derived(two, skin=skin, ph=6.5, correlations=K)}
    alone = rows(dataclasses.replace(one, log_kow=2.0))
    for symbol in ("K_lip", "P_SC", "BF", "k_blood", "k_p", "lag"):
        assert float(np.asarray(both[symbol].value)[1]) == pytest.approx(float(alone[symbol].value), rel=1e-12)
