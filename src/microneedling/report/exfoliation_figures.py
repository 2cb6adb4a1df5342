"""Drawings of exfoliation: one skin section a method, and intervals of all methods under each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.axes import Axis, decade_axis, value_axis
from microneedling.report.figures import Panel
from microneedling.study.exfoliated import Exfoliated, Method, layer_reached
from microneedling.study.window import interval

WIDE, TALL = 190, 196  # of one section [px]
SKY, LAYER, ROOM = 14, 11.0, 99.0  # above the skin; a layer of corneocytes; most room for all of them [px]
LEFT, RIGHT, WHISKER = 30, 150, 170  # skin's sides and where the interval stands [px]
BELOW = (34.0, 20.0, 16.0)  # viable epidermis, papillary, reticular dermis, not to scale [px]
KINDS = ("epidermis", "papillary", "reticular")
BRICKS = 6
LONGEST = 24  # letters of a method's name beside a drawing
ROW, LABEL, CHART = 26, 150, 400  # of the charts of intervals [px]
DOTS = {"measured": "full", "predicted": "open", "unsupported": "faint", "": "full"}
STYLE = """
:root{--ink:#1a1a1a;--soft:#565656;--line:#d6d6d6;--corneum:#8a6a45;--epidermis:#e7b894;--papillary:#f6d9cd;--reticular:#fae9e2;--hole:#0b3c5d;--a0:#0072b2;--paper:#fff}
text{fill:var(--ink);font:12.5px system-ui,"DejaVu Sans",sans-serif}.note{font-size:11px;fill:var(--soft)}
.corneum{fill:var(--corneum)}.gone{fill:none;stroke:var(--corneum);stroke-width:.8;stroke-dasharray:2 2}
.epidermis{fill:var(--epidermis)}.papillary{fill:var(--papillary)}.reticular{fill:var(--reticular)}.hole{fill:var(--hole)}
.whisker{stroke:var(--a0);stroke-width:2;fill:none}.dot{fill:var(--a0)}.reach{stroke:var(--hole);stroke-width:2;fill:none}
"""


def section(found: Exfoliated, method: Method) -> Markup:
    """One method's skin: corneocyte layers left and taken, the interval beside them, and how deep it reaches."""
    return Markup(
        f'<svg viewBox="0 0 {WIDE} {TALL}" role="img" aria-label="{escape(_told(found, method))}">'
        f"{_section(found, method)}</svg>"
    )


def whole_drawing(found: Exfoliated, columns: int = 5) -> str:
    """All sections on one sheet, as an SVG file of its own with its colours in it."""
    rows = math.ceil(len(found.methods) / columns)
    parts = []
    for n, method in enumerate(found.methods):
        x, y = (n % columns) * (WIDE + 20) + 10, (n // columns) * (TALL + 46) + 10
        name, where = escape(_short(method.name)), escape(_reach_text(found, method))
        parts.append(
            f'<g transform="translate({x} {y})"><text x="0" y="14">{name}</text>'
            f'<g transform="translate(0 18)">{_section(found, method)}</g>'
            f'<text class="note" x="0" y="{TALL + 30}">{where}</text></g>'
        )
    width, height = columns * (WIDE + 20), rows * (TALL + 46) + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<style>{STYLE}</style>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _section(found: Exfoliated, method: Method) -> str:
    count = max(1, round(found.layers))
    high = min(LAYER, ROOM / count)
    low, middle, top = (count * (1 - x) for x in interval(method.left[None])[::-1, 0])
    bottom = SKY + count * high
    parts = [_bricks(count, high, middle)]
    y = bottom
    for kind, tall in zip(KINDS, BELOW):
        width = RIGHT - LEFT
        parts.append(f'<rect class="{kind}" x="{LEFT}" y="{y:.1f}" width="{width}" height="{tall:.1f}"/>')
        y += tall
    if "needling" in method.families:
        parts.append(_holes(found, method, bottom))
    parts.append(_whisker(SKY + high * np.array([low, middle, top])))
    reach = _reach(found, float(interval(method.depth[None])[1, 0]), count * high)
    if reach > 0:
        parts.append(f'<path class="reach" d="M{LEFT - 12} {SKY}V{SKY + reach:.1f}m-4 -5l4 5l4 -5"/>')
    return "".join(parts)


def _bricks(count: int, high: float, gone: float) -> str:
    """Corneocytes as bricks; the outer ones that are gone as dashed outlines."""
    wide = (RIGHT - LEFT) / BRICKS
    parts = []
    for row in range(count):
        missing = min(1.0, max(0.0, gone - row))
        for brick in range(BRICKS):
            kind = "gone" if (brick + 0.5) / BRICKS < missing else "corneum"
            x, y = LEFT + brick * wide, SKY + row * high
            parts.append(
                f'<rect class="{kind}" x="{x + 0.6:.1f}" y="{y + 0.6:.1f}" width="{wide - 1.2:.1f}" '
                f'height="{high - 1.2:.1f}" rx="1.5"/>'
            )
    return "".join(parts)


def _holes(found: Exfoliated, method: Method, bottom: float) -> str:
    reach = _reach(found, float(interval(method.depth[None])[1, 0]), bottom - SKY)
    tips = (LEFT + (RIGHT - LEFT) * share for share in (0.25, 0.75))
    return "".join(f'<path class="hole" d="M{x - 3:.1f} {SKY}h6L{x:.1f} {SKY + reach:.1f}Z"/>' for x in tips)


def _whisker(ys: np.ndarray) -> str:
    if not np.all(np.isfinite(ys)):
        return ""
    low, middle, high = (float(y) for y in ys)
    caps = "".join(f"M{WHISKER - 4} {y:.1f}h8" for y in (low, high))
    ends = f'<path class="whisker" d="{caps}M{WHISKER} {low:.1f}V{high:.1f}"/>'
    return f'{ends}<circle class="dot" cx="{WHISKER}" cy="{middle:.1f}" r="3.4"/>'


def _reach(found: Exfoliated, depth: float, corneum: float) -> float:
    """Pixels of a depth below the surface: each layer stretched to its band."""
    bands = (corneum, *BELOW)
    tops = np.concatenate([[0.0], np.cumsum(found.thickness)])
    return float(np.interp(depth, tops, np.concatenate([[0.0], np.cumsum(bands)])))


def _reach_text(found: Exfoliated, method: Method) -> str:
    return layer_reached(float(interval(method.depth[None])[1, 0]), found.thickness, found.layers)


def _told(found: Exfoliated, method: Method) -> str:
    low, middle, high = (spell.figures(100 * x, 2) for x in interval(method.left[None])[:, 0].tolist())
    left = f"{middle} % of the stratum corneum left ({low} to {high})"
    return f"{method.name}: {left}; reaches {_reach_text(found, method)}"


def intervals(title: str, unit: str, rows: Sequence[tuple[str, str, np.ndarray]], *, log: bool = False) -> Panel:
    """Median and 5 to 95 % of every method, one below the other.

    Args:
        title: heading
        unit: of the numbers, in words
        rows: name, mark and 5 %, median, 95 % (3,); nan: nothing to show, inf: beyond the study
        log: logarithmic axis
    """
    seen = np.array([x for _, _, values in rows for x in values if np.isfinite(x) and (x > 0 or not log)])
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    if log:
        axis = decade_axis(low, high, start=LABEL, stop=CHART - 26)
    else:
        axis = value_axis(0.0, high, start=LABEL, stop=CHART - 26)
    tall = 30 + ROW * len(rows) + 40
    parts = [_scale(axis, tall, unit)]
    parts += [_row(axis, 30 + ROW * (n + 0.5), row) for n, row in enumerate(rows)]
    told = f"{title} in {unit}: " + "; ".join(f"{name} {_three(values)}" for name, _, values in rows)
    svg = f'<svg viewBox="0 0 {CHART} {tall}" role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'
    return Panel(title, "dot: median; line: 5 to 95 % of simulated people", Markup(svg))


def _scale(axis: Axis, tall: float, unit: str) -> str:
    parts = []
    for value, text in axis.ticks:
        x = f"{float(axis.at(value)):.1f}"
        parts.append(f'<path class="grid" d="M{x} 24V{tall - 36}"/>')
        parts.append(f'<text class="tick x" x="{x}" y="{tall - 21}">{escape(text)}</text>')
    middle = (axis.start + axis.stop) / 2
    return "".join(parts) + f'<text class="axis-title" x="{middle:.0f}" y="{tall - 5}">{escape(unit)}</text>'


def _row(axis: Axis, y: float, row: tuple[str, str, np.ndarray]) -> str:
    name, mark, values = row
    label = f'<text x="0" y="{y + 4:.1f}">{escape(_short(name))}</text>'
    low, middle, high = (float(x) for x in values)
    if math.isnan(middle):
        return f'{label}<text class="note" x="{LABEL + 4}" y="{y + 4:.1f}">not noticeable</text>'
    if not math.isfinite(middle):
        return f'{label}<text class="note" x="{LABEL + 4}" y="{y + 4:.1f}">later than the study</text>'
    a, b, c = (float(axis.at(x if math.isfinite(x) else axis.high)) for x in (low, middle, high))
    beyond = "" if math.isfinite(high) else f'<path class="whisker" d="M{c - 5:.1f} {y - 4:.1f}l5 4l-5 4"/>'
    line = f'<path class="whisker" d="M{a:.1f} {y:.1f}H{c:.1f}"/>{beyond}'
    return f'{label}{line}<circle class="dot {DOTS[mark]}" cx="{b:.1f}" cy="{y:.1f}" r="4.2"/>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _three(values: np.ndarray) -> str:
    low, middle, high = (float(x) for x in values)
    if math.isnan(middle):
        return "not noticeable"
    return f"{spell.figures(middle, 2)} ({spell.figures(low, 2)} to {spell.figures(high, 2)})"
