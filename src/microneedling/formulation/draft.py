"""A card drafted from a structure: computed numbers marked as such, measured ones in their place where they are known."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from microneedling.core.card import Card, card_of, card_text, read_table
from microneedling.core.catalogue import names, path_of
from microneedling.formulation.active import Active
from microneedling.formulation.own import active_of, check
from microneedling.formulation.structure import Group, Structure, canonical, structure

COMPUTED = "calculated from the structure, not measured; calculated and compiled values differ by 0.8 (SD)"
LOG_KOW_ERROR = 1.3  # half the width of 5 to 95 % behind that SD
MEASURED = ("log_kow", "pka_acid", "pka_base", "fu", "permeability_shift", "metabolism")
OWN = "measured, given by the user"


@dataclasses.dataclass(frozen=True)
class Draft:
    """A drafted card, and what its reader should know about it."""

    card: Card[Active]
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The card as TOML."""
        return card_text(self.card)


def draft(smiles: str, *, title: str, path: Path, given: Mapping[str, float] | None = None) -> Draft:
    """The card behind a structure.

    The user's own measured numbers win over those of a card of the package with the same structure, and those win over
    computed ones.

    Args:
        smiles: one neutral molecule
        title: of the card; its formula when empty
        path: where the card will stand
        given: measured log_kow, pka_acid or pka_base

    Returns: the draft.
    Errors: StructureError for a structure that gives no card; CardError for numbers no molecule has.
    Checked by: tests/unit/formulation/test_draft.py
    """
    made = structure(smiles)
    twin = _twin(made.smiles)
    numbers = {**_sizes(made), **_computed(made)}
    remarks = [f"{key} is computed or a usual value, not measured" for key in _computed(made)]
    if twin is not None:
        known = {key: _entry(twin, key) for key in MEASURED if key in _written(twin)}
        numbers |= known
        remarks = [f'{", ".join(known)}: from the card "{twin.name}", which has the same structure']
    for key, value in (given or {}).items():
        numbers[key] = _own(key, value)
        remarks = [one for one in remarks if not one.startswith(key)] + [f"{key}: your own number"]
    if made.is_zwitterion:
        remarks.append(
            "zwitterion: an acid and a base charged at once; octanol-water partition says little about it, "
            "and the layer model counts it as uncharged"
        )
    texts = {"title": title or made.formula, "formula": made.formula, "smiles": made.smiles, "flags": []}
    texts |= {"missing": "; ".join(remarks)} if remarks else {}
    card = card_of(path, {**texts, "numbers": numbers}, Active)
    check(card.known.record, path.name)
    return Draft(card, tuple(remarks))


def _sizes(made: Structure) -> dict[str, dict[str, str]]:
    volume, error = made.atoms.volume()
    bonds = f"{made.atoms.rings} rings, {made.atoms.doubles} double and {made.atoms.triples} triple bonds"
    note = f"Schroeder increments of {made.formula}, {bonds}; error of the method taken as 5 %"
    mass = {"value": f"{made.atoms.mass * 1e3:.2f} g/mol", "spread": "exact", "source": "atomic_weights"}
    size = {"value": f"{volume * 1e6:.6g} cm3/mol", "spread": f"± {error * 1e6:.3g} cm3/mol", "source": "osp_skin"}
    return {
        "molar_mass": mass | {"where": "sum over the formula", "grade": "inferred", "note": "from the structure"},
        "molar_volume": size | {"where": "increments of atoms, rings and bonds", "grade": "inferred", "note": note},
    }


def _computed(made: Structure) -> dict[str, dict[str, str]]:
    low, high = made.log_kow - LOG_KOW_ERROR, made.log_kow + LOG_KOW_ERROR
    source = {"source": "crippen1999", "where": "atomic contributions, as in RDKit", "grade": "inferred"}
    kow = {"value": f"{made.log_kow:.2f}", "spread": f"{low:.3f} .. {high:.3f}", **source, "note": COMPUTED}
    groups = {"pka_acid": made.acid, "pka_base": made.base}
    return {"log_kow": kow} | {key: _usual(group) for key, group in groups.items() if group is not None}


def _usual(group: Group) -> dict[str, str]:
    note = f"{group.name}, found by pattern; usual value of its group, no measurement at hand"
    return {"value": f"{group.pka:g}", "spread": f"{group.low:g} .. {group.high:g}", "grade": "assumed", "note": note}


def _own(key: str, value: float) -> dict[str, str]:
    error = 0.5 if key == "log_kow" else 0.3
    spread = f"{value - error:.4g} .. {value + error:.4g}"
    return {"value": f"{value:g}", "spread": spread, "grade": "assumed", "note": OWN}


def _twin(smiles: str) -> Card[Active] | None:
    """The card of the package with the same structure, if there is one."""
    for name in names("actives"):
        path = path_of("actives", name)
        known = read_table(path).get("smiles")
        if isinstance(known, str) and canonical(known) == smiles:
            return active_of(path)
    return None


def _written(card: Card[Active]) -> tuple[str, ...]:
    """Names of the numbers that the card itself gives."""
    tables = [entry for entry in read_table(card.path).values() if isinstance(entry, dict)]
    return tuple(key for table in tables for key in table)


def _entry(card: Card[Active], key: str) -> dict[str, Any]:
    tables = [entry for entry in read_table(card.path).values() if isinstance(entry, dict)]
    return dict(next(table[key] for table in tables if key in table))
