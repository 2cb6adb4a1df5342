"""Tests of claims on harm that studies counted: the pooled rate against a bound."""

from __future__ import annotations

import dataclasses

from microneedling.core import units
from microneedling.evaluation.claim_rule import CONTRADICTED, NOT_COMPUTED, NOT_SUPPORTED, SUPPORTED
from microneedling.evaluation.claims import Count
from microneedling.safety.harm_kind import HarmKind, harm_kinds
from microneedling.safety.harms import group_of, rate_of


@dataclasses.dataclass(frozen=True, kw_only=True)
class Counted:
    """A rate of harm over several studies, 5, 50 and 95 % points [1], held against a bound; or why there is none."""

    count: Count
    verdict: str
    title: str
    group: str
    low: float = float("nan")
    median: float = float("nan")
    high: float = float("nan")
    studies: int = 0
    cases: int = 0
    people: int = 0
    sources: tuple[str, ...] = ()
    reason: str = ""


def counted(count: Count) -> Counted:
    """The rate a claim asks for, with its verdict by RULE.

    Returns: the rate of the study in the middle; a reason where there is none.
    Source: safety/rates.py, with each count's own source.
    Checked by: tests/unit/evaluation/test_claim_counts.py
    """
    kind = kind_of(count.harm)
    group = group_of(kind, (count.phototype, count.phototype))
    found = rate_of(kind, group)
    if found is None:
        reason = f"{kind.title}: counted in no study that may set a rate: no rate can be made"
        return Counted(count=count, verdict=NOT_COMPUTED, title=kind.title, group=group, reason=reason)
    rate, _ = found
    low, median, high = rate.typical
    return Counted(
        count=count,
        verdict=rate_verdict(low, high, units.read(count.bound, "1")),
        title=kind.title,
        group=group,
        low=low,
        median=median,
        high=high,
        studies=rate.studies,
        cases=rate.cases,
        people=rate.people,
        sources=rate.sources,
    )


def rate_verdict(low: float, high: float, bound: float) -> str:
    """The verdict of a rate with interval on "at most this bound"; see RULE.

    Checked by: tests/unit/evaluation/test_claim_counts.py
    """
    if high <= bound:
        return SUPPORTED
    return CONTRADICTED if low > bound else NOT_SUPPORTED


def kind_of(name: str) -> HarmKind:
    """A kind of harm by its name; KeyError when there is none."""
    return {kind.id: kind for kind in harm_kinds()}[name]
