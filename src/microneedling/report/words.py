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
TIMES = 2.0  # a median gain above so much of the start is told as so many times the start [1]
_WEIGHT = (NOT_NOTICEABLE, UNCERTAIN, NOTICEABLE)


@dataclasses.dataclass(frozen=True)
class Line:
    """One outcome in words: badge, and what happens when."""

    title: str
    badge: str
    sentences: tuple[str, ...]
    note: str = ""
    brief: str = ""


def acute(answer: Answer) -> list[Line]:
    """Hours and days after the first session."""
    return [acute_line(answer.outcomes[n], answer) for n in (*names.ACUTE, "bleeding") if n in answer.outcomes]


def lasting(answer: Answer, wanted: Iterable[str] = names.LONG) -> list[Line]:
    """Weeks and months, of the outcomes wanted that are about the person."""
    known = [n for n in wanted if n in answer.outcomes and n != "downtime" and answer.concerns(n)]
    return [lasting_line(answer.outcomes[n], answer) for n in known]


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
    return [f"{spell.arms(arms)}: visible redness for {text} in all{over}." for text, arms in grouped(told)]


def change_words(found: Interval, outcome: Outcome) -> str:
    """ "+12 to +130 µm (median +44)"; per cent of its start for relative read-outs, no sign where the start is zero.

    A relative gain of more than twice the start is told as so many times the start.
    """
    if outcome.is_relative and found.median > TIMES:
        low, middle, high = (spell.figures(1.0 + x, 2) for x in (found.low, found.median, found.high))
        return f"{low} to {high} times the start (median {middle})" if low != high else f"{low} times the start"
    spoken, factor = _spoken(outcome)
    return quantity(found.times(factor), spoken, sign=bool(np.any(outcome.values[..., 0] != 0)))


def plain_change(found: Interval, outcome: Outcome) -> str:
    """A change as one would say it, the middle first: "19 % less (2 to 79 % less)"."""
    if outcome.is_relative and found.median > TIMES:
        return change_words(found, outcome)
    spoken, factor = _spoken(outcome)
    low, middle, high = (spell.rounded(abs(x) * factor, spoken) for x in (found.low, found.median, found.high))
    unit = f"{TIED}{names.unit(spoken)}".rstrip(TIED)
    if min(found.low, found.high) < 0 < max(found.low, found.high):
        ends = f"{low}{unit}{_way(low, found.low)} to {high}{unit}{_way(high, found.high)}"
    else:
        near, far = (low, high) if found.high > 0 else (high, low)
        ends = f"{near if near == far else f'{near} to {far}'}{unit}{_way(far, found.low + found.high)}"
    return f"{middle}{unit}{_way(middle, found.median)} ({ends})"


def _way(text: str, change: float) -> str:
    """Is it more or less? Nothing is neither."""
    return "" if text == "0" else " more" if change > 0 else " less"


def difference_words(found: Interval, outcome: Outcome) -> str:
    """One arm less another, with its sign: "−79 to −2 % (median −19)"; relative read-outs in per cent of the start."""
    if outcome.is_relative and abs(found.median) > TIMES:
        low, middle, high = (spell.rounded(x, outcome, sign=True) for x in (found.low, found.median, found.high))
        return f"{low} to {high} times the start (median {middle})"
    spoken, factor = _spoken(outcome)
    return quantity(found.times(factor), spoken, sign=True)


def quantity(found: Interval, outcome: Outcome, *, sign: bool = False) -> str:
    """Interval, unit and median in words, two digits that count: sentences claim no more than intervals hold."""
    low, middle, high = (spell.rounded(x, outcome, sign=sign) for x in (found.low, found.median, found.high))
    text = low if low == high else f"{low} to {high}"
    return f"{text}{TIED}{names.unit(outcome)}".strip() + (f" (median {middle})" if text != middle else "")


def passing(found: Verdict) -> str:
    """In how many courses a change shows."""
    if found.passed in (0, found.courses):
        return "in no course" if not found.passed else "in every course"
    return f"in {found.passed} of {found.courses} courses"


def acute_line(outcome: Outcome, answer: Answer) -> Line:
    """What happens within a week of the first session: the height, and when it is gone."""
    return _named(_acute(outcome, answer), outcome)


def lasting_line(outcome: Outcome, answer: Answer) -> Line:
    """What is there weeks after the last session, and at the end."""
    return _named(_lasting(outcome, answer), outcome)


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
    return Line(title, judged.word, tuple(t for t in told if t), note)


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
    return Line(title, badge, tuple(told), note)


def _doubt(found: Verdict) -> str:
    if found.word == NOTICEABLE:
        return ""
    return f"; noticeable {passing(found)}" if found.word == UNCERTAIN else "; not noticeable"


def grouped(told: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Text and the arms it holds for."""
    found: dict[str, list[str]] = {}
    for arm, text in told:
        found.setdefault(text, []).append(arm)
    return list(found.items())


def least(outcome: Outcome) -> str:
    """The smallest noticeable change with its unit."""
    spoken, factor = _spoken(outcome)
    return f"{spell.brief(outcome.noticeable * factor)}{TIED}{names.unit(spoken)}".strip()


def _quiet(outcome: Outcome, when: str) -> str:
    return f"Not noticeable {when}: the change lies within the smallest noticeable change ({least(outcome)})."


def _spoken(outcome: Outcome) -> tuple[Outcome, float]:
    """The outcome as it is spoken of: what is relative to its start in per cent."""
    if not outcome.is_relative:
        return outcome, 1.0
    return dataclasses.replace(outcome, unit="%", noticeable=100 * outcome.noticeable), 100.0


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
