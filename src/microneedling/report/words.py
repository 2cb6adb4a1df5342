"""The plain-language page: what to expect and when, from the numbers and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.report.course import (
    HIGH,
    LOW,
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
from microneedling.report.moments import after, late

SIGNS = {NOTICEABLE: "●", UNCERTAIN: "◐", NOT_NOTICEABLE: "○"}
FAILED = "No course of this outcome could be computed."
TIED = "\N{NO-BREAK SPACE}"  # keeps a unit beside its number
_WEIGHT = (NOT_NOTICEABLE, UNCERTAIN, NOTICEABLE)


@dataclasses.dataclass(frozen=True)
class Line:
    """One outcome in words: badge, what happens when, and beside the other arms."""

    title: str
    badge: str
    sentences: tuple[str, ...]
    note: str = ""
    brief: str = ""


def acute(answer: Answer) -> list[Line]:
    """Hours and days after the first session."""
    known = [answer.outcomes[n] for n in (*names.ACUTE, "bleeding") if n in answer.outcomes]
    return [_named(_acute(outcome, answer), outcome) for outcome in known]


def lasting(answer: Answer) -> list[Line]:
    """Weeks and months."""
    known = [answer.outcomes[n] for n in names.LONG if n in answer.outcomes and n != "downtime" and answer.concerns(n)]
    return [_named(_lasting(outcome, answer), outcome) for outcome in known]


def glance(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Which outcomes are noticeable, which may be, which are not: badge and titles."""
    titles: dict[str, list[str]] = {}
    for line in lines:
        titles.setdefault(line.badge, []).append(line.brief)
    return [(word, spell.listed(titles[word])) for word in reversed(_WEIGHT) if word in titles]


def downtime(answer: Answer) -> list[str]:
    """Days of visible redness over the whole course, by arm."""
    outcome = answer.outcomes.get("downtime")
    if outcome is None or not np.isfinite(outcome.values).all():
        return []
    told = [(name, quantity(interval(outcome.values[arm, :, -1]), outcome)) for arm, name in enumerate(answer.arms)]
    visits = len(answer.sessions)
    over = f" over {visits} sessions" if visits > 1 else ""
    return [f"{spell.listed(arms)}: visible redness for {text} in all{over}." for text, arms in _grouped(told)]


def change_words(found: Interval, outcome: Outcome) -> str:
    """ "+12 to +130 µm (median +44)"; per cent of its start for relative read-outs, no sign where the start is zero."""
    spoken, factor = _spoken(outcome)
    return quantity(found.times(factor), spoken, sign=bool(np.any(outcome.values[..., 0] != 0)))


def quantity(found: Interval, outcome: Outcome, *, sign: bool = False) -> str:
    """Interval, unit and median in words."""
    write = spell.signed if sign else spell.shown
    text, middle = spell.span(found, outcome, sign=sign), write(found.median, outcome)
    return f"{text}{TIED}{names.unit(outcome)}".strip() + (f" (median {middle})" if text != middle else "")


def _named(line: Line, outcome: Outcome) -> Line:
    return dataclasses.replace(line, brief=names.brief(outcome.name, line.title))


def _acute(outcome: Outcome, answer: Answer) -> Line:
    window = acute_window(answer)
    when = peak(outcome, 0, *window)
    change = outcome.change(when)[0]
    title, note = names.plain(outcome.name, outcome.title), names.UNMEASURED.get(outcome.name, "")
    if not np.isfinite(change).all():
        return Line(title, "", (FAILED,))
    judged = verdict(change, outcome.noticeable)
    if judged.word == NOT_NOTICEABLE:
        return Line(title, NOT_NOTICEABLE, (_quiet(outcome, "at its height"),), note)
    words = after(answer, when)
    told = [f"{change_words(interval(change), outcome)} at its height, {words}.", _fades(outcome, window)]
    return Line(title, judged.word, (*(t for t in told if t), *_beside(outcome, answer, when, words)), note)


def _fades(outcome: Outcome, window: tuple[float, float]) -> str:
    """When it is no longer noticeable, in the courses in which it was."""
    gone = fading(outcome, 0, *window) - window[0]
    shows = gone[~np.isnan(gone)]
    if outcome.name == "bleeding" or not shows.size:
        return ""
    never, still = len(gone) - len(shows), int(np.sum(np.isinf(shows)))
    most = window[1] - window[0]
    head = f"Never noticeable in {never} of {len(gone)} courses; in the others below" if never else "Below"
    if still == len(shows):
        return f"Still noticeable {spell.duration(most)} later."
    low, middle, high = np.quantile(np.minimum(shows, most), [LOW, 0.5, HIGH])
    texts = [spell.duration(max(60.0, t)) for t in (low, high, middle)]
    span = texts[0] if texts[0] == texts[1] else f"{texts[0]} to {texts[1]} (median {texts[2]})"
    later = f"; still there after {spell.duration(most)} in {still}" if still else ""
    return f"{head} what is noticeable after {span}{later}."


def _lasting(outcome: Outcome, answer: Answer) -> Line:
    title, note = names.plain(outcome.name, outcome.title), names.UNMEASURED.get(outcome.name, "")
    chosen = late(answer)[:: max(1, len(late(answer)) - 1)]  # first and last
    changes = [outcome.change(m.time)[0] for m in chosen]
    if not np.isfinite(changes).all():
        return Line(title, "", (FAILED,))
    judged = [verdict(change, outcome.noticeable) for change in changes]
    badge = max((v.word for v in judged), key=_WEIGHT.index)
    if badge == NOT_NOTICEABLE:
        return Line(title, badge, (_quiet(outcome, " or ".join(m.words for m in chosen)),), note)
    told = [
        f"{_upper(m.words)}: {change_words(interval(change), outcome)}{_doubt(v)}."
        for m, change, v in zip(chosen, changes, judged)
    ]
    return Line(title, badge, (*told, *_beside(outcome, answer, chosen[0].time, chosen[0].words)), note)


def _doubt(found: Verdict) -> str:
    if found.word == NOTICEABLE:
        return ""
    return (
        f"; noticeable in {found.passed} of {found.courses} courses" if found.word == UNCERTAIN else "; not noticeable"
    )


def _beside(outcome: Outcome, answer: Answer, time: float, words: str) -> tuple[str, ...]:
    """The first arm less each other arm at one time, course by course; arms that differ alike together."""
    now, told = outcome.at(time), []
    for arm, name in enumerate(answer.arms[1:], 1):
        gap = now[0] - now[arm]
        quiet = verdict(gap, outcome.noticeable).word == NOT_NOTICEABLE
        told.append((name, "no noticeable difference" if quiet else change_words(interval(gap), outcome)))
    said = [f"from {spell.listed(arms)} {text}" for text, arms in _grouped(told)]
    return (f"Difference {words}: {'; '.join(said)}.",) if said else ()


def _grouped(told: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Text and the arms it holds for."""
    found: dict[str, list[str]] = {}
    for arm, text in told:
        found.setdefault(text, []).append(arm)
    return list(found.items())


def _quiet(outcome: Outcome, when: str) -> str:
    spoken, factor = _spoken(outcome)
    least = f"{spell.brief(outcome.noticeable * factor)}{TIED}{names.unit(spoken)}".strip()
    return f"Not noticeable {when}: the interval of the change lies within the smallest noticeable change ({least})."


def _spoken(outcome: Outcome) -> tuple[Outcome, float]:
    """The outcome as it is spoken of: what is relative to its start in per cent."""
    if not outcome.is_relative:
        return outcome, 1.0
    return dataclasses.replace(outcome, unit="%", noticeable=100 * outcome.noticeable), 100.0


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
