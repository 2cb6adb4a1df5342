"""What people say about microneedling, and how each claim is tested."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

CHANGES = ("increase", "decrease")
DIRECTIONS = (*CHANGES, "none")
BOUNDS = ("at least", "at most", "between")
EXPECTATIONS = (*DIRECTIONS, *BOUNDS)
READS = ("at", "greatest", "least", "lasting")
MEASURES = ("value", "difference", "ratio", "share")
SCREENED = ("refused", "not refused", "spoken to")
BASELINE = "baseline"


@dataclasses.dataclass(frozen=True, kw_only=True, order=True)
class Reading:
    """One number a member: a scale of an arm of a study, read `at` a time [s], or over all times up to it.

    `greatest` and `least` are the extremes; `lasting` is how long the scale stays noticeably off its start.
    """

    study: str
    arm: str
    scale: str
    read: str
    time: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Check:
    """One comparison a claim stands or falls with: `own` against `other`, or against nothing.

    `measure` says how: the value itself, own − other, own / other, or the share of own's change since its `start` that
    `other` does not have. A `premise` is what the claim takes for granted: it must hold, and does not vote. `bounds`
    are as written, with a unit of the measure. `rests_on` names the numbers that carry the effect.
    """

    own: Reading
    other: Reading | None
    start: Reading | None = None
    measure: str
    expectation: str
    bounds: tuple[str, ...] = ()
    time_text: str = ""
    premise: bool = False
    rests_on: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Screen:
    """People screened for a study's protocol, each with own keys of [person], and what is expected of every one."""

    study: str
    people: tuple[Mapping[str, Any], ...]
    expectation: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Count:
    """A kind of harm (harm_kinds.toml) that studies counted in people of a phototype, expected at most `bound`."""

    harm: str
    phototype: int
    bound: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Published:
    """What was published on the claim, in a sentence, with keys of references.bib."""

    text: str
    source: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Claim:
    """One sentence people say, with its tests, or in `not_computed` why there are none.

    `covers` says what the tests are about, and how the claim's words are read. `untested` names parts of the claim that
    cannot be computed, each with the reason: they count as tests that cannot.
    """

    id: str
    claim: str
    kind: str
    topic: str
    quantity: str
    tests: tuple[Check, ...] = ()
    screens: tuple[Screen, ...] = ()
    counts: tuple[Count, ...] = ()
    covers: str = ""
    not_computed: str = ""
    untested: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()


def studies_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """Every study the tests of some claims need a run of, each once, in alphabetical order."""
    return tuple(sorted({one.study for claim in claims for one in readings_of(claim)}))


def readings_of(claim: Claim) -> tuple[Reading, ...]:
    """Every number the tests of a claim read."""
    return tuple(one for test in claim.tests for one in (test.own, test.other, test.start) if one is not None)
