"""What a clinic would score: grades before and after, the chance of one grade better, and the harm beside it."""

from __future__ import annotations

import dataclasses

import numpy as np

from microneedling.report import spell, words
from microneedling.report.answer import Answer
from microneedling.report.course import Outcome, interval, verdict
from microneedling.scales.clinical import GRADES, SCALES, SCORE, Clinical
from microneedling.scales.clinical_series import designs
from microneedling.scales.grading import grade_shares

SHOWS = {
    "noticeable": "yes, in nearly every study",
    "uncertain": "in some studies, not in others",
    "not noticeable": "no: less than two ratings of the same skin differ by, or too little to call a change",
}
DESIGN = {"": "New controlled study", "_open": "Open series"}


@dataclasses.dataclass(frozen=True)
class Row:
    """One scale in one kind of study, as printed."""

    design: str
    after: str
    change: str
    better: str
    noticed: str
    grades: str
    badge: str
    shows: str


@dataclasses.dataclass(frozen=True)
class Block:
    """One scale: title, its start, what shows at all, rows by kind of study."""

    title: str
    before: str
    least: str
    rows: tuple[Row, ...]


@dataclasses.dataclass(frozen=True)
class Clinic:
    """The table, the harm beside it, and the arm and time it speaks of."""

    arm: str
    when: str
    blocks: tuple[Block, ...]
    harms: tuple[str, ...]


def clinic(answer: Answer) -> Clinic | None:
    """The section of the report; None where no clinical scale concerns the person.

    Args:
        answer: of a result that holds clinical scales (study/clinic.py)

    Returns: Clinic, of the first arm at the end of the course.
    Checked by: tests/faces/test_clinic_report.py
    """
    blocks = tuple(_block(card, answer) for card in SCALES if card.name in answer.outcomes)
    if not blocks:
        return None
    return Clinic(answer.arms[0], spell.duration(answer.end - answer.start), blocks, _harms(answer))


def _block(card: Clinical, answer: Answer) -> Block:
    outcome = answer.outcomes[card.name]
    low, high = spell.brief(outcome.low), spell.brief(outcome.high)
    start = spell.number(float(np.median(outcome.values[0, :, 0])), 1)
    rows = tuple(_row(card, design, answer) for design in designs(card) if f"{card.name}{design}" in answer.outcomes)
    least = f"a change shows from {spell.rounded(outcome.noticeable, outcome)} {spell.unit(outcome.unit)}".rstrip()
    rated = f"{start} on {low} to {high}" if card.kind in (GRADES, SCORE) else "against before"
    return Block(card.title, rated, least, rows)


def _row(card: Clinical, design: str, answer: Answer) -> Row:
    outcome = answer.outcomes[f"{card.name}{design}"]
    change = outcome.change(answer.end)[0]
    judged, seen = verdict(change, outcome.noticeable), _chance(answer, f"{card.name}_shown{design}")
    return Row(
        design=DESIGN[design],
        after=_span(outcome, outcome.at(answer.end)[0]),
        change=_span(outcome, change, sign=True),
        better=_chance(answer, f"{card.name}_better{design}"),
        noticed=_chance(answer, f"{card.name}_noticed{design}") or _chance(answer, f"{card.name}_half{design}"),
        grades=_grades(card, answer, -change) if card.kind == GRADES else "",
        badge=judged.word,
        shows=SHOWS[judged.word] + (f"; in one person: {seen}" if seen else ""),
    )


def _span(outcome: Outcome, values: np.ndarray, *, sign: bool = False) -> str:
    found, write = interval(values), spell.signed if sign else spell.shown
    unit = spell.unit(outcome.unit)
    return f"{write(found.median, outcome)} ({spell.span(found, outcome, sign=sign)}){f' {unit}' if unit else ''}"


def _chance(answer: Answer, name: str) -> str:
    """ "62 % (20 to 95)", or nothing where the scale has no such chance."""
    if name not in answer.outcomes:
        return ""
    found = interval(answer.outcomes[name].at(answer.end)[0])
    return f"{found.median:.0f} % ({found.low:.0f} to {found.high:.0f})"


def _grades(card: Clinical, answer: Answer, falls: np.ndarray) -> str:
    """Chance of each grade for the central person's start, over all studies: "1: 10 %, 2: 45 %"."""
    start, people = (answer.parameter(f"{card.known.name}.{field}") for field in ("start", "people"))
    if start is None or people is None:
        return ""
    low, high = round(card.numbers.low), round(card.numbers.high)
    shares = grade_shares(np.full_like(falls, start), falls, np.full_like(falls, people), (low, high)).mean(axis=0)
    told = [f"{grade}: {100 * share:.0f} %" for grade, share in zip(range(low, high + 1), shares) if share >= 0.005]
    return ", ".join(told)


def _harms(answer: Answer) -> tuple[str, ...]:
    """Redness, darkening and pain, from their own outcomes."""
    told = list(words.downtime(answer)[:1])
    if "darkening_risk" in answer.outcomes:
        most = np.max(answer.outcomes["darkening_risk"].values[0], axis=-1)
        told.append(f"Risk of dark marks at its height: {_percent(most)}.")
    if "pain" in answer.outcomes:
        pain = answer.outcomes["pain"]
        top = interval(np.max(pain.values[0], axis=-1))
        told.append(f"Pain at its height: {words.quantity(top, pain)}.")
    return tuple(told)


def _percent(values: np.ndarray) -> str:
    found = interval(values)
    return (
        f"{spell.number(found.median, 0)} % of people ({spell.number(found.low, 0)} to {spell.number(found.high, 0)})"
    )
