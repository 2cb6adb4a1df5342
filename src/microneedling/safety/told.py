"""Events of harm in words."""

from __future__ import annotations

import dataclasses

from microneedling.safety.event import AdverseEvent
from microneedling.safety.rates import wilson

HOUR, DAY = 3600.0, 86400.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Told:
    """One event as told: what was found, in whom, by which study; `interval` is that of one count.

    `group` are the people it belongs with (harms.group_of).
    """

    event: str
    measure: str
    treatment: str
    found: str
    who: str
    use: str
    source: str
    group: str
    share: float | None = None
    interval: tuple[float, float] | None = None


def told(one: AdverseEvent, group: str) -> Told:
    """An event in words, with the interval of its own count; `group` is that of the people it belongs with."""
    return Told(
        event=one.id,
        measure=one.measure,
        treatment=one.treatment,
        found=found_text(one),
        who="; ".join(part for part in (one.indication, one.who, _with(one.topical)) if part),
        use=one.use,
        source=one.source,
        group=group,
        share=one.cases / one.people if one.counted and one.cases is not None and one.people else None,
        interval=wilson(one.cases, one.people) if one.counted and one.cases is not None and one.people else None,
    )


def _with(topical: str) -> str:
    return f"with {topical}" if topical else ""


def found_text(one: AdverseEvent) -> str:
    """What an event says: "5 of 30", "3 to 6 h", "2.2 of 10", or its words."""
    if one.counted:
        return f"{one.cases} of {one.people}{'' if one.per == 'people' else f' {one.per}'}"
    number = ""
    if one.lasting is not None:
        number = _span_of_time(*one.lasting)
    elif one.value is not None:
        span = f" ({one.low:g} to {one.high:g})" if one.low is not None and one.high is not None else ""
        number = f"{one.value:g}{span} {one.unit}"
    elif one.low is not None and one.high is not None:
        number = f"{one.low:g} to {one.high:g} {one.unit}"
    elif one.cases is not None:
        number = f"{one.cases} {'person' if one.cases == 1 else 'people'}"
    return ", ".join(part for part in (number, one.found) if part)


def _span_of_time(low: float, high: float) -> str:
    size, word = (DAY, "days") if low >= DAY else (HOUR, "hours")
    return f"{low / size:g} to {high / size:g} {word}" if low > 0 else f"up to {high / size:g} {word}"
