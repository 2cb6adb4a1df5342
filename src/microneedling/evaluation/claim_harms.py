"""The harm that stands beside a claim: what the same run computes of it in the arms the claim is tested on."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from microneedling.evaluation import score
from microneedling.evaluation.claims import Claim, Reading
from microneedling.evaluation.measures import Values

# scale, and what is said of its greatest value over the course
HARMS = {
    "pain": "pain, over that of a 26G needle, at most",
    "downtime": "visibly red, in all, for",
    "oedema": "swollen by up to",
    "darkening_risk": "probability of visible darkening",
}
APART = ("safety", "lifestyle")  # kinds of claims that are about harm themselves, or about nothing done to skin


@dataclasses.dataclass(frozen=True, kw_only=True)
class Harm:
    """One harm in one arm: 5, 50 and 95 % points over simulated people [unit], or why there are none."""

    arm: str
    scale: str
    unit: str = ""
    low: float = float("nan")
    median: float = float("nan")
    high: float = float("nan")
    reason: str = ""


def harm_readings(claim: Claim, needled: Mapping[str, Sequence[str]]) -> tuple[Reading, ...]:
    """What is read of harm for a claim: HARMS in every needled arm that a test which votes is about.

    Args:
        claim: what is said
        needled: study -> names of its arms in which needles pierce skin

    Checked by: tests/unit/evaluation/test_claim_harms.py
    """
    if claim.kind in APART:
        return ()
    asked = dict.fromkeys((test.own.study, test.own.arm) for test in claim.tests if not test.premise)
    return tuple(
        Reading(study=study, arm=arm, scale=scale, read="greatest", time=float("inf"))
        for study, arm in asked
        if arm in needled[study]
        for scale in HARMS
    )


def harms_of(readings: tuple[Reading, ...], found: Mapping[Reading, Values]) -> tuple[Harm, ...]:
    """The harms of a claim from what was read of its runs.

    Checked by: tests/unit/evaluation/test_claim_harms.py
    """
    return tuple(_harm(one, found[one]) for one in readings)


def _harm(reading: Reading, found: Values) -> Harm:
    if found.reason:
        return Harm(arm=reading.arm, scale=reading.scale, reason=found.reason)
    values = np.array(found.values)
    low, median, high = score.interval(values[~np.isnan(values)])
    return Harm(arm=reading.arm, scale=reading.scale, unit=found.unit, low=low, median=median, high=high)
