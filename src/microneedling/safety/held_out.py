"""Counts of harm that took no part in a rate, held against it."""

from __future__ import annotations

import dataclasses

from microneedling.safety.event import AdverseEvent
from microneedling.safety.harm_kind import HarmKind, harm_kinds
from microneedling.safety.harms import Rate, counts_of, group_of, rate_of
from microneedling.safety.rates import expected_cases


@dataclasses.dataclass(frozen=True, kw_only=True)
class HeldOut:
    """One count, and the lowest and highest that nine of ten new studies of its size would find."""

    kind: HarmKind
    event: AdverseEvent
    low: int
    high: int

    @property
    def inside(self) -> bool:
        """Did it fall where nine of ten do?"""
        return self.event.cases is not None and self.low <= self.event.cases <= self.high


def rates_of() -> tuple[tuple[HarmKind, Rate], ...]:
    """Every rate that may be made: kind of harm, and rate in each group of people.

    Checked by: tests/published/test_harm_counts.py
    """
    made = []
    for kind in harm_kinds():
        for group in dict.fromkeys(group_of(kind, one.phototypes) for one in counts_of(kind)):
            found = rate_of(kind, group)
            made += [(kind, found[0])] if found else []
    return tuple(made)


def held_out() -> tuple[HeldOut, ...]:
    """Every count that is kept to test a rate, where there is a rate of its kind and group.

    Returns: in the order of the kinds.
    Checked by: tests/published/test_harm_counts.py
    """
    made = []
    for kind in harm_kinds():
        for one in counts_of(kind):
            found = rate_of(kind, group_of(kind, one.phototypes))
            if one.use == "validation" and found is not None and one.people is not None:
                low, high = expected_cases(found[1], one.people)
                made.append(HeldOut(kind=kind, event=one, low=low, high=high))
    return tuple(made)
