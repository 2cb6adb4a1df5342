"""The times at which a report reads its outcomes."""

from __future__ import annotations

import dataclasses

from microneedling.report import spell
from microneedling.report.answer import Answer
from microneedling.report.spell import DAY, HOUR, MINUTE

EARLY = (HOUR, DAY, 3 * DAY, 7 * DAY)
LATE = (28 * DAY, 90 * DAY, 180 * DAY, 365 * DAY)
CELL = (HOUR, 6 * HOUR, DAY)  # a diffusion cell lives for a day or two


@dataclasses.dataclass(frozen=True)
class Moment:
    """A time [s] with its words."""

    time: float
    words: str


def origin(answer: Answer) -> str:
    """What time is counted from, in words."""
    if not answer.sessions:
        return "the start"
    return "the first session" if len(answer.sessions) > 1 else "the session"


def after(answer: Answer, time: float) -> str:
    """A time [s] in words, counted from the first session."""
    since = time - answer.start
    return f"right after {origin(answer)}" if since < MINUTE else f"{spell.duration(since)} after {origin(answer)}"


def early(answer: Answer) -> list[Moment]:
    """Hours to a week after the first session, before the next."""
    later = [t for t in answer.sessions if t > answer.start + MINUTE]
    limit = min([answer.end, *later])
    times = [answer.start + s for s in (CELL if answer.in_vitro else EARLY)]
    return [Moment(t, after(answer, t)) for t in times if t < answer.start + 0.99 * (limit - answer.start)]


def late(answer: Answer) -> list[Moment]:
    """Weeks and months after the last session, and the end of the course."""
    last = max(answer.sessions or (answer.start,))
    since = "the last session" if len(answer.sessions) > 1 else origin(answer)
    found = [Moment(last + s, f"{spell.duration(s)} after {since}") for s in LATE if last + s < 0.95 * answer.end]
    end = Moment(answer.end, f"at the end, after {spell.duration(answer.end - answer.start)}")
    return [end] if answer.in_vitro else [*found, end]


def every(answer: Answer) -> list[Moment]:
    """All of them, in order."""
    known = {m.time: m for m in (*early(answer), *late(answer))}
    return [known[time] for time in sorted(known)]
