"""A scan's drawings: median, 50 and 90 % of people against the value, hollow where no biopsy has tested it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.axes import Axis, value_axis
from microneedling.report.figures import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Panel

APART = 30.0  # tick labels stand at least so far apart [px]
INSIDE = 14.0  # from the axis to the outermost values [px]


def drawing(
    title: str,
    unit: str,
    ends: np.ndarray,
    *,
    axis: tuple[np.ndarray, Sequence[str], str],
    start: float,
    tested: Sequence[bool],
    joined: bool,
    subtitle: str,
) -> Panel:
    """One drawing: an outcome against what is scanned.

    Args:
        title: heading
        unit: of the outcome, in words
        ends: 5, 25, 50, 75 and 95 % of people (5, value)
        axis: place of each value, how it is written, and what the axis is called
        start: median before the first session, in the same unit
        tested: is the value inside what biopsies tested (value,)
        joined: may values be joined by lines
        subtitle: below the drawing
    """
    places, texts, called = axis
    finite = ends[np.isfinite(ends)]
    low, high = (min(float(finite.min()), start), max(float(finite.max()), start)) if finite.size else (0.0, 1.0)
    y, x = value_axis(low, high, start=BOTTOM, stop=TOP), across(places)
    parts = [_frame(x, texts, y=y, unit=unit, called=called)]
    parts.append(f'<path class="session" d="M{LEFT} {float(y.at(start)):.1f}H{RIGHT}"/>')
    if joined:
        parts.append(_bands(x, y.at(ends)))
    parts += [_point(a, y.at(ends[:, n]), inside=tested[n]) for n, a in enumerate(x.tolist())]
    told = f"{title} by {called}, in {unit or 'its own unit'}. " + "; ".join(
        f"{text}: median {spell.figures(float(m), 3)} ({spell.figures(float(a), 3)} to {spell.figures(float(b), 3)})"
        for text, a, m, b in zip(texts, ends[0], ends[2], ends[4], strict=True)
    )
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'
    return Panel(title, subtitle, Markup(svg))


def across(places: np.ndarray) -> np.ndarray:
    """Pixels of the values, evenly by number."""
    span = float(np.ptp(places)) or 1.0
    return LEFT + INSIDE + (RIGHT - LEFT - 2 * INSIDE) * (places - np.min(places)) / span


def _frame(x: np.ndarray, texts: Sequence[str], *, y: Axis, unit: str, called: str) -> str:
    parts = [f'<text class="unit" x="4" y="14">{escape(unit)}</text>']
    for value, text in y.ticks:
        at = f"{float(y.at(value)):.1f}"
        parts.append(f'<path class="grid" d="M{LEFT} {at}H{RIGHT}"/>')
        parts.append(f'<text class="tick y" x="{LEFT - 6}" y="{at}" dy="4">{escape(text)}</text>')
    last = -APART
    for at, word in zip(x.tolist(), texts, strict=True):
        parts.append(f'<path class="mark" d="M{at:.1f} {BOTTOM}v4"/>')
        if at - last >= APART:
            parts.append(f'<text class="tick x" x="{at:.1f}" y="{BOTTOM + 17}">{escape(word)}</text>')
            last = at
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>')
    parts.append(f'<text class="axis-title" x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 4}">{escape(called)}</text>')
    return "".join(parts)


def _bands(x: np.ndarray, y: np.ndarray) -> str:
    """90 % light, 50 % darker where both lie on each other, and the median; y (5, value) in pixels."""
    rows = [list(zip(x.tolist(), row.tolist(), strict=True)) for row in y]
    areas = "".join(
        f'<path class="band a0" d="{_path(rows[top])}L{_path(rows[foot][::-1])[1:]}Z"/>'
        for foot, top in ((0, 4), (1, 3))
    )
    return f'{areas}<path class="line a0" d="{_path(rows[2])}"/>'


def _point(x: float, y: np.ndarray, *, inside: bool) -> str:
    low, first, middle, third, high = (float(one) for one in y)
    whisker = f'<path class="whisker" d="M{x:.1f} {low:.1f}V{high:.1f}"/>'
    box = f'<path class="whisker half" d="M{x:.1f} {first:.1f}V{third:.1f}"/>'
    kind = "dot a0" if inside else "hollow"
    return f'{whisker}{box}<circle class="{kind}" cx="{x:.1f}" cy="{middle:.1f}" r="4"/>'


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " ".join(f"{a:.1f} {b:.1f}" for a, b in points)
