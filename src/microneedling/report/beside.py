"""The first arm beside the others: differences taken course by course, said once for all outcomes that matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from microneedling.core.document import Table
from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.report.course import NOT_NOTICEABLE, Outcome, interval, peak, verdict
from microneedling.report.figures import acute_window
from microneedling.report.moments import after, late
from microneedling.report.words import SIGNS, change_words, difference_words, grouped
from microneedling.scales.clinical_series import DESIGNS

NONE = "no noticeable difference"
WIDE = 3  # so many groups of arms still stand as columns; more stand as rows
FEW = 5  # outcomes across where arms stand as rows
# what is left of the first arm beside an arm that lacks one thing
LACKS = {"topical only": "the needles", "needling only": "what is put on", "sham": "the needles"}


def differences(outcome: Outcome, answer: Answer, time: float) -> list[tuple[str, str, str]]:
    """Each other arm: its name, the first arm less it in words, and whether that shows; nothing where not computed."""
    now, found = outcome.at(time), []
    for arm, name in enumerate(answer.arms[1:], 1):
        gap = now[0] - now[arm]
        if not np.isfinite(gap).all():
            continue
        word = verdict(gap, outcome.noticeable).word
        text = NONE if word == NOT_NOTICEABLE else difference_words(interval(gap), outcome)
        found.append((name, text, word))
    return found


def sentences(outcome: Outcome, answer: Answer, time: float) -> list[str]:
    """The differences of one outcome as sentences, arms that differ alike together.

    Checked by: tests/unit/report/test_beside.py
    """
    found = differences(outcome, answer, time)
    change = change_words(interval(outcome.change(time)[0]), outcome)
    told = []
    for text, arms in grouped([(name, text) for name, text, _ in found]):
        said = "all of it" if text == change else text
        told.append(f"Beyond {spell.arms(arms)}: {said}{_nothing(arms, answer) if text == NONE else ''}.")
    return told


def _nothing(arms: Sequence[str], answer: Answer) -> str:
    """What adds nothing that shows, where an arm lacks that one thing."""
    kinds = {str(one.get("name")): str(one.get("kind")) for one in answer.study.get("arm") or ()}
    idle = {LACKS[kinds[arm]] for arm in arms if kinds.get(arm) in LACKS}
    return f", so {spell.listed(sorted(idle))} added nothing that shows" if idle else ""


def table(answer: Answer, wanted: Iterable[str]) -> Table | None:
    """The differences of several outcomes; arms that differ alike in all of them share a column.

    Args:
        wanted: names of outcomes; those of hours and days are read at their height, the others at the end

    Returns: None where there is one arm, or nothing to compare.
    Checked by: tests/unit/report/test_beside.py
    """
    read = [_read(answer.outcomes[name], answer) for name in wanted if name in answer.outcomes]
    rows = [(title, when, {arm: _cell(text, word) for arm, text, word in found}) for title, when, found in read]
    rows = [row for row in rows if len(row[2]) == len(answer.arms) - 1]
    if len(answer.arms) < 2 or not rows:
        return None
    same = grouped([(arm, "\n".join(cells[arm] for *_, cells in rows)) for arm in answer.arms[1:]])
    groups = [arms for _, arms in same]
    if len(groups) <= WIDE:
        head = ("Outcome", "When", *(f"beyond {spell.arms(arms)}" for arms in groups))
        body = tuple((title, when, *(cells[arms[0]] for arms in groups)) for title, when, cells in rows)
        return Table("", head, body, (3, 2, *(4 for _ in groups)))
    shown = rows[:FEW]
    head = ("Beyond", *(f"{title}, {when}" for title, when, _ in shown))
    body = tuple((spell.arms(arms), *(cells[arms[0]] for *_, cells in shown)) for arms in groups)
    return Table("", head, body, (2, *(2 for _ in shown)))


def _read(outcome: Outcome, answer: Answer) -> tuple[str, str, list[tuple[str, str, str]]]:
    title = names.plain(outcome.name, outcome.title).removesuffix(f", {DESIGNS['']}")
    if outcome.name in names.PASSING:
        when = peak(outcome, 0, *acute_window(answer))
        return title, after(answer, when), differences(outcome, answer, when)
    end = late(answer)[-1]
    return title, end.words, differences(outcome, answer, end.time)


def _cell(text: str, word: str) -> str:
    return f"{SIGNS[word]} {'none that shows' if text == NONE else text}"
