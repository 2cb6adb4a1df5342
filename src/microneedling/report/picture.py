"""The skin and its punctures drawn to scale: a section and a view from above."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.answer import LAYERS, Answer
from microneedling.report.figures import Panel
from microneedling.report.punctures import LATER, WIDTH, Punctures

NAMES = {
    "corneum": "stratum corneum",
    "epidermis": "viable epidermis",
    "papillary": "papillary dermis",
    "reticular": "reticular dermis",
}
SIDE = 400  # drawn width of both drawings [px]
AIR = 8  # room above the skin [px]
FOOT = 34  # room for the scale bar [px]


def section(answer: Answer, holes: Punctures | None) -> Panel | None:
    """Layers and channels from the side, depth and width to one scale."""
    if not answer.layers:
        return None
    side = holes.side if holes else WIDTH
    scale = SIDE / side
    deepest = float(np.max(holes.deep, initial=0.0)) if holes else 0.0
    shown = min(sum(answer.layers.values()), max(1.15 * deepest, 1.1e-3))
    height = AIR + shown * scale
    parts = [_layers(answer.layers, shown, scale)]
    if holes:
        parts.append(f'<svg x="0" y="0" width="{SIDE}" height="{height:.1f}">{_channels(holes, scale, height)}</svg>')
    parts.append(_ruler(12, height + 12, scale, side))
    said = _section_text(holes, shown)
    size = f"0 0 {SIDE} {height + FOOT:.0f}"
    svg = f'<svg viewBox="{size}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    key = tuple((name, f"{NAMES[name]} {spell.figures(thick * 1e6)} µm") for name, thick in answer.layers.items())
    return Panel("From the side", said, Markup(svg), key=key)


def view(holes: Punctures) -> Panel:
    """Punctures from above: where a needle was, and what is open ten minutes later."""
    scale = SIDE / holes.side
    parts = [f'<rect class="skin" x="0" y="0" width="{SIDE}" height="{SIDE}"/>']
    outer, inner = holes.needle * scale, holes.hole * scale
    spots = list(zip((holes.x * scale).tolist(), (holes.y * scale).tolist()))
    drawn = f'<g class="needle-spot">{_circles(spots, outer)}</g>' if outer else ""
    if inner > 0.05:
        drawn += f'<g class="hole">{_circles(spots, inner)}</g>'
    parts.append(f'<svg x="0" y="0" width="{SIDE}" height="{SIDE}">{drawn}</svg>')
    for edge in holes.slice:
        parts.append(f'<path class="cut" d="M0 {edge * scale:.1f}H{SIDE}"/>')
    parts.append(_ruler(12, SIDE + 12, scale, holes.side))
    millimetres = holes.side * 1e3
    needle = f"Outer disc: the needle, {spell.figures(2e6 * holes.needle, 2)} µm wide. Inner" if outer else "Each"
    wide, share = spell.figures(2e6 * holes.hole, 2), spell.figures(100 * holes.open_area, 2)
    said = (
        f"{millimetres:g} mm × {millimetres:g} mm of skin from above with {len(holes.x)} punctures at random "
        f"({spell.figures(holes.density * 1e-4)} per cm²). {needle} disc: what is still open {spell.duration(LATER)} "
        f"later, {wide} µm wide, {share} % of the skin. "
        "Dashed: the slice drawn from the side."
    )
    svg = f'<svg viewBox="0 0 {SIDE} {SIDE + FOOT}" role="img" aria-label="{escape(said)}">{"".join(parts)}</svg>'
    return Panel("From above", said, Markup(svg))


def _section_text(holes: Punctures | None, shown: float) -> str:
    depth = f"Skin of the central person to a depth of {shown * 1e3:.2g} mm, depth and width to one scale."
    if holes is None:
        return depth + " No punctures are drawn: nothing is pierced, or the study does not ask for their readings."
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
            y, h = AIR + top * scale, max(seen * scale, 0.6)
            parts.append(f'<rect class="layer {name}" x="0" y="{y:.2f}" width="{SIDE}" height="{h:.2f}"/>')
        top += thick
    return "".join(parts)


def _channels(holes: Punctures, scale: float, height: float) -> str:
    """Needle paths as outlines, what stays open as filled funnels."""
    inside = (holes.y >= holes.slice[0]) & (holes.y < holes.slice[1])
    shrunk = holes.relaxed / holes.inserted if holes.inserted > 0 else 0.0
    narrow = holes.hole * scale
    wide = max(holes.needle * scale, narrow)
    paths, funnels = [], []
    for x, deep in zip((holes.x[inside] * scale).tolist(), holes.deep[inside].tolist()):
        foot = min(AIR + deep * scale, height)
        paths.append(f"M{x - wide:.1f} {AIR}L{x:.1f} {foot:.1f}L{x + wide:.1f} {AIR}")
        end = min(AIR + deep * shrunk * scale, height)
        half = max(narrow, 0.35)
        funnels.append(f"M{x - half:.1f} {AIR}L{x:.1f} {end:.1f}L{x + half:.1f} {AIR}Z")
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
    return f'{bar}<text class="scale" x="{end + 8:.1f}" y="{y + 4:.1f}">{text}</text>'
