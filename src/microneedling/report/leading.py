"""What the study asks for, answered first: the outcomes people come for, with interval, doubt and the other arms."""

from __future__ import annotations

import numpy as np

from microneedling.report import beside, clinic_parts, grounds, instrument_parts, names, spell, titles
from microneedling.report.answer import Answer
from microneedling.report.clinic import clinic
from microneedling.report.course import NOT_NOTICEABLE, NOTICEABLE, Outcome, interval, peak, verdict
from microneedling.report.delivered import delivered
from microneedling.report.done import whose
from microneedling.report.figures import acute_window
from microneedling.report.moments import late
from microneedling.report.words import FAILED, SIGNS, TIED, acute_line, lasting_line, least, passing, plain_change

FEW = 2  # outcomes in the answer
MANY = 4  # sentences about other arms that an answer still bears; more stand in the table
REST = ("corneocyte_loss", "sc_thickness", "turnover_time", "collagen_stain", "erythema")  # where nothing is treated


def cared(answer: Answer) -> list[str]:
    """Outcomes people come for that are about this person, in the order in which the study names them."""
    wanted = answer.study.get("outcomes") or names.CARED
    found = [n for n in wanted if n in names.CARED and n in answer.outcomes and answer.concerns(n)]
    typed = [n for n in found if n in names.TYPED]
    return [n for n in found if n not in typed] if len(typed) == 1 and "acne_scar_volume" in found else found


def leading(answer: Answer) -> list[str]:
    """The outcomes the answer is about: those people come for, else those the study names, else what needles do."""
    asked = [n for n in answer.study.get("outcomes") or REST if n in answer.outcomes and "." not in n]
    other = [n for n in asked if n not in (*names.CLINICAL, *names.HARM, "downtime", "darkening_risk")]
    return (cared(answer) or other)[:FEW]


def answers(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Title and sentences of each leading outcome; the first one also beside the other arms.

    Args:
        answer: a result, read

    Returns: at most FEW outcomes and the first clinical scale; of excised skin, what got through it.
    Checked by: tests/unit/report/test_leading.py
    """
    if answer.in_vitro:
        return through(answer)
    found = [_said(answer.outcomes[name], answer, first=not n) for n, name in enumerate(leading(answer))]
    return (*found, *clinic_parts.sentences(clinic(answer))[:1]) if found else through(answer)


def through(answer: Answer) -> tuple[tuple[str, str], ...]:
    """What got through or into the skin."""
    return tuple((one.title, " ".join(one.sentences)) for one in delivered(answer)[:FEW])


def _said(outcome: Outcome, answer: Answer, *, first: bool) -> tuple[str, str]:
    title = names.plain(outcome.name, outcome.title)
    if outcome.name not in names.CARED:
        line = (acute_line if outcome.name in names.PASSING else lasting_line)(outcome, answer)
        when = peak(outcome, 0, *acute_window(answer)) if outcome.name in names.PASSING else answer.end
        told = " ".join((f"{SIGNS[line.badge]} " * bool(line.badge) + line.sentences[0], *line.sentences[1:]))
    else:
        when, told = answer.end, benefit(outcome, answer)
    beyond = beside.sentences(outcome, answer, when) if first and np.isfinite(outcome.at(when)).all() else []
    beyond = beyond if len(beyond) <= MANY else [f"The other arms: below, under “{titles.BESIDE}”."]
    return title, " ".join(text for text in (told, *beyond, names.UNMEASURED.get(outcome.name, "")) if text)


def benefit(outcome: Outcome, answer: Answer) -> str:
    """The change at the end in a sentence or two, whether it shows, and whether its size is assumed."""
    change = outcome.change(answer.end)[0]
    if not np.isfinite(change).all():
        return FAILED
    judged = verdict(change, outcome.noticeable)
    shown = {
        NOTICEABLE: "Large enough to notice",
        NOT_NOTICEABLE: f"Too small to notice: that begins at {least(outcome)}",
    }.get(judged.word, f"May or may not be large enough to notice: it is {passing(judged)}, from {least(outcome)}")
    size = f"{SIGNS[judged.word]} {plain_change(interval(change), outcome)} {late(answer)[-1].words}."
    told = (size, f"{shown}.", read_off(outcome, answer), assumed(outcome.name, answer))
    return " ".join(text for text in told if text)


def read_off(outcome: Outcome, answer: Answer) -> str:
    """In how many people one reading before and one after would tell the change; nothing where no instrument is known.

    Checked by: tests/unit/report/test_leading.py
    """
    if not np.isfinite(outcome.shows):
        return ""
    told = spell.number(100 * instrument_parts.share(outcome, answer.end), 0)
    return f"One reading before and one after would tell it in {told}{TIED}% of people."


def assumed(name: str, answer: Answer) -> str:
    """A word where more than half of an outcome's spread goes with numbers nobody measured."""
    by = answer.shares.get(name, {})
    share = sum(part for grade, part in by.items() if grade in grounds.WEAK)
    return f"Size mostly assumed ({100 * share:.0f} % of its spread)." if share > grounds.HALF else ""


def simulated(answer: Answer) -> str:
    """Who and how many, in a sentence."""
    courses = f"{answer.members} simulated courses" if answer.members else "one simulated course"
    return f"{whose(answer)} {courses[:1].upper()}{courses[1:]} an arm."
