"""The window's drawings: a median line, its shaded interval, and delays on a clock that starts at zero."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.axes import Axis, value_axis
from microneedling.report.figures import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Panel
from microneedling.report.spell import HOUR, MINUTE

FINE = 15 * MINUTE  # delays below this are drawn to scale, those above by ratio [s]
APART = 36.0  # tick labels stand at least so far apart [px]


def drawing(
    title: str,
    unit: str,
    lines: np.ndarray,
    *,
    delays: np.ndarray,
    level: np.ndarray | None = None,
    half: np.ndarray | None = None,
    top: float = 0.0,
    said: str = "",
) -> Panel:
    """One drawing against the delay.

    Args:
        title: heading
        unit: of the numbers, in words
        lines: 5 %, median and 95 % (3, delay)
        delays: (delay,) [s]
        level: 5 %, median and 95 % of what delays are held against (3,)
        half: 5 %, median and 95 % of the delay at which half is gone (3,) [s]
        top: the axis reaches at least this
        said: what else the caption tells
    """
    seen = lines if level is None else np.concatenate([lines.ravel(), level])
    finite = seen[np.isfinite(seen)]
    low, high = (min(0.0, float(finite.min())), max(top, float(finite.max()))) if finite.size else (0.0, 1.0)
    y = value_axis(low, high, start=BOTTOM, stop=TOP)
    x = spread(delays)
    parts = [_frame(x, y, unit, delays)]
    if level is not None and np.all(np.isfinite(level)):
        parts.append(_level(y, level))
    if half is not None and np.isfinite(half[1]):
        parts.append(_half(x, half, float(delays[-1])))
    if np.all(np.isfinite(lines)):
        parts.append(_band(x, y.at(lines)))
    told = f"{title} against the delay, in {unit}. {_told(delays, lines)}"
    svg = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'
    note = f"; {said}" if said else ""
    return Panel(title, f"line: median; shaded: 5 to 95 % of simulated people{note}", Markup(svg))


def spread(delays: np.ndarray) -> np.ndarray:
    """Pixels of delays: even near zero, logarithmic beyond, log(1 + d/15 min)."""
    most = math.log1p(max(float(delays[-1]), FINE) / FINE)
    return LEFT + (RIGHT - LEFT - 10) * np.log1p(np.asarray(delays) / FINE) / most


def _frame(x: np.ndarray, y: Axis, unit: str, delays: np.ndarray) -> str:
    parts = [f'<text class="unit" x="4" y="14">{escape(unit)}</text>']
    for value, text in y.ticks:
        at = f"{float(y.at(value)):.1f}"
        parts.append(f'<path class="grid" d="M{LEFT} {at}H{RIGHT}"/>')
        parts.append(f'<text class="tick y" x="{LEFT - 6}" y="{at}" dy="4">{escape(text)}</text>')
    last = -APART
    for at, delay in zip(x.tolist(), delays.tolist()):
        parts.append(f'<path class="mark" d="M{at:.1f} {BOTTOM}v4"/>')
        if at - last >= APART:
            parts.append(f'<text class="tick x" x="{at:.1f}" y="{BOTTOM + 17}">{_tick(delay)}</text>')
            last = at
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>')
    middle = (LEFT + RIGHT) / 2
    parts.append(
        f'<text class="axis-title" x="{middle}" y="{HEIGHT - 4}">delay between needling and application</text>'
    )
    return "".join(parts)


def _band(x: np.ndarray, y: np.ndarray) -> str:
    low, middle, high = (list(zip(x.tolist(), row.tolist())) for row in y)
    dots = "".join(f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="3"/>' for a, b in middle)
    band = f'<path class="band a0" d="{_path(high)}L{_path(low[::-1])[1:]}Z"/>'
    return f'{band}<path class="line a0" d="{_path(middle)}"/>{dots}'


def _level(y: Axis, level: np.ndarray) -> str:
    foot, middle, head = (float(one) for one in y.at(level))
    box = f'<rect class="band a1" x="{LEFT}" y="{head:.1f}" width="{RIGHT - LEFT}" height="{foot - head:.1f}"/>'
    return f'{box}<path class="line a1" d="M{LEFT} {middle:.1f}H{RIGHT}"/>'


def _half(x: np.ndarray, half: np.ndarray, last: float) -> str:
    """A vertical line where half is gone, shaded over its interval."""
    scale = (x[-1] - LEFT) / math.log1p(max(last, FINE) / FINE)
    left, middle, right = (LEFT + scale * math.log1p(min(float(t), last) / FINE) for t in half)
    box = f'<rect class="quiet" x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" height="{BOTTOM - TOP}"/>'
    text = f'<text class="visit" x="{middle:.1f}" y="{TOP - 5}">half gone: {spell.duration(float(half[1]))}</text>'
    return f'{box}<path class="session" d="M{middle:.1f} {TOP}V{BOTTOM}"/>{text}'


def _tick(delay: float) -> str:
    if not delay:
        return "0"
    return f"{delay / HOUR:.3g} h" if delay >= HOUR else f"{delay / MINUTE:.3g} min"


def _told(delays: np.ndarray, lines: np.ndarray) -> str:
    """What a reader who cannot see the drawing is told."""
    ends = ((delays[0], lines[:, 0]), (delays[-1], lines[:, -1]))
    return "; ".join(
        f"after {_tick(float(d))}: median {spell.figures(float(m), 2)} "
        f"({spell.figures(float(low), 2)} to {spell.figures(float(high), 2)})"
        for d, (low, m, high) in ends
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " ".join(f"{a:.1f} {b:.1f}" for a, b in points)
