"""From drawn numbers to models, skins, plans and scales, people last."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import numpy as np

from microneedling.formulation.effects import NAMES
from microneedling.laws import standard as laws
from microneedling.laws.effects import ActiveEffects
from microneedling.laws.solute import transport_of
from microneedling.protocol.plan import Plan, Timed, plan
from microneedling.protocol.protocol import DepositUse, Protocol, Session, TopicalUse
from microneedling.scales import standard as scales
from microneedling.scales.scale import Card
from microneedling.simulate.keep import TOLERANCE, reading_times
from microneedling.simulate.readouts import READOUTS, readouts
from microneedling.simulate.stirred import unstirred
from microneedling.skin.skin import Skin
from microneedling.study import aftercare
from microneedling.study.drawn_skin import drawn_skin
from microneedling.study.exfoliating import exfoliating
from microneedling.study.habits import standing
from microneedling.study.numbers import Cards
from microneedling.study.plain import PlainStudy, visit_of
from microneedling.treatments.deposit import Deposit, Removal, Reservoir
from microneedling.treatments.light import Exposure
from microneedling.treatments.needling import Needling, Sham
from microneedling.treatments.sampling import Sample
from microneedling.treatments.topical import Topical, Uncover, Wipe
from microneedling.treatments.treatment import Treatment

# events skin itself does not answer to at once
PASSING = ("wiped", "uncovered", "removed", "sampled", aftercare.BEGUN, aftercare.ENDED)
LEAD = 86400.0  # the course begins a day before anything happens, so that rest is on record [s]


@dataclasses.dataclass(frozen=True)
class Parts:
    """What a run needs: model, skin and scales of all people, plan and switches per arm, times, what stands still."""

    model: Any
    skin: Skin
    scales: tuple[Any, ...]
    plans: tuple[Plan, ...]
    times: np.ndarray
    actives: tuple[str, ...]
    cards: tuple[Card, ...]
    labels: tuple[tuple[tuple[float, str], ...], ...]
    still: tuple[str, ...] = ()
    switches: tuple[Mapping[str, float], ...] = ()
    tolerance: float = TOLERANCE


def parts_of(study: PlainStudy, cards: Cards, records: Mapping[str, Any], *, refined: int = 1) -> Parts:
    """Everything a run needs, for all people at once.

    Args:
        study: in SI
        cards: the cards it names
        records: drawn numbers by record name, each number (people,)
        refined: pieces each cell of the grid is cut into

    Returns: Parts, people last.
    Checked by: tests/unit/study/test_build.py
    """
    return parts_maker(study, cards, refined=refined)(records)


def parts_maker(study: PlainStudy, cards: Cards, *, refined: int = 1) -> Callable[[Mapping[str, Any]], Parts]:
    """`parts_of` for one study and any number of draws: compiled at the first call, again only for another shape.

    Checked by: tests/unit/study/test_build.py
    """
    whens = _whens(study, cards)
    many = jax.jit(jax.vmap(person_maker(study, cards, refined=refined), out_axes=-1))
    times = _times(whens, begin=_begin(whens), end=study.horizon)
    shown = tuple(scale.CARD for scale in (*scales.standard(actives=cards.labels()), *READOUTS))
    switches = tuple(dict(arm.switches) for arm in study.arms)

    def parts(records: Mapping[str, Any]) -> Parts:
        model, skin, read, plans = many(_as_arrays(records))
        still = _still(study, model, skin, plans)
        return Parts(model, skin, read, plans, times, cards.labels(), shown, tuple(whens), still, switches)

    return parts


def person_maker(study: PlainStudy, cards: Cards, *, refined: int = 1) -> Callable[..., tuple[Any, ...]]:
    """One person's numbers, by record name -> model, skin, scales and a plan for each arm; to be traced.

    Checked by: tests/unit/study/test_build.py
    """
    actives = tuple(cards.actives)
    places = tuple(f"active {n}" for n in range(len(actives)))  # names would compile one course per substance
    whens = _whens(study, cards)
    begin = _begin(whens)
    length = bucket(1 + len(standing(study.person)) + max(len(events) for events in whens), 8)

    def one(numbers: Mapping[str, Any]) -> tuple[Any, ...]:
        skin = drawn_skin(study, cards, numbers, refined=refined)
        moved = tuple(
            transport_of(
                numbers[cards.actives[name].known.name],
                skin=skin,
                ph=_acidity(study, cards, numbers, name),
                correlations=numbers["LayerCorrelations"],
            )
            for name in actives
        )
        model = laws.standard(numbers, actives=moved, names=places, effects=_effects(cards, numbers))
        read = (*scales.standard(numbers, actives=places), *readouts(model, numbers))
        shared: dict[str, Any] = {"begin": begin, "end": study.horizon, "actives": len(actives), "length": length}
        done = (_done(arm, study, cards, numbers, begin=begin) for arm in study.arms)
        return model, skin, read, tuple(plan(timed, skin, **shared) for timed in done)

    return one


def _whens(study: PlainStudy, cards: Cards) -> list[tuple[tuple[float, str], ...]]:
    """What happens in each arm, and when."""
    return [_labels(arm, study, cards) for arm in study.arms]


def _begin(whens: Sequence[Sequence[tuple[float, str]]]) -> float:
    """When the course begins [s]."""
    return min([0.0, *(time for events in whens for time, _ in events)]) - LEAD


def _times(whens: Sequence[Sequence[tuple[float, str]]], *, begin: float, end: float) -> np.ndarray:
    """When to read: densely after what skin answers to, just around what it does not."""
    major = [time for events in whens for time, word in events if word not in PASSING]
    minor = [time for events in whens for time, word in events if word in PASSING]
    return reading_times(major, minor=minor, begin=begin, end=end)


def _effects(cards: Cards, numbers: Mapping[str, Any]) -> ActiveEffects:
    """What the study's actives do to rates; only those a card states."""
    order = list(cards.actives)
    stated = [name for name in order if name in cards.effects]
    felt = tuple(
        (order.index(name), tuple(rate for rate in NAMES if getattr(cards.effects[name].known.record, rate) != 0))
        for name in stated
    )
    return ActiveEffects(effects=tuple(numbers[cards.effects[name].known.name] for name in stated), felt=felt)


def _still(study: PlainStudy, model: Any, skin: Skin, plans: tuple[Plan, ...]) -> tuple[str, ...]:
    """Components that cannot move in this study; of whole living skin, what no event stirs."""
    pierced = any(not session.sham for arm in study.arms for session in arm.sessions)
    if pierced or study.in_vitro is not None:
        return laws.still(
            excised=study.in_vitro is not None,
            pierced=pierced,
            felt={rate for _, rates in model.law("FollicleCycle").effects.felt for rate in rates},
            unplugged=any(np.any(np.asarray(one.events.plug_lost) > 0) for one in plans),
            hair=bool(np.any(np.asarray(skin.site.terminal_hair) > 0)),
        )
    return unstirred(model, skin, plans)


def bucket(count: int, of: int) -> int:
    """The next multiple of `of`: studies of like size then share one compiled course."""
    return -(-count // of) * of


def _as_arrays(records: Mapping[str, Any]) -> dict[str, Any]:
    """Only the numbers of each record, as arrays over people; records inside records are put in later."""
    people = max(np.size(leaf) for record in records.values() for leaf in jax.tree.leaves(record))
    return {
        name: jax.tree.map(lambda x: np.broadcast_to(np.asarray(x, dtype=float), (people,)), record)
        for name, record in records.items()
    }


def _acidity(study: PlainStudy, cards: Cards, numbers: Mapping[str, Any], active: str) -> Any:
    """pH of the film an active first comes in, which sets how much is uncharged there; tissue's when it never does."""
    every: list[TopicalUse | DepositUse] = [use for arm in study.arms for use in arm.topicals]
    every += [use for arm in study.arms for use in arm.deposits]
    uses = [use for use in every if active in dict(use.actives)]
    films = [use for use in uses if use.vehicle]
    if not films:
        return numbers["LayerCorrelations"].tissue_ph
    film = min(films, key=lambda use: use.time)
    given = film.ph if isinstance(film, TopicalUse) else None
    return numbers[cards.vehicles[film.vehicle].known.name].ph if given is None else given


def _labels(arm: Protocol, study: PlainStudy, cards: Cards) -> tuple[tuple[float, str], ...]:
    """Times and words of all events of an arm, in time order."""
    found = [(s.time, "sham" if s.sham else "needling") for s in arm.sessions if s.sham or not s.loaded]
    for load in arm.deposits:
        found.append((load.time, load.form))
        found += [(load.removed, "removed")] if load.removed is not None else []
    found += [(use.time, cards.exfoliants[use.method].texts["family"]) for use in arm.exfoliations]
    found += [(one.time, "light") for one in arm.lights]
    for use in arm.topicals:
        found.append((use.time, "topical"))
        found += [(use.wiped, "wiped")] if use.wiped is not None else []
        found += [(use.uncovered, "uncovered")] if use.occluded and use.uncovered is not None else []
    found += [(time, "sampled") for time in _samples(study)]
    found += aftercare.labels(arm, study)
    return tuple(sorted((pair for pair in found if pair[0] <= study.horizon), key=lambda pair: pair[0]))


def _samples(study: PlainStudy) -> list[float]:
    """When the receptor is sampled: from one interval after time 0 to the end of the study."""
    cell = study.in_vitro
    if cell is None or cell.sample_every is None:
        return []
    return [n * cell.sample_every for n in range(1, 1 + math.floor(study.horizon / cell.sample_every * (1 + 1e-12)))]


def _done(arm: Protocol, study: PlainStudy, cards: Cards, numbers: Mapping[str, Any], *, begin: float) -> list[Timed]:
    """All that is done to one person in one arm."""
    care = aftercare.timed(arm, study, numbers, begin=begin, actives=len(cards.actives))
    return [*_treatments(arm, study, cards, numbers), *care]


def _treatments(arm: Protocol, study: PlainStudy, cards: Cards, numbers: Mapping[str, Any]) -> list[Timed]:
    count = len(cards.actives)
    own = [s for s in arm.sessions if s.sham or not s.loaded]
    timed = [Timed(s.time, _needling(s, cards, numbers, count), "needling") for s in own]
    if study.in_vitro is not None:
        share = study.in_vitro.sample_share
        timed += [Timed(time, Sample(share=share, actives=count), "sampled") for time in _samples(study)]
    for load in arm.deposits:
        timed.append(Timed(load.time, _deposit(load, cards, numbers), load.form))
        if load.removed is not None:
            gel, worn = float(load.form == "hydrogel"), float(not load.sham)
            timed.append(Timed(load.removed, Removal(hydrogel=gel, worn=worn, actives=count), "removed"))
    for one in arm.exfoliations:
        card = cards.exfoliants[one.method]
        done = exfoliating(one, card.texts["family"], numbers[card.known.name], actives=count)
        timed.append(Timed(one.time, done, card.texts["family"]))
    timed += [Timed(one.time, Exposure(dose=one.dose, actives=count), "light") for one in arm.lights]
    for use in arm.topicals:
        timed.append(Timed(use.time, _topical(use, cards, numbers), "topical"))
        if use.wiped is not None:
            timed.append(Timed(use.wiped, Wipe(share=numbers["Wipe"].share, actives=count), "wiped"))
        if use.occluded and use.uncovered is not None:
            timed.append(Timed(use.uncovered, Uncover(actives=count), "uncovered"))
    return [one for one in timed if one.time <= study.horizon]  # what is still on at the end stays on


def _needling(session: Session, cards: Cards, numbers: Mapping[str, Any], actives: int) -> Treatment:
    if session.sham:
        return Sham(actives=actives)
    card = cards.devices[session.device]
    device = numbers[card.known.name]
    return Needling(
        device=device,
        insertion=numbers["Insertion"],
        depth=session.depth,
        dwell=session.dwell,
        passes=float(session.passes),
        frequency=session.frequency or device.frequency,
        area=session.area,
        family=card.texts["family"],
        actives=actives,
    )


def _deposit(load: DepositUse, cards: Cards, numbers: Mapping[str, Any]) -> Treatment:
    needling: Any = None
    if load.device and not load.sham:
        needling = _needling(visit_of(load), cards, numbers, len(cards.actives))
    doses = _molar(load.actives, cards, numbers)
    if load.form == "hydrogel":
        vehicle = numbers[cards.vehicles[load.vehicle].known.name]
        dissolved = tuple(dose / load.reservoir for dose in doses)
        film = Topical(vehicle=vehicle, film=load.reservoir, concentrations=dissolved, covered=1.0)
        return Reservoir(topical=film, array=numbers["SwollenArray"], needling=needling)
    return Deposit(
        needling=needling,
        doses=doses,
        dissolving=0.0 if load.half_dissolved is None else math.log(2.0) / load.half_dissolved,
        depth=load.depth,
        loaded=load.loaded,
        worn=0.0 if load.removed is None else 1.0,
        form=load.form,
    )


def _molar(doses: Sequence[tuple[str, float]], cards: Cards, numbers: Mapping[str, Any]) -> tuple[Any, ...]:
    """Masses by active as moles, in the order of the study's actives; nothing of those not named."""
    given = dict(doses)
    return tuple(given.get(name, 0.0) / numbers[card.known.name].molar_mass for name, card in cards.actives.items())


def _topical(use: TopicalUse, cards: Cards, numbers: Mapping[str, Any]) -> Topical:
    concentrations = _molar(use.actives, cards, numbers)
    vehicle = numbers[cards.vehicles[use.vehicle].known.name]
    return Topical(vehicle=vehicle, film=use.film, concentrations=concentrations, covered=1.0 if use.occluded else 0.0)
