"""The skin and its punctures drawn to scale: a section and a view from above."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.answer import LAYERS, Answer
from microneedling.report.figures import Panel
from microneedling.report.punctures import LATER, Punctures

NAMES = {
    "corneum": "stratum corneum",
    "epidermis": "viable epidermis",
    "papillary": "papillary dermis",
    "reticular": "reticular dermis",
}
SECTION = 560  # drawn width of the section [px]
LABELS = 178  # room for the layers' names [px]
MAP = 360  # drawn side of the map [px]
LINE = 17  # least distance between two labels [px]


def section(answer: Answer, holes: Punctures | None) -> Panel | None:
    """Layers and channels from the side, depth and width to one scale."""
    if not answer.layers:
        return None
    side = holes.side if holes else 4e-3
    scale = SECTION / side
    whole = sum(answer.layers.values())
    deepest = float(np.max(holes.deep, initial=0.0)) if holes else 0.0
    shown = min(whole, max(1.15 * deepest, 1.1e-3))
    height = shown * scale
    parts = [_layers(answer.layers, shown, scale), _layer_names(answer.layers, shown, scale)]
    if holes:
        parts.append(
            f'<svg x="0" y="0" width="{SECTION}" height="{34 + height:.1f}">{_channels(holes, scale, height)}</svg>'
        )
    parts.append(_ruler(24, 34 + height + 14, scale, side))
    width, total = SECTION + LABELS, 34 + height + 34
    said = _section_text(answer, holes, shown)
    svg = f'<svg viewBox="0 0 {width} {total:.0f}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel("From the side", said, Markup(svg))


def view(holes: Punctures) -> Panel:
    """Punctures from above: where a needle was, and what is open ten minutes later."""
    scale = MAP / holes.side
    parts = [f'<rect class="skin" x="0" y="0" width="{MAP}" height="{MAP}"/>']
    outer, inner = holes.needle * scale, holes.hole * scale
    spots = list(zip((holes.x * scale).tolist(), (holes.y * scale).tolist()))
    drawn = f'<g class="needle-spot">{_circles(spots, outer)}</g>'
    if inner > 0.05:
        drawn += f'<g class="hole">{_circles(spots, inner)}</g>'
    parts.append(f'<svg x="0" y="0" width="{MAP}" height="{MAP}">{drawn}</svg>')
    for edge in holes.slice:
        parts.append(f'<path class="cut" d="M0 {edge * scale:.1f}H{MAP}"/>')
    parts.append(_ruler(12, MAP + 12, scale, holes.side))
    millimetres = holes.side * 1e3
    said = (
        f"{millimetres:g} mm × {millimetres:g} mm of skin from above with {len(holes.x)} punctures at random "
        f"({spell.figures(holes.density * 1e-4)} per cm²). Pale disc: the needle, "
        f"{spell.figures(2e6 * holes.needle, 2)} µm wide. Dark: what is still open "
        f"{spell.duration(LATER)} later, {spell.figures(2e6 * holes.hole, 2)} µm wide, "
        f"{spell.figures(100 * holes.open_area, 2)} % of the skin. Dashed: the slice drawn from the side."
    )
    svg = f'<svg viewBox="0 0 {MAP} {MAP + 34}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel("From above", said, Markup(svg))


def _section_text(answer: Answer, holes: Punctures | None, shown: float) -> str:
    depth = f"Skin of the central person to a depth of {shown * 1e3:.2g} mm, depth and width to one scale."
    if holes is None:
        return depth + " Nothing is pierced."
    mean, left = (spell.figures(x * 1e6, 3) for x in (holes.inserted, holes.relaxed))
    thick = spell.figures((holes.slice[1] - holes.slice[0]) * 1e3, 2)
    return (
        f"{depth} A slice {thick} mm thick. Outlines: where needles went, {mean} µm deep on average. "
        f"Filled: channels {spell.duration(LATER)} later, {left} µm deep on average."
    )


def _layers(layers: Mapping[str, float], shown: float, scale: float) -> str:
    parts, top = [], 0.0
    for name in LAYERS:
        thick = layers.get(name, 0.0)
        seen = min(thick, max(0.0, shown - top))
        if seen > 0:
            y, h = 34 + top * scale, max(seen * scale, 0.6)
            parts.append(f'<rect class="layer {name}" x="0" y="{y:.2f}" width="{SECTION}" height="{h:.2f}"/>')
        top += thick
    return "".join(parts)


def _layer_names(layers: Mapping[str, float], shown: float, scale: float) -> str:
    """Names and thicknesses at the right, moved apart where layers are thin, each with a leader to its layer."""
    parts, top, free = [], 0.0, 20.0
    for name in LAYERS:
        thick = layers.get(name, 0.0)
        if thick <= 0 or top >= shown:
            continue
        middle = 34 + (top + min(thick, shown - top) / 2) * scale
        y = max(middle, free)
        free, top = y + 2 * LINE, top + thick
        size = f"{spell.figures(thick * 1e6, 3)} µm" + (" in all" if top > shown * 1.001 else "")
        parts.append(f'<path class="leader" d="M{SECTION} {middle:.1f}L{SECTION + 14} {y:.1f}"/>')
        parts.append(f'<text class="layer-name" x="{SECTION + 18}" y="{y + 1:.1f}">{NAMES[name]}')
        parts.append(f'<tspan x="{SECTION + 18}" dy="15">{size}</tspan></text>')
    return "".join(parts)


def _channels(holes: Punctures, scale: float, height: float) -> str:
    """Needle paths as outlines, what stays open as filled funnels."""
    inside = (holes.y >= holes.slice[0]) & (holes.y < holes.slice[1])
    shrunk = holes.relaxed / holes.inserted if holes.inserted > 0 else 0.0
    wide, narrow = holes.needle * scale, holes.hole * scale
    paths, funnels = [], []
    for x, deep in zip((holes.x[inside] * scale).tolist(), holes.deep[inside].tolist()):
        foot = 34 + min(deep * scale, height)
        paths.append(f"M{x - wide:.1f} 34L{x:.1f} {foot:.1f}L{x + wide:.1f} 34")
        end = 34 + min(deep * shrunk * scale, height)
        half = max(narrow, 0.35)
        funnels.append(f"M{x - half:.1f} 34L{x:.1f} {end:.1f}L{x + half:.1f} 34Z")
    filled = f'<path class="hole" d="{"".join(funnels)}"/>' if narrow > 0.02 else ""
    return f'{filled}<path class="needle" d="{"".join(paths)}"/>'


def _circles(spots: list[tuple[float, float]], radius: float) -> str:
    size = f"{max(radius, 0.4):.2f}"
    return "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>' for x, y in spots)


def _ruler(x: float, y: float, scale: float, side: float) -> str:
    """A scale bar of one millimetre, or less where the drawing is narrower."""
    length, text = (1e-3, "1 mm") if side > 2e-3 else (2e-4, "200 µm")
    end = x + length * scale
    bar = f'<path class="ruler" d="M{x} {y - 4:.1f}v8M{x} {y:.1f}H{end:.1f}M{end:.1f} {y - 4:.1f}v8"/>'
    return f'{bar}<text class="layer-name" x="{end + 8:.1f}" y="{y + 4:.1f}">{text}</text>'
