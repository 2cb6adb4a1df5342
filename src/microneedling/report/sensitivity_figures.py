"""What an answer rests on, drawn: a tornado of numbers, and indices over whole spreads with their intervals."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.core.param import GRADES
from microneedling.report import spell
from microneedling.report.axes import nice, tick_text
from microneedling.report.figures import Panel

WIDTH, LEFT, RIGHT = 440, 14, 426
TOP, ROW, TALL = 32, 38, 13  # of the first name, from row to row, of a bar [px]
ROOM = 0.04  # of the axis left free at either end


@dataclasses.dataclass(frozen=True)
class Row:
    """One number of the tornado, in the unit shown."""

    name: str
    grade: str
    effect: float
    ends: tuple[float, float]


class _Axis:
    """Numbers to pixels, with its ticks as SVG."""

    def __init__(self, values: Sequence[float], rows: int):
        finite = [x for x in values if math.isfinite(x)] or [0.0, 1.0]
        low, high = min(finite), max(finite)
        room = ROOM * (high - low) or abs(low) or 1.0
        self.low, self.high = low - room, high + room
        self.foot = TOP + ROW * rows - 6

    def at(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)

    def drawn(self, title: str) -> list[str]:
        ticks = nice(self.low, self.high, 6)
        parts = [f'<text class="unit" x="{LEFT}" y="12">{escape(title)}</text>']
        for tick in ticks:
            parts.append(f'<path class="grid" d="M{self.at(tick):.1f} 18V{self.foot}"/>')
            parts.append(
                f'<text class="tick x" x="{self.at(tick):.1f}" y="{self.foot + 16}">{tick_text(tick, ticks)}</text>'
            )
        return parts


def tornado(rows: Sequence[Row], *, value: float, unit: str, title: str) -> Panel:
    """The outcome with each number alone at its 5 and 95 % points; a tick where its tangent would have put it.

    Args:
        rows: largest effect first, in the unit shown
        value: of the central person, in the same unit
        unit: in words
        title: heading
    """
    axis = _Axis([value, *(x for row in rows for x in (*row.ends, value - row.effect, value + row.effect))], len(rows))
    parts = axis.drawn(unit)
    parts.append(f'<path class="zero" d="M{axis.at(value):.1f} 18V{axis.foot}"/>')
    for n, row in enumerate(rows):
        y = TOP + ROW * n
        parts.append(f'<text class="name" x="{LEFT}" y="{y}">{escape(row.name)}</text>')
        ends = [x if math.isfinite(x) else value for x in row.ends]
        a, b = (axis.at(x) for x in (min(*ends, value), max(*ends, value)))
        grade = GRADES.index(row.grade)
        parts.append(
            f'<rect class="g{grade} bar" x="{a:.1f}" y="{y + 5}" width="{max(b - a, 0.5):.1f}" height="{TALL}"/>'
        )
        for x in (value - row.effect, value + row.effect):
            parts.append(f'<path class="tangent" d="M{axis.at(x):.1f} {y + 3}v{TALL + 4}"/>')
        if not all(math.isfinite(x) for x in row.ends):
            parts.append(f'<text class="note" x="{RIGHT}" y="{y}" text-anchor="end">one end does not run</text>')
    told = f"{title}, in {unit}; {spell.figures(value, 3)} as it is. " + "; ".join(_told(row) for row in rows)
    note = "bar: the number alone at its 5 and 95 % points; black ticks: what its slope foretells; line: as it is"
    return _panel(title, told, parts, note=note)


def _told(row: Row) -> str:
    return f"{row.name} ({row.grade}): {spell.figures(row.ends[0], 3)} to {spell.figures(row.ends[1], 3)}"


def indices(rows: Sequence[tuple[str, np.ndarray, np.ndarray | None]]) -> Panel:
    """First-order and total index of each row as bars with intervals.

    Args:
        rows: name, first order and total (5 %, value, 95 %); no total where there is none
    """
    ends = [float(x) for _, first, total in rows for part in (first, total) if part is not None for x in part]
    axis = _Axis([0.0, 1.0, *ends], len(rows))
    parts = axis.drawn("share of the variance")
    parts.append(f'<path class="zero" d="M{axis.at(0.0):.1f} 18V{axis.foot}"/>')
    told = []
    for n, (name, first, total) in enumerate(rows):
        y = TOP + ROW * n
        parts.append(f'<text class="name" x="{LEFT}" y="{y}">{escape(name)}</text>')
        parts += _bar(axis, first, "first", y + 4)
        parts += [] if total is None else _bar(axis, total, "total", y + 13)
        told.append(f"{name}: first order {first[1]:.2f}" + ("" if total is None else f", total {total[1]:.2f}"))
    note = "blue: first order, alone; orange: total, with all it acts together with; lines: 5 to 95 % of half-samples"
    return _panel("Several at once, over their whole spreads", "; ".join(told), parts, note=note)


def _bar(axis: _Axis, part: np.ndarray, word: str, top: float) -> list[str]:
    low, middle, high = (axis.at(float(x)) for x in part)
    zero = axis.at(0.0)
    left, wide = min(zero, middle), abs(middle - zero)
    return [
        f'<rect class="{word}" x="{left:.1f}" y="{top}" width="{wide:.1f}" height="8"/>',
        f'<path class="whisker" d="M{low:.1f} {top + 4}H{high:.1f}"/>',
    ]


def _panel(title: str, told: str, parts: Sequence[str], *, note: str) -> Panel:
    height = max((TOP + ROW * sum('class="name"' in part for part in parts) + 16), TOP)
    svg = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'
    return Panel(title, note, Markup(svg))
