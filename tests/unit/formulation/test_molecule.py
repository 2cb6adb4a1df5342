"""Structures: what RDKit tells about them, what is refused, and how it ends without RDKit."""

import importlib

import pytest

from microneedling.core.card import read_card
from microneedling.core.catalogue import names, path_of
from microneedling.formulation import structure as module
from microneedling.formulation.active import Active
from microneedling.formulation.structure import StructureError, canonical, structure

HAS_RDKIT = importlib.util.find_spec("rdkit") is not None
NEEDS_RDKIT = pytest.mark.skipif(not HAS_RDKIT, reason="RDKit is not installed (extra chemistry)")
DRAWN = [name for name in names("actives") if "smiles" in read_card(path_of("actives", name), Active).texts]


def without_rdkit(monkeypatch):
    """Let every import of RDKit fail."""

    def gone(name):
        raise ModuleNotFoundError(f"No module named {name!r}")

    monkeypatch.setattr(module.importlib, "import_module", gone)


def test_without_rdkit_one_line_says_how_to_install_it(monkeypatch):
    without_rdkit(monkeypatch)
    with pytest.raises(StructureError, match=r'found no RDKit.*pip install "microneedling\[chemistry\]"'):
        structure("CCO")


@NEEDS_RDKIT
@pytest.mark.parametrize("name", DRAWN)
def test_cards_with_a_structure_have_its_formula_mass_and_volume(name):
    card = read_card(path_of("actives", name), Active)
    made = structure(card.texts["smiles"])
    assert made.formula == card.texts["formula"] and made.smiles == canonical(card.texts["smiles"])
    assert made.atoms.mass == pytest.approx(card.known.record.molar_mass, rel=1e-3)  # some tables round to 0.1 g/mol
    assert made.atoms.volume()[0] == pytest.approx(card.known.record.molar_volume, rel=1e-3)


@NEEDS_RDKIT
def test_computed_partitions_are_those_of_the_collection():
    for name in ("hydrocortisone", "retinol", "l_ascorbic_acid", "ibuprofen", "adapalene"):
        card = read_card(path_of("actives", name), Active)
        assert structure(card.texts["smiles"]).log_kow == pytest.approx(card.known.record.log_kow, abs=0.01)


@NEEDS_RDKIT
@pytest.mark.parametrize(
    ("smiles", "acid", "base"),
    [
        ("CCO", None, None),
        ("OC(=O)c1ccccc1O", "aromatic carboxyl group", None),
        ("CCN(CC)CC(=O)Nc1c(C)cccc1C", None, "aliphatic amine"),
        ("NC(=O)c1cccnc1", None, "pyridine nitrogen"),
        ("Cn1cnc2c1c(=O)n(C)c(=O)n2C", None, None),
        ("Oc1ccccc1", "phenol", None),
        ("CC(=O)N", None, None),
        ("Clc1ccccc1C(c1ccccc1)(c1ccccc1)n1ccnc1", None, "imidazole"),
        ("O=[N+]([O-])c1ccccc1", None, None),
    ],
)
def test_groups_that_carry_charge(smiles, acid, base):
    made = structure(smiles)
    assert (made.acid and made.acid.name) == acid and (made.base and made.base.name) == base


@NEEDS_RDKIT
def test_zwitterions_are_told():
    assert structure("NCC(=O)O").is_zwitterion and structure("NCC1CCC(CC1)C(=O)O").is_zwitterion
    assert not structure("Nc1ccc(O)cc1").is_zwitterion  # aniline and phenol are never charged together


@NEEDS_RDKIT
@pytest.mark.parametrize(
    ("smiles", "said"),
    [
        ("", "no SMILES"),
        ("C1CC", "no SMILES"),
        ("caffeine", "no SMILES"),
        ("CC(=O)[O-].[Na+]", "a salt or mixture"),
        ("CCO.CCN", "a salt or mixture"),
        ("C[N+](C)(C)C", "carries a charge"),
        ("CC(=O)[O-]", "carries a charge"),
        ("[13CH4]", "isotope"),
        ("[CH3]", "radical"),
        ("C[Si](C)(C)C", "no increment is known"),
        ("C" * 200 + "(", "no SMILES"),
    ],
)
def test_what_gives_no_card_is_refused_in_one_line(smiles, said):
    with pytest.raises(StructureError) as error:
        structure(smiles)
    assert said in str(error.value) and "\n" not in str(error.value) and len(str(error.value)) < 200
