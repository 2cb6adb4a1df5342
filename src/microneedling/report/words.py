"""The plain-language page: what to expect and when, from the numbers and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np

from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.report.course import (
    NOT_NOTICEABLE,
    NOTICEABLE,
    UNCERTAIN,
    Interval,
    Outcome,
    Verdict,
    fading,
    interval,
    peak,
    verdict,
)
from microneedling.report.figures import acute_window
from microneedling.report.moments import Moment, late, origin

SIGNS = {NOTICEABLE: "●", UNCERTAIN: "◐", NOT_NOTICEABLE: "○"}
_WEIGHT = (NOT_NOTICEABLE, UNCERTAIN, NOTICEABLE)


@dataclasses.dataclass(frozen=True)
class Line:
    """One outcome in words: badge, what happens when, and beside the other arms."""

    title: str
    badge: str
    sentences: tuple[str, ...]
    note: str = ""


def acute(answer: Answer) -> list[Line]:
    """Hours and days after the first session."""
    known = [answer.outcomes[n] for n in (*names.ACUTE, "bleeding") if n in answer.outcomes]
    return [_acute(outcome, answer) for outcome in known]


def lasting(answer: Answer) -> list[Line]:
    """Weeks and months."""
    known = [answer.outcomes[n] for n in names.LONG if n in answer.outcomes and n != "downtime"]
    return [_lasting(outcome, answer) for outcome in known]


def delivered(answer: Answer) -> list[Line]:
    """Where each active went by the end of the course."""
    wanted = ("receptor", "flux") if answer.in_vitro else ("blood", "dermis", "epidermis")
    known = [answer.outcomes[n] for n in names.order(answer.outcomes) if names.place(n) in wanted]
    return [_delivered(outcome, answer) for outcome in known]


def downtime(answer: Answer) -> str:
    """Days of visible redness over the whole course, in one sentence."""
    outcome = answer.outcomes.get("downtime")
    if outcome is None:
        return ""
    told = []
    for arm, name in enumerate(answer.arms):
        found = interval(outcome.values[arm, :, -1])
        told.append(f"{name}: {_amount(found, outcome)}")
    visits = len(answer.sessions)
    over = f" over {visits} sessions" if visits > 1 else ""
    return f"Visible redness adds up{over} to, {'; '.join(told)}."


def change_words(found: Interval, outcome: Outcome) -> str:
    """ "+12 to +130 µm (median +44)"; per cent of its start for relative read-outs."""
    spoken, factor = _spoken(outcome)
    found = found.times(factor)
    unit = spell.unit(spoken.unit)
    text = spell.span(found, spoken, sign=True)
    middle = spell.signed(found.median, spoken)
    return f"{text} {unit}".strip() + (f" (median {middle})" if text != middle else "")


def verdict_words(found: Verdict) -> str:
    """The verdict with how many courses pass, where that is in doubt."""
    if found.word == UNCERTAIN and found.courses > 1:
        return f"may or may not be noticeable: {found.passed} of {found.courses} courses"
    return "noticeable" if found.word == UNCERTAIN else found.word


def against(outcome: Outcome, answer: Answer, when: Moment) -> list[str]:
    """The first arm less each other arm at one time, course by course."""
    now, told = outcome.at(when.time), []
    for arm, name in enumerate(answer.arms[1:], 1):
        gap = now[0] - now[arm]
        judged = verdict(gap, outcome.noticeable)
        if judged.word == NOT_NOTICEABLE:
            told.append(f"{name}: no noticeable difference")
        else:
            told.append(f"{name}: {change_words(interval(gap), outcome)}")
    return told


def _acute(outcome: Outcome, answer: Answer) -> Line:
    window = acute_window(answer)
    when = peak(outcome, 0, *window)
    change = outcome.change(when)[0]
    judged = verdict(change, outcome.noticeable)
    after = spell.duration(max(1.0, when - window[0]))
    moment = Moment(when, f"{after} after {origin(answer)}")
    title, note = names.plain(outcome.name, outcome.title), names.UNMEASURED.get(outcome.name, "")
    if not np.isfinite(change).all():
        return Line(title, "", ("No course of this outcome could be computed.",))
    if judged.word == NOT_NOTICEABLE:
        return Line(title, NOT_NOTICEABLE, (_quiet(outcome, "at its height"),), note)
    told = [f"{change_words(interval(change), outcome)} at its height, {moment.words}.", _fades(outcome, window)]
    return Line(title, judged.word, (*(t for t in told if t), *_beside(outcome, answer, moment)), note)


def _fades(outcome: Outcome, window: tuple[float, float]) -> str:
    gone = fading(outcome, 0, *window) - window[0]
    if outcome.name == "bleeding":
        return ""
    still = int(np.sum(~np.isfinite(gone)))
    most = window[1] - window[0]
    if still == len(gone):
        return f"Still noticeable {spell.duration(most)} later."
    low, middle, high = np.quantile(np.minimum(gone, most), [0.05, 0.5, 0.95])
    if high < 60.0:
        return "Gone within a minute."
    texts = [spell.duration(max(60.0, t)) for t in (low, high, middle)]
    later = f"; still there after {spell.duration(most)} in {still} of {len(gone)} courses" if still else ""
    span = texts[0] if texts[0] == texts[1] else f"{texts[0]} to {texts[1]} (median {texts[2]})"
    return f"Below what is noticeable after {span}{later}."


def _lasting(outcome: Outcome, answer: Answer) -> Line:
    title, note = names.plain(outcome.name, outcome.title), names.UNMEASURED.get(outcome.name, "")
    every = late(answer)
    first = every[0]
    chosen = [first] if len(every) == 1 else [first, every[-1]]
    changes = [outcome.change(m.time)[0] for m in chosen]
    if not np.isfinite(changes).all():
        return Line(title, "", ("No course of this outcome could be computed.",))
    judged = [verdict(change, outcome.noticeable) for change in changes]
    badge = max((v.word for v in judged), key=_WEIGHT.index)
    if badge == NOT_NOTICEABLE:
        return Line(title, badge, (_quiet(outcome, " or ".join(m.words for m in chosen)),), note)
    told = [
        f"{_upper(m.words)}: {change_words(interval(change), outcome)}"
        + (f"; {verdict_words(v)}." if v.word != NOTICEABLE else ".")
        for m, change, v in zip(chosen, changes, judged)
    ]
    return Line(title, badge, (*told, *_beside(outcome, answer, first)), note)


def _delivered(outcome: Outcome, answer: Answer) -> Line:
    """The most there was at any time for layers and fluxes, the sum at the end for what only grows."""
    grows = names.place(outcome.name) in ("blood", "lymph", "receptor")
    reached = outcome.values[..., -1] if grows else outcome.values.max(axis=-1)
    when = "by the end" if grows else "at its most"
    if not np.isfinite(reached).all():
        return Line(outcome.title, "", ("No course of this outcome could be computed.",))
    judged = verdict(reached[0], outcome.noticeable)
    told = [f"{_amount(interval(reached[0]), outcome)} {when}."]
    for arm, name in enumerate(answer.arms[1:], 1):
        told.append(f"Beside {name}: {_ratio(reached[0], reached[arm], outcome)}.")
    badge = judged.word if outcome.noticeable > 0 else ""
    note = "Below what assays usually quantify." if judged.word == NOT_NOTICEABLE and badge else ""
    return Line(_upper(outcome.title), badge, tuple(told), note)


def _ratio(ours: np.ndarray, theirs: np.ndarray, outcome: Outcome) -> str:
    small = max(outcome.noticeable * 1e-6, 1e-12)
    if np.all(np.abs(theirs) <= small):
        return "it gets none" if np.any(np.abs(ours) > small) else "none either"
    found = interval(ours / np.maximum(theirs, small))
    low, middle, high = (spell.figures(x, 2) for x in (found.low, found.median, found.high))
    return f"{low} to {high} times as much (median {middle})" if low != high else f"{low} times as much"


def _beside(outcome: Outcome, answer: Answer, when: Moment) -> Iterable[str]:
    told = against(outcome, answer, when)
    return (f"Beside the other arms, {when.words}: {'; '.join(told)}.",) if told else ()


def _quiet(outcome: Outcome, when: str) -> str:
    spoken, factor = _spoken(outcome)
    least = f"{spell.shown(outcome.noticeable * factor, spoken)} {spell.unit(spoken.unit)}".strip()
    return f"Not noticeable {when}: the interval of the change lies within the smallest noticeable change ({least})."


def _amount(found: Interval, outcome: Outcome) -> str:
    unit = spell.unit(outcome.unit).replace("d", "days") if outcome.unit == "d" else spell.unit(outcome.unit)
    text, middle = spell.span(found, outcome), spell.shown(found.median, outcome)
    return f"{text} {unit}".strip() + (f" (median {middle})" if text != middle else "")


def _spoken(outcome: Outcome) -> tuple[Outcome, float]:
    """The outcome as it is spoken of: what is relative to its start in per cent."""
    if not outcome.is_relative:
        return outcome, 1.0
    return dataclasses.replace(outcome, unit="%", noticeable=100 * outcome.noticeable), 100.0


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
