"""Every property behind one active in one skin, with intervals, sources and marks: what `explain` shows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.card import Card, read_card
from microneedling.core.catalogue import path_of
from microneedling.core.param import Provenance
from microneedling.core.sourced import Sourced, sourced
from microneedling.formulation.active import Active
from microneedling.formulation.own import active_of
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.derived import derived, quantities
from microneedling.laws.property import Derived, Input
from microneedling.laws.validity import Extrapolation, extrapolations
from microneedling.skin.site import Site
from microneedling.skin.skin import REFERENCE_AGE, YEAR, Preparation, skin_of
from microneedling.study.limits import check_ph, vehicle_marks
from microneedling.study.numbers import spread_out

MEMBERS, SEED = 256, 1
LOW, HIGH = 0.05, 0.95


@dataclasses.dataclass(frozen=True)
class Shown:
    """A number with 5 and 95 % points [SI]; `fact` tells where it comes from, if it is not derived itself."""

    symbol: str
    value: float
    low: float
    high: float
    unit: str
    number: str = ""
    fact: Provenance | None = None


@dataclasses.dataclass(frozen=True)
class Line:
    """One property: what it is, its number, its inputs, and its central number in the other state of skin."""

    row: Derived
    shown: Shown
    inputs: tuple[Shown, ...]
    other: float | None


@dataclasses.dataclass(frozen=True)
class Explanation:
    """All that lies behind one active in one skin."""

    active: Card[Active]
    vehicle: Card[Vehicle]
    site: Card[Site]
    ph: float
    is_alive: bool
    lines: tuple[Line, ...]
    marks: tuple[Extrapolation, ...]

    def line(self, symbol: str) -> Line:
        """The line of one symbol."""
        return next(one for one in self.lines if one.row.symbol == symbol)

    def keys(self) -> tuple[str, ...]:
        """Source keys of all that is shown."""
        given = [one.fact.source for line in self.lines for one in line.inputs if one.fact is not None]
        rows = [line.row.source for line in self.lines]
        return tuple(sorted({key for keys in (*given, *rows) for key in keys}))


def explained(active: str, *, site: str, vehicle: str, in_vitro: bool = False, ph: float | None = None) -> Explanation:
    """What follows for an active, in a person's skin at age 35 or in the same skin excised, whole and hydrated.

    Args:
        active, site, vehicle: names of cards, or paths of own ones
        in_vitro: excised in place of living skin
        ph: of the film, within what the vehicle's card states; the card's value when left out

    Returns: the explanation; intervals from 256 draws of every number within its spread.
    Errors: CardError for an unknown card or an acidity the vehicle does not have.
    Checked by: tests/unit/study/test_explain.py
    """
    card, film = active_of(path_of("actives", active)), read_card(path_of("vehicles", vehicle), Vehicle)
    place = read_card(path_of("sites", site), Site)
    if ph is not None:
        check_ph(film, ph)
    numbers = sourced(LayerCorrelations())
    known: dict[str, Sourced[Any]] = {
        "active": card.known,
        "vehicle": film.known,
        "site": place.known,
        "LayerCorrelations": numbers,
    }
    drawn = {name: spread_out(one, members=MEMBERS, seed=SEED) for name, one in known.items()}
    acidity = drawn["vehicle"].ph if ph is None else np.full(1 + MEMBERS, ph)
    rows, other = (_rows(drawn, acidity, alive) for alive in ((0.0, 1.0) if in_vitro else (1.0, 0.0)))
    elsewhere = {row.symbol: _first(row.value) for row in other}
    lines = tuple(_line(row, known, elsewhere) for row in rows)
    centre = float(acidity[0])
    found = quantities(card.known.record, ph=centre, correlations=numbers.record, wet=1.0 if in_vitro else 0.0)
    met = {row.symbol for row in rows}
    marks = [one for one in extrapolations(card.title, found) if met & set(one.of)]
    return Explanation(card, film, place, centre, not in_vitro, lines, (*marks, *vehicle_marks(film)))


def _rows(drawn: Mapping[str, Any], ph: np.ndarray, alive: float) -> tuple[Derived, ...]:
    def one(site: Site) -> Any:
        return skin_of(site, age=REFERENCE_AGE * YEAR, preparation=Preparation(alive=alive))

    skin = jax.vmap(one, out_axes=-1)(jax.tree.map(jnp.asarray, drawn["site"]))
    return derived(drawn["active"], skin=skin, ph=jnp.asarray(ph), correlations=drawn["LayerCorrelations"])


def _line(row: Derived, known: Mapping[str, Sourced[Any]], other: Mapping[str, float]) -> Line:
    inputs = tuple(_shown(one, known) for one in row.inputs)
    value = _shown(Input(row.symbol, row.value, row.unit), known)
    return Line(row, value, inputs, other.get(row.symbol))


def _shown(one: Input, known: Mapping[str, Sourced[Any]]) -> Shown:
    values = np.asarray(one.value, dtype=float).reshape(-1)
    people = values[1:] if values.size > 1 else values
    low, high = (float(np.quantile(people, q)) for q in (LOW, HIGH))
    home, _, field = one.number.partition(".")
    fact = known[home].facts.get(field) if home in known else None
    name = f"{known[home].name}.{field}" if fact is not None else ""
    return Shown(one.symbol, float(values[0]), low, high, one.unit, name, fact)


def _first(value: Any) -> float:
    return float(np.asarray(value).reshape(-1)[0])
