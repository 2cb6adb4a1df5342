"""The files of claims: one TOML file a claim, read and checked."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.card import nearest
from microneedling.evaluation.claims import (
    BASELINE,
    DIRECTIONS,
    EXPECTATIONS,
    MEASURES,
    READS,
    SCREENED,
    Check,
    Claim,
    Count,
    Published,
    Reading,
    Screen,
)
from microneedling.safety.harm_kind import harm_kinds

FOLDER = Path(__file__).parents[1] / "claims"
STUDIES = FOLDER / "studies"


class ClaimError(ValueError):
    """A claim that cannot be read, with a sentence naming file and key, what was found and what is allowed."""


def read_claims(folder: Path = FOLDER, *, ids: Sequence[str] = ()) -> tuple[Claim, ...]:
    """The claims of a folder, in the order of their names.

    Args:
        folder: one TOML file a claim, named after it
        ids: only these, in any case; all when empty

    Returns: the claims.
    Errors: ClaimError naming file and key, or the name that no claim has.
    Checked by: tests/unit/evaluation/test_claims.py
    """
    known = {path.stem: path for path in sorted(Path(folder).glob("*.toml"))}
    if not known:
        raise ClaimError(f"{folder}: no claims")
    wanted = [name.upper() for name in ids] or list(known)
    for name in wanted:
        if name not in known:
            raise ClaimError(f'claims: found "{name}"; {nearest(name, known)}')
    return tuple(read_claim(known[name]) for name in sorted(dict.fromkeys(wanted)))


def read_claim(path: Path) -> Claim:
    """One claim.

    Errors: ClaimError.
    Checked by: tests/unit/evaluation/test_claims.py
    """
    try:
        entry = _Table(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ClaimError(f"{path.name}: not TOML: {error}") from error
    texts = {name: entry.text(name) for name in ("id", "claim", "kind", "topic", "quantity")}
    others = {name: entry.text(name, needed=False) for name in ("covers", "not_computed", "study")}
    entry.refuse((*texts, *others, "untested", "test", "screen", "counted", "published"))
    study = others.pop("study")
    if texts["id"] != path.stem:
        raise ClaimError(f'{path.name}: id: found "{texts["id"]}", allowed the name of the file')
    tests = tuple(_test(one, study) for one in entry.tables("test"))
    screens = tuple(_screen(one, study) for one in entry.tables("screen"))
    counts = tuple(_count(one) for one in entry.tables("counted"))
    if bool(tests or screens or counts) == bool(others["not_computed"]):
        raise ClaimError(f"{path.name}: found tests and not_computed, or neither; allowed: one of the two")
    told = tuple(_published(one) for one in entry.tables("published"))
    untested = entry.texts("untested")
    return Claim(
        tests=tests,
        screens=screens,
        counts=counts,
        untested=untested,
        published=told,
        covers=others["covers"],
        not_computed=others["not_computed"],
        id=texts["id"],
        claim=texts["claim"],
        kind=texts["kind"],
        topic=texts["topic"],
        quantity=texts["quantity"],
    )


def study_path(name: str, folder: Path = STUDIES) -> Path:
    """The file of a claim's study."""
    return folder / f"{name}.toml"


@dataclasses.dataclass(frozen=True)
class _Table:
    """One table of a claim's file, read key by key; what is wrong is told with its place."""

    file: str
    place: str
    keys: Mapping[str, Any]

    def wrong(self, key: str, what: str) -> ClaimError:
        return ClaimError(f"{self.file}: {self.place}{key}: {what}")

    def refuse(self, allowed: Sequence[str]) -> None:
        for key in self.keys:
            if key not in allowed:
                raise self.wrong(key, f"unknown key; {nearest(key, allowed)}")

    def text(self, key: str, *, needed: bool = True) -> str:
        found = self.keys.get(key, "")
        if not isinstance(found, str) or (needed and not found.strip()):
            raise self.wrong(key, f"found {found!r}; a text is needed")
        return found

    def word(self, key: str, allowed: Sequence[str], default: str = "") -> str:
        found = str(self.keys.get(key, default))
        if found not in allowed:
            raise self.wrong(key, f'found "{found}"; {nearest(found, allowed)}')
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        found = self.keys.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(key, f"found {found!r}, allowed a list of texts")
        return tuple(found)

    def time(self, key: str, *, needed: bool) -> float:
        if not self.text(key, needed=needed):
            return float("inf")
        try:
            return units.read(self.keys[key], "s")
        except units.UnitError as error:
            raise self.wrong(key, str(error)) from error

    def bound(self, key: str) -> str:
        try:
            units.split(self.text(key))
        except units.UnitError as error:
            raise self.wrong(key, str(error)) from error
        return str(self.keys[key])

    def study(self, key: str, default: str) -> str:
        name = str(self.keys.get(key, default))
        if not study_path(name).is_file():
            known = [one.stem for one in STUDIES.glob("*.toml")]
            raise self.wrong(key, f'found "{name}"; {nearest(name, known)}')
        return name

    def tables(self, key: str) -> list[_Table]:
        found = self.keys.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.wrong(key, f"found {found!r}, allowed a list of tables")
        return [_Table(self.file, f"{key} {n}.", one) for n, one in enumerate(found, 1)]


TEST_KEYS = ("study", "scale", "arm", "read", "time", "against", "against_study", "against_scale", "measure")
RULE_KEYS = ("expectation", "bound", "low", "high", "premise", "rests_on")


def _test(table: _Table, study: str) -> Check:
    table.refuse((*TEST_KEYS, *RULE_KEYS))
    read = table.word("read", READS, "at")
    own = Reading(
        study=table.study("study", study),
        arm=table.text("arm"),
        scale=table.text("scale"),
        read=read,
        time=table.time("time", needed=read == "at"),
    )
    other = _other(table, own)
    measure = table.word("measure", MEASURES, "difference" if other else "value")
    if (measure == "value") != (other is None):
        raise table.wrong("measure", f'found "{measure}", which needs against, or goes without it')
    expectation = table.word("expectation", EXPECTATIONS)
    if expectation in DIRECTIONS and measure != "difference":
        raise table.wrong("expectation", f'found "{expectation}", allowed with a difference only')
    return Check(
        own=own,
        other=other,
        start=dataclasses.replace(own, read=BASELINE, time=0.0) if measure == "share" else None,
        measure=measure,
        expectation=expectation,
        bounds=_bounds(table, expectation),
        time_text=table.text("time", needed=False),
        premise=table.keys.get("premise", False) is True,
        rests_on=table.texts("rests_on"),
    )


def _other(table: _Table, own: Reading) -> Reading | None:
    """What a test is held against: another arm, study or scale, or the arm's own start; None for nothing."""
    against, scale = table.text("against", needed=False), str(table.keys.get("against_scale", own.scale))
    study = table.study("against_study", own.study)
    if against == BASELINE:
        return dataclasses.replace(own, study=study, scale=scale, read=BASELINE, time=0.0)
    other = dataclasses.replace(own, study=study, scale=scale, arm=against or own.arm)
    return None if other == own else other


def _bounds(table: _Table, expectation: str) -> tuple[str, ...]:
    """The bounds as written: one, or the lower and the upper."""
    needed = {"at least": ("bound",), "at most": ("bound",), "between": ("low", "high")}.get(expectation, ())
    for key in ("bound", "low", "high"):
        if (key in table.keys) != (key in needed):
            raise table.wrong(key, f'does not go with "{expectation}", or is missing for it')
    return tuple(table.bound(key) for key in needed)


def _screen(table: _Table, study: str) -> Screen:
    table.refuse(("study", "people", "expectation"))
    people = table.keys.get("people")
    if not isinstance(people, list) or not all(isinstance(one, dict) for one in people) or not people:
        raise table.wrong("people", "missing; a list of tables with keys of [person]")
    expectation = table.word("expectation", SCREENED)
    return Screen(study=table.study("study", study), people=tuple(people), expectation=expectation)


def _count(table: _Table) -> Count:
    table.refuse(("harm", "phototype", "bound"))
    phototype = table.keys.get("phototype", 2)
    if isinstance(phototype, bool) or phototype not in range(1, 7):
        raise table.wrong("phototype", f"found {phototype!r}, allowed 1 to 6")
    harm = table.word("harm", [kind.id for kind in harm_kinds()])
    return Count(harm=harm, phototype=phototype, bound=table.bound("bound"))


def _published(table: _Table) -> Published:
    table.refuse(("text", "source"))
    return Published(text=table.text("text"), source=table.texts("source"))
