"""Molar mass and volume from a formula."""

import re

import pytest

from microneedling.core.card import read_card
from microneedling.core.catalogue import names, path_of
from microneedling.formulation.active import Active
from microneedling.formulation.atoms import Composition, FormulaError, composition

COUNTED = re.compile(r"(\d+) ([A-Z][a-z]?)\b")


@pytest.mark.parametrize(
    ("formula", "mass", "rings", "doubles", "volume"),
    [
        ("C8H10N4O2", 194.19, 2, 4, 182.0),  # caffeine
        ("C14H22N2O", 234.34, 1, 4, 294.0),  # lidocaine
        ("H2O", 18.015, 0, 0, 21.0),
        ("C22H29FO5", 392.47, 4, 4, 402.5),  # dexamethasone
    ],
)
def test_sums_over_atoms_rings_and_bonds(formula, mass, rings, doubles, volume):
    atoms = composition(formula)
    assert atoms.mass * 1e3 == pytest.approx(mass, abs=0.01)
    whole = Composition(atoms.atoms, rings, doubles)
    assert whole.volume()[0] * 1e6 == pytest.approx(volume)
    assert atoms.unsaturation == rings + doubles


@pytest.mark.parametrize("name", names("actives"))
def test_every_card_that_tells_its_increments_agrees(name):
    card = read_card(path_of("actives", name), Active)
    note = card.known.facts["molar_volume"].note
    if "Schroeder increments:" not in note:
        return
    count = dict.fromkeys(("ring", "double bond", "triple bond"), 0)
    for word in count:
        found = re.search(rf"(\d+) {word}s?", note)
        count[word] = int(found.group(1)) if found else 0
    atoms = {atom: int(n) for n, atom in COUNTED.findall(note.split("increments:")[1].split(",")[0])}
    made = Composition(atoms, count["ring"], count["double bond"], count["triple bond"])
    assert made.volume()[0] == pytest.approx(card.known.record.molar_volume, rel=1e-6)


def test_without_rings_and_bonds_the_error_is_wider():
    atoms = composition("C8H10N4O2")
    value, error = atoms.volume()
    known, less = Composition(atoms.atoms, 2, 4).volume()
    assert error > less and abs(value - known) <= error


@pytest.mark.parametrize("formula", ["", "caffeine", "C8H10N4O2+", "C 8", "(CH2)n", "Xx3", "NaCl", "C3H9O6P"])
def test_what_is_no_formula_of_known_atoms_is_refused(formula):
    with pytest.raises(FormulaError, match=r"found .* allowed"):
        composition(formula)
