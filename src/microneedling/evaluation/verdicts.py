"""From numbers to verdicts on claims, by one rule that is printed with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from microneedling.evaluation import score
from microneedling.evaluation.claim_counts import Counted, counted
from microneedling.evaluation.claim_harms import Harm
from microneedling.evaluation.claim_rule import (
    ASSUMED,
    CONTRADICTED,
    FEW,
    MOST,
    NEARLY_ALL,
    NO_PATH,
    NOT_COMPUTED,
    NOT_SUPPORTED,
    NOTHING,
    PARTLY,
    SUPPORTED,
    VERDICTS,
)
from microneedling.evaluation.claims import CHANGES, DIRECTIONS, Check, Claim, Reading, Screen
from microneedling.evaluation.measures import Measured, Values, is_met, measured
from microneedling.evaluation.prediction import CannotRead
from microneedling.evaluation.resting import MUCH, movers, share_redrawn


@dataclasses.dataclass(frozen=True, kw_only=True)
class Checked:
    """A test with its numbers [unit]: 5, 50 and 95 % points, noticeable change, and the share that meets a bound.

    `share` of the spread goes with assumed numbers, `movers` are the strongest of them with their part of it; `again`
    is the verdict with the assumed numbers drawn anew; `named` are numbers that do not vary, each with its grade.
    """

    test: Check
    verdict: str
    unit: str = ""
    people: int = 0
    low: float = float("nan")
    median: float = float("nan")
    high: float = float("nan")
    noticeable: float = float("nan")
    met: float = float("nan")
    reason: str = ""
    share: float = float("nan")
    movers: tuple[tuple[str, float], ...] = ()
    again: str = ""
    named: tuple[tuple[str, str], ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether the number rests on an assumed size; see RULE."""
        if self.reason:
            return False
        unsteady = bool(self.again) and self.again != self.verdict
        return self.share >= MUCH or unsteady or any(grade == ASSUMED for _, grade in self.named)


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
    counted: tuple[Counted, ...] = ()
    harms: tuple[Harm, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether a test that votes rests on an assumed size; see RULE."""
        return any(one.assumed for one in self.checked if not one.test.premise)

    @property
    def because(self) -> str:
        """How many tests came out how, in a sentence; parts without a law or a scale are told apart."""
        votes = _votes(self.checked, self.screened, self.counted)
        counts = [f"{votes.count(word)} {word}" for word in VERDICTS if word in votes]
        told = [f"{len(votes)} test{'s' if len(votes) != 1 else ''}: {', '.join(counts)}"] if votes else []
        if self.claim.untested:
            rest = len(self.claim.untested)
            alone = bool(votes) and all(one == SUPPORTED for one in votes)
            told.append(
                f"{rest} part{'s' if rest != 1 else ''} of the saying cannot be computed"
                + (", which is all that keeps it from being supported" if alone else "")
            )
        premises = [one for one in self.checked if one.test.premise]
        if any(one.verdict != SUPPORTED for one in premises):
            told.append("what it takes for granted is not met")
        return "; ".join(told)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Runs:
    """What was read of the runs: of the first, of the second with the assumed numbers drawn anew, and what moved.

    moves: study -> name of an assumed number -> second draw less the first (member,)
    grades: grade by name of number, for those that a claim names because they do not vary
    """

    found: Mapping[Reading, Values]
    again: Mapping[Reading, Values] = dataclasses.field(default_factory=dict)
    moves: Mapping[str, Mapping[str, np.ndarray]] = dataclasses.field(default_factory=dict)
    grades: Mapping[str, str] = dataclasses.field(default_factory=dict)


def judged(claim: Claim, runs: Runs, *, screened: Mapping[int, int] | None = None) -> Judged:
    """The verdict on a claim, by RULE.

    Args:
        claim: what is said
        runs: what was read of the runs of its studies
        screened: how many people of each of its screens were refused (or spoken to, where that is asked), by place

    Returns: the claim with verdict and numbers.
    Checked by: tests/unit/evaluation/test_verdicts.py
    """
    checked = tuple(_checked(test, runs) for test in claim.tests)
    people = tuple(_screened(one, (screened or {})[n]) for n, one in enumerate(claim.screens))
    counts = tuple(counted(one) for one in claim.counts)
    votes = [*_votes(checked, people, counts), *([NOT_COMPUTED] * len(claim.untested))]
    premises = [one.verdict for one in checked if one.test.premise]
    verdict = verdict_of(votes, premises)
    return Judged(claim=claim, verdict=verdict, checked=checked, screened=people, counted=counts)


def _votes(checked: Sequence[Checked], screened: Sequence[Screened], counts: Sequence[Counted]) -> list[str]:
    """Verdicts of all tests that vote."""
    tests = [one.verdict for one in checked if not one.test.premise]
    return [*tests, *(one.verdict for one in screened), *(one.verdict for one in counts)]


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


def _checked(test: Check, runs: Runs) -> Checked:
    """One test by RULE, and what it rests on."""
    named = tuple((name, runs.grades.get(name, "")) for name in test.rests_on)
    try:
        first = measured(test, runs.found)
        made = _by_rule(test, first)
    except CannotRead as error:
        return Checked(test=test, verdict=NOT_COMPUTED, reason=str(error), named=named)
    try:
        second = measured(test, runs.again)
        after = _by_rule(test, second)
    except (CannotRead, KeyError):  # no second run, or none that holds this number: what it rests on stays open
        return dataclasses.replace(made, named=named)
    both = ~np.isnan(first.values) & ~np.isnan(second.values)
    if _is_nothing(first, both) and _is_nothing(second, both):
        return dataclasses.replace(made, named=named, again=after.verdict, share=0.0)
    pair = first.values[both], second.values[both]
    moves = {name: change[both] for name, change in runs.moves.get(test.own.study, {}).items()}
    return dataclasses.replace(
        made,
        named=named,
        again=after.verdict,
        share=share_redrawn(*pair),
        movers=movers(*pair, moves, test.own.scale),
    )


def _is_nothing(one: Measured, people: np.ndarray) -> bool:
    """Is the number zero in everybody but for what nobody would ever notice?"""
    return bool(np.all(np.abs(one.values[people]) < NOTHING * one.noticeable))


def _by_rule(test: Check, one: Measured) -> Checked:
    """The verdict of one test from its number in everybody who has one."""
    there = ~np.isnan(one.values)
    if not there.any():
        raise CannotRead(f"{test.own.scale} in {test.own.arm}: nobody could be simulated")
    low, median, high = score.interval(one.values[there])
    met = float("nan")
    if test.expectation in CHANGES and not np.any(one.values[there]):
        raise CannotRead(NO_PATH)
    if test.expectation in DIRECTIONS:
        verdict = direction_verdict(test.expectation, (low, median, high), one.noticeable)
    else:
        met = float(np.mean(is_met(test, one)[there]))
        verdict = bound_verdict(met)
    return Checked(
        test=test,
        verdict=verdict,
        unit=one.unit,
        people=int(there.sum()),
        low=low,
        median=median,
        high=high,
        noticeable=one.noticeable,
        met=met,
    )


def _screened(screen: Screen, counted: int) -> Screened:
    wanted = len(screen.people) - counted if screen.expectation == "not refused" else counted
    verdict = SUPPORTED if wanted == len(screen.people) else CONTRADICTED if wanted == 0 else PARTLY
    return Screened(screen=screen, verdict=verdict, counted=counted)
