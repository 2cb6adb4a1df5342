"""The resolved unit cell: one channel in its share of skin, with the same transport numbers as the depth form."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np

from microneedling.laws.solute import SoluteTransport
from microneedling.numerics.assembly import Assembly
from microneedling.numerics.wedge import Wedge, graded, wedge
from microneedling.numerics.wedge_system import Bypass, Matter
from microneedling.skin.skin import Skin

INNER, BEYOND = 2, 5  # columns inside and beyond the wall at fineness 1
WIDER, DEEPER = 1.8, 1.5  # growth from one column or row to the next at fineness 1 [1]
ROWS = ("corneum", "epidermis", "papillary", "reticular")
COUNTS = {"corneum": 3, "epidermis": 3, "papillary": 3, "reticular": 4}  # rows of a layer at fineness 1
NARROWEST = 0.12  # the hole ends where its radius falls below this share of its mouth [1]
FEWEST = 2  # rows of the part of a layer above or below the hole's end


@dataclasses.dataclass(frozen=True)
class Hole:
    """Radius of one channel by depth, and the cell it stands in; all in metres."""

    depth: np.ndarray  # (points,), rising from 0
    radius: np.ndarray  # (points,)
    end: float  # depth of its end
    outer: float  # radius of the cell

    def wall(self, z: np.ndarray) -> np.ndarray:
        """Radius at depths z; below the end, that of the end."""
        return np.interp(np.minimum(z, self.end), self.depth, self.radius)


def hole_of(skin: Skin, *, area: np.ndarray, density: float) -> Hole:
    """The channel that stands for all: n r_h(z)² π = -ln(1 - a(z)), in a cell of π R² n = 1.

    Args:
        skin: of one person
        area: open area fraction just after recoil (depth,) [1]
        density: punctures per area [m-2], > 0

    Errors: ValueError if nothing is open.
    Checked by: tests/unit/laws/test_unit_cell.py
    """
    centre, whole = np.asarray(skin.depth), float(np.sum(skin.step))
    outer = 1 / np.sqrt(np.pi * density)
    radius = outer * np.sqrt(-np.log1p(-np.clip(np.asarray(area), 0.0, 0.9)))
    mouth = radius[0]
    if mouth <= 0:
        raise ValueError("no channel is open: the needles did not pierce, or all is closed")
    open_ = radius > NARROWEST * mouth
    last = int(np.argmin(open_)) if not np.all(open_) else radius.size
    depths, radii = np.append(0.0, centre[:last]), np.append(mouth, radius[:last])
    if last == radius.size:
        return Hole(np.append(depths, whole), np.append(radii, radii[-1]), whole, outer)
    share = (radii[-1] - NARROWEST * mouth) / (radii[-1] - radius[last])
    end = depths[-1] + share * (centre[last] - depths[-1])
    return Hole(np.append(depths, end), np.append(radii, NARROWEST * mouth), float(end), outer)


def grid_of(skin: Skin, hole: Hole, *, fineness: int = 2) -> Wedge:
    """Rows that follow the layers and the hole's end, columns that follow its wall.

    Excised skin ends at a receptor. Living skin is closed below by a last row that neither conducts nor stores.

    Checked by: tests/unit/laws/test_unit_cell.py
    """
    step = np.asarray(skin.step)
    lines, top = [np.zeros(1)], 0.0
    for layer in ROWS:
        bottom = top + float(np.sum(step * np.asarray(getattr(skin, layer))))
        lines += [part[1:] for part in _rows((top, bottom), hole.end, COUNTS[layer] * fineness, fineness)]
        top = bottom
    z = np.concatenate(lines)
    if float(skin.alive) > 0.5:
        z = np.append(z, z[-1] * 1.001)
    ratio = WIDER ** (1 / fineness)
    return wedge(z, hole.wall(z), hole.outer, inner=INNER * fineness, beyond=BEYOND * fineness, ratio=ratio)


def _rows(layer: tuple[float, float], end: float, count: int, fineness: int) -> list[np.ndarray]:
    """Row lines of one layer, split where the hole ends in it."""
    top, bottom = layer
    if bottom - top < 3e-6:
        return [np.array([top, bottom])]
    ratio = DEEPER ** (1 / fineness)
    if not top + 1e-6 < end < bottom - 1e-6:
        return [graded(top, bottom, count, ratio=ratio, both=True)]
    least = FEWEST * fineness
    above = int(np.clip(round(count * (end - top) / (bottom - top)), least, max(least, count - least)))
    upper = graded(top, end, above, ratio=ratio, both=True)
    return [upper, graded(end, bottom, max(least, count - above), ratio=ratio, both=True)]


@dataclasses.dataclass(frozen=True)
class Conditions:
    """What changes while the solute moves: each a function of time [s]."""

    open: Callable[[float], np.ndarray]  # share of the hole still open, by skin cell (depth,) [1]
    film: Callable[[float], float]  # thickness of what lies on the skin [m]
    perfusion: Callable[[float], np.ndarray]  # rise of flow over rest (depth,) [1]
    steady: bool  # True when only the film changes
    filling: float = 1.0  # share of the diffusivity in water left in what fills the channel [1]
    intact: float = 1.0  # share of the barrier that is left [1]


def matter_of(skin: Skin, p: SoluteTransport, grid: Wedge, *, now: Conditions) -> Matter:
    """What fills the wedge: the depth form's numbers, cell by cell; fluid in the hole; film above, receptor below.

        tissue: D K, K of its layer;  hole: a share s(t) of fluid (D_w/f, 1/f), the rest tissue;  u = f y in fluid
        leak of the stratum corneum: a path of its own from film to viable epidermis, storing nothing

    Args:
        skin, p: of one person and one active (depth,)
        grid: of `grid_of`
        now: what changes with time

    Source: dancik2013 through laws/solute.py. Checked by: tests/unit/laws/test_unit_cell.py, tests/contracts/test_two_levels.py
    """
    columns, cell, f = grid.shape[1], _skin_cell(skin, grid), float(p.in_tissue)
    sealed, corneum = float(skin.alive) > 0.5, np.asarray(skin.corneum)
    mobility = (np.asarray(p.mobility) * (1 - corneum + corneum / now.intact))[cell]
    capacity = np.asarray(p.capacity)[cell]
    if sealed:
        mobility[-1] = capacity[-1] = 0.0
    inside = (grid.middle < grid_end(grid))[:, None] & (np.arange(columns) < grid.inner)[None, :]
    hole = np.flatnonzero(inside.ravel())
    by_hole, below = cell[hole // columns], 0.0 if sealed else float(skin.receptor_volume)
    space = np.pi * grid.r[0, -1] ** 2
    top = np.where(np.arange(columns + 1) <= grid.inner, f, float(p.donor))
    assembly = Assembly(grid, (top, np.full(columns + 1, f)))
    nothing = np.zeros(assembly.inner)
    return Matter(
        assembly=assembly,
        mobility=np.repeat(mobility, columns),
        capacity=np.repeat(capacity, columns),
        hole=hole,
        fluid=(float(p.in_water) * now.filling / f, 1 / f),
        open=lambda time: now.open(time)[by_hole],
        clearing=lambda time: np.repeat(_rates(p, now.perfusion(time))[:, cell] * capacity, columns, axis=1),
        volumes=lambda time: space * np.array([now.film(time), max(below, 1e-9)]),
        source=lambda time: nothing,
        steady=now.steady,
        bypass=_leak(skin, p, grid, f),
    )


def _skin_cell(skin: Skin, grid: Wedge) -> np.ndarray:
    """The skin's cell each row lies in (rows,)."""
    bottoms = np.cumsum(np.asarray(skin.step))
    return np.minimum(np.searchsorted(bottoms, grid.middle), bottoms.size - 1)


def _rates(p: SoluteTransport, perfusion: np.ndarray) -> np.ndarray:
    """Loss of the total to blood, lymph and metabolism (3, depth) [s-1], as in laws/drug.py."""
    supply, uptake = np.asarray(p.flow) * (1 + perfusion), np.asarray(p.uptake)
    both = uptake + supply
    taken = np.divide(uptake * supply, both, out=np.zeros_like(both), where=both > 0)
    return np.stack([taken / float(p.binding), np.asarray(p.lymph), np.asarray(p.metabolism)])


def within(skin: Skin, assembly: Assembly, by_depth: np.ndarray, radius: float) -> np.ndarray:
    """Amounts by depth (depth,) [mol m-3 of skin] put at the inner nodes (inner,) [mol], within a radius of the axis.

    The columns of the channel always take part, so that a radius of zero means the channel and the tissue below its end.

    Checked by: tests/unit/laws/test_unit_cell.py
    """
    grid, step = assembly.grid, np.asarray(skin.step)
    edges = np.append(0.0, np.cumsum(step))
    poured = np.append(0.0, np.cumsum(np.asarray(by_depth) * step))
    slices = np.diff(np.interp(grid.z, edges, poured)) * np.pi * grid.r[0, -1] ** 2
    near = (np.arange(grid.shape[1]) < grid.inner)[None, :] | (grid.r[:-1, 1:] <= radius)
    shares = assembly.shares.reshape(*grid.shape, 4) * near[..., None]
    amounts = shares * (slices / shares.sum(axis=(1, 2)))[:, None, None]
    nodes = np.bincount(assembly.nodes.ravel(), amounts.ravel(), minlength=assembly.inner + 2 * assembly.across)
    by_row = nodes.reshape(-1, assembly.across)
    by_row[1] += by_row[0]  # what falls to a reservoir's nodes belongs to the skin beside them
    by_row[-2] += by_row[-1]
    return by_row[1:-1].ravel()


def grid_end(grid: Wedge) -> float:
    """Depth at which the wall stops narrowing: the end of the hole [m]."""
    wall = grid.r[:, grid.inner]
    return float(grid.z[np.flatnonzero(wall > wall[-1] * (1 + 1e-9))[-1] + 1]) if wall[0] > wall[-1] else grid.z[-1]


def _leak(skin: Skin, p: SoluteTransport, grid: Wedge, f: float) -> Bypass:
    """The polar leak as a path from the film to the nodes at the top of the viable epidermis."""
    corneum, across = np.asarray(skin.corneum), grid.shape[1] + 1
    thick = float(np.sum(np.asarray(skin.step) * corneum))
    speed = float(np.asarray(p.leak)[0]) * float(p.in_water) / thick
    row = int(np.argmin(np.abs(grid.z - thick)))
    r = grid.r[row]
    edges = np.concatenate([[r[0]], 0.5 * (r[1:] + r[:-1]), [r[-1]]])
    area = np.pi * np.diff(edges**2)
    area[: grid.inner] = 0.0
    nodes = (row - 1) * across + np.arange(across)
    return Bypass(nodes, speed * area, speed * area / f)
