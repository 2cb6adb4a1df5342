"""An active's card, whole or short: what a user's own short card leaves out is filled in, with a remark."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.card import Card, CardError, card_of, read_table
from microneedling.core.param import provenance
from microneedling.formulation.active import FU_ESTIMATE, Active
from microneedling.formulation.atoms import Composition, FormulaError, composition

BONDS = ("rings", "double_bonds", "triple_bonds")
OWN = "own number, without a source"
LIMITS = {  # what no molecule leaves; text with unit, both ends allowed
    "molar_mass": ("1 g/mol", "1e8 g/mol"),
    "molar_volume": ("5 cm3/mol", "1e12 cm3/mol"),
    "log_kow": ("-15", "15"),
    "pka_acid": ("-20", "99"),
    "pka_base": ("-99", "40"),
    "permeability_shift": ("-6", "6"),
}
LOG_KOW_ERROR, PKA_ERROR = 0.5, 0.3  # SD taken for a partition or acidity given without a source
LIGHT, HEAVY = 0.7, 1.4  # g/cm3, over which molar mass over volume of the package's small molecules spreads


def active_of(path: Path) -> Card[Active]:
    """The card of an active; a short one needs a title, a partition, and a molar mass or a formula.

    A short card gives numbers as plain text (`log_kow = "2.1"`), with no source; they get the grade "assumed". The
    molar volume follows from the formula, with `rings`, `double_bonds` and `triple_bonds` when they are given, else
    from the molar mass. What was filled in stands in the card's `missing`.

    Args:
        path: the TOML file

    Returns: the card; its numbers are within what a molecule can be.
    Errors: CardError naming file and key, what was found and what is allowed.
    Checked by: tests/unit/formulation/test_own.py
    """
    content = read_table(path)
    place = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
    card = card_of(path, _whole(content, place), Active)
    check(card.known.record, place)
    return card


def _whole(content: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The same card with every number in full."""
    fields = provenance(Active)
    texts = {
        key: value for key, value in content.items() if key not in (*fields, *BONDS) and not isinstance(value, dict)
    }
    numbers: dict[str, Any] = {key: value for key, value in content.items() if key in fields}
    for key, value in content.items():
        if key not in (*fields, *Active.APART) and isinstance(value, dict):
            numbers |= value
    short = {key: value for key, value in numbers.items() if not isinstance(value, dict)}
    numbers |= {key: _entry(key, value, place) for key, value in short.items() if key in fields}
    made = _composition(content, place) if short or any(key in content for key in BONDS) else None
    remarks = [] if made is None and not short else list(_filled(numbers, made, place))
    if remarks:
        said = texts.get("missing", "")
        texts["missing"] = "; ".join([*([said] if isinstance(said, str) and said else []), *remarks])
    return {**texts, "numbers": numbers}


def _entry(key: str, value: Any, place: str) -> dict[str, str]:
    """A number given as plain text, in full."""
    text = f"{value!r}" if isinstance(value, int | float) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise CardError(f'{place}: {key}: found {value!r}; a quantity such as "300 g/mol" is needed')
    spread = "exact"
    try:
        number = units.split(text)[0]
    except units.UnitError as error:
        raise CardError(f"{place}: {key}: {error}") from error
    if key in ("log_kow", "pka_acid", "pka_base") and abs(number) < 99:
        error_of = 1.645 * (LOG_KOW_ERROR if key == "log_kow" else PKA_ERROR)
        spread = f"{number - error_of:.4g} .. {number + error_of:.4g}"
    if key == "molar_volume":
        spread = f"± {0.05 * number:.4g} {units.split(text)[1]}"
    return {"value": text, "spread": spread, "grade": "assumed", "note": OWN}


def _composition(content: Mapping[str, Any], place: str) -> Composition | None:
    """Atoms, rings and bonds, where the card tells them."""
    for key in BONDS:
        count = content.get(key, 0)
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= 10_000:
            raise CardError(f"{place}: {key}: found {count!r}, allowed a whole number such as 2")
    if "formula" not in content:
        return None
    try:
        atoms = composition(content["formula"])
    except FormulaError as error:
        raise CardError(f"{place}: formula: {error}") from error
    if "rings" not in content or "double_bonds" not in content:
        return atoms
    rings, doubles, triples = (content.get(key, 0) for key in BONDS)
    return dataclasses.replace(atoms, rings=rings, doubles=doubles, triples=triples)


def _filled(numbers: dict[str, Any], made: Composition | None, place: str) -> list[str]:
    """Fill in what is missing; returns a remark for each number that was."""
    remarks = []
    if "log_kow" not in numbers:
        raise CardError(
            f'{place}: log_kow: missing; without a partition there is no permeability. Write log_kow = "2.1", or '
            '"-5" for proteins and sugar chains, which have no lipid path'
        )
    if "molar_mass" not in numbers:
        if made is None:
            raise CardError(f'{place}: molar_mass: missing; write molar_mass = "300 g/mol", or formula = "C8H10N4O2"')
        numbers["molar_mass"] = {
            "value": f"{made.mass * 1e3:.5g} g/mol", "spread": "exact", "source": "atomic_weights",
            "where": "sum over the formula", "grade": "inferred", "note": "from the formula on this card",
        }  # fmt: skip
    if "molar_volume" not in numbers:
        numbers["molar_volume"] = _volume(numbers["molar_mass"]["value"], made)
        remarks.append("molar volume from " + ("the molar mass alone" if made is None else "the formula"))
    if "pka_acid" not in numbers and "pka_base" not in numbers:
        remarks.append("no pKa given: taken as uncharged at any acidity")
    if "fu" not in numbers:
        remarks.append("binding not given: estimated from partition")
    return remarks


def _volume(mass: str, made: Composition | None) -> dict[str, str]:
    facts = {"source": "osp_skin", "where": "increments of atoms, rings and bonds", "grade": "inferred"}
    if made is not None:
        value, error = made.volume()
        known = "atoms, rings and bonds" if made.rings is not None else "atoms; rings and double bonds not told apart"
        whole = {"value": f"{value * 1e6:.5g} cm3/mol", "spread": f"± {error * 1e6:.4g} cm3/mol"}
        return whole | facts | {"note": f"Schroeder increments of {known}"}
    try:
        grams = units.read(mass, "kg mol-1") * 1e3
    except units.UnitError:
        grams = 1.0  # the molar mass itself is refused, with its own sentence
    spread = f"{grams / HEAVY:.5g} .. {grams / LIGHT:.5g} cm3/mol"
    note = "1 cm3 a gram; molecules of this package lie between 0.7 and 1.4 g/cm3 by their increments"
    return {"value": f"{grams:.5g} cm3/mol", "spread": spread, "grade": "assumed", "note": note}


def check(active: Active, place: str) -> None:
    """Refuse what no molecule can be.

    Errors: CardError.
    """
    for key, (low, high) in LIMITS.items():
        unit = provenance(Active)[key].unit
        value = getattr(active, key)
        if not units.read(low, unit) <= value <= units.read(high, unit):
            shown = units.write(value, unit, units.split(low)[1] or "1").removesuffix(" 1")
            raise CardError(f"{place}: {key}: found {shown}, allowed {low} to {high}")
    if active.fu != FU_ESTIMATE and not 0 < active.fu <= 1:
        raise CardError(f"{place}: fu: found {active.fu:g}, allowed more than 0 and at most 1, or -1 for the estimate")
    density = active.molar_mass / active.molar_volume / 1e3
    if not 0.05 <= density <= 5:
        found = f"molar_mass over molar_volume of {density:.3g} g/cm3"
        raise CardError(f"{place}: molar_volume: found {found}, allowed 0.05 to 5 g/cm3")
