"""What people say about microneedling, and what the model's numbers say to it."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.card import nearest
from microneedling.evaluation import score
from microneedling.evaluation.compare import Run
from microneedling.evaluation.prediction import CannotRead, Prediction, at, baseline

CLAIMS = Path(__file__).with_name("claims.toml")
STUDY = Path(__file__).with_name("claims_study.toml")  # the course the claims are tested on

EXPECTATIONS = ("increase", "decrease", "none")
BASELINE = "baseline"
VERDICTS = ("supported", "not supported", "contradicted", "cannot be computed", "not yet")
SUPPORTED, NOT_SUPPORTED, CONTRADICTED, NOT_COMPUTED, NOT_YET = VERDICTS

RULE = """\
A test takes, member by member (the same person in both arms), the difference of a scale between two arms at one
time, or between one arm and its own baseline. Its 5, 50 and 95 % points decide; "noticeable" is the smallest change
of that scale a person would notice.
  increase, decrease: supported when the median lies at least one noticeable change on the claimed side and the whole
    interval is on that side of zero; contradicted when the same holds for the other side; otherwise not supported.
  none: supported when the whole interval is within one noticeable change of zero; contradicted when the median is at
    least one noticeable change from zero and the interval does not hold zero; otherwise not supported.
  cannot be computed: the run holds no such scale, arm or time.
A claim with several tests is contradicted when one of them is, else cannot be computed when one cannot, else
supported when all are, else not supported."""


class ClaimError(ValueError):
    """A claim that cannot be read, with a sentence naming file, claim and key."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Check:
    """One scale in one arm, against another arm or the arm's own baseline, at one time [s]."""

    scale: str
    arm: str
    against: str
    time: float
    time_text: str
    expectation: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Claim:
    """One sentence people say. `tests` that can be computed, or in `not_yet` why there are none.

    `covers` says which part of the claim the tests are about, where that is not all of it.
    """

    id: str
    claim: str
    kind: str
    quantity: str
    tests: tuple[Check, ...] = ()
    covers: str = ""
    not_yet: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Checked:
    """A test with its numbers [unit]: 5, 50 and 95 % points of the difference, and the noticeable change."""

    test: Check
    verdict: str
    unit: str = ""
    low: float = float("nan")
    median: float = float("nan")
    high: float = float("nan")
    noticeable: float = float("nan")
    reason: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim with its verdict; `RULE` says how it follows from the numbers in `checked`."""

    claim: Claim
    verdict: str
    checked: tuple[Checked, ...] = ()


def read_claims(path: Path = CLAIMS) -> tuple[Claim, ...]:
    """All claims of a file, in its order.

    Args:
        path: TOML with a list `[[claim]]`, each with id, claim, kind, quantity and either tests or `not_yet`

    Returns: the claims.
    Errors: ClaimError naming file, claim and key.
    Checked by: tests/unit/evaluation/test_claims.py
    """
    path = Path(path)
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    claims = tuple(_claim(path, entry) for entry in content.get("claim", []))
    names = [claim.id for claim in claims]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not claims:
        raise ClaimError(f"{path.name}: {'claims that stand twice: ' + ', '.join(twice) if twice else 'no claims'}")
    return claims


def judge_study(run: Run, *, study: Path = STUDY, claims: Sequence[Claim] | None = None) -> tuple[Judged, ...]:
    """Run the claims' study and judge every claim on it."""
    return judge(read_claims() if claims is None else claims, run(study))


def judge(claims: Sequence[Claim], predictions: Sequence[Prediction]) -> tuple[Judged, ...]:
    """The verdict on each claim, by RULE.

    Args:
        claims: what is said
        predictions: scales over time, of all arms of one run

    Returns: one verdict a claim, in the order given.
    Checked by: tests/unit/evaluation/test_claims.py
    """
    found = {(one.arm, one.scale): one for one in predictions}
    return tuple(_judged(claim, found) for claim in claims)


def as_rows(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Verdicts as dictionaries for tables and JSON, the numbers of every check with them."""
    return [
        {key: getattr(one.claim, key) for key in ("id", "claim", "kind", "quantity", "covers", "not_yet")}
        | {"verdict": one.verdict, "checks": [dataclasses.asdict(check) for check in one.checked]}
        for one in judged
    ]


def _judged(claim: Claim, found: Mapping[tuple[str, str], Prediction]) -> Judged:
    if not claim.tests:
        return Judged(claim=claim, verdict=NOT_YET)
    checked = tuple(_checked(test, found) for test in claim.tests)
    verdicts = {one.verdict for one in checked}
    if verdicts == {SUPPORTED}:
        return Judged(claim=claim, verdict=SUPPORTED, checked=checked)
    worst = next(word for word in (CONTRADICTED, NOT_COMPUTED, NOT_SUPPORTED) if word in verdicts)
    return Judged(claim=claim, verdict=worst, checked=checked)


def _checked(test: Check, found: Mapping[tuple[str, str], Prediction]) -> Checked:
    """One test by RULE."""
    try:
        own = _series(found, test.arm, test.scale)
        other = baseline(own) if test.against == BASELINE else at(_series(found, test.against, test.scale), test.time)
        value = at(own, test.time)
        if value.shape != other.shape:
            raise CannotRead(f"{test.arm} and {test.against} differ in their number of members")
        low, median, high = score.interval(np.asarray(value - other))
    except CannotRead as error:
        return Checked(test=test, verdict=NOT_COMPUTED, reason=str(error))
    verdict = verdict_of(test.expectation, (low, median, high), own.noticeable)
    return Checked(
        test=test, verdict=verdict, unit=own.unit, low=low, median=median, high=high, noticeable=own.noticeable
    )


def verdict_of(expectation: str, points: tuple[float, float, float], noticeable: float) -> str:
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


def _series(found: Mapping[tuple[str, str], Prediction], arm: str, scale: str) -> Prediction:
    if (arm, scale) in found:
        return found[arm, scale]
    arms = sorted({name for name, _ in found})
    raise CannotRead(f'no scale "{scale}" for an arm "{arm}" in the run; its arms: {", ".join(arms)}')


def _claim(path: Path, entry: dict[str, Any]) -> Claim:
    name = entry.get("id", "(no id)")
    allowed = ("id", "claim", "kind", "quantity", "test", "covers", "not_yet")
    for key in entry:
        if key not in allowed:
            raise ClaimError(f"{path.name}: {name}.{key}: unknown key; {nearest(key, allowed)}")
    for key in ("id", "claim", "kind", "quantity"):
        if not isinstance(entry.get(key), str):
            raise ClaimError(f"{path.name}: {name}.{key}: missing; a text is needed")
    tests = tuple(_test(path, name, test) for test in entry.get("test", []))
    if bool(tests) == bool(entry.get("not_yet")):
        raise ClaimError(f"{path.name}: {name}: found tests and not_yet, or neither; allowed: one of the two")
    texts = {key: entry.get(key, "") for key in ("covers", "not_yet")}
    return Claim(tests=tests, **{key: entry[key] for key in ("id", "claim", "kind", "quantity")}, **texts)


def _test(path: Path, name: str, entry: dict[str, Any]) -> Check:
    needed = ("scale", "arm", "against", "time", "expectation")
    for key in (*needed, *entry):
        if key not in needed:
            raise ClaimError(f"{path.name}: {name}.test.{key}: unknown key; {nearest(key, needed)}")
        if not isinstance(entry.get(key), str):
            raise ClaimError(f"{path.name}: {name}.test.{key}: missing; a text is needed")
    if entry["expectation"] not in EXPECTATIONS:
        found = entry["expectation"]
        raise ClaimError(f'{path.name}: {name}.test.expectation: found "{found}"; {nearest(found, EXPECTATIONS)}')
    try:
        time = units.read(entry["time"], "s")
    except units.UnitError as error:
        raise ClaimError(f"{path.name}: {name}.test.time: {error}") from error
    return Check(time=time, time_text=entry["time"], **{key: entry[key] for key in needed if key != "time"})
