"""Predicted against published permeability as one SVG: log axes with units, shapes beside colours."""

from __future__ import annotations

import math
from collections.abc import Sequence

from microneedling.evaluation.intact import Foretold

SIZE, LEFT, RIGHT, TOP, BOTTOM = 460, 64, 12, 12, 52  # whole square and its margins [px]
# class of log Kow -> (upper end, colour safe for colour-blind eyes, drawing of a mark around 0, 0)
MARKS = (
    ("log K below 0", 0.0, "#0072B2", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"),
    ("0 to 2", 2.0, "#009E73", "M-3.6 -3.6h7.2v7.2h-7.2z"),
    ("2 to 4", 4.0, "#E69F00", "M0 -4.8l4.6 8.2h-9.2z"),
    ("4 and above", math.inf, "#D55E00", "M0 -5l4.4 5l-4.4 5l-4.4 -5z"),
)


def scatter(rows: Sequence[Foretold], *, label: str) -> str:
    """An SVG: published value across, predicted median upwards, both cm/h on log axes; calibration rows hollow.

    Args:
        rows: predictions with their rows
        label: what a screen reader says

    Returns: the SVG's text; coordinates only, no text of the data enters it.
    Checked by: tests/unit/evaluation/test_sets_page.py
    """
    values = [v for one in rows for v in (one.row.log_permeability, one.median)]
    low, high = math.floor(min(values)), math.ceil(max(values))
    across = (SIZE - LEFT - RIGHT) / (high - low)
    up = (SIZE - TOP - BOTTOM) / (high - low)

    def place(x: float, y: float) -> tuple[str, str]:
        return f"{LEFT + (x - low) * across:.1f}", f"{SIZE - BOTTOM - (y - low) * up:.1f}"

    parts = [f'<svg class="scatter" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-label="{label}">']
    parts += [_axis(n, place(n, low), place(low, n), place(n, high)) for n in range(low, high + 1)]
    parts += [_line(place(low, low), place(high, high), "even")]
    parts += [
        _line(place(low, low + 1), place(high - 1, high), "off"),
        _line(place(low + 1, low), place(high, high - 1), "off"),
    ]
    middle = (SIZE + LEFT - RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{SIZE - 10}" text-anchor="middle">published permeability, cm/h</text>')
    turn = (SIZE + TOP - BOTTOM) / 2
    parts.append(
        f'<text transform="translate(14 {turn:.0f}) rotate(-90)" text-anchor="middle">predicted median, cm/h</text>'
    )
    for one in sorted(rows, key=lambda one: one.row.use):  # validation on top of calibration
        _, _, colour, shape = next(mark for mark in MARKS if one.row.log_kow < mark[1])
        x, y = place(one.row.log_permeability, one.median)
        fill = colour if one.row.use == "validation" else "none"
        parts.append(f'<path transform="translate({x} {y})" d="{shape}" fill="{fill}" stroke="{colour}"/>')
    return "".join([*parts, "</svg>"])


def legend() -> list[tuple[str, str]]:
    """(word, SVG of the mark) for every class of the figure."""
    box = '<svg class="mark" viewBox="-7 -7 14 14" aria-hidden="true">'
    return [
        (name, f'{box}<path d="{shape}" fill="{colour}" stroke="{colour}"/></svg>') for name, _, colour, shape in MARKS
    ]


def _axis(power: int, foot: tuple[str, str], side: tuple[str, str], head: tuple[str, str]) -> str:
    x, y = foot[0], side[1]
    ten = f'10<tspan dy="-5" class="power">{power}</tspan>'.replace("-", "−").replace('dy="−', 'dy="-')
    return (
        f'<line class="grid" x1="{x}" x2="{x}" y1="{foot[1]}" y2="{head[1]}"/>'
        f'<line class="grid" x1="{side[0]}" x2="{SIZE - RIGHT}" y1="{y}" y2="{y}"/>'
        f'<text x="{x}" y="{float(foot[1]) + 18:.1f}" text-anchor="middle">{ten}</text>'
        f'<text x="{float(side[0]) - 6:.1f}" y="{float(y) + 4:.1f}" text-anchor="end">{ten}</text>'
    )


def _line(start: tuple[str, str], end: tuple[str, str], kind: str) -> str:
    return f'<line class="{kind}" x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}"/>'
