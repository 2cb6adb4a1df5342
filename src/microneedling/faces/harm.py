"""The command `harms`: how often harm after needling was counted, for anybody or for the person of a study."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from microneedling.core.cite import bibliography, formatted
from microneedling.faces.screening import loaded
from microneedling.faces.terminal import columns, paragraph, table
from microneedling.report.harms import HarmRow, HarmTable, harm_table, share
from microneedling.safety.event import NEEDLING, NO_RATE, AdverseEvent, adverse_events
from microneedling.safety.harm_kind import harm_kinds
from microneedling.safety.held_out import held_out, rates_of
from microneedling.safety.told import told
from microneedling.study.harms import harms
from microneedling.study.numbers import cards_of

CLOSING = "No count is a forecast for anybody: devices, depths and people differ between these studies."


def show_harms(study: Path | None = None) -> None:
    """Print what concerns a study, or every count; the numbers in brackets are those of the list at the end.

    Errors: StudyError, CardError as for a run.
    Checked by: tests/faces/test_cli_harms.py
    """
    if study is None:
        show_all()
        return
    plain = loaded(study).plain()
    found = harm_table([dataclasses.asdict(one) for one in harms(plain, cards_of(plain))])
    if found is None:
        print("Nothing is needled in anybody's skin: no harm of needling concerns this study.")
        return
    show_table(found)


def show_table(found: HarmTable) -> None:
    """The harm of one arm: a block for each kind, then the sources."""
    print(f'Harm that concerns the arm "{found.arm}". Numbers in brackets: sources below.\n')
    for row in found.rows:
        for line in block(row):
            print(paragraph(line, columns(), indent=2))
    print("\nSources")
    for number, source in enumerate(found.sources, 1):
        print(paragraph(f"[{number}] {source}", columns(), indent=5))
    print()
    print(paragraph(CLOSING, columns()))


def block(row: HarmRow) -> list[str]:
    """One kind of harm as lines."""
    lines = [row.title, f"  In people: {row.counted}", f"  Model: {row.model}"]
    lines += [f"  They disagree: {row.disagrees}"] if row.disagrees else []
    lines += [f"  Unlike them: {'; '.join(row.outside)}"] if row.outside else []
    lines += [f"  Not told of them: {', '.join(row.untold)}"] if row.untold else []
    lines += [f"  Also: {one}" for one in row.more]
    return lines + [f"  Beside it, {one}" for one in row.beside]


def show_all() -> None:
    """Every event, by kind of harm, then rates of several counts and how the counts kept apart fell."""
    keys = list(dict.fromkeys(one.source for one in adverse_events()))
    numbers = {key: number for number, key in enumerate(keys, 1)}
    for kind in harm_kinds():
        own = [one for one in adverse_events() if kind.id in one.kinds]
        print(kind.title)
        for one in sorted(own, key=lambda one: (one.treatment != NEEDLING, not one.counted)):
            print(paragraph(f"  - {line(one)} [{numbers[one.source]}]", columns(), indent=2))
        if not own:
            print("  no count found, no report found")
    print("\nRates of needled people, from the counts that may set one (calibration)")
    table(("what", "in whom", "counts", "share", "in a new study"), rate_rows(), wide=columns())
    print(paragraph("Counts kept apart (validation), and what nine of ten studies of that size would count", columns()))
    table(("what", "study", "counted", "expected", ""), held_rows(numbers), wide=columns())
    print("Sources")
    for number, key in enumerate(keys, 1):
        print(paragraph(f"[{number}] {formatted(bibliography([key])[0])}", columns(), indent=5))
    print(
        paragraph(
            f'\n"{NO_RATE}": seen and written down, but not among how many people; no rate is made of it.', columns()
        )
    )
    print(paragraph(CLOSING, columns()))


def line(one: AdverseEvent) -> str:
    """One event in a line: what was found, in whom; a comparator with its treatment in front."""
    said = told(one, "")
    found = said.found
    if said.interval is not None and said.share is not None:
        found += f" ({share(said.share)}, {share(said.interval[0])} to {share(said.interval[1])})"
    elif one.measure == "reported":
        found = f"{NO_RATE}: {found}"
    beside = "" if one.treatment == NEEDLING else f"Beside it, {one.treatment}: "
    return f"{beside}{found}; {said.who}"


def rate_rows() -> list[list[str]]:
    """Every rate that may be made, as text."""
    rows = []
    for kind, rate in rates_of():
        low, _, high = rate.new
        count = f"{rate.cases} of {rate.people}, {rate.studies} {'study' if rate.studies == 1 else 'studies'}"
        rows.append([kind.title, rate.group, count, share(rate.typical[1]), f"{share(low)} to {share(high)}"])
    return rows


def held_rows(numbers: Mapping[str, int]) -> list[list[str]]:
    """Counts that took no part in a rate, against it: inside or outside."""
    rows = []
    for one in held_out():
        event = one.event
        span = f"{one.low} to {one.high}"
        judged = "inside" if one.inside else "outside"
        rows.append([one.kind.title, f"[{numbers[event.source]}]", f"{event.cases} of {event.people}", span, judged])
    return rows
