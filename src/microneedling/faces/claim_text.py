"""A judged claim as text for people: what a page, a table or a terminal prints of it."""

from __future__ import annotations

import functools
import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core import units
from microneedling.core.cite import bibliography, formatted
from microneedling.evaluation.claim_counts import Counted
from microneedling.evaluation.claim_harms import HARMS, Harm
from microneedling.evaluation.claim_rule import NOTHING
from microneedling.evaluation.claims import Published, Reading
from microneedling.evaluation.ledger import Ledger
from microneedling.evaluation.verdicts import Checked, Judged, Screened
from microneedling.report import names, spell
from microneedling.scales import standard as scales
from microneedling.scales.scale import Card

WIDE = 80  # columns of a terminal
DAY = 86400.0
HARM_NOTICED = {"darkening_risk": 0.05, "oedema": 1e-4}  # SI; less than a thousandth of it is printed as nothing
WORDS = {"difference": "minus", "ratio": "over", "share": "share of its change that is missing in"}
COPIED = ("id", "claim", "kind", "topic", "quantity", "covers", "not_computed")


def shown(one: Judged, found: Ledger) -> dict[str, Any]:
    """A claim as text for people: everything a page or a terminal prints of it.

    Checked by: tests/faces/test_claim_text.py
    """
    claim = one.claim
    studies = sorted({test.own.study for test in claim.tests} | {screen.study for screen in claim.screens})
    stamps = dict.fromkeys(text for study in studies for text in found.stamps.get(study, ()))
    return {
        **{key: getattr(claim, key) for key in COPIED},
        "untested": list(claim.untested),
        "verdict": one.verdict,
        "because": one.because,
        "assumed": one.assumed,
        "tests": [check_text(each) for each in one.checked]
        + [screen_text(each) for each in one.screened]
        + [count_text(each) for each in one.counted],
        "harms": harm_lines(one.harms),
        "published": [published_text(each) for each in claim.published],
        "studies": studies,
        "stamps": list(stamps),
    }


def lines(one: Mapping[str, Any], width: int = WIDE) -> list[str]:
    """One claim for a terminal, no line wider than `width`.

    Checked by: tests/faces/test_claim_text.py
    """
    stamp = " (rests on an assumed size)" if one["assumed"] else ""
    made = _wrapped(f'{one["id"]} "{one["claim"]}"', "", width)
    made += _wrapped(f"{one['verdict'].upper()}{stamp}", "  ", width)
    for word, text in (("", one["because"]), ("tested: ", one["covers"]), ("why: ", one["not_computed"])):
        made += _wrapped(f"{word}{text}", "  ", width) if text else []
    for test in one["tests"]:
        made += _wrapped(f"{test['verdict']}: {test['what']}", "  * ", width)
        for text in (", ".join(filter(None, (test["numbers"], test["note"]))), test["rests"]):
            made += _wrapped(text, "      ", width) if text else []
    for word, texts in (("not computed: ", one["untested"]), ("harm beside it: ", one["harms"])):
        made += [line for text in texts for line in _wrapped(f"{word}{text}", "  ", width)]
    for each in one["published"]:
        made += _wrapped(f"published: {each['text']} {' '.join(f'[{text}]' for text in each['sources'])}", "  ", width)
    made += [line for text in one["stamps"] for line in _wrapped(f"screening: {text}", "  ", width)]
    made += _wrapped(f"run again: {again(one)}", "  ", width) if one["studies"] else []
    return made


def again(one: Mapping[str, Any]) -> str:
    """The command that runs a claim, and the one that gives its study files."""
    return f"microneedling claims {one['id']}; its studies alone: microneedling claims {one['id']} --copies FOLDER"


def check_text(check: Checked) -> dict[str, Any]:
    """One test: what is read against what, its number, what it is held against, what it rests on."""
    test = check.test
    own, other = test.own, test.other
    what = f"{_scale(own.scale)}, {own.arm}, {_when(own, test.time_text)}"
    if other is not None:
        apart = [_scale(other.scale)] if other.scale != own.scale else []
        apart += [f"study {other.study.replace('_', ' ')}"] if other.study != own.study else []
        against = "its own start" if other.read == "baseline" else ", ".join([other.arm, *apart])
        what += f"; {WORDS[test.measure]} {against}"
    expected = " ".join([test.expectation, " and ".join(test.bounds)]).strip()
    return {
        "what": f"{what}; expected: {expected}" + (" (premise)" if test.premise else ""),
        "numbers": check.reason or interval_text(check),
        "note": _note(check),
        "verdict": check.verdict,
        "rests": rests_text(check),
    }


def interval_text(check: Checked | Harm) -> str:
    """Median and 5 to 95 % points in a unit people read."""
    unit = _unit(check)
    size = units.factor(unit, check.unit or "1")
    points = [0.0 if abs(x) < NOTHING * _noticed(check) else x for x in (check.low, check.median, check.high)]
    low, median, high = (spell.figures(value / size) for value in points)
    text = f"{median} ({low} to {high}) {spell.unit(unit)}".strip()
    return text if all(map(math.isfinite, (check.low, check.median, check.high))) else text.replace("–", "never back")


def _noticed(check: Checked | Harm) -> float:
    """The noticeable change of a test's number; of a harm that of its scale's range, so that no dust is printed."""
    if isinstance(check, Checked):
        return check.noticeable if check.noticeable > 0 else 0.0
    return HARM_NOTICED.get(check.scale, 0.0)


def rests_text(check: Checked) -> str:
    """What a test rests on, in a sentence; nothing where that is not known."""
    told = [f"{name} does not vary and is {grade}" for name, grade in check.named]
    if not math.isnan(check.share) and not check.reason:
        above = ", ".join(f"{name} ({100 * part:.0f} %)" for name, part in check.movers)
        share = f"{100 * check.share:.0f} % of its spread goes with assumed numbers"
        told.insert(0, f"{share}, above all {above}" if above and check.share >= 0.05 else share)
        if check.again != check.verdict:
            told.append(f"with those drawn anew the verdict is: {check.again}")
    return "; ".join(told)


def screen_text(one: Screened) -> dict[str, Any]:
    """One screen: who, and how many were refused or spoken to."""
    who = "; ".join(_person(each) for each in one.screen.people)
    did = "spoken to" if one.screen.expectation == "spoken to" else "refused"
    return {
        "what": f"screening of {who}; expected: {one.screen.expectation}",
        "numbers": f"{one.counted} of {len(one.screen.people)} {did}",
        "note": "",
        "verdict": one.verdict,
        "rests": "",
    }


def count_text(one: Counted) -> dict[str, Any]:
    """One kind of harm that studies counted, its rate and the bound."""
    what = f"counted in studies: {one.title} ({one.group}); expected: at most {one.count.bound}"
    low, median, high = (spell.figures(100 * value, 2) for value in (one.low, one.median, one.high))
    cases = f"{one.cases} case{'s' * (one.cases != 1)} in {one.people} people"
    told = "" if one.reason else f"{cases} of {one.studies} {'studies' if one.studies != 1 else 'study'}"
    numbers = one.reason or f"{median} ({low} to {high}) %"
    return {"what": what, "numbers": numbers, "note": told, "verdict": one.verdict, "rests": ""}


def harm_lines(harms: Sequence[Harm]) -> list[str]:
    """What the same runs compute of harm, a line an arm."""
    arms = dict.fromkeys(one.arm for one in harms)
    told = {arm: [f"{HARMS[one.scale]} {_harm(one)}" for one in harms if one.arm == arm] for arm in arms}
    return [f"{arm}: {'; '.join(words)}" for arm, words in told.items()]


def published_text(one: Published) -> dict[str, Any]:
    """What was published, with its sources written out."""
    return {"text": one.text, "sources": [formatted(each) for each in bibliography(one.source)]}


def _harm(one: Harm) -> str:
    return f"(not computed: {one.reason})" if one.reason else interval_text(one)


def _wrapped(text: str, lead: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * max(len(lead), 4))


def _when(own: Reading, time_text: str) -> str:
    if own.read == "at":
        return f"at {time_text}"
    if own.read == "lasting":
        return "time until back"
    return f"{own.read} by {time_text}" if time_text else own.read


def _note(check: Checked) -> str:
    """What the number is held against: the smallest noticeable change, or the share of people who meet a bound."""
    if check.reason:
        return ""
    if not math.isnan(check.met):
        return f"true of {100 * check.met:.0f} % of {check.people} simulated people"
    unit = _unit(check)
    size = spell.figures(check.noticeable / units.factor(unit, check.unit or "1"), 2)
    return f"noticeable from {size} {spell.unit(unit)}".strip()


def _unit(check: Checked | Harm) -> str:
    """A unit people read: that of the scale's card; hours or days for times."""
    scale = check.test.own.scale if isinstance(check, Checked) else check.scale
    card = _card(scale)
    if check.unit == "s":
        return "h" if abs(check.median) < 2 * DAY else "d"
    return card.shown if card is not None and card.unit == check.unit and not _is_quotient(check) else check.unit or "1"


def _is_quotient(check: Checked | Harm) -> bool:
    return isinstance(check, Checked) and check.test.measure in ("ratio", "share")


def _scale(name: str) -> str:
    card = _card(name)
    return names.plain(name, card.title if card else name.replace("_", " "))


@functools.cache
def _card(name: str) -> Card | None:
    """Card of a scale, or of the amount of an active somewhere ("dermis.caffeine")."""
    actives = (name.split(".", 1)[1],) if "." in name else ()
    return {card.name: card for card in scales.cards(actives)}.get(name)


def _person(keys: Mapping[str, Any]) -> str:
    """A person of a screen in words."""
    words = [", ".join(value) if isinstance(value, list) else f"{key} {value}" for key, value in keys.items()]
    return ", ".join(words) or "the study's own person"
