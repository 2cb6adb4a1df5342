"""How long needling helps a topical: the amount delivered against the delay between needling and putting it on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from microneedling.numerics.status import FINE
from microneedling.protocol.protocol import Protocol, TopicalUse
from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.scales.channels import OpenArea
from microneedling.simulate.keep import AFTER
from microneedling.simulate.result import HIGH, LOW
from microneedling.study import compiled
from microneedling.study.asked import Asked, settled
from microneedling.study.build import Parts, parts_of
from microneedling.study.courses import Progress, simulated
from microneedling.study.numbers import Cards, cards_of, draw, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.run import Refused
from microneedling.study.schema import Study
from microneedling.study.screening import findings

PLACES = {
    "delivered": (
        "epidermis",
        "dermis",
        "blood",
        "lymph",
        "metabolised",
        "receptor",
    ),  # all that got past the stratum corneum
    **{one: (one,) for one in ("sc", "epidermis", "dermis", "blood", "lymph", "receptor")},
}


NOTHING = 1e-9  # share of the dose below which needling is said to add nothing: the balance holds to that [1]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Window:
    """Amounts delivered in the same contact time after each delay; member 0 is the central person where others follow.

    `amounts` and `open_area` are (delay, member), `untouched` (member,): the same topical on skin without needling.
    """

    study: PlainStudy
    active: str
    place: str
    contact: float  # [s]
    delays: np.ndarray  # (delay,) [s]
    amounts: np.ndarray  # [mol m-2]
    untouched: np.ndarray  # [mol m-2]
    open_area: np.ndarray  # [1]
    dose: float  # [mol m-2]
    molar_mass: float  # [kg mol-1]
    findings: tuple[Finding, ...]
    override: str
    left_out: int  # people that could not be simulated in every arm


def window(study: Study, asked: Asked, *, override: str = "", progress: Progress | None = None) -> Window:
    """Run the study's protocol once for every delay, with its topicals moved, and once without needling.

    All delays share one compiled program, and member i is the same person in every one. The amount is read the same
    time after application each time, so that a late start is not a short contact.

    Args:
        study: must hold a session and a topical with an active
        asked: what to read, and which delays
        override: a reason to run in spite of an absolute finding
        progress: called as progress(done, total, what) after each stage

    Returns: Window.
    Errors: StudyError, CardError for bad input; Refused; Failed.
    Checked by: tests/unit/study/test_window.py
    """
    compiled.ready()
    tell = progress or (lambda done, total, what: None)
    plain = study.plain()
    what = settled(plain, asked, PLACES)
    main = plain.arms[0]
    arms = tuple(moved(main, what.active, d, end=plain.horizon) for d in what.delays)
    arms = (*arms, bare(arms[0]))
    plan, cards = dataclasses.replace(plain, arms=arms), cards_of(plain)
    found = findings(plan, cards)
    if refused(found) and not override:
        raise Refused(found)
    tell(0, len(arms) + 2, "drawing people")
    start = main.sessions[0].time
    parts = _parts(plan, cards, [start + d for d in what.delays], what.contact)
    courses = simulated(parts, [arm.name for arm in arms], tell)
    fine = np.all([np.asarray(course.status) == FINE for course in courses], axis=0)
    readings = [np.where(fine, np.asarray(course.readings), np.nan) for course in courses]  # (time, scale, member)
    names = [f"{one}.{cards.label(what.active)}" for one in PLACES[what.place]]
    last = [start + d + what.contact for d in (*what.delays, 0.0)]
    got = [sum(_at(parts, one, name, time) for name in names) for one, time in zip(readings, last)]
    opened = [_at(parts, one, OpenArea.CARD.name, _before(start, d)) for one, d in zip(readings, what.delays)]
    mass = float(cards.actives[what.active].known.record.molar_mass)
    return Window(
        study=plain,
        active=cards.label(what.active),
        place=what.place,
        contact=what.contact,
        delays=np.array(what.delays),
        amounts=np.array(got[:-1]),
        untouched=np.array(got[-1]),
        open_area=np.array(opened),
        dose=_dose(arms[0], what.active, start + what.contact) / mass,
        molar_mass=mass,
        findings=found,
        override=override,
        left_out=int(np.sum(~fine)),
    )


def moved(arm: Protocol, active: str, delay: float, *, end: float) -> Protocol:
    """The arm with all topicals that hold the active moved together, the first to `delay` [s] after the first needling.

    What would then happen after `end` [s] is left out: nothing is read there.

    Checked by: tests/unit/study/test_window.py
    """
    mine = [use for use in arm.topicals if active in dict(use.actives)]
    shift = arm.sessions[0].time + delay - min(use.time for use in mine)
    uses = [_shifted(use, shift if use in mine else 0.0, end) for use in arm.topicals]
    kept = sorted((use for use in uses if use.time < end), key=lambda use: use.time)
    return dataclasses.replace(arm, name=f"{delay / 60:g} min after", topicals=tuple(kept))


def bare(arm: Protocol) -> Protocol:
    """The same topicals on skin that was not needled, and no dose that needles carry."""
    return dataclasses.replace(arm, name="untouched skin", sessions=(), deposits=())


def people(values: np.ndarray) -> np.ndarray:
    """The last axis without the central person, where there is an ensemble."""
    return values[..., 1:] if values.shape[-1] > 1 else values


def interval(values: np.ndarray) -> np.ndarray:
    """5 %, median and 95 % over people (3, ...); nan are left out, inf is kept as an end without interpolation."""
    kept = people(values)
    rows = kept.reshape(-1, kept.shape[-1])
    found = [_ends(row[~np.isnan(row)]) for row in rows]
    return np.moveaxis(np.array(found).reshape(*kept.shape[:-1], 3), -1, 0)


def _ends(row: np.ndarray) -> np.ndarray:
    if not row.size:
        return np.full(3, np.nan)
    ends = (LOW, 0.5, HIGH)
    whole = bool(np.all(np.isfinite(row)))  # between a number and infinity there is nothing
    return np.asarray(np.quantile(row, ends) if whole else np.quantile(row, ends, method="inverted_cdf"))


def gains(found: Window) -> np.ndarray:
    """Share of needling's gain that is left when the topical comes late (delay, member) [1].

        (m(d) - m₀)/(m(0) - m₀),   m₀: on untouched skin

    nan for people in whom needling adds nothing.
    """
    gain = found.amounts - found.untouched
    adds = gain[0] > NOTHING * found.dose
    return np.where(adds, gain / np.where(adds, gain[0], 1.0), np.nan)


def half_gone(found: Window, share: float = 0.5) -> np.ndarray:
    """Delay at which the share of needling's gain left falls to `share`, linear between delays (member,) [s].

    inf where it does not within the delays; nan where needling adds nothing.

    Checked by: tests/unit/study/test_window.py
    """
    return np.array([_crossing(found.delays, one, share) for one in gains(found).T])


def _crossing(delays: np.ndarray, left: np.ndarray, share: float) -> float:
    if not np.all(np.isfinite(left)):
        return float("nan")
    below = np.flatnonzero(left <= share)
    if not below.size:
        return float("inf")
    n = int(below[0])
    part = (left[n - 1] - share) / (left[n - 1] - left[n])
    return float(delays[n - 1] + part * (delays[n] - delays[n - 1]))


def _parts(plan: PlainStudy, cards: Cards, applied: Sequence[float], contact: float) -> Parts:
    """Everything a run needs, read only where the window looks."""
    known = known_numbers(cards)
    members = plan.members if plan.members > 1 else 0
    parts = parts_of(plan, cards, draw(known, members=members, seed=plan.seed))
    first = applied[0]
    wanted = [parts.times[0], *(_before(first, t - first) for t in applied), *(t + contact for t in applied)]
    return dataclasses.replace(parts, times=np.unique(np.array([*wanted, plan.horizon])))


def _before(start: float, delay: float) -> float:
    """Just before a topical is put on, but just after the needling [s]."""
    return start + max(delay - AFTER, AFTER)


def _at(parts: Parts, readings: np.ndarray, name: str, time: float) -> Any:
    scale = [card.name for card in parts.cards].index(name)
    return readings[int(np.argmin(np.abs(parts.times - time))), scale]


def _dose(arm: Protocol, active: str, end: float) -> float:
    """Mass per area put on until `end` [kg m-2]."""
    uses = [use for use in arm.topicals if use.time < end]
    return sum(dict(use.actives).get(active, 0.0) * use.film for use in uses)


def _shifted(use: TopicalUse, by: float, end: float) -> TopicalUse:
    ends = {key: getattr(use, key) for key in ("wiped", "uncovered")}
    later: dict[str, Any] = {
        key: time + by if time is not None and time + by <= end else None for key, time in ends.items()
    }
    return dataclasses.replace(use, time=use.time + by, **later)
