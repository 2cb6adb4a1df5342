"""Cards drafted from structures: computed numbers are marked, measured ones win, zwitterions are warned of."""

import pytest
from unit.formulation.test_molecule import NEEDS_RDKIT

from microneedling.formulation.draft import draft
from microneedling.formulation.own import active_of

pytestmark = NEEDS_RDKIT
DIETHYL_PHTHALATE = "CCOC(=O)c1ccccc1C(=O)OCC"


def test_a_new_molecule_has_computed_numbers_marked_as_such(tmp_path):
    made = draft(DIETHYL_PHTHALATE, title="Diethyl phthalate", path=tmp_path / "a.toml")
    facts, one = made.card.known.facts, made.card.known.record
    assert one.log_kow == pytest.approx(2.04, abs=0.01) and one.molar_mass == pytest.approx(0.22224, abs=2e-5)
    assert all(facts[key].grade == "inferred" and facts[key].note for key in ("log_kow", "molar_mass", "molar_volume"))
    assert facts["log_kow"].source == ("crippen1999",) and "not measured" in facts["log_kow"].note
    assert facts["log_kow"].spread.low < 2.04 - 1 and made.card.title == "Diethyl phthalate"


def test_it_can_be_read_again(tmp_path):
    path = tmp_path / "a.toml"
    made = draft("CC(C)Cc1ccc(cc1)C(C)N", title="", path=path)
    path.write_text(made.text, encoding="utf-8")
    again = active_of(path)
    assert again.known.record == made.card.known.record and again.title == made.card.texts["formula"]


def test_measured_numbers_of_the_package_win(tmp_path):
    made = draft("c1(C)cccc(C)c1NC(=O)CN(CC)CC", title="x", path=tmp_path / "a.toml")
    assert made.card.known.record.log_kow == 2.48 and made.card.known.record.pka_base == 7.9
    assert made.card.known.facts["log_kow"].grade == "on the bench"
    assert any('from the card "lidocaine"' in one for one in made.remarks)


def test_the_user_s_own_numbers_win_over_all(tmp_path):
    made = draft("CCN(CC)CC(=O)Nc1c(C)cccc1C", title="x", path=tmp_path / "a.toml", given={"log_kow": 2.3})
    assert made.card.known.record.log_kow == 2.3 and made.card.known.record.pka_base == 7.9
    assert "log_kow: your own number" in made.remarks


def test_zwitterions_are_warned_of(tmp_path):
    made = draft("NCC(=O)NCC(=O)O", title="x", path=tmp_path / "a.toml")
    assert any(one.startswith("zwitterion") for one in made.remarks) and "zwitterion" in made.card.texts["missing"]
    assert made.card.known.record.pka_acid == 4.5 and made.card.known.record.pka_base == 9.5
