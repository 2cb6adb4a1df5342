"""Any card by kind and name, for notebooks and listings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from microneedling.core.card import Card, CardError, nearest, read_card
from microneedling.core.catalogue import path_of
from microneedling.formulation.active import Active
from microneedling.formulation.own import active_of
from microneedling.formulation.vehicle import Vehicle
from microneedling.scales.clinical import ClinicScale
from microneedling.skin.habit import Habit, habit_of
from microneedling.skin.site import Site
from microneedling.treatments.device import Device
from microneedling.treatments.exfoliant import Exfoliant

RECORDS: dict[str, type] = {
    "actives": Active,
    "clinic": ClinicScale,
    "devices": Device,
    "exfoliants": Exfoliant,
    "habits": Habit,
    "sites": Site,
    "vehicles": Vehicle,
}


def card(kind: str, name: str) -> Card[Any]:
    """A card of any kind with numbers, read; its numbers are `card(...).known.record`.

    Errors: CardError for an unknown kind or name, with the nearest ones.
    Checked by: tests/faces/test_cards_by_kind.py
    """
    if kind not in RECORDS:
        raise CardError(f'kind of card: found "{kind}", {nearest(kind, RECORDS)}')
    return card_at(kind, path_of(kind, name))


def card_at(kind: str, path: Path) -> Card[Any]:
    """The card of one kind in a file; an active's may be short (formulation/own.py).

    Errors: CardError naming file and key.
    """
    if kind == "habits":
        return habit_of(path)
    return active_of(path) if kind == "actives" else read_card(path, RECORDS[kind])
