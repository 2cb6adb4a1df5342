"""A study as plain SI records: repeats written out, relative times made absolute, comparators built."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from microneedling.core.card import read_table
from microneedling.core.catalogue import path_of
from microneedling.protocol.protocol import Care, DepositUse, ExfoliationUse, Light, Protocol, Session, TopicalUse
from microneedling.skin.person import Person
from microneedling.study.quantity import Quantity
from microneedling.study.read import Problem, StudyError, made
from microneedling.study.tables import (
    ArmTable,
    CareTable,
    DepositTable,
    ExfoliationTable,
    InVitroTable,
    LightTable,
    PersonTable,
    Planned,
    ProtocolTable,
    SessionTable,
    TopicalTable,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class InVitro:
    """Excised skin in a diffusion cell. `receptor_volume` is None for a perfect sink."""

    thickness: float  # [m]
    receptor: str  # "sink" or "finite"
    receptor_volume: float | None  # [m3]
    area: float  # [m2]
    temperature: float  # [K]
    hydrated: bool
    layer: str  # "full", "dermatomed" or "epidermis"
    sample_share: float = 0.0  # of the receptor, replaced by fresh fluid at each sample
    sample_every: float | None = None  # [s], from time 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class PlainStudy:
    """All a run needs, in SI; `arms[0]` is the protocol itself. `outcomes` empty means all scales."""

    title: str
    question: str
    setup: str
    horizon: float
    seed: int
    members: int
    detail: str  # "depth", or "cell": beside it, the resolved cell around one channel
    outcomes: tuple[str, ...]
    person: Person
    site: str
    area: float
    in_vitro: InVitro | None
    arms: tuple[Protocol, ...]


def person_table(table: PersonTable) -> PersonTable:
    """The table with the gaps filled from its card; keys of the study file win, baseline name by name.

    Errors: CardError when there is no such card; StudyError when the card has wrong keys or values.
    """
    if table.card is None:
        return table
    path = path_of("people", table.card)
    content = {key: value for key, value in read_table(path).items() if key not in ("title", "notes")}
    card = made(PersonTable, content, file=path.name)
    if card.card is not None:
        found = f'"{card.card}"'
        raise StudyError(path.name, [Problem("card", found, "no card in a card, only the person's own keys")])
    kept = {name: value for name, value in table if value is not None and name != "baseline"}
    baseline = card.baseline.model_copy(update={name: value for name, value in table.baseline if value is not None})
    return card.model_copy(update={**kept, "baseline": baseline})


def person_of(table: PersonTable) -> Person:
    """The person behind a complete table (see `person_table`)."""
    if table.age is None or table.sex is None or table.phototype is None:
        raise ValueError("age, sex and phototype of a person are needed")
    return Person(
        age=table.age.value,
        sex=table.sex,
        phototype=table.phototype,
        pregnant=bool(table.pregnant),
        conditions=tuple(table.conditions or ()),
        medicines=tuple(table.medicines or ()),
        habits=tuple(table.habits or ()),
        allergies=tuple(table.allergies or ()),
        ultraviolet=None if table.ultraviolet is None else table.ultraviolet.value,
        baseline={name: one.value for name, one in table.baseline if one is not None},
    )


def in_vitro_of(table: InVitroTable | None) -> InVitro | None:
    """The diffusion cell, if there is one."""
    if table is None:
        return None
    volume = table.receptor_volume
    return InVitro(
        thickness=table.thickness.value,
        receptor=table.receptor,
        receptor_volume=None if volume is None else volume.value,
        area=table.area.value,
        temperature=table.temperature.value,
        hydrated=table.hydrated,
        layer=table.layer,
        sample_share=0.0 if table.sample_volume is None or volume is None else table.sample_volume.value / volume.value,
        sample_every=None if table.sample_every is None else table.sample_every.value,
    )


def arms_of(protocol: ProtocolTable, arms: Sequence[ArmTable], area: float) -> tuple[Protocol, ...]:
    """The protocol, then its comparators in the order of the file.

    A sham has the same visits without needles and the same topicals, exfoliation and care. "needling only" and "topical
    only" leave out what they do not name, exfoliation too; the second keeps every topical at its time. "untreated"
    leaves out everything but the light a person goes through. Deposits come with their needles: "needling only" has
    blank arrays, a sham keeps only a reservoir, as a patch.

    Args:
        protocol: what is planned
        arms: the comparators
        area: area of a session that gives none [m2]
    """
    main = protocol_of(protocol, area)
    return (main, *(_comparator(main, arm, area) for arm in arms))


def protocol_of(table: Planned, area: float) -> Protocol:
    """The plain protocol of one table, in time order; `area` [m2] is for sessions that give none."""
    loads = sorted((one for row in table.deposit for one in deposits(row, area)), key=lambda one: one.time)
    own = [one for row in table.session for one in _sessions(row, area)]
    sessions = sorted([*own, *(visit_of(one) for one in loads if one.device)], key=lambda one: one.time)
    visits = [one.time for one in sessions]
    topicals = sorted((one for row in table.topical for one in _topicals(row, visits)), key=lambda one: one.time)
    care = sorted((one for row in table.care for one in _cares(row)), key=lambda one: one.start)
    rubbed = sorted((one for row in table.exfoliation for one in exfoliations(row, area)), key=lambda one: one.time)
    parts: dict[str, Any] = {"sessions": tuple(sessions), "topicals": tuple(topicals), "deposits": tuple(loads)}
    lit = sorted((one for row in table.light for one in lights(row)), key=lambda one: one.time)
    rest: dict[str, Any] = {"care": tuple(care), "exfoliations": tuple(rubbed), "lights": tuple(lit)}
    return Protocol(name=table.name, **parts, **rest)


def repeats(first: float, count: int, interval: Quantity | None) -> list[float]:
    """The times of a row of equal entries [s]."""
    return [first + i * (interval.value if interval is not None else 0.0) for i in range(count)]


def _comparator(main: Protocol, arm: ArmTable, area: float) -> Protocol:
    if arm.kind == "own":
        return protocol_of(arm, area)
    if arm.kind == "same":
        return dataclasses.replace(main, name=arm.name)
    if arm.kind == "untreated":
        return Protocol(name=arm.name, lights=main.lights)
    sessions = () if arm.kind == "topical only" else main.sessions
    if arm.kind == "sham":
        sessions = tuple(dataclasses.replace(one, sham=True) for one in sessions)
    topicals = () if arm.kind == "needling only" else main.topicals
    parts: dict[str, Any] = {"sessions": sessions, "topicals": topicals, "deposits": _compared(main.deposits, arm.kind)}
    rubbed = main.exfoliations if arm.kind == "sham" else ()
    return Protocol(name=arm.name, **parts, exfoliations=rubbed, lights=main.lights, care=main.care)


def _compared(loads: Sequence[DepositUse], kind: str) -> tuple[DepositUse, ...]:
    """Deposits of a comparator: "needling only" has blank arrays, a sham keeps reservoirs as patches."""
    if kind == "topical only":
        return ()
    if kind == "needling only":
        return tuple(dataclasses.replace(one, actives=()) for one in loads if one.device)
    return tuple(dataclasses.replace(one, sham=True) for one in loads if one.form == "hydrogel")


def _sessions(row: SessionTable, area: float) -> list[Session]:
    one = Session(
        time=row.time.value,
        device=row.device,
        depth=row.depth.value,
        area=row.area.value if row.area is not None else area,
        dwell=row.dwell.value if row.dwell is not None else 0.0,
        passes=row.passes,
        frequency=row.frequency.value if row.frequency is not None else 0.0,
        anaesthesia=row.anaesthesia,
        sterile=row.sterile,
    )
    return [dataclasses.replace(one, time=time) for time in repeats(one.time, row.count, row.interval)]


def deposits(row: DepositTable, area: float) -> list[DepositUse]:
    """Every deposit of a row; doses per skin area, `area` [m2] being the whole area studied."""
    doses = [(one.active, one.dose.value / area) for one in row.actives]
    if row.active is not None and row.dose is not None:
        doses = [(row.active, row.dose.value / area), *doses]
    one = DepositUse(
        time=row.time.value,
        form=row.form,
        device=row.device or "",
        depth=row.depth.value,
        area=area,
        actives=tuple(doses),
        loaded=(row.loaded or row.depth).value,
        half_dissolved=None if row.half_dissolved is None else row.half_dissolved.value,
        vehicle=row.vehicle or "",
        reservoir=0.0 if row.reservoir is None else row.reservoir.value,
        sterile=row.sterile,
    )
    worn = None if row.wear is None else row.wear.value
    times = repeats(one.time, row.count, row.interval)
    ends = [None if worn is None else time + worn for time in times]
    return [dataclasses.replace(one, time=time, removed=end) for time, end in zip(times, ends)]


def exfoliations(row: ExfoliationTable, area: float) -> list[ExfoliationUse]:
    """Every exfoliation of a row; `area` [m2] is for those that give none."""
    one = ExfoliationUse(
        time=row.time.value,
        method=row.method,
        amount=float(row.strips or row.rubs or row.strokes or row.passes or 0),
        area=row.area.value if row.area is not None else area,
        contact=0.0 if row.contact is None else row.contact.value,
        suction=0.0 if row.suction is None else row.suction.value,
        flow=1.0 if row.flow is None else row.flow.value,
    )
    return [dataclasses.replace(one, time=time) for time in repeats(one.time, row.count, row.interval)]


def lights(row: LightTable) -> list[Light]:
    """Every exposure of a row."""
    return [Light(time=time, dose=row.dose.value) for time in repeats(row.time.value, row.count, row.interval)]


def visit_of(use: DepositUse) -> Session:
    """The visit at which a deposit's array is pressed on: one press."""
    pressed = Session(time=use.time, device=use.device, depth=use.depth, area=use.area, passes=1, loaded=True)
    return dataclasses.replace(pressed, sterile=use.sterile)


def _topicals(row: TopicalTable, visits: Sequence[float]) -> list[TopicalUse]:
    if row.after_session is not None:
        times = [visit + row.after_session.value for visit in visits]
    else:
        times = repeats(row.time.value if row.time is not None else 0.0, row.count, row.interval)
    actives = tuple((dose.active, dose.concentration.value) for dose in row.actives)
    if row.active is not None and row.concentration is not None:
        actives = ((row.active, row.concentration.value), *actives)
    leave, occlude = row.leave, row.occlude
    return [
        TopicalUse(
            time=time,
            vehicle=row.vehicle,
            actives=actives,
            film=row.film.value,
            wiped=None if leave is None else time + leave.value,
            occluded=occlude is not None,
            uncovered=None if occlude is None else time + occlude.value,
            sterile=row.sterile,
            ph=None if row.ph is None else row.ph.value,
        )
        for time in times
    ]


def _cares(row: CareTable) -> list[Care]:
    starts = repeats(row.start.value, row.count, row.interval)
    ends = repeats(row.end.value, row.count, row.interval)
    return [Care(what=row.what, start=start, end=end, spf=row.spf) for start, end in zip(starts, ends)]
