"""One study against its published measurements, row by row.

What each `kind` of observation is held against, for every member of the ensemble:

    absolute        the scale at the time; with an event word ("peak", "half", "recovery") the time it means
    change          the scale at the time − reference
    percent_change  scale / reference − 1
    ratio           scale / reference; with an event word the time in arm a / the time in arm b
    direction       sign of the median change, 0 within the scale's smallest noticeable change

The reference is the same member's own baseline (the value just before time 0). Where column `arm` is written
"a / b" it is the same member's value in arm b at the same time instead.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from microneedling.core import units
from microneedling.core.card import nearest
from microneedling.evaluation import score
from microneedling.evaluation.observed import Observed, read_observed
from microneedling.evaluation.prediction import CannotRead, Prediction, at, baseline, event_time

Run = Callable[[Path], Sequence[Prediction]]

VERDICTS = ("inside", "above", "below", "right", "wrong", "cannot be computed")
NOT_COMPUTED = VERDICTS[-1]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Compared:
    """One observation beside its prediction, in SI (`unit`); nan where there is no such number.

    `low`, `median` and `high` are the 5, 50 and 95 % points of the prediction. `verdict`: "inside", "above" or
    "below" the interval for numbers, "right" or "wrong" for directions and bounds. `miss` is the distance to the
    interval (numbers), to the bound (bounds) or the predicted median change (wrong directions); 0 when met.
    """

    case: str
    row: Observed
    unit: str
    low: float = math.nan
    median: float = math.nan
    high: float = math.nan
    ratio: float = math.nan
    miss: float = math.nan
    interval_score: float = math.nan
    verdict: str = NOT_COMPUTED
    reason: str = ""

    @property
    def measure(self) -> str:
        """What kind of number it is, for grouping: "percent_change", "time of peak", "bound" …"""
        if self.row.bound:
            return "bound"
        return f"time of {self.row.event}" if self.row.event and self.row.kind == "absolute" else self.row.kind

    @property
    def met(self) -> bool:
        """Did the prediction agree?"""
        return self.verdict in ("inside", "right")


def compare(study_path: Path, observed_path: Path, run: Run) -> tuple[Compared, ...]:
    """Run a study and hold it against its observed.csv.

    Args:
        study_path: the study file; its folder's name is the case's name
        observed_path: the measurements, see `observed.COLUMNS`
        run: what simulates a study file; called once

    Returns: one record for each observation, in the order of the file.
    Errors: ObservedError for a bad observed.csv, and whatever `run` raises; a row that the run cannot answer gets
        the verdict "cannot be computed" and a reason instead.
    Checked by: tests/unit/evaluation/test_compare.py
    """
    rows = read_observed(Path(observed_path))
    found = {(one.arm, one.scale): one for one in run(Path(study_path))}
    case = Path(study_path).parent.name
    return tuple(_compared(case, row, found) for row in rows)


def _compared(case: str, row: Observed, found: Mapping[tuple[str, str], Prediction]) -> Compared:
    try:
        own, other = _prediction(found, row.arm, row), _prediction(found, row.against, row) if row.against else None
        members, dropped = _answering(quantity(row, own, other))
        unit = row.unit or own.unit
        _same_unit(row, own)
    except CannotRead as error:
        return Compared(case=case, row=row, unit=row.unit, reason=str(error))
    plain = Compared(case=case, row=row, unit=unit, reason=_remark(members, dropped))
    if row.kind == "direction":
        return _direction(plain, members, own.noticeable)
    return _bound(plain, members) if row.bound else _number(plain, members)


def _prediction(found: Mapping[tuple[str, str], Prediction], arm: str, row: Observed) -> Prediction:
    """The series asked for, or a sentence naming the nearest there is."""
    if (arm, row.scale) in found:
        return found[arm, row.scale]
    arms, scales = {name for name, _ in found}, {scale for _, scale in found}
    if arm not in arms:
        raise CannotRead(f'no arm "{arm}" in the run; {nearest(arm, arms)}')
    raise CannotRead(f'no scale "{row.scale}" in the run; {nearest(row.scale, scales)}')


def quantity(row: Observed, own: Prediction, other: Prediction | None) -> np.ndarray:
    """What the observation is held against, member by member (see the head of this file).

    Args:
        row: the observation
        own: the series of its arm
        other: that of the arm it is held against

    Returns: (member,) in the unit of the row; nan where a member has no answer, inf where it is not within the run.
    Errors: CannotRead when there is no such number.
    Checked by: tests/unit/evaluation/test_compare.py, tests/unit/fitting/test_cases.py
    """
    if row.event:
        time = event_time(own, row.event)
        return _quotient(time, event_time(other, row.event)) if other else time
    value = at(own, row.time)
    if row.kind == "absolute":
        return value
    reference = at(other, row.time) if other else baseline(own)
    if value.shape != reference.shape:
        raise CannotRead(f"{row.arm} and {row.against} differ in their number of members")
    if row.kind == "ratio":
        return _quotient(value, reference)
    return _quotient(value, reference) - 1 if row.kind == "percent_change" else value - reference


def _quotient(value: np.ndarray, reference: np.ndarray) -> np.ndarray:
    if (reference == 0).any():
        raise CannotRead("the value to divide by is 0 in some members")
    with np.errstate(invalid="ignore"):
        return np.asarray(value / reference)


def _answering(members: np.ndarray) -> tuple[np.ndarray, int]:
    """The members that have an answer, and how many have none (no response, so no time of it)."""
    answering = members[~np.isnan(members)]
    if not answering.size:
        raise CannotRead("no member of the ensemble responds, so there is no such time")
    return answering, len(members) - len(answering)


def _same_unit(row: Observed, own: Prediction) -> None:
    """The observation must be a number of the scale's dimension."""
    if row.kind not in ("absolute", "change") or row.event:
        return
    try:
        units.factor(row.unit, own.unit)
    except units.UnitError as error:
        raise CannotRead(f'observed in "{row.written_unit}", but {row.scale} is in "{own.unit}"') from error


def _remark(members: np.ndarray, dropped: int) -> str:
    late = int(np.isinf(members).sum())
    parts = [f"{dropped} members without a response left out"] if dropped else []
    parts += [f"{late} of {len(members)} members not there within the run"] if late else []
    return "; ".join(parts)


def _number(plain: Compared, members: np.ndarray) -> Compared:
    low, median, high = score.interval(members)
    distance = score.miss(low, high, plain.row.value)
    return dataclasses.replace(
        plain,
        low=low,
        median=median,
        high=high,
        ratio=score.ratio(plain.row.value, median),
        miss=distance,
        interval_score=score.interval_score(low, high, plain.row.value),
        verdict="inside" if distance == 0 else "above" if distance > 0 else "below",
    )


def _bound(plain: Compared, members: np.ndarray) -> Compared:
    """A value known from one side only: right when the median keeps to that side."""
    low, median, high = score.interval(members)
    past = median - plain.row.value
    past = max(0.0, past) if plain.row.bound == "<=" else min(0.0, past)
    verdict = "right" if past == 0 else "wrong"
    return dataclasses.replace(plain, low=low, median=median, high=high, miss=past, verdict=verdict)


def _direction(plain: Compared, members: np.ndarray, noticeable: float) -> Compared:
    low, median, high = score.interval(members)
    right = score.direction(median, noticeable) == plain.row.value
    verdict, distance = ("right", 0.0) if right else ("wrong", median)
    return dataclasses.replace(plain, low=low, median=median, high=high, miss=distance, verdict=verdict)
