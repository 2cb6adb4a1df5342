"""All claims: every study they need is run once and its numbers kept, so that a stopped call goes on where it was."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.evaluation import table
from microneedling.evaluation.claims import Claim, Reading, Screen, readings_of, studies_of
from microneedling.evaluation.compare import Run
from microneedling.evaluation.readings import values_of
from microneedling.evaluation.verdicts import Judged, Values, judged

Progress = Callable[[int, int, str], None]
Screening = Callable[[Path, Screen], int]
Grades = Callable[[Path, Sequence[str]], Mapping[str, str]]
Stamps = Callable[[Path], Sequence[str]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Means:
    """What claims are tested with, handed in so that none of it is bound to one way of running.

    run: scales over time of a study file; such runs are never refused
    counted: how many of the people of a screen are refused a study's protocol, or spoken to where that is asked
    grades: grade of each number a study rests on
    stamps: what screening says of a study, gravest first; stands beside its verdicts
    """

    run: Run
    counted: Screening
    grades: Grades
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
    needed = studies_of(claims)
    tests = [test for claim in {one.id: one for one in (*every, *claims)}.values() for test in claim.tests]
    wanted = {one for claim in (*every, *claims) for one in readings_of(claim)}
    screened = {one.id: _screened(one, means, studies) for one in claims}  # a slip is told before the long part
    shown = sorted({*needed, *(screen.study for claim in claims for screen in claim.screens)})
    stamps = {study: tuple(means.stamps(studies / f"{study}.toml")) for study in shown}
    found: dict[Reading, Values] = {}
    grades: dict[str, str] = {}
    problems: dict[str, str] = {}
    for done, study in enumerate(needed):
        if progress:
            progress(done, len(needed), study)
        own = sorted(one for one in wanted if one.study == study)
        names = sorted({name for test in tests if test.own.study == study for name in test.rests_on})
        try:
            kept = _kept(
                studies / f"{study}.toml", own, names, means=means, file=out / f"{study}.json", version=version
            )
        except Exception as error:  # whatever a run raises is this study's result, not the end of the others
            problems[study] = f"{type(error).__name__}: {error}"
            found |= {one: Values(reason=f"the study {study} failed: {error}") for one in own}
            continue
        found |= kept[0]
        grades |= kept[1]
    if progress:
        progress(len(needed), len(needed), "")
    verdicts = [judged(one, found, grades=grades, screened=screened[one.id]) for one in claims]
    return Ledger(judged=tuple(verdicts), stamps=stamps, problems=problems)


def as_rows(judgements: Sequence[Judged]) -> list[dict[str, Any]]:
    """Verdicts as dictionaries for tables and JSON, the numbers of every test with them."""
    return [dataclasses.asdict(one) | {"assumed": one.assumed} for one in judgements]


def _screened(claim: Claim, means: Means, studies: Path) -> dict[int, int]:
    """What screening counts for each screen of a claim, by its place."""
    return {n: means.counted(studies / f"{one.study}.toml", one) for n, one in enumerate(claim.screens)}


def _kept(
    path: Path, wanted: Sequence[Reading], names: Sequence[str], *, means: Means, file: Path, version: str
) -> tuple[dict[Reading, Values], dict[str, str]]:
    """The numbers of one study, from its kept file when nothing has changed since, else from a run that is kept."""
    digest = hashlib.sha256(
        b"\0".join([version.encode(), path.read_bytes(), repr((wanted, names)).encode()])
    ).hexdigest()
    content = _read(file)
    if content.get("digest") == digest:
        values = [Values(**{**one, "values": tuple(map(_number, one["values"]))}) for one in content["values"]]
        return dict(zip(wanted, [_whole(one) for one in values], strict=True)), content["grades"]
    found = values_of(wanted, means.run(path))
    grades = dict(means.grades(path, names))
    rows = [dataclasses.asdict(found[one]) for one in wanted]
    asked = [dataclasses.asdict(one) for one in wanted]
    table.write_json(file, {"digest": digest, "grades": grades, "asked": asked, "values": rows})
    return found, grades


def _whole(values: Values) -> Values:
    return dataclasses.replace(values, noticeable=_number(values.noticeable))


def _number(kept: float | str | None) -> float:
    """A number as JSON keeps it: infinities and what is no number are words or nothing there."""
    return math.nan if kept is None else float(kept)


def _read(kept: Path) -> dict[str, Any]:
    """A kept study; one that was cut short counts as none."""
    try:
        content = json.loads(kept.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return content if isinstance(content, dict) else {}
