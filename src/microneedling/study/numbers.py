"""Every number a study rests on, with its provenance, and draws of them."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core.card import Card, CardError, read_card, read_parameter_set
from microneedling.core.catalogue import path_of
from microneedling.core.param import Provenance
from microneedling.core.sourced import Sourced, replaced, sourced
from microneedling.core.spread import Z95, deviation
from microneedling.formulation.active import Active
from microneedling.formulation.effects import Effects, effects_of
from microneedling.formulation.own import active_of
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws import standard as laws
from microneedling.laws.admission import admitted, obstacles, tied
from microneedling.scales import standard as scales
from microneedling.simulate.readouts import READOUTS
from microneedling.skin.complexion import Complexion
from microneedling.skin.habit import Habit
from microneedling.skin.site import Site
from microneedling.study.habits import needed
from microneedling.study.needle_checks import checked
from microneedling.study.plain import PlainStudy
from microneedling.treatments.deposit import SwollenArray
from microneedling.treatments.device import Device
from microneedling.treatments.exfoliant import Exfoliant
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.topical import Wipe

CIRCUIT = ("InflammatoryCircuit", "FibroblastActivation", "CollagenTurnover")
CUT = 2.0  # draws beyond this many standard deviations are pulled in: tails of a spread are not known
ROUNDS = 200  # redraws of the healing numbers before a member is given up


class NoHealingSet(ValueError):
    """No draw of the healing numbers describes skin that heals."""


@dataclasses.dataclass(frozen=True)
class Cards:
    """The cards a study names, read."""

    site: Card[Site]
    devices: Mapping[str, Card[Device]]
    vehicles: Mapping[str, Card[Vehicle]]
    actives: Mapping[str, Card[Active]]
    effects: Mapping[str, Card[Effects]]  # of those actives whose card states any
    exfoliants: Mapping[str, Card[Exfoliant]] = dataclasses.field(default_factory=dict)
    habits: Mapping[str, Card[Habit]] = dataclasses.field(default_factory=dict)  # that act, of person and aftercare

    def label(self, active: str) -> str:
        """What results call an active: its card's name, also where the study gives a path."""
        return self.actives[active].name

    def labels(self) -> tuple[str, ...]:
        """What results call the actives, in order."""
        return tuple(map(self.label, self.actives))

    def all(self) -> tuple[Card[Any], ...]:
        """Every card."""
        substances = (*self.vehicles.values(), *self.actives.values(), *self.effects.values())
        own = (*self.exfoliants.values(), *self.habits.values())
        return (self.site, *self.devices.values(), *substances, *own)


def cards_of(study: PlainStudy) -> Cards:
    """Read every card the study's arms name.

    Errors: CardError naming file and key.
    """
    sessions = [s for arm in study.arms for s in arm.sessions]
    topicals = [t for arm in study.arms for t in arm.topicals]
    loads = [one for arm in study.arms for one in arm.deposits]

    def read(kind: str, names: Iterable[str], cls: type) -> dict[str, Card[Any]]:
        return {name: read_card(path_of(kind, name), cls) for name in dict.fromkeys(names)}

    used = {name: path_of("actives", name) for t in (*topicals, *loads) for name, _ in t.actives}
    stated = {name: effects_of(path) for name, path in used.items()}
    return Cards(
        site=read_card(path_of("sites", study.site), Site),
        devices={name: checked(one) for name, one in read("devices", (s.device for s in sessions), Device).items()},
        vehicles=read("vehicles", [*(t.vehicle for t in topicals), *(d.vehicle for d in loads if d.vehicle)], Vehicle),
        actives={name: active_of(path) for name, path in used.items()},
        effects={name: one for name, one in stated.items() if one is not None},
        exfoliants=read("exfoliants", (one.method for arm in study.arms for one in arm.exfoliations), Exfoliant),
        habits=needed(study),
    )


def known_numbers(cards: Cards, parameter_set: str | Path | None = None) -> dict[str, Sourced[Any]]:
    """Laws, scales, treatments and cards of a study by name; a parameter set replaces some of them.

    Errors: CardError for a set that cannot be read, turns the sign of a number, or describes skin that does not heal.
    Checked by: tests/unit/study/test_numbers.py
    """
    made = [*laws.numbers(), *scales.numbers(), *(sourced(one) for one in READOUTS)]
    made += [sourced(Insertion()), sourced(Wipe()), sourced(SwollenArray()), sourced(Complexion())]
    made += [*(_stated(card) for card in cards.all())]
    found = {known.name: known for known in made}
    if parameter_set is None:
        return found
    allowed = {f"{name}.{field}": facts for name, known in found.items() for field, facts in known.facts.items()}
    for full, (value, facts) in read_parameter_set(Path(parameter_set), allowed).items():
        name, field = full.rsplit(".", 1)
        _check_sign(f"{Path(parameter_set).name}: replace.{full}", found[name], field, value)
        changed = replaced(found[name], **{field: value})
        found[name] = dataclasses.replace(changed, facts={**changed.facts, field: facts})
    against = obstacles({name: found[name].record for name in CIRCUIT})
    if against:
        raise CardError(f"{Path(parameter_set).name}: found a set with which skin does not heal: {'; '.join(against)}")
    return found


def _check_sign(place: str, known: Sourced[Any], field: str, value: float) -> None:
    """A rate, time or share below zero lets rest run away; a number may turn its sign where its spread crosses zero."""
    facts, before = known.facts[field], float(getattr(known.record, field))
    one_sided = facts.spread.at(before, -Z95) * facts.spread.at(before, Z95) >= 0
    if before * value < 0 and one_sided:
        raise CardError(f"{place}: found {value:g} {facts.unit}, allowed zero or more".replace(" 1,", ","))


def _stated(card: Card[Any]) -> Sourced[Any]:
    """The numbers of a card; of a habit's only those it states, since it does one thing and leaves the rest alone."""
    if card.kind != Habit.KIND:
        return card.known
    return dataclasses.replace(card.known, facts={name: fact for name, fact in card.known.facts.items() if fact.text})


def draw(known: Mapping[str, Sourced[Any]], *, members: int, seed: int) -> dict[str, Any]:
    """Records with one value per person: the first is the central person, the rest draws from the spreads.

    A number's draws depend on its name and the seed only, so adding a number changes no other. Healing numbers are
    redrawn, person by person, until they describe skin that heals (laws/admission.py).

    Args:
        known: numbers by record name
        members: people drawn beside the central one, >= 0
        seed: of the study

    Returns: record name -> the same record with arrays (1 + members,) in place of numbers.
    Errors: NoHealingSet when no draw heals.
    Checked by: tests/unit/study/test_numbers.py
    """
    central = {name: known[name].record for name in CIRCUIT}
    drawn = {name: spread_out(k, members, seed=seed) for name, k in known.items()}
    drawn |= tied({name: drawn[name] for name in CIRCUIT}, central)
    waiting = np.flatnonzero(~_admitted(drawn))
    for again in range(1, ROUNDS):
        if not waiting.size:
            return drawn
        fresh = tied({name: spread_out(known[name], members, seed=seed, again=again) for name in CIRCUIT}, central)
        heals = _admitted(fresh)
        taken = np.array([i for i in waiting if i > 0 and heals[i]], dtype=int)
        for name in CIRCUIT:
            drawn[name] = _patched(drawn[name], fresh[name], taken)
        waiting = np.setdiff1d(waiting, taken)
    if waiting.size:
        raise NoHealingSet(f"{waiting.size} of {members} people have no healing numbers within their spreads that heal")
    return drawn


def spread_out(known: Sourced[Any], members: int, *, seed: int, again: int = 0) -> Any:
    """One record with the central number and `members` draws of each: what `draw` does before anybody is redrawn.

    Checked by: tests/unit/study/test_numbers.py, tests/unit/treatments/test_insertion.py
    """
    changes = {}
    for field, facts in known.facts.items():
        value = float(getattr(known.record, field))
        key = zlib.crc32(f"{known.name}.{field}".encode())
        z = np.random.default_rng([seed, key, again]).standard_normal(members)
        changes[field] = np.concatenate([[value], _draws(facts, value, np.clip(z, -CUT, CUT))])
    return dataclasses.replace(known.record, **changes)


def _draws(facts: Provenance, value: float, z: np.ndarray) -> np.ndarray:
    if facts.spread.kind == "exact":
        return np.full(z.shape, value)
    return np.array([facts.spread.at(value, deviation(facts.shape, float(x))) for x in z])


def _admitted(records: Mapping[str, Any]) -> np.ndarray:
    return np.asarray(admitted({name: records[name] for name in CIRCUIT}))


def _patched(old: Any, new: Any, at: np.ndarray) -> Any:
    changes = {}
    for field in dataclasses.fields(old):
        mine, fresh = getattr(old, field.name), getattr(new, field.name)
        if isinstance(mine, np.ndarray):
            changes[field.name] = np.where(np.isin(np.arange(mine.size), at), fresh, mine)
    return dataclasses.replace(old, **changes)
