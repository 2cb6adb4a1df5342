"""The resolved cell in the report: the plume around one channel over time, and both levels of detail side by side."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import spell
from microneedling.report.course import interval
from microneedling.report.png import png

if TYPE_CHECKING:
    import xarray as xr

ACROSS, DOWN = 132, 150  # pixels of one frame
DECADES = 4.0  # the colours span this many decades below the first film's concentration [1]
STILLS = 6  # frames shown one beside the other where nothing may move
AROUND, BELOW = 6.0, 1.6  # how far is drawn: mouth radii to each side at least, channel depths down
SAME = {"on_skin": "on_skin", "corneum": "sc", "epidermis": "epidermis", "dermis": "dermis"}
SAME |= {"blood": "blood", "lymph": "lymph", "receptor": "receptor"}  # place in the cell -> place of the depth form
TITLES = {"on_skin": "on the skin", "corneum": "stratum corneum", "epidermis": "viable epidermis", "dermis": "dermis"}
TITLES |= {"blood": "taken up by blood", "lymph": "taken up by lymph", "receptor": "receptor"}
SCALE = ((0, 34, 78), (53, 69, 108), (102, 105, 112), (148, 142, 119), (200, 184, 102), (254, 232, 56))  # as report.css
SMALL = 1e-4  # amounts below this share of the dose are not compared [1]


@dataclasses.dataclass(frozen=True)
class Plume:
    """One active around one channel: pictures, their times, and the two forms compared at the end."""

    arm: str
    active: str
    image: Markup  # style that shows the frames as one strip
    frames: int
    labels: tuple[str, ...]
    overlay: Markup
    stills: tuple[tuple[str, Markup], ...]
    said: str
    rows: tuple[tuple[str, ...], ...]  # place, resolved, depth form, ratio
    facts: str


@dataclasses.dataclass(frozen=True)
class Cells:
    """All plumes of a result, and the arms that have none."""

    plumes: tuple[Plume, ...]
    left_out: tuple[str, ...]


def cells_of(tree: xr.DataTree) -> Cells | None:
    """What the report shows of the resolved cell; None when the study did not ask for it.

    Checked by: tests/faces/test_cell_study.py
    """
    if "cell" not in tree.children:
        return None
    scores, plumes, left_out = tree["scores"].to_dataset(), [], []
    layers = _layers(tree)
    for n in range(len(tree["cell"].children)):
        group = tree[f"cell/{n}"].to_dataset()
        if group.attrs["left_out"]:
            left_out.append(f"{group.attrs['arm']}: {group.attrs['left_out']}")
            continue
        facts = json.loads(group.attrs["facts"])
        for active in facts:
            plumes.append(_plume(group, scores.isel(arm=n), active, (facts[active], layers)))
    return Cells(tuple(plumes), tuple(left_out))


def _layers(tree: xr.DataTree) -> list[float]:
    """Lower edges of the layers of the central person [m]."""
    skin = tree["skin"].to_dataset()
    return list(np.cumsum([float(skin[name].values[0]) for name in ("corneum", "epidermis", "papillary", "reticular")]))


def _plume(group: xr.Dataset, depth_form: xr.Dataset, active: str, known: tuple[dict[str, Any], list[float]]) -> Plume:
    facts, layers = known
    width, deep = _window(group)
    film = float(np.max(group[f"plume.{active}"].values[:, 0, 0]))
    shades = [_shade(group, frame, (width, deep), f"plume.{active}") for frame in range(group.sizes["frame"])]
    pixels = [np.clip(1 + np.log10(np.maximum(s / film, 1e-30)) / DECADES, 0, 1) for s in shades]
    labels = tuple(spell.duration(float(t)) if t > 0 else "0 h" for t in group["frame"].values)
    picks = np.unique(np.linspace(1, len(labels) - 1, STILLS).round().astype(int))
    drawn = _png(np.concatenate(pixels, axis=1))
    overlay = _overlay(group, (width, deep), layers)
    name = active.replace("_", " ")
    said = (
        f"{name} around one channel, {2e6 * width:.0f} µm wide and {1e6 * deep:.0f} µm deep, depth and width to one "
        f"scale. Colour: total concentration over that of the first film, logarithmic."
    )
    return Plume(
        arm=group.attrs["arm"],
        active=name,
        image=Markup(f"background-image:url(data:image/png;base64,{drawn})"),
        frames=len(labels),
        labels=labels,
        overlay=overlay,
        stills=tuple((labels[n], Markup(f"data:image/png;base64,{_png(pixels[n])}")) for n in picks),
        said=said,
        rows=_compared(group, depth_form, active),
        facts=f"Solved on two grids and extrapolated, which moved amounts by {100 * facts['grid_error']:.2g} % "
        "of the dose at most: an upper bound of the grid's error. "
        f"Balance closed to {facts['balance_error']:.0e} of the dose. {facts['steps']} time steps.",
    )


def _window(group: xr.Dataset) -> tuple[float, float]:
    """Half width and depth drawn [m]; the picture keeps its shape, so both follow the deeper need."""
    mouth, outer = float(group["wall"].values[0]), float(group["radius"].values[0, -1])
    deep = min(BELOW * group.attrs["channel_depth"], float(group["row_depth"].values[-1]))
    deep = max(deep, 2 * AROUND * mouth * DOWN / ACROSS)
    width = 0.5 * deep * ACROSS / DOWN
    if width > outer:
        width, deep = outer, 2 * outer * DOWN / ACROSS
    return width, min(deep, float(group["row_depth"].values[-1]))


def _shade(group: xr.Dataset, frame: int, window: tuple[float, float], name: str) -> np.ndarray:
    """Concentration on the pixels of one frame (DOWN, ACROSS)."""
    width, deep = window
    z, r = group["row_depth"].values, group["radius"].values
    values = group[name].values[frame]
    x = np.abs((np.arange(ACROSS) + 0.5) / ACROSS * 2 - 1) * width
    picture = np.zeros((DOWN, ACROSS))
    for n, depth in enumerate((np.arange(DOWN) + 0.5) / DOWN * deep):
        row = int(np.clip(np.searchsorted(z, depth) - 1, 0, z.size - 2))
        share = (depth - z[row]) / (z[row + 1] - z[row])
        radii = (1 - share) * r[row] + share * r[row + 1]
        picture[n] = np.interp(x, radii, (1 - share) * values[row] + share * values[row + 1])
    return np.maximum(picture, 0.0)


def _png(shares: np.ndarray) -> str:
    """Shares 0..1 as a PNG in colours that colour-blind readers can order, base64."""
    at = np.linspace(0, 1, len(SCALE))
    colours = np.stack([np.interp(np.linspace(0, 1, 64), at, part) for part in zip(*SCALE)], axis=1).astype(np.uint8)
    index = (63 * shares).astype(np.uint8)
    return png(index, colours)


def _overlay(group: xr.Dataset, window: tuple[float, float], layers: list[float]) -> Markup:
    """Channel wall, layer edges and a scale bar over a frame."""
    width, deep = window
    scale = ACROSS / (2 * width)
    z, wall = group["row_depth"].values, group["wall"].values
    inside = z <= group.attrs["channel_depth"] * (1 + 1e-9)
    parts = [f'<path class="layer-edge" d="M0 {e * scale:.1f}H{ACROSS}"/>' for e in layers[:3] if 0 < e < deep]
    for side in (-1, 1):
        points = " ".join(
            f"{ACROSS / 2 + side * w * scale:.2f},{d * scale:.2f}" for w, d in zip(wall[inside], z[inside])
        )
        parts.append(f'<polyline class="wall" points="{points}"/>')
    bar = 100e-6 if width > 100e-6 else 20e-6
    y = DOWN - 6
    parts.append(f'<path class="bar" d="M5 {y}h{bar * scale:.1f}"/>')
    parts.append(f'<text class="bar-text" x="5" y="{y - 3}">{bar * 1e6:.0f} µm</text>')
    return Markup(f'<svg viewBox="0 0 {ACROSS} {DOWN}" aria-hidden="true">{"".join(parts)}</svg>')


def _compared(group: xr.Dataset, depth_form: xr.Dataset, active: str) -> tuple[tuple[str, ...], ...]:
    """Amounts at the end in both forms: interval and median of everybody, and the ratio person by person."""
    rows, people = [], slice(1, None) if group.sizes["member"] > 1 else slice(None)
    dose = float(np.max(group[f"on_skin.{active}"].values))
    for place, other in SAME.items():
        ours = group[f"{place}.{active}"].values[people, -1]
        if f"{other}.{active}" not in depth_form or np.median(ours) < SMALL * dose:
            continue
        theirs = depth_form[f"{other}.{active}"].values[people, -1]
        good = np.isfinite(theirs) & (theirs > 0)
        if not good.any():
            continue
        texts = [_spelt(1e5 * values) for values in (ours, theirs[good])]
        rows.append((TITLES[place], *texts, _spelt(theirs[good] / ours[good])))
    return tuple(rows)


def _spelt(values: np.ndarray) -> str:
    """ "low to high (median)" with two figures that count."""
    found = interval(values)
    low, middle, high = (spell.figures(x, 2) for x in (found.low, found.median, found.high))
    return middle if low == high else str(escape(f"{low} to {high} ({middle})"))
