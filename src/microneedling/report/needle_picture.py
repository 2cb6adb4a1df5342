"""Drawings of a device's sheet: depth by setting, one hole to scale, and the map of punctures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report.axes import value_axis
from microneedling.report.figures import Panel
from microneedling.report.spell import figures

SIDE, FOOT, AIR = 400, 34, 40  # drawn width, room for the scale bar, room above the skin [px]
LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 50, 390, 30, 236, 276
WIDE = 0.8e-3  # drawn width of the section of one hole [m]

Band = tuple[float, float, float]  # 5 %, median, 95 %


def by_setting(
    settings: Sequence[float], inserted: Sequence[Band], relaxed: Sequence[Band], lines: Mapping[str, float]
) -> Panel:
    """Depth reached and depth left against the depth set, with the depths that matter as lines.

    Args:
        settings: depths set [m]
        inserted, relaxed: 5 %, median and 95 % at each [m]
        lines: depths to draw, by what lies there [m]
    """
    deepest = max(max(band[2] for band in inserted), max(settings), *lines.values()) * 1e3
    x = value_axis(0.0, max(settings) * 1e3, start=LEFT, stop=RIGHT)
    y = value_axis(0.0, deepest, start=TOP, stop=BOTTOM)
    parts = ['<text class="unit" x="4" y="14">depth below the surface, mm (downwards)</text>']
    for value, text in y.ticks:
        at = f"{float(y.at(value)):.1f}"
        parts.append(f'<path class="grid" d="M{LEFT} {at}H{RIGHT}"/>')
        parts.append(f'<text class="tick y" x="{LEFT - 6}" y="{at}" dy="4">{text}</text>')
    for value, text in x.ticks:
        at = f"{float(x.at(value)):.1f}"
        parts.append(f'<path class="mark" d="M{at} {BOTTOM}v4"/>')
        parts.append(f'<text class="tick x" x="{at}" y="{BOTTOM + 17}">{text}</text>')
    for name, depth in lines.items():
        at = f"{float(y.at(depth * 1e3)):.1f}"
        parts.append(f'<path class="cut" d="M{LEFT} {at}H{RIGHT}"/>')
        parts.append(f'<text class="note" x="{LEFT + 4}" y="{at}" dy="13">{escape(name)}</text>')
    even = [f"{float(x.at(v * 1e3)):.1f} {float(y.at(v * 1e3)):.1f}" for v in (0.0, max(settings))]
    parts.append(f'<path class="session" d="M{even[0]}L{even[1]}"/>')
    for arm, bands in enumerate((inserted, relaxed)):
        parts.append(
            _bands([float(x.at(s * 1e3)) for s in settings], [[float(y.at(v * 1e3)) for v in b] for b in bands], arm)
        )
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>')
    parts.append(f'<text class="axis-title" x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 4}">set at the device, mm</text>')
    last = [figures(v * 1e3, 3) for v in (settings[-1], inserted[-1][1], relaxed[-1][1])]
    said = (
        f"At {last[0]} mm the tips reach {last[1]} mm (median) and leave channels of {last[2]} mm. "
        "Dotted: depth equal to the setting."
    )
    svg = f'<svg viewBox="0 0 {SIDE} {HEIGHT}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel(
        "Depth set, reached and left",
        said,
        Markup(svg),
        key=(("a0", "reached by the tips"), ("a1", "left after recoil")),
    )


def _bands(x: Sequence[float], y: Sequence[Sequence[float]], arm: int) -> str:
    """A shaded interval with its median; a whisker where there is one setting only."""
    if len(x) == 1:
        at = x[0] - 30 + 18 * arm
        low, middle, high = y[0]
        ends = "".join(f"M{at - 5:.1f} {end:.1f}h10" for end in (low, high))
        whisker = f'<path class="line a{arm}" style="stroke-dasharray:none" d="M{at:.1f} {low:.1f}V{high:.1f}{ends}"/>'
        return f'{whisker}<circle class="dot a{arm}" cx="{at:.1f}" cy="{middle:.1f}" r="4.5"/>'
    points = [list(zip(x, column)) for column in zip(*y)]
    line = ["L".join(f"{a:.1f} {b:.1f}" for a, b in one) for one in (points[2], points[0][::-1], points[1])]
    return f'<path class="band a{arm}" d="M{line[0]}L{line[1]}Z"/><path class="line a{arm}" d="M{line[2]}"/>'


def hole(layers: Mapping[str, float], needle: np.ndarray, left: np.ndarray) -> Panel:
    """One needle where it stood and the hole it leaves, depth and width to one scale.

    Args:
        layers: thickness of each layer by its name in the style sheet [m]
        needle: depth below the surface and radius along the needle (2, n) [m]; above the surface negative
        left: the same of the hole (2, m) [m]
    """
    scale = SIDE / WIDE
    depth = max(float(needle[0].max()) * 1.15, 0.25e-3)
    shrink = min(1.0, 620 / (depth * scale))
    scale *= shrink
    height = AIR + depth * scale
    parts, top = [], 0.0
    for name, thick in layers.items():
        seen = min(thick, max(0.0, depth - top))
        if seen > 0:
            y, tall = AIR + top * scale, max(0.6, seen * scale)
            parts.append(f'<rect class="{name}" x="0" y="{y:.2f}" width="{SIDE}" height="{tall:.2f}"/>')
        top += thick
    for cls, shape in (("hole", left), ("needle", needle)):
        right = [(SIDE / 2 + r * scale, AIR + z * scale) for z, r in shape.T]
        both = right + [(SIDE - x, y) for x, y in reversed(right)]
        parts.append(f'<path class="{cls}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in both)}Z"/>')
    parts.append(_ruler(height + 14, scale, 200e-6, "200 µm"))
    widths = (2e6 * float(np.interp(0.0, *needle)), 2e6 * float(left[1][0]))
    sizes = [(figures(w, 3), figures(1e6 * float(z[0].max()), 3)) for w, z in zip(widths, (needle, left))]
    said = (
        f"Outline: the needle where it stood, {sizes[0][0]} µm wide at the surface and {sizes[0][1]} µm deep. "
        f"Filled: the hole after recoil, {sizes[1][0]} µm wide and {sizes[1][1]} µm deep. "
        "Central person; depth and width to one scale."
    )
    svg = f'<svg viewBox="0 0 {SIDE} {height + FOOT:.0f}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel(
        "One hole to scale",
        said,
        Markup(svg),
        key=tuple((name, f"{figures(1e6 * thick, 3)} µm") for name, thick in layers.items()),
    )


def coverage(x: np.ndarray, y: np.ndarray, side: float, widths: tuple[float, float]) -> Panel:
    """Punctures from above, to scale: the needle at the surface, and the hole left.

    Args:
        x, y: places [m]
        side: of the square [m]
        widths: radius of the needle and of the hole at the surface [m]
    """
    scale = SIDE / side
    parts = [f'<rect class="skin" x="0" y="0" width="{SIDE}" height="{SIDE}"/>']
    parts.append(f'<svg x="0" y="0" width="{SIDE}" height="{SIDE}">')
    for cls, radius in zip(("needle-spot", "hole"), widths):
        size = f"{max(0.4, radius * scale):.2f}"
        dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{size}"/>' for a, b in zip(x * scale, y * scale))
        parts.append(f'<g class="{cls}">{dots}</g>')
    length, text = (1e-3, "1 mm") if side > 2e-3 else (200e-6, "200 µm")
    parts.append("</svg>" + _ruler(SIDE + 14, scale, length, text))
    said = (
        f"{side * 1e3:g} mm × {side * 1e3:g} mm of skin from above, {len(x)} punctures. "
        "Pale: the needle at the surface. Dark: the hole left."
    )
    svg = f'<svg viewBox="0 0 {SIDE} {SIDE + FOOT}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel("Coverage to scale", said, Markup(svg))


def _ruler(y: float, scale: float, length: float, text: str) -> str:
    x = 12.0
    end = x + length * scale
    bar = f'<path class="ruler" d="M{x} {y - 4:.1f}v8M{x} {y:.1f}H{end:.1f}M{end:.1f} {y - 4:.1f}v8"/>'
    return f'{bar}<text class="scale" x="{end + 8:.1f}" y="{y + 4:.1f}">{text}</text>'
