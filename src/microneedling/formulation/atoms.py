"""From a formula to molar mass and volume, by sums over atoms, rings and bonds."""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
from pathlib import Path
from typing import Any

from microneedling.core import units

_ATOM = re.compile(r"([A-Z][a-z]?)(\d*)")
VALENCE = {"H": 1, "C": 4, "N": 3, "O": 2, "F": 1, "S": 2, "Cl": 1, "Br": 1, "I": 1}


class FormulaError(ValueError):
    """A formula that cannot be read, with a sentence a user can act on."""


@dataclasses.dataclass(frozen=True)
class Composition:
    """Atoms by symbol; rings and bonds where they are known (Kekulé structure), else None."""

    atoms: dict[str, int]
    rings: int | None = None
    doubles: int | None = None
    triples: int = 0

    @property
    def mass(self) -> float:
        """Molar mass [kg mol-1]."""
        return sum(n * units.read(_data()["atom"][a]["weight"], "kg mol-1") for a, n in self.atoms.items())

    @property
    def unsaturation(self) -> int:
        """Rings and double bonds together, as the formula asks for."""
        free = sum(n * (VALENCE[a] - 2) for a, n in self.atoms.items())
        return max(0, free // 2 + 1)

    def volume(self) -> tuple[float, float]:
        """Molar volume at the boiling point and how far it may be off [m3 mol-1].

            V = Σ atoms − 7 rings + 7 double bonds + 14 triple bonds  (cm³/mol)

        The method's error is taken as 5 %. Without rings and bonds the formula only says how many there are together;
        then half of them could be either, which is added to the error.

        Source: osp_skin. Checked by: tests/unit/formulation/test_atoms.py
        """
        bond = {name: units.read(text, "m3 mol-1") for name, text in _data()["bond"].items()}
        whole = sum(n * units.read(_data()["atom"][a]["volume"], "m3 mol-1") for a, n in self.atoms.items())
        if self.rings is None or self.doubles is None:
            return whole, 0.05 * whole + bond["double"] * self.unsaturation
        whole += bond["ring"] * self.rings + bond["double"] * self.doubles + bond["triple"] * self.triples
        return whole, 0.05 * whole


def composition(formula: str) -> Composition:
    """The atoms of a formula such as "C8H10N4O2".

    Errors: FormulaError for what is no formula, and for atoms without a known increment (charges, metals, P).
    Checked by: tests/unit/formulation/test_atoms.py
    """
    if not formula or _ATOM.sub("", formula):
        raise FormulaError(f'found "{formula}", allowed atoms and numbers such as "C8H10N4O2"')
    atoms: dict[str, int] = {}
    for atom, count in _ATOM.findall(formula):
        if atom not in _data()["atom"]:
            known = ", ".join(_data()["atom"])
            raise FormulaError(f'found "{atom}" in "{formula}", for which no increment is known; allowed {known}')
        atoms[atom] = atoms.get(atom, 0) + int(count or 1)
    return Composition(atoms)


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
