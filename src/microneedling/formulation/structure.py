"""From a structure (SMILES) to an active's numbers, with RDKit, which comes with the extra "chemistry"."""

from __future__ import annotations

import dataclasses
import importlib
from typing import Any

from microneedling.formulation.atoms import Composition, FormulaError, composition

# groups that lose or take up a proton between pH 2 and 11: pattern, usual pKa, 5 and 95 %, name
ACIDS = (
    ("[CX3;$(C-a)](=O)[OX2H1]", 4.0, 3.0, 4.8, "aromatic carboxyl group"),
    ("[CX3](=O)[OX2H1]", 4.5, 3.5, 5.2, "carboxyl group"),
    ("[SX4](=O)(=O)[OX2H1]", -1.0, -3.0, 1.0, "sulphonic acid"),
    ("[PX4](=O)[OX2H1]", 2.0, 1.0, 3.0, "phosphate"),
    ("[c][SX2H1]", 6.5, 5.5, 7.5, "thiophenol"),
    ("[#6;!$(C=O)][SX4](=O)(=O)[NX3H1][#6]", 8.0, 6.0, 10.0, "sulphonamide"),
    ("[c][OX2H1]", 9.8, 8.0, 10.3, "phenol"),
)
BASES = (
    ("[NX3][CX3](=[NX2])[NX3]", 12.5, 11.0, 13.5, "guanidine"),
    ("[CX3;!$(C(N)N)](=[NX2;!$(N-[#7,#8,a])])[NX3]", 11.0, 9.5, 12.5, "amidine"),
    (
        "[NX3;H2,H1,H0;!$(N-[#6]=[O,N,S]);!$(N-[#7,#8,#16,a]);!$(N-C=C);!$(N#*)]([CX4])",
        9.5,
        7.5,
        10.7,
        "aliphatic amine",
    ),
    ("[nX2;R1]1:[#6;R1]:[nX3;R1]:[#6;R1]:[#6;R1]:1", 6.5, 5.0, 7.5, "imidazole"),
    ("[nX2;r6]", 4.5, 2.0, 6.0, "pyridine nitrogen"),
    ("[NX3;H2,H1,H0;!$(N-[#6]=[O,N,S]);!$(N(c)c);!$(N(=O)~O);!$(N~[OX1])]([c])", 4.0, 2.0, 5.5, "aniline"),
)
MISSING = 'found no RDKit, which reads structures; install it with: pip install "microneedling[chemistry]"'


class StructureError(ValueError):
    """A structure that gives no card, with a sentence a user can act on."""


@dataclasses.dataclass(frozen=True)
class Group:
    """A group that carries a charge at some acidity: usual pKa with 5 and 95 %."""

    name: str
    pka: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True)
class Structure:
    """What a SMILES tells: formula, atoms with rings and bonds, calculated partition, strongest acid and base."""

    smiles: str
    formula: str
    atoms: Composition
    log_kow: float
    acid: Group | None
    base: Group | None

    @property
    def is_zwitterion(self) -> bool:
        """Are there an acid and a base that are charged at the same acidity?"""
        return self.acid is not None and self.base is not None and self.acid.pka < self.base.pka


def structure(smiles: str) -> Structure:
    """The structure behind a SMILES.

        log Kow by atomic contributions (Crippen); the strongest acid and base by their groups' usual values

    Args:
        smiles: one neutral molecule

    Returns: Structure; stereo marks are left out, since nothing here depends on them.
    Errors: StructureError without RDKit, for what is no SMILES, for salts, mixtures, charges and isotopes, and for atoms
        without a known increment.
    Source: crippen1999, osp_skin. Checked by: tests/unit/formulation/test_molecule.py
    """
    chem = _rdkit()
    whole = _parsed(chem, smiles)
    atoms = _composition(chem, whole)
    plain = chem.MolToSmiles(whole, isomericSmiles=False)
    formula = chem.rdMolDescriptors.CalcMolFormula(whole)
    found = [_strongest(chem, whole, groups, lowest=groups is ACIDS) for groups in (ACIDS, BASES)]
    return Structure(plain, formula, atoms, float(chem.Crippen.MolLogP(whole)), found[0], found[1])


def canonical(smiles: str) -> str:
    """The same structure always spelt the same, without stereo marks.

    Errors: StructureError as for `structure`.
    """
    chem = _rdkit()
    return str(chem.MolToSmiles(_parsed(chem, smiles), isomericSmiles=False))


def _rdkit() -> Any:
    try:
        chem = importlib.import_module("rdkit.Chem")
        for part in ("Crippen", "rdMolDescriptors"):
            importlib.import_module(f"rdkit.Chem.{part}")
        logger = importlib.import_module("rdkit.RDLogger")
    except ImportError as error:
        raise StructureError(MISSING) from error
    logger.DisableLog("rdApp.*")  # it would print its own view of bad input beside our sentence
    return chem


def _parsed(chem: Any, smiles: str) -> Any:
    """One neutral molecule, or a refusal."""
    shown = smiles if len(smiles) <= 60 else f"{smiles[:57]}..."
    whole = chem.MolFromSmiles(smiles.strip()) if smiles.strip() else None
    if whole is None or whole.GetNumAtoms() == 0:
        raise StructureError(f'found "{shown}", which is no SMILES, allowed one such as "CCO"')
    if "." in smiles:
        raise StructureError(f'found "{shown}", a salt or mixture, allowed one molecule without its counter-ion')
    if chem.GetFormalCharge(whole) != 0 or _is_charged(whole):
        raise StructureError(
            f'found "{shown}", which carries a charge, allowed the neutral form (pKa tells the charge)'
        )
    if any(atom.GetIsotope() or atom.GetNumRadicalElectrons() for atom in whole.GetAtoms()):
        raise StructureError(f'found "{shown}" with an isotope or a radical, allowed an ordinary molecule')
    return whole


def _is_charged(whole: Any) -> bool:
    """Charged atoms other than the two that only spell a bond, as in a nitro group."""
    for atom in whole.GetAtoms():
        charge = atom.GetFormalCharge()
        if charge and not any(near.GetFormalCharge() == -charge for near in atom.GetNeighbors()):
            return True
    return False


def _composition(chem: Any, whole: Any) -> Composition:
    """Atoms with hydrogens, rings, double and triple bonds of the Kekulé structure."""
    full = chem.AddHs(whole)
    chem.Kekulize(full, clearAromaticFlags=True)
    try:
        atoms = composition(chem.rdMolDescriptors.CalcMolFormula(whole)).atoms
    except FormulaError as error:
        raise StructureError(str(error)) from error
    kinds = [bond.GetBondType() for bond in full.GetBonds()]
    doubles, triples = kinds.count(chem.BondType.DOUBLE), kinds.count(chem.BondType.TRIPLE)
    return Composition(atoms, whole.GetRingInfo().NumRings(), doubles, triples)


def _strongest(chem: Any, whole: Any, groups: tuple[tuple[Any, ...], ...], *, lowest: bool) -> Group | None:
    """The acid with the lowest, or the base with the highest usual pKa."""
    met = [g for g in groups if whole.HasSubstructMatch(chem.MolFromSmarts(g[0]))]
    if not met:
        return None
    _, pka, low, high, name = min(met, key=lambda g: g[1]) if lowest else max(met, key=lambda g: g[1])
    return Group(name, pka, low, high)
