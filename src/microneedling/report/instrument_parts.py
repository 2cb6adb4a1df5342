"""Would an instrument show it? The least change one person's two readings tell, and in how many it is passed."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from microneedling.core.document import Part, Table, Text
from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.report.course import Outcome, interval

HEADING = "Would an instrument show it in one person?"
READ = (
    "Instruments do not read the same skin twice alike. A change shows in one person when it is worth noticing and "
    "more than two readings of unchanged skin differ by in 95 of 100 pairs. The mean of many people can show less. "
)
HEAD = ("Scale", "Change at the end", "Worth noticing from", "Shows in one person from", "Shows in")
WIDTHS = (4.0, 4.0, 2.4, 2.6, 2.0)


def parts(answer: Answer) -> tuple[Part, ...]:
    """Heading, how to read it, and one row a scale; nothing where no instrument reads what was asked for.

    Checked by: tests/unit/report/test_instrument_parts.py
    """
    read = [one for one in answer.outcomes.values() if math.isfinite(one.shows) and answer.concerns(one.name)]
    if answer.in_vitro or not read:
        return ()
    rows = tuple(_row(one, answer.end) for one in sorted(read, key=lambda one: -share(one, answer.end)))
    said = f"{answer.arms[0][:1].upper()}{answer.arms[0][1:]}, after {spell.duration(answer.end - answer.start)}."
    seen = [names.plain(one.name, one.title).lower() for one in read if share(one, answer.end) >= 0.5]
    told = f"In at least half of the people: {spell.listed(seen)}." if seen else "Nothing shows in half of the people."
    return Text(HEADING, mark=True), Text(f"{said} {READ}{told}", soft=True), Table("", HEAD, rows, WIDTHS)


def share(outcome: Outcome, time: float) -> float:
    """In which share of people of the first arm the change from the first reading shows at a time [s].

    Checked by: tests/unit/report/test_instrument_parts.py
    """
    return float(np.mean(np.abs(outcome.change(time)[0]) > outcome.shows))


def _row(outcome: Outcome, end: float) -> tuple[str, ...]:
    change = interval(outcome.change(end)[0])
    said = f"{spell.signed(change.median, outcome)} ({spell.span(change, outcome, sign=True)})"
    return (
        names.plain(outcome.name, outcome.title),
        *_united((said,), outcome),
        *_least(outcome),
        _per_cent(outcome, end),
    )


def _least(outcome: Outcome) -> Iterable[str]:
    return _united((spell.brief(outcome.noticeable), spell.brief(float(f"{outcome.shows:.2g}"))), outcome)


def _united(texts: Iterable[str], outcome: Outcome) -> tuple[str, ...]:
    return tuple(f"{text} {spell.unit(outcome.unit)}".strip() for text in texts)


def _per_cent(outcome: Outcome, end: float) -> str:
    return f"{100 * share(outcome, end):.0f} % of people"
