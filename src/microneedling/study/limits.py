"""What no formulation can be: acidity its vehicle does not have, a film that runs off, more than the pure substance."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.card import Card, CardError
from microneedling.core.catalogue import path_of
from microneedling.core.spread import Z95
from microneedling.formulation.active import Active
from microneedling.formulation.vehicle import AQUEOUS, Vehicle
from microneedling.laws.validity import Extrapolation
from microneedling.study.cards import card_at
from microneedling.study.quantity import shown
from microneedling.study.read import Problem
from microneedling.study.tables import Planned, TopicalTable

PACKING = 1.6  # pure substance over molar mass per boiling volume: water 1.2, urea and sugars up to 1.5
DOSE = 1e-9  # relative; two spellings of one concentration may differ in the last digit


def acidities(card: Card[Vehicle]) -> tuple[float, float]:
    """The pH a vehicle's card states, from and to."""
    fact, value = card.known.facts["ph"], card.known.record.ph
    return fact.spread.at(value, -Z95), fact.spread.at(value, Z95)


def check_ph(card: Card[Vehicle], ph: float) -> None:
    """Refuse an acidity the vehicle does not have.

    Errors: CardError.
    """
    low, high = acidities(card)
    if not low <= ph <= high:
        raise CardError(f"pH: found {ph:g}, allowed {low:.3g} to {high:.3g}, which {card.name} has")


def vehicle_marks(card: Card[Vehicle]) -> tuple[Extrapolation, ...]:
    """A mark for a film that is not water: the model has no partition between film and water."""
    kind = str(card.texts["type"])
    if kind in AQUEOUS:
        return ()
    where = "donors of the correlations were water; solubility and partition in another film are not in the model"
    return (
        Extrapolation(card.title, "film", kind, " or ".join(AQUEOUS), ("f_e", "k_p"), ("open_permeability",), where),
    )


def vehicle_problems(
    place: str, card: Card[Vehicle], *, ph: float | None, film: float, held: bool
) -> Iterator[Problem]:
    """Acidity and thickness of a film must be the vehicle's.

    Args:
        place: key of the topical in the study
        card: the vehicle
        ph: of the film, if the study gives one
        film: thickness [m]
        held: covered, or in a diffusion cell: the film cannot run off

    Checked by: tests/faces/test_film_limits.py
    """
    low, high = acidities(card)
    if ph is not None and not low <= ph <= high:
        yield Problem(f"{place}.ph", f"{ph:g}", f"{low:.3g} to {high:.3g}, which {card.name} has")
    fact = card.known.facts["thickest"]
    most = fact.spread.at(card.known.record.thickest, Z95)
    if film > most * (1 + DOSE) and not held:
        allowed = f"at most {units.write(most, 'm', 'mm')} of {card.name} uncovered: more runs off"
        yield Problem(f"{place}.film", shown(units.write(film, "m", "mm")), allowed)


def density(active: Active) -> float:
    """The most a pure substance can weigh [kg m-3]: its mass over its volume at the boiling point, packed closer."""
    return PACKING * active.molar_mass / active.molar_volume


def density_problems(place: str, doses: Sequence[tuple[str, Card[Active], float]]) -> Iterator[Problem]:
    """No film holds more than the pure substance, nor more of several than fills it.

    Args:
        place: key of the topical in the study
        doses: key, card and concentration [kg m-3] of each active

    Checked by: tests/faces/test_film_limits.py
    """
    filled = 0.0
    for key, card, concentration in doses:
        most = density(card.known.record)
        filled += concentration / most
        if concentration > most * (1 + DOSE):
            found, allowed = (units.write(one, "kg m-3", "mg/ml", 3) for one in (concentration, most))
            yield Problem(key, shown(found), f"at most {allowed}, about what pure {card.name} weighs")
            return
    if filled > 1 + DOSE:
        yield Problem(place, f"actives that fill {filled:.2g} times the film", "no more than the film holds")


def film_problems(plans: Sequence[tuple[str, Planned]], *, enclosed: bool) -> Iterator[Problem]:
    """What no film of a protocol or its comparators can be.

    Args:
        plans: where each stands in the file, and its table
        enclosed: in a diffusion cell

    Checked by: tests/faces/test_film_limits.py
    """
    known: dict[str, str] = {}
    for place, plan in plans:
        for i, topical in enumerate(plan.topical):
            here = f"{place}.topical[{i}]"
            yield from _film_problems(here, topical, enclosed)
            yield from _name_problems(here, topical, known)


def _film_problems(place: str, topical: TopicalTable, enclosed: bool) -> Iterator[Problem]:
    """Cards that are not there are told by study/checks.py; the others must be readable."""
    vehicle = yield from _read(f"{place}.vehicle", "vehicles", topical.vehicle)
    if vehicle is not None:
        ph = None if topical.ph is None else topical.ph.value
        held = enclosed or topical.occlude is not None
        yield from vehicle_problems(place, vehicle, ph=ph, film=topical.film.value, held=held)
    doses = []
    single = topical.active is not None and topical.concentration is not None
    pairs = [(f"{place}.concentration", topical.active, topical.concentration)] if single else []
    pairs += [(f"{place}.actives[{i}].concentration", d.active, d.concentration) for i, d in enumerate(topical.actives)]
    for key, name, concentration in pairs:
        card = yield from _read(key.replace("concentration", "active"), "actives", str(name))
        if card is not None and concentration is not None:
            doses.append((key, card, concentration.value))
    yield from density_problems(place, doses)


def _name_problems(place: str, topical: TopicalTable, known: dict[str, str]) -> Iterator[Problem]:
    """Numbers and results go by a card's name, so two actives of one study cannot share it."""
    for name in (*([topical.active] if topical.active else []), *(dose.active for dose in topical.actives)):
        other = known.setdefault(Path(name).stem, name)
        if other != name:
            yield Problem(place, f"{shown(name)} beside {shown(other)}", "actives whose cards have different names")


def _read(key: str, kind: str, name: str) -> Generator[Problem, None, Card[Any] | None]:
    """The card of that name, or none with a problem when it cannot be read."""
    try:
        path = path_of(kind, name)
    except CardError:
        return None
    try:
        return card_at(kind, path)
    except CardError as error:
        yield Problem(key, f"{shown(name)} ({error})", "a card that can be read")
        return None
