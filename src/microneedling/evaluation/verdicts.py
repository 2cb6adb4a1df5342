"""From numbers to verdicts on claims, by one rule that is printed with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from microneedling.core import units
from microneedling.evaluation import score
from microneedling.evaluation.claims import CHANGES, DIRECTIONS, Check, Claim, Reading, Screen
from microneedling.evaluation.prediction import CannotRead

VERDICTS = ("supported", "partly", "not supported", "contradicted", "cannot be computed")
SUPPORTED, PARTLY, NOT_SUPPORTED, CONTRADICTED, NOT_COMPUTED = VERDICTS
NEARLY_ALL, MOST, FEW = 0.9, 0.5, 0.1  # shares of simulated people
ASSUMED = "assumed"
NO_PATH = "the same in everybody to the last digit: nothing in the model leads from one to the other"

RULE = """\
A test reads, for every simulated person, one number of one arm: a scale at a time, its greatest or least value, or how
long it stays noticeably off its start. It is taken as it is, minus or over the same person's number in another arm (or
before the first treatment), or as the share of its change that another arm does not have (people in whom it does not
change are left out). 5, 50 and 95 % points are
printed; "noticeable" is the smallest change of the scale a person would notice.
  increase, decrease: supported when the median lies at least one noticeable change on the claimed side and the whole
    interval is on that side of zero; contradicted when the same holds for the other side; otherwise not supported.
  none: supported when the whole interval is within one noticeable change of zero; contradicted when the median is at
    least one noticeable change from zero and the interval does not hold zero; otherwise not supported.
  at least, at most, between: supported when at least nine in ten simulated people meet the bound, partly when at least
    half do, contradicted when at most one in ten does; otherwise not supported.
  refused, not refused, spoken to (screening; spoken to: refused, or a caution that the study's own person does not
    get): supported when it is so for everybody listed, contradicted when for nobody, else partly.
  cannot be computed: no law or scale stands for what is said, or the run holds no such number; or an increase or
    decrease is expected and the two are the same in everybody to the last digit: nothing in the model leads from one
    to the other, so that saying "no effect" would only repeat what was left out.
A claim is supported when all its tests are; partly when some are, or partly; contradicted when none is and at least one
is contradicted; cannot be computed when no test can be; otherwise not supported. A part of a claim that has no law or
scale counts as a test that cannot be computed. What a claim takes for granted (a
premise) has no vote, but where it is not met the claim is not supported.
"Rests on an assumed size" is added when a test that votes leans on a number of grade "assumed": the verdict then
repeats that assumption, and no measurement stands behind its size."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Values:
    """What one reading found: one number a member [unit], and the smallest noticeable change; or why nothing."""

    values: tuple[float, ...] = ()
    unit: str = ""
    noticeable: float = float("nan")
    reason: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Checked:
    """A test with its numbers [unit]: 5, 50 and 95 % points, noticeable change, and the share that meets a bound."""

    test: Check
    verdict: str
    unit: str = ""
    low: float = float("nan")
    median: float = float("nan")
    high: float = float("nan")
    noticeable: float = float("nan")
    met: float = float("nan")
    reason: str = ""
    grounds: tuple[tuple[str, str], ...] = ()  # number and its grade


@dataclasses.dataclass(frozen=True, kw_only=True)
class Screened:
    """How many of the people of a screen were as it counts: refused, or spoken to."""

    screen: Screen
    verdict: str
    counted: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim with its verdict; `RULE` says how it follows from the numbers."""

    claim: Claim
    verdict: str
    checked: tuple[Checked, ...] = ()
    screened: tuple[Screened, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether a test that votes rests on a number of grade "assumed"."""
        return any(
            grade == ASSUMED
            for one in self.checked
            if not one.test.premise and not one.reason
            for _, grade in one.grounds
        )


def judged(
    claim: Claim,
    found: Mapping[Reading, Values],
    *,
    grades: Mapping[str, str],
    screened: Mapping[int, int] | None = None,
) -> Judged:
    """The verdict on a claim, by RULE.

    Args:
        claim: what is said
        found: the numbers its tests read
        grades: grade by name of number, for those the tests rest on
        screened: how many people of each of its screens were refused (or spoken to, where that is asked), by place

    Returns: the claim with verdict and numbers.
    Checked by: tests/unit/evaluation/test_verdicts.py
    """
    checked = tuple(_checked(test, found, grades) for test in claim.tests)
    people = tuple(_screened(one, (screened or {})[n]) for n, one in enumerate(claim.screens))
    votes = [one.verdict for one in checked if not one.test.premise] + [one.verdict for one in people]
    votes += [NOT_COMPUTED] * len(claim.untested)
    premises = [one.verdict for one in checked if one.test.premise]
    return Judged(claim=claim, verdict=verdict_of(votes, premises), checked=checked, screened=people)


def verdict_of(votes: Sequence[str], premises: Sequence[str] = ()) -> str:
    """The verdict on a claim from those on its tests and on what it takes for granted; see RULE.

    Checked by: tests/unit/evaluation/test_verdicts.py
    """
    if all(one == NOT_COMPUTED for one in votes):
        return NOT_COMPUTED
    if all(one == SUPPORTED for one in votes):
        found = SUPPORTED
    elif SUPPORTED in votes or PARTLY in votes:
        found = PARTLY
    else:
        found = CONTRADICTED if CONTRADICTED in votes else NOT_SUPPORTED
    unmet = any(one != SUPPORTED for one in premises)
    return NOT_SUPPORTED if unmet and found in (SUPPORTED, PARTLY) else found


def direction_verdict(expectation: str, points: tuple[float, float, float], noticeable: float) -> str:
    """The verdict of one test from the 5, 50 and 95 % points of its difference; see RULE."""
    if expectation == "none":
        low, median, high = points
        if -noticeable <= low and high <= noticeable:
            return SUPPORTED
        return CONTRADICTED if abs(median) >= noticeable and (low > 0 or high < 0) else NOT_SUPPORTED
    low, median, high = points if expectation == "increase" else tuple(-one for one in reversed(points))
    if median >= noticeable and low > 0:
        return SUPPORTED
    return CONTRADICTED if median <= -noticeable and high < 0 else NOT_SUPPORTED


def bound_verdict(met: float) -> str:
    """The verdict of one test from the share of people who meet its bound; see RULE."""
    if met >= NEARLY_ALL:
        return SUPPORTED
    if met >= MOST:
        return PARTLY
    return CONTRADICTED if met <= FEW else NOT_SUPPORTED


def _checked(test: Check, found: Mapping[Reading, Values], grades: Mapping[str, str]) -> Checked:
    """One test by RULE."""
    grounds = tuple((name, grades.get(name, "")) for name in test.rests_on)
    try:
        values, unit, noticeable = _measured(test, found)
        low, median, high = score.interval(values)
        met = float("nan")
        if test.expectation in CHANGES and not np.any(values):
            raise CannotRead(NO_PATH)
        if test.expectation in DIRECTIONS:
            verdict = direction_verdict(test.expectation, (low, median, high), noticeable)
        else:
            met = float(np.mean(_inside(test, values, unit)))
            verdict = bound_verdict(met)
    except CannotRead as error:
        return Checked(test=test, verdict=NOT_COMPUTED, reason=str(error), grounds=grounds)
    numbers = {"low": low, "median": median, "high": high, "noticeable": noticeable, "met": met}
    return Checked(test=test, verdict=verdict, unit=unit, grounds=grounds, **numbers)


def _measured(test: Check, found: Mapping[Reading, Values]) -> tuple[np.ndarray, str, float]:
    """The measure of a test (member,), its unit, and the noticeable change of its scale."""
    own = _numbers(found[test.own])
    unit, noticeable = found[test.own].unit, found[test.own].noticeable
    if test.other is None:
        return own, unit, noticeable
    other = _numbers(found[test.other])
    if own.shape != other.shape:
        raise CannotRead(f"{test.own.arm} and {test.other.arm} differ in their number of members")
    if test.measure == "difference":
        return own - other, unit, noticeable
    if test.measure == "ratio":
        return _over(own, other, test), "1", float("nan")
    start = _numbers(found[test.start]) if test.start is not None else np.zeros_like(own)
    return _over(own - other, own - start, test), "1", float("nan")


def _over(above: np.ndarray, below: np.ndarray, test: Check) -> np.ndarray:
    """The quotient; of a share without the people in whom nothing changes, as long as they are fewer than half."""
    there = below != 0
    if not there.all() and (test.measure != "share" or there.mean() < MOST):
        raise CannotRead(f"{test.own.scale} does not change or is zero in some members: no {test.measure} of it")
    return np.asarray(above[there] / below[there])


def _inside(test: Check, values: np.ndarray, unit: str) -> np.ndarray:
    bounds = [units.read(text, unit or "1") for text in test.bounds]
    if test.expectation == "at least":
        return values >= bounds[0]
    if test.expectation == "at most":
        return values <= bounds[0]
    return (values >= bounds[0]) & (values <= bounds[1])


def _numbers(found: Values) -> np.ndarray:
    if found.reason:
        raise CannotRead(found.reason)
    return np.array(found.values, dtype=float)


def _screened(screen: Screen, counted: int) -> Screened:
    wanted = len(screen.people) - counted if screen.expectation == "not refused" else counted
    verdict = SUPPORTED if wanted == len(screen.people) else CONTRADICTED if wanted == 0 else PARTLY
    return Screened(screen=screen, verdict=verdict, counted=counted)
