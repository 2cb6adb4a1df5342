"""The command `claims`: every saying, the numbers that test it, what was published, and the verdict."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.cite import bibliography, formatted
from microneedling.core.files import write_text
from microneedling.core.param import GRADES
from microneedling.evaluation.claim_files import STUDIES, read_claims
from microneedling.evaluation.claims import Screen
from microneedling.evaluation.ledger import Ledger, Means, as_rows, ledger
from microneedling.evaluation.table import write_json
from microneedling.evaluation.verdicts import RULE, VERDICTS, Checked, Judged
from microneedling.faces.judging import predictions
from microneedling.faces.terminal import bar, tell
from microneedling.report.claims_page import page
from microneedling.safety.screen import refused
from microneedling.study.habits import acting
from microneedling.study.numbers import cards_of, known_numbers
from microneedling.study.read import table_of
from microneedling.study.schema import Study
from microneedling.study.screening import findings

PACKAGE = Path(__file__).parents[1]
APART = ("claims", "faces", "report")  # folders that change no number a claim is judged on


def judge_claims(ids: Sequence[str] = (), *, html: bool = False, out: Path = Path("out/claims")) -> None:
    """Judge all claims, or some by their names; print them, or write them as a page.

    Args:
        ids: names such as CL042, in any case; all when empty
        html: write claims.html into `out` in place of printing every claim
        out: folder in which finished studies are kept, so that a stopped call goes on where it was

    Errors: ClaimError; OSError.
    Checked by: tests/faces/test_cli_claims.py
    """
    every = read_claims()
    claims = read_claims(ids=ids) if ids else every
    means = Means(run=predictions, counted=counted_people, grades=grades_of, stamps=stamps_of)
    with bar("claims") as progress:
        found = ledger(
            claims, means, studies=STUDIES, out=out / "studies", version=version(), every=every, progress=progress
        )
    write_json(out / "claims.json", {"rule": RULE, "claims": as_rows(found.judged), "stamps": found.stamps})
    if html:
        write_text(out / "claims.html", page([shown(one, found) for one in found.judged], rule=RULE, verdicts=VERDICTS))
        print(out / "claims.html")
    else:
        tell(RULE)
        for one in found.judged:
            print("\n".join(_lines(shown(one, found))))
    print(counted(found.judged))


def version() -> str:
    """Changes with any line of code, card or parameter that a claim's numbers can depend on."""
    made = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE)
        if path.suffix in (".py", ".toml", ".csv") and name.parts[0] not in APART:
            made.update(name.as_posix().encode() + path.read_bytes())
    return made.hexdigest()[:16]


def counted_people(path: Path, screen: Screen) -> int:
    """How many people of a screen are refused a study's protocol; or spoken to, where that is asked."""
    table = table_of(path)
    own = {one.id for one in findings(Study.load(path).plain()) if one.level != "info"}
    count = 0
    for keys in screen.people:
        study = Study.of({**table, "person": {**table["person"], **keys}}, file=path.name)
        found = findings(study.plain())
        told = any(one.level != "info" and one.id not in own for one in found)
        count += refused(found) or (screen.expectation == "spoken to" and told)
    return count


def grades_of(path: Path, names: Sequence[str]) -> dict[str, str]:
    """Grade of those numbers that a study rests on."""
    known = known_numbers(cards_of(acting(Study.load(path).plain())))
    grades = {f"{one.name}.{field}": fact.grade for one in known.values() for field, fact in one.facts.items()}
    return {name: grades[name] for name in names if name in grades}


def stamps_of(path: Path) -> list[str]:
    """What screening says of a study, each remark once, gravest first."""
    found = findings(Study.load(path).plain(), exempt=True)
    return list(dict.fromkeys(f"[{one.level}] {one.reason}" for one in found if one.level != "info"))


def shown(one: Judged, found: Ledger) -> dict[str, Any]:
    """A claim as text for people: everything a page or a terminal prints of it."""
    claim = one.claim
    studies = {test.own.study for test in claim.tests} | {screen.study for screen in claim.screens}
    return {
        **{
            key: getattr(claim, key)
            for key in ("id", "claim", "kind", "topic", "quantity", "covers", "not_computed", "untested")
        },
        "verdict": one.verdict,
        "assumed": one.assumed,
        "tests": [_test_text(check) for check in one.checked] + [_screen_text(each) for each in one.screened],
        "published": [_published_text(each) for each in claim.published],
        "studies": sorted(studies),
        "stamps": list(dict.fromkeys(text for study in sorted(studies) for text in found.stamps.get(study, ()))),
    }


def counted(judgements: Sequence[Judged]) -> str:
    """How many claims have each verdict, in one line."""
    counts = [(word, sum(one.verdict == word for one in judgements)) for word in VERDICTS]
    assumed = sum(one.assumed for one in judgements)
    return (
        f"{len(judgements)} claims: "
        + ", ".join(f"{n} {word}" for word, n in counts if n)
        + (f"; {assumed} rest on an assumed size" if assumed else "")
    )


def _lines(one: Mapping[str, Any]) -> list[str]:
    stamp = " (rests on an assumed size)" if one["assumed"] else ""
    lines = [f'{one["id"]} {one["verdict"]}{stamp}: "{one["claim"]}"']
    lines += [f"    tested: {one['covers']}"] if one["covers"] else []
    lines += [
        f"    {test['what']}: {', '.join(filter(None, (test['numbers'], test['note'])))}: {test['verdict']}"
        for test in one["tests"]
    ]
    lines += [f"    weakest number: {test['grounds']}" for test in one["tests"] if test["grounds"]]
    lines += [f"    why: {one['not_computed']}"] if one["not_computed"] else []
    lines += [f"    not computed: {part}" for part in one["untested"]]
    lines += [f"    published: {each['text']} ({'; '.join(each['sources'])})" for each in one["published"]]
    lines += [f"    screening of its study: {text}" for text in one["stamps"]]
    return lines


def _test_text(check: Checked) -> dict[str, Any]:
    test = check.test
    own, other = test.own, test.other
    when = {"at": f"at {test.time_text}", "lasting": "time until back"}.get(own.read, own.read)
    when += f" by {test.time_text}" if own.read in ("greatest", "least") and test.time_text else ""
    what = f"{own.scale.replace('_', ' ')}, {own.arm}, {when}"
    if other is not None:
        apart = [other.scale.replace("_", " ")] if other.scale != own.scale else []
        apart += [f"study {other.study.replace('_', ' ')}"] if other.study != own.study else []
        against = "its own start" if other.read == "baseline" else ", ".join([other.arm, *apart])
        words = {"difference": "minus", "ratio": "over", "share": "share of the change that is missing in"}
        what += f"; {words[test.measure]} {against}"
    expected = " ".join([test.expectation, " and ".join(test.bounds)]).strip()
    return {
        "what": f"{what}; expected: {expected}" + (" (premise)" if test.premise else ""),
        "numbers": _numbers_text(check),
        "note": _note_text(check),
        "verdict": check.verdict,
        "grounds": _grounds_text(check),
    }


def _numbers_text(check: Checked) -> str:
    if check.reason:
        return check.reason
    unit = _unit(check)
    size = units.factor(unit, check.unit) if unit else 1.0
    low, median, high = (f"{value / size:.3g}" for value in (check.low, check.median, check.high))
    return f"{median} ({low} to {high}) {unit}".strip().replace("inf", "later than the study")


def _note_text(check: Checked) -> str:
    """What the numbers are held against: the smallest noticeable change, or the share of people who meet a bound."""
    if check.reason:
        return ""
    if check.met == check.met:
        return f"true of {100 * check.met:.0f} % of simulated people"
    unit = _unit(check)
    return f"noticeable from {check.noticeable / (units.factor(unit, check.unit) if unit else 1.0):.2g}"


def _unit(check: Checked) -> str:
    """A unit people read."""
    readable = {"kg m-2 s-1": "g/m2/h", "mol m-2": "nmol/cm2", "m": "um", "s": "d", "m-2": "cm-2", "m2": "um2"}
    unit = readable.get(check.unit, check.unit)
    if check.unit == "s" and abs(check.median) < 86400:
        unit = "h"
    return "" if unit in ("", "1") else unit


def _grounds_text(check: Checked) -> str:
    """The weakest of the numbers a test rests on, with its grade."""
    ranked = sorted(check.grounds, key=lambda one: GRADES.index(one[1]) if one[1] in GRADES else -1)
    return f"{ranked[-1][0]} ({ranked[-1][1] or 'not in this study'})" if ranked else ""


def _screen_text(one: Any) -> dict[str, Any]:
    people = len(one.screen.people)
    who = "; ".join(_person_text(each) for each in one.screen.people)
    return {
        "what": f"screening of {who}; expected: {one.screen.expectation}",
        "numbers": f"{one.counted} of {people} {'spoken to' if one.screen.expectation == 'spoken to' else 'refused'}",
        "note": "",
        "verdict": one.verdict,
        "grounds": "",
    }


def _person_text(keys: Mapping[str, Any]) -> str:
    """A person of a screen in words."""
    words = [", ".join(value) if isinstance(value, list) else f"{key} {value}" for key, value in keys.items()]
    return ", ".join(words) or "the study's own person"


def _published_text(one: Any) -> dict[str, Any]:
    found = dataclasses.asdict(one)
    return {"text": found["text"], "sources": [formatted(each) for each in bibliography(one.source)]}
