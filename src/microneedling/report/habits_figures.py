"""Changes by habit as dots with intervals beside a line of no change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.axes import nice, tick_text
from microneedling.report.figures import Panel

WIDTH, LEFT, RIGHT = 440, 168, 428
TOP, ROW = 26, 19  # of the first row's middle, and from row to row [px]


def dots(title: str, unit: str, rows: Sequence[tuple[str, np.ndarray]], *, noticeable: float, said: str) -> Panel:
    """One drawing: a row for each habit, its interval as a line and its median as a dot.

    Args:
        title: of the outcome
        unit: of the numbers, in words
        rows: name, and 5 %, median and 95 % of its change
        noticeable: smallest change people or instruments notice, in the same unit; shaded about zero
        said: which moment is drawn
    """
    ends = np.array([row for _, row in rows if np.all(np.isfinite(row))]) if rows else np.zeros((1, 3))
    low, high = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    room = 0.06 * (high - low) or max(noticeable, 1e-9)
    low, high = low - room, high + room
    height = TOP + ROW * len(rows) + 26
    foot = TOP + ROW * len(rows) - 6

    def at(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (min(max(value, low), high) - low) / (high - low)

    parts = [f'<text class="unit" x="{LEFT}" y="12">{escape(unit)}</text>']
    left, right = at(-noticeable), at(noticeable)
    parts.append(f'<rect class="quiet" x="{left:.1f}" y="16" width="{right - left:.1f}" height="{foot - 16}"/>')
    ticks = nice(low, high, 5)
    for tick in ticks:
        parts.append(f'<path class="grid" d="M{at(tick):.1f} 16V{foot}"/>')
        parts.append(f'<text class="tick x" x="{at(tick):.1f}" y="{foot + 16}">{tick_text(tick, ticks)}</text>')
    parts.append(f'<path class="zero" d="M{at(0.0):.1f} 16V{foot}"/>')
    for n, (name, (a, m, b)) in enumerate(rows):
        y = TOP + ROW * n
        parts.append(f'<text class="tick y" x="{LEFT - 8}" y="{y}" dy="4">{escape(name)}</text>')
        if np.isfinite(m):
            parts.append(f'<path class="whisker" d="M{at(a):.1f} {y}H{at(b):.1f}"/>')
            parts.append(f'<circle class="dot a0" cx="{at(m):.1f}" cy="{y}" r="3.6"/>')
    told = f"Change of {title} by habit, in {unit}. " + "; ".join(
        f"{name}: {spell.figures(m, 2)} ({spell.figures(a, 2)} to {spell.figures(b, 2)})" for name, (a, m, b) in rows
    )
    svg = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'
    note = "dot: median; line: 5 to 95 % of people; grey: too small a change to notice"
    return Panel(title, f"{said}; {note}", Markup(svg))
