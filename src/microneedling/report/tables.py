"""Tables of the report: arms side by side, parameters, findings, how it was computed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from microneedling.report import exactness, names, spell
from microneedling.report.answer import Answer, Parameter
from microneedling.report.course import Interval, Outcome, interval, verdict
from microneedling.report.moments import Moment, after, early, every, late

SAYS = {"absolute": "Contraindication", "caution": "Caution", "info": "To know"}
LEVELS = tuple(SAYS)
REGULATORY = ("delivery_not_covered", "delivery_by_needles")  # findings at the head of every report they concern
FOLDED = ("Cells, vessels and signals", "Other outcomes")  # parts of the table a reader opens if need be


@dataclasses.dataclass(frozen=True)
class Cell:
    """Interval and median as text (no median where all courses agree), and the verdict of a difference."""

    span: str
    median: str
    verdict: str = ""


@dataclasses.dataclass(frozen=True)
class Block:
    """One outcome of the table: rows of moment and cells (arms, then differences)."""

    title: str
    unit: str
    noticeable: str
    note: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclasses.dataclass(frozen=True)
class Group:
    """A collapsible part of the table."""

    title: str
    blocks: tuple[Block, ...]


def arms_table(answer: Answer) -> tuple[Group, ...]:
    """Every outcome at every moment in every arm, and the first arm less each other."""
    first, last, all_times = early(answer), late(answer), every(answer)
    soon = [Moment(answer.start + 1.0, after(answer, answer.start))]
    parts: list[tuple[str, Sequence[str], list[Moment]]] = [
        ("Hours and days", (*names.ACUTE, "bleeding"), [*soon, *first]),
        ("Punctures", [n for n in names.PUNCTURES if n != "bleeding"], soon),
        ("Closing of the channels", names.CLOSING, [*first, last[-1]]),
        ("Weeks and months", (*names.LONG, *names.SURFACE), last),
        ("Cells, vessels and signals", names.BIOLOGY, all_times),
        ("Actives", names.order(answer.outcomes), [*first, last[-1]]),
    ]
    used = {n for _, group, _ in parts for n in group} | set(names.CLINICAL)
    rest = [n for n in answer.outcomes if n not in used and names.place(n) != names.BALANCE]
    parts.append(("Other outcomes", sorted(rest), all_times))
    made = [
        (title, [answer.outcomes[n] for n in group if n in answer.outcomes], times) for title, group, times in parts
    ]
    return tuple(Group(t, tuple(_block(one, times) for one in known)) for t, known, times in made if known)


def columns(answer: Answer) -> list[str]:
    """Heads of the cells: arms, then differences."""
    return [*answer.arms, *(f"difference from {arm}" for arm in answer.arms[1:])]


def _block(outcome: Outcome, times: Sequence[Moment]) -> Block:
    unit = spell.unit(outcome.unit)
    what = "assays quantify from" if "." in outcome.name else "smallest noticeable change"
    least = f"{what} {spell.brief(outcome.noticeable)} {unit}".strip() if outcome.noticeable > 0 else ""
    if "." in outcome.name and np.max(np.abs(outcome.values)) <= 1e-6 * max(outcome.noticeable, 1e-3):
        times = [Moment(times[-1].time, "at any time")]
    rows = tuple((m.words, _cells(outcome, outcome.at(m.time))) for m in times)
    return Block(outcome.title, unit, least, names.UNMEASURED.get(outcome.name, ""), rows)


def _cells(outcome: Outcome, now: np.ndarray) -> tuple[Cell, ...]:
    cells = [_cell(interval(values), outcome) for values in now]
    for other in now[1:]:
        gap = now[0] - other
        word = verdict(gap, outcome.noticeable).word if np.isfinite(gap).all() else ""
        cells.append(_cell(interval(gap), outcome, word))
    return tuple(cells)


def _cell(found: Interval, outcome: Outcome, word: str = "") -> Cell:
    write = spell.signed if word else spell.shown
    if not np.isfinite(found.median):
        return Cell("not computed", "")
    span, median = spell.span(found, outcome, sign=bool(word)), write(found.median, outcome)
    return Cell(span, "" if span == median else median, word)


@dataclasses.dataclass(frozen=True)
class ParameterRow:
    """One number as printed."""

    name: str
    meaning: str
    value: str
    spread: str
    unit: str
    sources: tuple[str, ...]
    where: str
    grade: str
    note: str
    varies: str


def parameter_table(answer: Answer) -> tuple[tuple[str, tuple[ParameterRow, ...]], ...]:
    """All numbers used, by record."""
    groups: dict[str, list[ParameterRow]] = {}
    for one in answer.parameters:
        record, _, field = one.name.rpartition(".")
        groups.setdefault(record, []).append(_parameter(one, field))
    return tuple((record, tuple(rows)) for record, rows in groups.items())


def _parameter(one: Parameter, field: str) -> ParameterRow:
    exact = one.low == one.high or not np.isfinite([one.low, one.high]).all()
    low, high = spell.brief(one.low), spell.brief(one.high)
    return ParameterRow(
        name=field,
        meaning=one.meaning,
        value=spell.brief(one.value),
        spread="exact" if exact else f"{low} to {high}",
        unit=spell.unit(one.unit),
        sources=one.sources,
        where=one.where,
        grade=one.grade,
        note=one.note,
        varies=one.varies,
    )


@dataclasses.dataclass(frozen=True)
class FindingRow:
    """One finding, with the arms and days it speaks of."""

    level: str
    id: str
    says: str
    reason: str
    about: str
    clears: str
    source: str
    kind: str
    other_side: str
    exempt: bool


def findings(answer: Answer) -> tuple[FindingRow, ...]:
    """Findings, gravest first, the same remark about several arms or days once."""
    return grouped_findings(answer.findings)


def grouped_findings(found: Sequence[Mapping[str, Any]]) -> tuple[FindingRow, ...]:
    """The same of findings as a result holds them."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for one in found:
        groups.setdefault((str(one.get("level")), str(one.get("id")), str(one.get("reason"))), []).append(one)
    order = sorted(groups, key=lambda key: LEVELS.index(key[0]) if key[0] in LEVELS else len(LEVELS))
    return tuple(_finding(groups[key]) for key in order)


def _finding(same: Sequence[Mapping[str, Any]]) -> FindingRow:
    one = same[0]
    arms = spell.listed(list(dict.fromkeys(str(f["arm"]) for f in same if f.get("arm"))))
    days = list(dict.fromkeys(spell.day(f["time"]).removeprefix("day ") for f in same if f.get("time") is not None))
    when = f"day{'s' if len(days) > 1 else ''} {spell.listed(days)}" if days else ""
    level = str(one.get("level") or "info")
    year = f", {one['year']}" if one.get("year") else ""
    return FindingRow(
        level=level,
        id=str(one.get("id", "")),
        says=SAYS.get(level, "Finding"),
        reason=str(one.get("reason", "")),
        about="; ".join(text for text in (arms, when) if text),
        clears=str(one.get("clears") or ""),
        source=str(one.get("source", "")),
        kind=f"{one.get('kind', '')}{year}".strip(", "),
        other_side=str(one.get("other_side") or ""),
        exempt=bool(one.get("exempt")),
    )


def computed(answer: Answer) -> list[tuple[str, str]]:
    """How it was computed: name and value."""
    run = answer.run
    rows = [
        ("Version", str(run.get("version", "unknown"))),
        ("Computed", str(run.get("created", "unknown"))),
        ("Seed", str(run.get("seed", "unknown"))),
        ("Members", f"{answer.members} drawn and the central one" if answer.members else "the central one only"),
        ("Members left out", f"{answer.failed} (a value was not finite)" if answer.failed else "none"),
    ]
    rows += [(f"How it ended: {arm}", text) for arm, text in _status(run.get("status"))]
    rows.append(("Largest error of the balance of actives", _balance(run.get("balance_error"))))
    rows += [(f"Steps of the solver: {arm}", f"{n:,}") for arm, n in _steps(run.get("steps"))]
    rows += exactness.sentences(answer)
    rows.append(("Format of the result", str(run.get("schema_version", "unknown"))))
    rows.append(("Fingerprint of the numbers used", str(run.get("cards_digest", "unknown"))[:16]))
    return rows


def _status(found: Any) -> list[tuple[str, str]]:
    read = json.loads(found) if isinstance(found, str) and found[:1] in "{[" else found
    if not isinstance(read, Mapping):
        return [("run", str(read))] if read else []
    return [(str(arm), _counts(counts)) for arm, counts in read.items()]


def _counts(counts: Any) -> str:
    if not isinstance(counts, Mapping):
        return str(counts)
    return "; ".join(f"{n} {text}" for text, n in counts.items())


def _steps(found: Any) -> list[tuple[str, int]]:
    read = json.loads(found) if isinstance(found, str) else found
    if isinstance(read, Mapping):
        return [(str(arm), int(n)) for arm, n in read.items()]
    return [("run", int(read))] if read is not None else []


def _balance(found: Any) -> str:
    if found is None:
        return "unknown"
    return f"{spell.powers(float(found), 2) if found else '0'} of what was applied"
