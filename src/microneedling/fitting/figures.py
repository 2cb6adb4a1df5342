"""Drawings of a fit: before and after beside what was published, directions that were learnt, the ridge."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.axes import nice, tick_text
from microneedling.report.figures import Panel

WIDTH, LEFT, RIGHT = 640, 290, 628
TOP, ROW = 26, 22  # of the first row's middle, and from row to row [px]
SIDE, HEIGHT = 440, 330  # of a scatter [px]

Three = tuple[float, float, float]


@dataclasses.dataclass(frozen=True, kw_only=True)
class BeforeAfter:
    """One row of a drawing: 5, 50 and 95 % points before and after, and what was published (nan: nothing)."""

    name: str
    before: Three
    after: Three
    seen: float = math.nan


def ladder(title: str, rows: Sequence[BeforeAfter], *, unit: str, note: str) -> Panel:
    """Rows of two intervals on one logarithmic axis: pale before, dark after, a cross where it was observed."""
    held = [x for row in rows for x in (*row.before, *row.after, row.seen) if math.isfinite(x) and x > 0]
    low, high = math.log10(min(held)) - 0.05, math.log10(max(held)) + 0.05
    foot = TOP + ROW * len(rows) - 6

    def at(value: float) -> float:
        share = (math.log10(max(value, 10**low)) - low) / (high - low)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    parts = [f'<text class="unit" x="{LEFT}" y="12">{escape(unit)}</text>']
    decades = range(math.ceil(low), math.floor(high) + 1)
    for exponent in decades if len(decades) < 9 else decades[:: math.ceil(len(decades) / 8)]:
        x = at(10.0**exponent)
        parts.append(f'<path class="grid" d="M{x:.1f} 16V{foot}"/>')
        parts.append(f'<text class="tick x" x="{x:.1f}" y="{foot + 16}">{_power(exponent)}</text>')
    for n, row in enumerate(rows):
        y = TOP + ROW * n
        parts.append(f'<text class="tick y" x="{LEFT - 8}" y="{y}" dy="4">{escape(row.name)}</text>')
        for kind, points, shift in (("before", row.before, -3), ("after", row.after, 3)):
            if all(map(math.isfinite, points)):
                parts.append(f'<path class="{kind}" d="M{at(points[0]):.1f} {y + shift}H{at(points[2]):.1f}"/>')
                parts.append(f'<circle class="{kind}" cx="{at(points[1]):.1f}" cy="{y + shift}" r="3"/>')
        if math.isfinite(row.seen) and row.seen > 0:
            x = at(row.seen)
            parts.append(f'<path class="seen" d="M{x - 4:.1f} {y - 4}l8 8m0 -8l-8 8"/>')
    told = "; ".join(f"{row.name}: {_three(row.before)} before, {_three(row.after)} after" for row in rows)
    size = f"0 0 {WIDTH} {foot + 26}"
    svg = f'<svg viewBox="{size}" role="img" aria-label="{escape(f"{title}. {told}")}">{"".join(parts)}</svg>'
    return Panel(title, note, Markup(svg))


def scatter(title: str, x: np.ndarray, y: np.ndarray, *, axes: tuple[str, str], note: str) -> Panel:
    """Draws as dots, one number against another, linear; the middle nine tenths of each axis are shown."""
    spans = [_span(values) for values in (x, y)]
    left, bottom, right, top = 58, HEIGHT - 44, SIDE - 12, 14

    def place(values: np.ndarray, n: int, start: float, stop: float) -> np.ndarray:
        low, high = spans[n]
        return np.asarray(start + (stop - start) * np.clip((values - low) / (high - low), 0, 1))

    parts = []
    for n, (start, stop) in enumerate(((left, right), (bottom, top))):
        ticks = nice(*spans[n], 6)
        for tick in ticks:
            at = float(place(np.array(tick), n, start, stop))
            text = tick_text(tick, ticks)
            if n == 0:
                parts.append(f'<path class="grid" d="M{at:.1f} {top}V{bottom}"/>')
                parts.append(f'<text class="tick x" x="{at:.1f}" y="{bottom + 16}">{text}</text>')
            else:
                parts.append(f'<path class="grid" d="M{left} {at:.1f}H{right}"/>')
                parts.append(f'<text class="tick y" x="{left - 6}" y="{at:.1f}" dy="4">{text}</text>')
    dots = zip(place(x, 0, left, right), place(y, 1, bottom, top))
    parts += [f'<circle class="dot a0 draw" cx="{a:.1f}" cy="{b:.1f}" r="2.6"/>' for a, b in dots]
    parts.append(f'<text class="axis-title" x="{(left + right) / 2}" y="{HEIGHT - 8}" text-anchor="middle">')
    parts.append(f"{escape(axes[0])}</text>")
    parts.append(f'<text class="axis-title" transform="translate(12 {(top + bottom) / 2}) rotate(-90)"')
    parts.append(f' text-anchor="middle">{escape(axes[1])}</text>')
    said = f"{title}: {len(x)} draws, {axes[0]} against {axes[1]}; rank correlation {_rank(x, y):.2f}."
    svg = f'<svg viewBox="0 0 {SIDE} {HEIGHT}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel(title, f"{note} Rank correlation {_rank(x, y):.2f}.", Markup(svg))


def bars(title: str, values: np.ndarray, *, note: str) -> Panel:
    """Values from 0 to about 1 as thin bars in order; a line at 1."""
    width, height, left, foot = SIDE, 230, 44, 196
    top = max(1.05, float(np.max(values)) * 1.03)

    def at(value: float) -> float:
        return foot - (foot - 14) * value / top

    each = (width - left - 12) / len(values)
    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(f'<path class="grid" d="M{left} {at(tick):.1f}H{width - 12}"/>')
        parts.append(f'<text class="tick y" x="{left - 6}" y="{at(tick):.1f}" dy="4">{tick:g}</text>')
    for n, value in enumerate(values):
        x = left + n * each
        parts.append(
            f'<rect class="bar" x="{x:.1f}" y="{at(value):.1f}" width="{max(each - 1, 1):.1f}"'
            f' height="{foot - at(value):.1f}"/>'
        )
    parts.append(f'<text class="tick x" x="{(left + width) / 2}" y="{foot + 18}">directions, best known first</text>')
    said = f"{title}: {', '.join(f'{value:.2f}' for value in values)}"
    svg = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel(title, note, Markup(svg))


def _span(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [0.03, 0.97])
    room = 0.08 * (high - low) or 1.0
    return float(min(low - room, 0.0) if low >= 0 > low - room else low - room), float(high + room)


def _rank(x: np.ndarray, y: np.ndarray) -> float:
    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (x, y)]
    return float(np.corrcoef(ranks)[0, 1])


def _three(points: Three) -> str:
    return f"{spell.brief(points[1])} ({spell.brief(points[0])} to {spell.brief(points[2])})"


def _power(exponent: int) -> str:
    return f"{10.0**exponent:g}" if -3 <= exponent <= 4 else f"10^{exponent}"
