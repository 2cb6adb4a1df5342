"""Published measurements beside a study file: observed.csv, read into frozen rows."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path

from microneedling.core import units
from microneedling.core.card import nearest

COLUMNS = (
    *("arm", "scale", "time", "value", "unit", "spread", "spread_kind", "n"),
    *("kind", "use", "source", "where", "note"),
)
KINDS = ("absolute", "change", "percent_change", "ratio", "direction")
USES = ("calibration", "validation")
EVENTS = ("peak", "half", "recovery")  # words in place of a time; the value is then itself a time
DIRECTIONS: Mapping[str, float] = {"increase": 1.0, "decrease": -1.0, "none": 0.0}
SPREAD_KINDS = ("", "SD", "SE", "SD or SE", "90% CI", "95% CI", "99% CI", "range")
# what a value may be measured in; a row is kept in the first that fits
SI_UNITS = ("1", "m", "m2", "s", "m-2", "m-3", "kg m-2 s-1", "mol m-2", "mol m-2 s-1", "m s-1", "s-1", "Pa")


class ObservedError(ValueError):
    """Rows that cannot be read: one sentence each, naming file, line, column, what was found and what is allowed."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclasses.dataclass(frozen=True, kw_only=True)
class Observed:
    """One published number (or direction) and what it says, in SI.

    `against` is the second arm of "a / b", else empty. `event` is "", "peak", "half" or "recovery"; `time` is then
    nan. `bound` is "", "<=" or ">=" for a value known from one side only. A direction is +1, 0 or −1.
    """

    line: int
    arm: str
    against: str
    scale: str
    time: float
    event: str
    time_text: str
    value: float
    bound: str
    low: float
    high: float
    unit: str
    written_unit: str
    spread_kind: str
    n: int | None
    kind: str
    use: str
    source: str
    where: str
    note: str


class _BadCell(ValueError):
    """A cell that cannot be read: its column and the rest of the sentence."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def read_observed(path: Path) -> tuple[Observed, ...]:
    """The rows of an observed.csv.

    Args:
        path: a CSV file with exactly the columns COLUMNS, in that order

    Returns: one record a row, numbers in SI.
    Errors: ObservedError with one sentence for every bad row.
    Checked by: tests/unit/evaluation/test_observed.py
    """
    path = Path(path)
    place = f"{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except FileNotFoundError as error:
        raise ObservedError((f"{place}: this file does not exist",)) from error
    if not lines or tuple(lines[0]) != COLUMNS:
        found = ", ".join(lines[0]) if lines else "nothing"
        raise ObservedError((f"{place}, line 1: found columns {found}; allowed: {', '.join(COLUMNS)}",))
    rows, problems = [], []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            rows.append(_row(number, cells))
        except _BadCell as error:
            problems.append(f"{place}, line {number}, column {error.column}: {error}")
    if not rows and not problems:
        problems.append(f"{place}: no rows; at least one observation is needed")
    if problems:
        raise ObservedError(tuple(problems))
    return tuple(rows)


def _row(number: int, cells: list[str]) -> Observed:
    """One row; the first cell that does not fit ends it."""
    if len(cells) != len(COLUMNS):
        raise _BadCell("(all)", f"found {len(cells)} cells; allowed: {len(COLUMNS)} (quote texts that hold a comma)")
    row = {column: cell.strip() for column, cell in zip(COLUMNS, cells, strict=True)}
    for column in ("scale", "source", "where"):
        if not row[column]:
            raise _BadCell(column, "found nothing; a text is needed")
    kind, use = _word(row, "kind", KINDS), _word(row, "use", USES)
    arm, against = _arms(row, kind)
    event, time = _time(row, kind, against)
    bound, value, unit = _value(row, kind, event)
    low, high = _spread(row, value, unit) if kind != "direction" else _no_spread(row)
    return Observed(
        line=number,
        arm=arm,
        against=against,
        scale=row["scale"],
        time=time,
        event=event,
        time_text=row["time"],
        value=value,
        bound=bound,
        low=low,
        high=high,
        unit=unit,
        written_unit=row["unit"],
        spread_kind=row["spread_kind"],
        n=_count(row),
        kind=kind,
        use=use,
        source=row["source"],
        where=row["where"],
        note=row["note"],
    )


def _word(row: dict[str, str], column: str, allowed: tuple[str, ...]) -> str:
    if row[column] not in allowed:
        raise _BadCell(column, f'found "{row[column]}"; {nearest(row[column], allowed)}; known: {", ".join(allowed)}')
    return row[column]


def _arms(row: dict[str, str], kind: str) -> tuple[str, str]:
    """The arm, and the arm it is held against in "a / b"."""
    arm, slash, against = (part.strip() for part in f" {row['arm']} ".partition(" / "))
    if not arm or (slash and not against):
        raise _BadCell("arm", f'found "{row["arm"]}"; allowed: the name of an arm, or two as "a / b"')
    if against and kind == "absolute":
        raise _BadCell("arm", f'found "{row["arm"]}"; an absolute value has one arm')
    return arm, against


def _time(row: dict[str, str], kind: str, against: str) -> tuple[str, float]:
    """An event word with no time, or no event with a time [s]."""
    text = row["time"]
    if text in EVENTS:
        if kind == "absolute" or (kind == "ratio" and against):
            return text, math.nan
        raise _BadCell("kind", f'found "{kind}" with time "{text}"; allowed: absolute, or ratio of two arms "a / b"')
    try:
        return "", units.read(text, "s")
    except units.UnitError as error:
        raise _BadCell("time", f'found "{text}"; allowed: a time such as "180 d", or {", ".join(EVENTS)}') from error


def _value(row: dict[str, str], kind: str, event: str) -> tuple[str, float, str]:
    """Bound, value in SI and SI unit."""
    text, unit = row["value"], row["unit"]
    if kind == "direction":
        if unit:
            raise _BadCell("unit", f'found "{unit}"; a direction has no unit: leave it empty')
        return "", DIRECTIONS[_word(row, "value", tuple(DIRECTIONS))], ""
    bound = text[:2] if text[:2] in ("<=", ">=") else ""
    wanted = {"percent_change": ("1",), "ratio": ("1",)}.get(kind, ("s",) if event else SI_UNITS)
    if kind == "percent_change" and unit != "%":
        raise _BadCell("unit", f'found "{unit}"; allowed for percent_change: %')
    return bound, *_quantity("value", text[len(bound) :], unit, wanted)


def _quantity(column: str, text: str, unit: str, wanted: tuple[str, ...]) -> tuple[float, str]:
    """A bare number of a cell with the unit of its row, in the first of `wanted` that fits."""
    try:
        number, own = units.split(text)
    except units.UnitError as error:
        raise _BadCell(column, f'found "{text}"; allowed: a number, with its unit in column unit') from error
    if own:
        raise _BadCell(column, f'found "{text}"; allowed: a number only, its unit stands in column unit')
    for si in wanted:
        try:
            return number * units.factor(unit or "1", si), si
        except units.UnitError:
            continue
    raise _BadCell("unit", f'found "{unit}"; allowed: a unit that fits one of {", ".join(wanted)}')


def _spread(row: dict[str, str], value: float, unit: str) -> tuple[float, float]:
    """Lower and upper end of what the source prints as spread, in SI; nan when it prints none."""
    text, kind = row["spread"], _word(row, "spread_kind", SPREAD_KINDS)
    if bool(text) != bool(kind):
        raise _BadCell("spread_kind", f'found "{kind}" with spread "{text}"; allowed: both or neither')
    if not text:
        return math.nan, math.nan
    if ".." in text:
        low, high = (_quantity("spread", part.strip(), row["unit"], (unit,))[0] for part in text.split("..", 1))
    else:
        size = _quantity("spread", text, row["unit"], (unit,))[0]
        low, high = value - size, value + size
    if not low <= value <= high:
        raise _BadCell("spread", f'found "{text}"; allowed: a positive size, or "low .. high" around the value')
    return low, high


def _no_spread(row: dict[str, str]) -> tuple[float, float]:
    if row["spread"] or row["spread_kind"]:
        raise _BadCell("spread", f'found "{row["spread"] or row["spread_kind"]}"; a direction has no spread')
    return math.nan, math.nan


def _count(row: dict[str, str]) -> int | None:
    """Number of people, animals or samples; None when the source does not say."""
    if not row["n"]:
        return None
    if not row["n"].isdigit() or int(row["n"]) == 0:
        raise _BadCell("n", f'found "{row["n"]}"; allowed: a whole number above 0, or nothing')
    return int(row["n"])
