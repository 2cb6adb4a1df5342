"""What the answer rests on: numbers by grade, shares by grade, sources."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Mapping

from microneedling.core.card import CardError
from microneedling.core.cite import Reference, bibliography
from microneedling.core.param import GRADES
from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.safety.source import sources

WEAK = ("inferred", "assumed")  # grades behind which nobody measured the number itself
HALF = 0.5
NAMED = 6  # outcomes named in one sentence


@dataclasses.dataclass(frozen=True)
class Shares:
    """One bar: what it is about, and share by grade [1], strongest grade first."""

    title: str
    parts: tuple[tuple[str, float], ...]
    brief: str = ""
    is_main: bool = True


def counted(answer: Answer) -> tuple[tuple[str, int], ...]:
    """How many of the numbers used have each grade."""
    found = Counter(one.grade for one in answer.parameters)
    return tuple((grade, found[grade]) for grade in (*GRADES, *sorted(set(found) - set(GRADES))) if found[grade])


def count_shares(answer: Answer) -> Shares:
    """The same as shares of all numbers."""
    whole = max(1, len(answer.parameters))
    return Shares("All numbers used", tuple((grade, n / whole) for grade, n in counted(answer)))


def shares(answer: Answer) -> tuple[Shares, ...]:
    """Share of each outcome's spread that goes with numbers of each grade, in the order of the report."""
    given = [n for n in answer.shares if n in answer.outcomes and names.place(n) != names.BALANCE]
    known = [n for n in (*names.ACUTE, *names.LONG, *names.order(given)) if n in given]
    rest = [n for n in given if n not in known]
    made = []
    for name in (*known, *sorted(rest)):
        by = answer.shares[name]
        parts = tuple((grade, float(by[grade])) for grade in GRADES if by.get(grade, 0) > 0)
        title = names.plain(name, answer.outcomes[name].title)
        made.append(Shares(title, parts, names.brief(name, title), name in known))
    return tuple(made)


def sureness(answer: Answer) -> list[str]:
    """How sure the answer is, in sentences."""
    told = [_ensemble(answer)]
    if answer.failed:
        told.append(f"Left out where they did not finish: {_courses(answer.failed)}.")
    if answer.parameters:
        by = [f"{n} {grade}" for grade, n in counted(answer)]
        told.append(f"Of the {len(answer.parameters)} numbers used: {spell.listed(by)}.")
    weak = [one.brief for one in shares(answer) if sum(s for g, s in one.parts if g in WEAK) > HALF]
    if weak:
        some = spell.listed(weak[:NAMED]) if len(weak) <= NAMED else f"{', '.join(weak[:NAMED])} and others"
        told.append(
            f"In {len(weak)} of {len(shares(answer))} outcomes more than half of the spread goes with numbers that are "
            f"inferred or assumed: {some}."
        )
    told.append("No interval covers what the equations themselves leave out.")
    return told


def extrapolated(answer: Answer) -> list[str]:
    """Where the run leaves what was measured."""
    found = answer.run.get("extrapolations", "[]")
    read = json.loads(found) if isinstance(found, str) else found
    return [str(one.get("text", one) if isinstance(one, Mapping) else one).replace("_", " ") for one in read]


def references(answer: Answer) -> list[Reference]:
    """The sources of the numbers used, each once; a key the bibliography lacks stands as it is."""
    keys = sorted({key for one in answer.parameters for key in one.sources})
    try:
        return bibliography(keys)
    except CardError:
        return [_reference(key) for key in keys]


def safety_sources(answer: Answer) -> list[str]:
    """The sources behind findings and notices, each once."""
    said = [str(one.get(key, "")) for one in (*answer.findings, *answer.notices) for key in ("source", "other_side")]
    known = [source.text for source in sources().values() if any(source.text in text for text in said)]
    own = [str(one["source"]) for one in answer.findings if not any(text in str(one.get("source")) for text in known)]
    return list(dict.fromkeys([*sorted(known), *(text for text in own if text)]))


def _reference(key: str) -> Reference:
    try:
        return bibliography([key])[0]
    except CardError:
        return Reference(key, f"{key} (a source that is not in the bibliography of this version).")


def _ensemble(answer: Answer) -> str:
    if not answer.members:
        return "One course of a central person: no interval, only the middle of what is known."
    return (
        f"{_courses(answer.members)}, each with every number drawn anew within its spread: how people differ and what "
        "is not known, together. Intervals run from 5 to 95 %."
    )


def _courses(count: int | Iterable[int]) -> str:
    return f"{count} simulated course{'' if count == 1 else 's'}"
