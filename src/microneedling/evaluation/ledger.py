"""All claims: every study they need is run once and its numbers kept, so that a stopped call goes on where it was."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.evaluation import table
from microneedling.evaluation.claim_harms import harm_readings, harms_of
from microneedling.evaluation.claims import Claim, Reading, Screen, readings_of, studies_of
from microneedling.evaluation.compare import Run
from microneedling.evaluation.measures import Values
from microneedling.evaluation.readings import values_of
from microneedling.evaluation.verdicts import Judged, Runs, judged

Progress = Callable[[int, int, str], None]
Screening = Callable[[Path, Screen], int]
Grades = Callable[[Path, Sequence[str]], Mapping[str, str]]
Stamps = Callable[[Path], Sequence[str]]
Moves = Callable[[Path], Mapping[str, np.ndarray]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Means:
    """What claims are tested with, handed in so that none of it is bound to one way of running.

    run: scales over time of a study file; such runs are never refused
    again: the same of the same people, with the numbers of grade "assumed" drawn anew
    moves: how far each of those numbers moved between the two, by name (member,)
    counted: how many of the people of a screen are refused a study's protocol, or spoken to where that is asked
    grades: grade of numbers by name, of those a claim names
    needled: names of the arms of a study in which needles pierce skin
    stamps: what screening says of a study, gravest first; stands beside its verdicts
    """

    run: Run
    again: Run
    moves: Moves
    counted: Screening
    grades: Grades
    needled: Stamps
    stamps: Stamps


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ledger:
    """Claims with their verdicts, what screening says of each study, and the studies that failed, with the reason."""

    judged: tuple[Judged, ...]
    stamps: Mapping[str, tuple[str, ...]]
    problems: Mapping[str, str]


def ledger(
    claims: Sequence[Claim],
    means: Means,
    *,
    studies: Path,
    out: Path,
    version: str,
    every: Sequence[Claim] = (),
    progress: Progress | None = None,
) -> Ledger:
    """Run what is not kept, and judge.

    Args:
        claims: those asked for
        means: what studies are run, screened and graded with
        studies: folder of the claims' studies
        out: folder in which the numbers of each finished study are kept
        version: changes with code and parameters; what was kept under another is run again
        every: all claims there are: a study keeps the numbers for all, so that asking for others runs nothing again
        progress: called with studies done, studies in all, and the name of the study about to start ("" at the end)

    Returns: the verdicts. A study that fails is named in `problems`, and its tests cannot be computed.
    Checked by: tests/unit/evaluation/test_ledger.py
    """
    needed, asked = studies_of(claims), (*every, *claims)
    needled = {study: means.needled(studies / f"{study}.toml") for study in studies_of(asked)}
    beside = {claim.id: harm_readings(claim, needled) for claim in asked}
    wanted = {one for claim in asked for one in (*readings_of(claim), *beside[claim.id])}
    screened = {one.id: _screened(one, means, studies) for one in claims}  # a slip is told before the long part
    shown = sorted({*needed, *(screen.study for claim in claims for screen in claim.screens)})
    stamps = {study: tuple(means.stamps(studies / f"{study}.toml")) for study in shown}
    runs = Runs(found={}, again={}, moves={}, grades={})
    problems: dict[str, str] = {}
    for done, study in enumerate(needed):
        if progress:
            progress(done, len(needed), study)
        own, names = sorted(one for one in wanted if one.study == study), _named(asked, study)
        file = out / f"{study}.json"
        try:
            kept = _kept(studies / f"{study}.toml", own, names, means=means, file=file, version=version)
        except Exception as error:  # whatever a run raises is this study's result, not the end of the others
            problems[study] = f"{type(error).__name__}: {error}"
            failed = {one: Values(reason=f"the study {study} failed: {error}") for one in own}
            kept = Runs(found=failed, again=failed)
        runs = _joined(runs, kept)
    if progress:
        progress(len(needed), len(needed), "")
    verdicts = [
        dataclasses.replace(judged(one, runs, screened=screened[one.id]), harms=harms_of(beside[one.id], runs.found))
        for one in claims
    ]
    return Ledger(judged=tuple(verdicts), stamps=stamps, problems=problems)


def _named(claims: Sequence[Claim], study: str) -> list[str]:
    """Numbers that tests on a study name because they do not vary."""
    return sorted(
        {name for claim in claims for test in claim.tests if test.own.study == study for name in test.rests_on}
    )


def as_rows(judgements: Sequence[Judged]) -> list[dict[str, Any]]:
    """Verdicts as dictionaries for tables and JSON, the numbers of every test with them."""
    return [_row(one) for one in judgements]


def _row(one: Judged) -> dict[str, Any]:
    tests = [dataclasses.asdict(each) | {"assumed": each.assumed} for each in one.checked]
    return dataclasses.asdict(one) | {"checked": tests, "assumed": one.assumed, "because": one.because}


def _screened(claim: Claim, means: Means, studies: Path) -> dict[int, int]:
    """What screening counts for each screen of a claim, by its place."""
    return {n: means.counted(studies / f"{one.study}.toml", one) for n, one in enumerate(claim.screens)}


def _joined(one: Runs, other: Runs) -> Runs:
    """What was read of some studies and of some more."""
    return Runs(
        found={**one.found, **other.found},
        again={**one.again, **other.again},
        moves={**one.moves, **other.moves},
        grades={**one.grades, **other.grades},
    )


def _kept(
    path: Path, wanted: Sequence[Reading], names: Sequence[str], *, means: Means, file: Path, version: str
) -> Runs:
    """The numbers of one study, from its kept file when nothing has changed since, else from runs that are kept."""
    digest = hashlib.sha256(
        b"\0".join([version.encode(), path.read_bytes(), repr((wanted, names)).encode()])
    ).hexdigest()
    content = _read(file)
    if content.get("digest") != digest:
        both = {"first": values_of(wanted, means.run(path)), "again": values_of(wanted, means.again(path))}
        content = {
            "digest": digest,
            "grades": dict(means.grades(path, names)),
            "moves": {name: [float(x) for x in change] for name, change in means.moves(path).items()},
            "asked": [dataclasses.asdict(one) for one in wanted],
            **{run: [dataclasses.asdict(found[one]) for one in wanted] for run, found in both.items()},
        }
        table.write_json(file, content)
        content = _read(file)  # one way from a file to numbers, whether it was there or not
    first, again = (dict(zip(wanted, map(_values, content[run]), strict=True)) for run in ("first", "again"))
    moves = {name: np.array(change) for name, change in content["moves"].items()}
    return Runs(found=first, again=again, moves={path.stem: moves}, grades=content["grades"])


def _values(kept: Mapping[str, Any]) -> Values:
    """Numbers as JSON keeps them: what is no number is nothing there, infinities are words."""
    return Values(
        values=tuple(map(_number, kept["values"])),
        unit=kept["unit"],
        noticeable=_number(kept["noticeable"]),
        reason=kept["reason"],
    )


def _number(kept: float | str | None) -> float:
    return math.nan if kept is None else float(kept)


def _read(kept: Path) -> dict[str, Any]:
    """A kept study; one that was cut short counts as none."""
    try:
        content = json.loads(kept.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return content if isinstance(content, dict) else {}
