"""Which numbers an answer rests on, from its slopes: elasticity, effect of the spread, share of the variance, grade."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.param import GRADES
from microneedling.core.spread import Z95
from microneedling.study.coordinates import Coordinate, carried, coordinates
from microneedling.study.inquiry import Inquiry, outcomes, whole_course
from microneedling.study.numbers import draw
from microneedling.study.read import Problem, StudyError
from microneedling.study.slopes import Slopes, Step, slopes

WEAK = ("inferred", "assumed")  # grades behind which nobody measured the number itself
SWUNG = 12  # numbers whose ends are simulated, those with the largest effects
POOL = 512  # joint draws of numbers fitted together
SAME = 1e-2  # of what is noticed: a change this small is the error of a course, not an answer [1]
LEAST = 16  # members below which an ensemble says nothing about how straight an answer is


@dataclasses.dataclass(frozen=True, kw_only=True)
class Influence:
    """What one number does to the outcome y.

        elasticity = (p/y) dy/dp,   effect = dy/dq · reach,   share = effect²/Σ effect²

    q and reach as in study/coordinates.py; the effect is what y moves by when the number goes half its 5 to 95 %
    range, along the tangent, with what is tied to it.
    """

    number: Coordinate
    slope: float  # dy/dp, all other numbers held
    elasticity: float  # nan where p or y is not positive
    effect: float
    share: float
    ends: tuple[float, float] | None = None  # y with this number alone at its 5 and 95 % points; nan: does not heal


@dataclasses.dataclass(frozen=True, kw_only=True)
class Drawn:
    """The same outcome over the ensemble, where every number is drawn at once."""

    low: float
    median: float
    high: float
    members: int
    failed: int
    foretold: float  # squared correlation of what the slopes foretell with what came out; nan for few members


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """One outcome and what it rests on, largest share first."""

    asked: Inquiry
    value: float
    influences: tuple[Influence, ...]
    silent: int  # numbers with a spread that cannot move this outcome
    exact: int  # numbers without a spread
    method: str
    drawn: Drawn | None

    @property
    def effect(self) -> float:
        """√(Σ effect²): half of an interval, were everything straight; what is drawn together taken together."""
        apart = sum(one.effect**2 for one in self.influences if not one.number.together)
        share = sum(one.share for one in self.influences if not one.number.together)
        return math.sqrt(apart / share if share > 0 else sum(one.effect**2 for one in self.influences))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Grade:
    """All numbers of one grade: how many, share of the variance, and the sum of their absolute elasticities."""

    grade: str
    numbers: int
    share: float
    elasticity: float


def sensitivity(asked: Inquiry, *, step: Step | None = None) -> Sensitivity:
    """The outcome, its slopes, and what follows from them.

    Args:
        asked: the inquiry
        step: called with runs done and runs in all

    Returns: Sensitivity.
    Errors: StudyError where the outcome is as it was at the start: there is nothing to divide among numbers; Failed.
    Checked by: tests/unit/study/test_elasticities.py
    """
    numbers = coordinates(asked.known)
    found = slopes(asked, numbers, step=step)
    if asked.against is None and asked.from_start and abs(found.value) < SAME * asked.noticeable:
        raise _unmoved(asked)
    influences = ranked(found, numbers, carried(asked.known), joint_draws(asked.known, numbers))
    every = sum(len(one.facts) for one in asked.known.values())
    swung, drawn = _beside(asked, influences)
    return Sensitivity(
        asked=asked,
        value=found.value,
        influences=swung,
        silent=len(numbers) - len(influences),
        exact=every - len(numbers),
        method=found.method,
        drawn=drawn,
    )


def joint_draws(known: Mapping[str, Any], numbers: Sequence[Coordinate]) -> dict[str, np.ndarray]:
    """Where joint draws of the numbers fitted together lie, in reaches from their values (draw,); none without any."""
    fitted = [one for one in numbers if one.together]
    if not fitted:
        return {}
    records = draw(known, members=POOL, seed=0)
    place = {one.name: one.name.rsplit(".", 1) for one in fitted}
    return {one.name: one.deviations(getattr(records[place[one.name][0]], place[one.name][1])[1:]) for one in fitted}


def _unmoved(asked: Inquiry) -> StudyError:
    """Where the outcome is as it was at the start, with the time at which it is not."""
    times, y = whole_course(asked, {name: _alone(one) for name, one in asked.known.items()})
    late = float(times[int(np.nanargmax(np.abs(y[:, 0])))])
    words = f"{units.write(asked.time, 's', 'd')}, where {asked.scale.name} is as it was at the start"
    better = f"its greatest change is at {_written(late)}; or --against nothing for the value itself"
    return StudyError(asked.file, [Problem("--at", words, f"a time at which it differs: {better}")])


def _written(time: float) -> str:
    """A time one can give back to --at."""
    unit = "min" if abs(time) < 7200 else "h" if abs(time) < 172800 else "d"
    return units.write(time, "s", unit, 3)


def _alone(known: Any) -> Any:
    """The central person."""
    return dataclasses.replace(known.record, **{f: np.array([float(getattr(known.record, f))]) for f in known.facts})


def ranked(
    found: Slopes,
    numbers: Sequence[Coordinate],
    tied: Mapping[str, Mapping[str, float]],
    away: Mapping[str, np.ndarray] | None = None,
) -> tuple[Influence, ...]:
    """Influences from slopes, largest share first; numbers without any are left out.

    Along its ties a number moves others too: dy/dq = Σ_j dy/dp_j dp_j/dq. Numbers fitted together are correlated: the
    square of their effects as a whole is the variance of Σ effect_k away_k over their joint draws, and is divided among
    them in proportion to their single squares.

    Args:
        found: slopes, other numbers held
        numbers: their coordinates
        tied: as `carried` gives it
        away: where joint draws lie of the numbers fitted together, in reaches from their values (draw,)
    """
    by = {one.name: one for one in numbers}
    effects = {}
    for name, one in by.items():
        moved = {name: 1.0, **tied.get(name, {})} if one.by_ratio else {name: 1.0}
        along = [found.slopes.get(other, 0.0) * by[other].pace * rate for other, rate in moved.items() if other in by]
        effects[name] = sum(along) * one.reach
    squares = _squares(effects, away or {})
    whole = sum(squares.values())
    made = [
        Influence(
            number=one,
            slope=found.slopes.get(name, 0.0),
            elasticity=elasticity(one.value, found.value, found.slopes.get(name, 0.0)),
            effect=effects[name],
            share=squares[name] / whole if whole > 0 else 0.0,
        )
        for name, one in by.items()
        if effects[name] != 0 or found.slopes.get(name, 0.0) != 0
    ]
    return tuple(sorted(made, key=lambda one: (-one.share, -abs(one.effect), one.number.name)))


def _squares(effects: Mapping[str, float], away: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Squares of effects; those of numbers drawn together scaled to what they do together."""
    single = {name: effect**2 for name, effect in effects.items()}
    among = sum(single[name] for name in away)
    if not among > 0:
        return single
    joint = Z95**2 * float(np.var(sum(effects[name] * np.asarray(x) for name, x in away.items())))
    return single | {name: single[name] * joint / among for name in away}


def elasticity(value: float, outcome: float, slope: float) -> float:
    """Per cent by which the outcome moves for one per cent of the number, (p/y) dy/dp [1]; nan unless p > 0, y ≠ 0."""
    return value / outcome * slope if value > 0 and outcome != 0 else math.nan


def by_grade(influences: Sequence[Influence]) -> tuple[Grade, ...]:
    """Influences summed by grade, strongest evidence first; grades nobody has are left out.

    Checked by: tests/unit/study/test_elasticities.py
    """
    made = []
    for grade in GRADES:
        mine = [one for one in influences if one.number.facts.grade == grade]
        if mine:
            sizes = [abs(one.elasticity) for one in mine if math.isfinite(one.elasticity)]
            share = sum(one.share for one in mine)
            made.append(Grade(grade=grade, numbers=len(mine), share=share, elasticity=sum(sizes)))
    return tuple(made)


def weak_share(influences: Sequence[Influence]) -> float:
    """Share of the variance that goes with numbers nobody measured: inferred or assumed [1]."""
    return sum(one.share for one in influences if one.number.facts.grade in WEAK)


def people_share(influences: Sequence[Influence]) -> float:
    """Share of the variance that is how people differ; the rest is what is not known [1]."""
    return sum(one.share for one in influences if one.number.facts.varies == "people")


def _beside(asked: Inquiry, influences: Sequence[Influence]) -> tuple[tuple[Influence, ...], Drawn | None]:
    """The first few with the outcome at both ends of their spread, one at a time; and the ensemble of the study."""
    picked = [one.number for one in influences[:SWUNG]]
    members = asked.plain.members if asked.plain.members > 1 else 0
    records = draw(asked.known, members=members, seed=asked.plain.seed)
    y = outcomes(asked, joined(ended(asked.known, picked), records))
    ends = {one.name: (float(y[2 * n]), float(y[1 + 2 * n])) for n, one in enumerate(picked)}
    made = tuple(dataclasses.replace(one, ends=ends.get(one.number.name)) for one in influences)
    people = y[2 * len(picked) + 1 :]
    fine = people[np.isfinite(people)]
    if not fine.size:
        return made, None
    low, median, high = (float(x) for x in np.quantile(fine, (0.05, 0.5, 0.95)))
    told = _foretold(records, influences, people)
    return made, Drawn(low=low, median=median, high=high, members=fine.size, failed=members - fine.size, foretold=told)


def ended(known: Mapping[str, Any], numbers: Sequence[Coordinate]) -> dict[str, Any]:
    """Records of 2 n people: each number in turn at its 5 and at its 95 % point, all others at their values."""
    made = {}
    for record, sourced in known.items():
        changes = {field: np.full(2 * len(numbers), float(getattr(sourced.record, field))) for field in sourced.facts}
        for n, one in enumerate(numbers):
            name, field = one.name.rsplit(".", 1)
            if name == record:
                changes[field][[2 * n, 2 * n + 1]] = one.low, one.high
        made[record] = dataclasses.replace(sourced.record, **changes)
    return made


def joined(first: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """The people of both, one after the other."""
    made = {}
    for name, record in first.items():
        fields = [f.name for f in dataclasses.fields(record) if isinstance(getattr(record, f.name), np.ndarray)]
        changes = {field: np.concatenate([getattr(record, field), getattr(then[name], field)]) for field in fields}
        made[name] = dataclasses.replace(record, **changes)
    return made


def _foretold(records: Mapping[str, Any], influences: Sequence[Influence], y: np.ndarray) -> float:
    """Squared rank correlation over the ensemble of Σ dy/dq (q − q₀) with y; slopes with other numbers held."""
    fine = np.isfinite(y)
    if fine.sum() < LEAST:
        return math.nan
    told = np.zeros(y.shape)
    for one in influences:
        record, field = one.number.name.rsplit(".", 1)
        away = one.number.deviations(np.asarray(getattr(records[record], field), dtype=float)[1:])
        told += one.slope * one.number.pace * one.number.reach * away
    ranks = np.array([np.argsort(np.argsort(x[fine])) for x in (told, y)], dtype=float)
    return float(np.corrcoef(ranks)[0, 1] ** 2)
