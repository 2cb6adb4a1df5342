"""A section of skin drawn from computed amounts at a few times: layers, channel, cells, vessels, collagen, melanin."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.answer import LAYERS
from microneedling.report.figures import Panel
from microneedling.report.slices import Slice, Slices

SIDE = 400  # drawn width [px]
WIDTH = 0.9e-3  # of skin shown [m]
SHOWN = 0.9e-3  # depth shown, measured from the junction of dermis and epidermis up to a full epidermis [m]
ROOM = 150e-6  # above the junction: room for a thick epidermis [m]
DOTS = 90  # marks of the kind's highest amount among the drawings
STROKES = {"mature collagen": 170, "new collagen": 130}
CELLS = ("debris", "neutrophils", "macrophages", "fibroblasts")
SPECKS = (14.0, 60.0)  # marks of melanin at phototype 1 and 6
SCALE = SIDE / WIDTH  # [px m-1]
HONEST = (
    "A drawing of computed amounts, not an image of skin. Layers, channel and wounded column are to scale; there are "
    "as many marks as the amounts ask for, each kind on its own scale, at random places. Real skin waves where this "
    "is flat."
)
LEGEND = (
    ("layer corneum", "horny layer"),
    ("layer epidermis", "living epidermis"),
    ("hole", "open channel"),
    ("column", "wounded column"),
    ("debris", "debris and clot"),
    ("neutrophils", "neutrophils"),
    ("macrophages", "macrophages"),
    ("fibroblasts", "activated fibroblasts"),
    ("vessel", "vessels, as wide as flow"),
    ("mature-collagen", "mature collagen"),
    ("new-collagen", "new collagen"),
    ("melanin", "melanin"),
)
LINES = {
    "vessel": "M2 9q7-9 15-1",
    "mature-collagen": "M1 8L18 4",
    "new-collagen": "M4 8L14 5",
    "melanin": "M3 4h2.4M9 8h2.4M13 3h2.4",
}


def drawn_section(found: Slices) -> list[Panel]:
    """One drawing a moment, the same random places in all, so that what changes is the amounts.

    Args:
        found: slices of the central person

    Returns: panels in order of time.
    Checked by: tests/faces/test_drawn_section.py
    """
    most = {name: max(_most(one, name) for one in found.slices) for name in found.slices[0].kinds}
    return [_panel(one, found, most) for one in found.slices]


def _most(one: Slice, name: str) -> float:
    return float(max(np.max(part) for part in one.kinds[name]))


def _panel(one: Slice, found: Slices, most: dict[str, float]) -> Panel:
    junction = ROOM * SCALE
    foot = junction + (SHOWN - ROOM) * SCALE
    counts: dict[str, int] = {}
    parts = [_layers(one, junction, foot), _column(one, found)]
    for name in ("mature collagen", "new collagen"):
        marks = _strokes(one, found, name, most[name])
        counts[name] = marks.count("M")
        parts.append(f'<path class="{name.replace(" ", "-")}" d="{marks}"/>')
    parts += [_vessels(one, found), _hole(one, found)]
    for name in CELLS:
        marks, counts[name] = _cells(one, found, name, most[name])
        parts.append(f'<g class="{name}">{marks}</g>')
    parts.append(_melanin(one, found))
    said = _said(one, counts)
    svg = (
        f'<svg viewBox="0 0 {SIDE} {foot + 30:.0f}" role="img" aria-label="{escape(said)}">'
        f'<svg x="0" y="0" width="{SIDE}" height="{foot:.1f}">{"".join(parts)}</svg>{_bar(foot)}</svg>'
    )
    return Panel(one.words.capitalize(), _caption(one), Markup(svg))


def _caption(one: Slice) -> str:
    horn, living = (spell.figures(one.layers[name] * 1e6, 3) for name in ("corneum", "epidermis"))
    wide = spell.figures(2e6 * float(np.max(one.hole, initial=0.0)), 2)
    channel = (
        f"channel {wide} µm wide at its mouth" if float(np.max(one.hole, initial=0.0)) > 5e-7 else "no open channel"
    )
    flow = spell.figures(float(np.max(one.flow)), 2)
    return f"Horny layer {horn} µm, living epidermis {living} µm, {channel}, flow {flow} times rest."


def _said(one: Slice, counts: dict[str, int]) -> str:
    told = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"Drawn section of skin {one.words}. {_caption(one)} Marks drawn: {told}. Not an image of skin."


def _layers(one: Slice, junction: float, foot: float) -> str:
    """Epidermis and horny layer above the junction, dermis below it."""
    horn, living = one.layers["corneum"] * SCALE, one.layers["epidermis"] * SCALE
    papillary = one.layers["papillary"] * SCALE
    rows = (
        ("corneum", junction - living - horn, horn),
        ("epidermis", junction - living, living),
        ("papillary", junction, papillary),
        ("reticular", junction + papillary, max(0.0, foot - junction - papillary)),
    )
    return "".join(
        f'<rect class="layer {name}" x="0" y="{top:.1f}" width="{SIDE}" height="{tall:.1f}"/>'
        for name, top, tall in rows
    )


def _heights(one: Slice, found: Slices) -> np.ndarray:
    """Drawn height of every cell's centre [px]: above the junction layers are stretched to their thickness now."""
    upper = sum(found.step[found.layer == n].sum() for n in (0, 1))
    y = np.empty_like(found.depth)
    for n, top in ((0, one.layers["corneum"] + one.layers["epidermis"]), (1, one.layers["epidermis"])):
        here = found.layer == n
        first = found.depth[here][0] - found.step[here][0] / 2
        stretch = one.layers[LAYERS[n]] / found.step[here].sum()
        y[here] = (ROOM - top + (found.depth[here] - first) * stretch) * SCALE
    below = found.layer > 1
    y[below] = (ROOM + found.depth[below] - upper) * SCALE
    return y


def _outline(half: np.ndarray, y: np.ndarray, top: float) -> str:
    """A body of revolution cut in half: right side down, left side up."""
    inside = half > 2e-7
    if not inside.any():
        return ""
    x, down = half[inside] * SCALE, y[inside]
    x, down = np.append(x[0], x), np.append(top, down)
    right = [f"{SIDE / 2 + a:.1f} {b:.1f}" for a, b in zip(x, down)]
    left = [f"{SIDE / 2 - a:.1f} {b:.1f}" for a, b in zip(x[::-1], down[::-1])]
    return f"M{'L'.join([*right, f'{SIDE / 2:.1f} {down[-1] + 2:.1f}', *left])}Z"


def _column(one: Slice, found: Slices) -> str:
    shape = _outline(np.minimum(one.column, WIDTH / 2), _heights(one, found), _surface(one))
    return f'<path class="column" d="{shape}"/>' if shape else ""


def _hole(one: Slice, found: Slices) -> str:
    shape = _outline(one.hole, _heights(one, found), _surface(one))
    return f'<path class="hole" d="{shape}"/>' if shape else ""


def _surface(one: Slice) -> float:
    return (ROOM - one.layers["corneum"] - one.layers["epidermis"]) * SCALE


def _places(one: Slice, found: Slices, name: str, parts: tuple[int, float]) -> np.ndarray:
    """Places (count, 2) [px] of marks, as many as the amounts ask for, drawn from one fixed series.

    parts: marks at the highest amount filling the drawing, and that amount.
    """
    full, most = parts
    if not most > 0:
        return np.zeros((0, 2))
    inside, outside = (np.where(found.layer > 1, part, 0.0) if name != "debris" else part for part in one.kinds[name])
    column = np.clip(one.column / WIDTH * 2, 0.0, 1.0)
    weights = np.stack([inside * column, outside * (1 - column)]) * found.step / most
    room = float(np.sum(found.step[found.layer > 1]))
    count = round(full * float(weights.sum()) / room * (1.0 if name.endswith("collagen") else 3.0))
    rng = np.random.default_rng([found.seed, sum(map(ord, name))])
    chance = rng.random((2000, 4))[: min(count, 2000)]
    edges = np.cumsum(weights.ravel())
    cell = np.searchsorted(edges, chance[:, 0] * edges[-1]) if edges[-1] > 0 else np.zeros(0, dtype=int)
    where, level = np.divmod(np.minimum(cell, weights.size - 1), found.depth.size)
    y = _heights(one, found)[level] + (chance[:, 1] - 0.5) * found.step[level] * SCALE
    half = np.clip(one.column[level] * SCALE, 0.0, SIDE / 2)
    far = half + chance[:, 2] * (SIDE / 2 - half)
    x = np.where(where == 0, chance[:, 2] * half, far) * np.where(chance[:, 3] < 0.5, -1, 1) + SIDE / 2
    return np.stack([x, y], axis=-1)


def _strokes(one: Slice, found: Slices, name: str, most: float) -> str:
    """Short fibres, more or less level, longer the more mature."""
    spots = _places(one, found, name, (STROKES[name], most))
    rng = np.random.default_rng([found.seed, 7, len(name)])
    long = 16.0 if name == "mature collagen" else 8.0
    turn = rng.normal(0.0, 0.35, 2000)[: len(spots)]
    return "".join(
        f"M{x - long * np.cos(t):.0f} {y - long * np.sin(t):.1f}l{2 * long * np.cos(t):.0f} {2 * long * np.sin(t):.1f}"
        for (x, y), t in zip(spots, turn)
    )


def _cells(one: Slice, found: Slices, name: str, most: float) -> tuple[str, int]:
    """Cells by shape as well as colour: dots, rings, squares, spindles."""
    spots = _places(one, found, name, (DOTS, most))
    return "".join(_mark(name, x, y) for x, y in spots), len(spots)


def _mark(name: str, x: float, y: float) -> str:
    if name == "neutrophils":
        return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="2.6"/>'
    if name == "macrophages":
        return f'<rect x="{x - 3:.0f}" y="{y - 3:.0f}" width="6" height="6"/>'
    if name == "fibroblasts":
        return f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="7" ry="2"/>'
    return f'<path d="M{x - 2:.0f} {y:.0f}l4 0m-2-2l0 4"/>'


def _vessels(one: Slice, found: Slices) -> str:
    """Capillary loops and, below them, level vessels: as many as there are, as wide as flow."""
    thick = 0.25e-3  # of the slice a section shows [m]
    count = max(1, round(found.loops * WIDTH * thick * one.vessels)) if found.loops else 4
    rng = np.random.default_rng([found.seed, 11])
    places = (np.arange(40) * 0.618 + rng.random()) % 1.0
    upper, lower = (float(np.mean(one.flow[found.layer == n])) for n in (2, 3))
    top, foot = ROOM * SCALE + 5, (ROOM + one.layers["papillary"]) * SCALE
    loops = "".join(
        f"M{x - 3:.0f} {foot:.0f}L{x - 3:.0f} {top + 4:.0f}q3-7 6 0L{x + 3:.0f} {foot:.0f}"
        for x in places[: min(count, 40)] * SIDE
    )
    level = "".join(
        f"M0 {foot + drop:.0f}q100 {bend:.0f} 200 0t200 0" for drop, bend in ((6, 14), (120, -20), (250, 18))
    )
    return (
        f'<path class="vessel" stroke-width="{min(6.0, 1.3 * upper):.2f}" d="{loops}"/>'
        f'<path class="vessel" stroke-width="{min(8.0, 2.0 * lower):.2f}" d="{level}"/>'
    )


def _melanin(one: Slice, found: Slices) -> str:
    """Specks: most in the basal layer, fewer above, some fallen into the dermis."""
    low, high = SPECKS
    full = low * (high / low) ** ((found.phototype - 1) / 5) * 3
    basal, above, fallen = one.melanin
    rng = np.random.default_rng([found.seed, 13])
    chance = rng.random((1000, 2))
    junction, living = ROOM * SCALE, one.layers["epidermis"] * SCALE
    rows = (
        (0.6 * full * basal, junction - 0.2 * living, 0.18 * living),
        (0.4 * full * above, junction - living, 0.8 * living),
        (full * fallen, junction + 4, one.layers["papillary"] * SCALE),
    )
    parts, used = [], 0
    for count, top, tall in rows:
        taken = chance[used : used + min(300, max(0, round(count)))]
        used += 330
        parts += [f"M{x * SIDE:.0f} {top + y * tall:.1f}h2.4" for x, y in taken]
    return f'<path class="melanin" d="{"".join(parts)}"/>'


def _bar(foot: float) -> str:
    """A scale bar of a fifth of a millimetre."""
    end, y = 12 + 2e-4 * SCALE, foot + 14
    bar = f'<path class="ruler" d="M12 {y - 4:.1f}v8M12 {y:.1f}H{end:.1f}M{end:.1f} {y - 4:.1f}v8"/>'
    return f'{bar}<text class="scale" x="{end + 8:.1f}" y="{y + 4:.1f}">200 µm</text>'


def legend() -> list[tuple[Markup, str]]:
    """Each mark as it is drawn, and what it stands for.

    Checked by: tests/faces/test_drawn_section.py
    """
    return [
        (Markup(f'<svg viewBox="0 0 19 12" aria-hidden="true">{_sample(name)}</svg>'), text) for name, text in LEGEND
    ]


def _sample(name: str) -> str:
    if name in LINES:
        width = ' stroke-width="2"' if name == "vessel" else ""
        return f'<path class="{name}"{width} d="{LINES[name]}"/>'
    if name in CELLS:
        return f'<g class="{name}">{_mark(name, 9, 6)}</g>'
    return f'<rect class="{name}" width="19" height="12"/>'
