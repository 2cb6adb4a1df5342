"""Every number a study rests on, with its provenance, and draws of them."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core.card import Card, CardError, read_card, read_parameter_set
from microneedling.core.catalogue import FOLDER, path_of
from microneedling.core.param import Provenance
from microneedling.core.sourced import Sourced, replaced, sourced
from microneedling.core.spread import Z95, deviation
from microneedling.formulation.active import Active
from microneedling.formulation.effects import Effects, effects_of
from microneedling.formulation.own import active_of
from microneedling.formulation.vehicle import Vehicle
from microneedling.laws import standard as laws
from microneedling.laws.admission import admitted, obstacles, tied
from microneedling.scales import clinical
from microneedling.scales import standard as scales
from microneedling.simulate.readouts import READOUTS
from microneedling.skin.complexion import Complexion
from microneedling.skin.habit import Habit
from microneedling.skin.site import Site
from microneedling.study.draws import read_draws
from microneedling.study.habits import needed
from microneedling.study.needle_checks import checked
from microneedling.study.plain import PlainStudy
from microneedling.treatments.deposit import SwollenArray
from microneedling.treatments.device import Device
from microneedling.treatments.exfoliant import Exfoliant
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.topical import Wipe

CIRCUIT = ("InflammatoryCircuit", "FibroblastActivation", "CollagenTurnover")
FITTED = "healing_posterior"  # the parameter set every run starts from; docs/calibration.md
SHIPPED = FOLDER / "parameter_sets" / f"{FITTED}.toml"
CLINICAL_MAP = FOLDER / "parameter_sets" / "clinical_map.toml"  # written by evaluation/clinical_refit.py
CUT = 2.0  # draws beyond this many standard deviations are pulled in: tails of a spread are not known
ROUNDS = 200  # redraws of the healing numbers before a member is given up; draws beyond are of numbers drawn anew


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
        substances: tuple[Card[Any], ...] = (*self.vehicles.values(), *self.actives.values(), *self.effects.values())
        own: tuple[Card[Any], ...] = (*self.exfoliants.values(), *self.habits.values())
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

    given = [*(one.actives for one in topicals), *(one.actives for one in loads)]
    used = {name: path_of("actives", name) for actives in given for name, _ in actives}
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


def known_numbers(
    cards: Cards, parameter_set: str | Path | None = None, *, fitted: bool = True
) -> dict[str, Sourced[Any]]:
    """Laws, scales, treatments and cards of a study by name, healing as it was fitted.

    Args:
        cards: of the study
        parameter_set: a card that replaces some of the numbers
        fitted: False for the numbers as they stood before any row was fitted, which is the prior of a fit

    Errors: CardError for a set that cannot be read, turns the sign of a number, or describes skin that does not heal.
    Checked by: tests/unit/study/test_numbers.py
    """
    made = [*laws.numbers(), *scales.numbers(), *(sourced(one) for one in READOUTS)]
    made += [scale.known for scale in clinical.SCALES]
    made += [sourced(Insertion()), sourced(Wipe()), sourced(SwollenArray()), sourced(Complexion())]
    made += [*(_stated(card) for card in cards.all())]
    found = {known.name: known for known in made}
    if fitted:
        found = _with_set(_with_set(found, SHIPPED), CLINICAL_MAP)
    return found if parameter_set is None else _with_set(found, Path(parameter_set))


def _with_set(found: dict[str, Sourced[Any]], path: Path) -> dict[str, Sourced[Any]]:
    """Numbers with those of a parameter set in place."""
    allowed = {f"{name}.{field}": facts for name, known in found.items() for field, facts in known.facts.items()}
    after = dict(found)
    for full, (value, facts) in read_parameter_set(path, allowed).items():
        name, field = full.rsplit(".", 1)
        _check_sign(f"{path.name}: replace.{full}", after[name], field, value)
        changed = replaced(after[name], **{field: value})
        after[name] = dataclasses.replace(changed, facts={**changed.facts, field: facts})
    against = obstacles({name: after[name].record for name in CIRCUIT})
    if against:
        raise CardError(f"{path.name}: found a set with which skin does not heal: {'; '.join(against)}")
    return after


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


def draw(known: Mapping[str, Sourced[Any]], *, members: int, seed: int, anew: str = "") -> dict[str, Any]:
    """Records with one value per person: the first is the central person, the rest draws from the spreads.

    A number's draws depend on its name and the seed only, so adding a number changes no other. Numbers fitted together
    come from one row of their joint draws. Healing numbers are redrawn, person by person, until they describe skin that
    heals (laws/admission.py).

    Args:
        known: numbers by record name
        members: people drawn beside the central one, >= 0
        seed: of the study
        anew: a grade whose numbers are drawn a second time, independently: everybody is as without it otherwise.
            Numbers fitted together stay as they are

    Returns: record name -> the same record with arrays (1 + members,) in place of numbers.
    Errors: NoHealingSet when no draw heals.
    Checked by: tests/unit/study/test_numbers.py
    """
    central = {name: known[name].record for name in CIRCUIT}
    together = {name: _joint_fields(one) for name, one in known.items()}
    moving = [name for name, fields in together.items() if fields or name in CIRCUIT]
    is_tied = not {"r0", "s_T2"} & {*together["CollagenTurnover"], *together["FibroblastActivation"]}

    def once(names: Iterable[str], again: int) -> dict[str, Any]:
        found = {name: spread_out(known[name], members, seed=seed, again=again, anew=anew) for name in names}
        found = {name: _jointly(one, together[name], members, key=(seed, again)) for name, one in found.items()}
        return found | tied({name: found[name] for name in CIRCUIT}, central) if is_tied else found

    drawn = once(known, 0)
    waiting = np.flatnonzero(~_admitted(drawn))
    for again in range(1, ROUNDS):
        if not waiting.size:
            return drawn
        fresh = once(moving, again)
        heals = _admitted(fresh)
        taken = np.array([i for i in waiting if i > 0 and heals[i]], dtype=int)
        for name in moving:
            drawn[name] = _patched(drawn[name], fresh[name], taken)
        waiting = np.setdiff1d(waiting, taken)
    if waiting.size:
        raise NoHealingSet(f"{waiting.size} of {members} people have no healing numbers within their spreads that heal")
    return drawn


def drawn_alone(known: Sourced[Any], members: int, *, seed: int, anew: str = "") -> Any:
    """One record as `draw` gives it to people whom nobody redraws: joint draws where it was fitted, else its spreads.

    Checked by: tests/unit/study/test_clinic.py
    """
    return _jointly(spread_out(known, members, seed=seed, anew=anew), _joint_fields(known), members, key=(seed, 0))


def _joint_fields(known: Sourced[Any]) -> dict[str, tuple[str, str]]:
    """Fields whose draws come from a file: field -> (file, full name)."""
    return {field: (fact.joint, f"{known.name}.{field}") for field, fact in known.facts.items() if fact.joint}


def _jointly(record: Any, fields: Mapping[str, tuple[str, str]], members: int, *, key: tuple[int, int]) -> Any:
    """A record with some of its numbers taken from joint draws: one row a person, the same row in every record."""
    changes = {}
    for field, (file, full) in fields.items():
        draws = read_draws(Path(file))
        picks = np.random.default_rng([key[0], zlib.crc32(Path(file).name.encode()), key[1]])
        rows = picks.integers(0, len(draws.numbers), members)
        changes[field] = np.concatenate([np.asarray(getattr(record, field))[:1], draws.column(full)[rows]])
    return dataclasses.replace(record, **changes)


def spread_out(known: Sourced[Any], members: int, *, seed: int, again: int = 0, anew: str = "") -> Any:
    """One record with the central number and `members` draws of each: what `draw` does before anybody is redrawn.

    Numbers of the grade `anew` come from another stream, so that they are independent of their draws without it.

    Checked by: tests/unit/study/test_numbers.py, tests/unit/treatments/test_insertion.py
    """
    changes = {}
    for field, facts in known.facts.items():
        value = float(getattr(known.record, field))
        key = zlib.crc32(f"{known.name}.{field}".encode())
        round_of = again + ROUNDS if anew and facts.grade == anew else again
        z = np.random.default_rng([seed, key, round_of]).standard_normal(members)
        changes[field] = np.concatenate([[value], numbers_at(facts, value, z)])
    return dataclasses.replace(known.record, **changes)


def numbers_at(facts: Provenance, value: float, z: np.ndarray) -> np.ndarray:
    """Draws of one number for standard normal z (draw,), pulled in beyond CUT; `value` itself where it is exact.

    Checked by: tests/unit/study/test_numbers.py, tests/unit/fitting/test_space.py
    """
    if facts.spread.kind == "exact":
        return np.full(z.shape, value)
    return np.array([facts.spread.at(value, deviation(facts.shape, float(x))) for x in np.clip(z, -CUT, CUT)])


def _admitted(records: Mapping[str, Any]) -> np.ndarray:
    return np.asarray(admitted({name: records[name] for name in CIRCUIT}))


def _patched(old: Any, new: Any, at: np.ndarray) -> Any:
    changes = {}
    for field in dataclasses.fields(old):
        mine, fresh = getattr(old, field.name), getattr(new, field.name)
        if isinstance(mine, np.ndarray):
            changes[field.name] = np.where(np.isin(np.arange(mine.size), at), fresh, mine)
    return dataclasses.replace(old, **changes)
