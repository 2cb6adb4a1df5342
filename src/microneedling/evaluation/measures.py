"""The one number a person that a test of a claim is about, from what was read of the runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from microneedling.core import units
from microneedling.evaluation.claim_rule import MOST
from microneedling.evaluation.claims import Check, Reading
from microneedling.evaluation.prediction import CannotRead


@dataclasses.dataclass(frozen=True, kw_only=True)
class Values:
    """What one reading found: one number a member [unit], and the smallest noticeable change; or why nothing.

    nan: that person could not be simulated.
    """

    values: tuple[float, ...] = ()
    unit: str = ""
    noticeable: float = float("nan")
    reason: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Measured:
    """A test's number (member,) [unit], nan for people left out, and the noticeable change of its scale."""

    values: np.ndarray
    unit: str
    noticeable: float


def measured(test: Check, found: Mapping[Reading, Values]) -> Measured:
    """The measure of a test: the value itself, own − other, own/other, or (own − other)/(own − start).

    Errors: CannotRead with the reason why there is no such number.
    Checked by: tests/unit/evaluation/test_verdicts.py
    """
    own = _numbers(found[test.own])
    unit, noticeable = found[test.own].unit, found[test.own].noticeable
    if test.other is None:
        return Measured(values=own, unit=unit, noticeable=noticeable)
    other = _numbers(found[test.other])
    if own.shape != other.shape:
        raise CannotRead(f"{test.own.arm} and {test.other.arm} differ in their number of members")
    if test.measure == "difference":
        return Measured(values=own - other, unit=unit, noticeable=noticeable)
    start = _numbers(found[test.start]) if test.start is not None else np.zeros_like(own)
    above, below = (own, other) if test.measure == "ratio" else (own - other, own - start)
    return Measured(values=_over(above, below, test), unit="1", noticeable=float("nan"))


def is_met(test: Check, one: Measured) -> np.ndarray:
    """Who meets the bounds of a test (member,)."""
    bounds = [units.read(text, one.unit or "1") for text in test.bounds]
    if test.expectation == "at least":
        return one.values >= bounds[0]
    if test.expectation == "at most":
        return one.values <= bounds[0]
    return (one.values >= bounds[0]) & (one.values <= bounds[1])


def _over(above: np.ndarray, below: np.ndarray, test: Check) -> np.ndarray:
    """The quotient; of a share without the people in whom nothing changes, as long as they are fewer than half."""
    there = (below != 0) | np.isnan(below)
    if not there.all() and (test.measure != "share" or there.mean() < MOST):
        raise CannotRead(f"{test.own.scale} does not change or is zero in some members: no {test.measure} of it")
    return np.where(there, above / np.where(there, below, 1.0), np.nan)


def _numbers(found: Values) -> np.ndarray:
    if found.reason:
        raise CannotRead(found.reason)
    return np.array(found.values, dtype=float)
