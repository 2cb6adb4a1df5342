"""Meshes of the unit cell that follow the wall of the hole, for the tools that `cell.py` compares.

Lengths are micrometres, since mesh generators hold points closer than some 1e-7 to be one.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from cell_problem import CellProblem

MICRO = 1e6  # micrometres in a metre


@dataclasses.dataclass(frozen=True)
class Grading:
    """Of each stretch of grid lines: intervals, and the widest over the finest of them.

    Solutions bend most at the surface, at the edge of stratum corneum and epidermis, at the wall and at the tip; that
    is where intervals are finest.
    """

    corneum: tuple[int, float]  # finest at both its edges
    epidermis: tuple[int, float]  # finest under the stratum corneum
    around: tuple[int, float]  # dermis down to the tip, finest at both ends
    below: tuple[int, float]  # dermis from the tip to the bottom
    inside: tuple[int, float]  # axis to wall, finest at the wall
    outside: tuple[int, float]  # wall to edge of the cell, finest at the wall

    def times(self, factor: float) -> Grading:
        """The same grading with `factor` times the intervals."""
        return Grading(*((max(1, round(n * factor)), ratio) for n, ratio in dataclasses.astuple(self)))


@dataclasses.dataclass(frozen=True)
class Fineness:
    """Largest size of a mesh generator's triangles [um], and how often they are cut towards the corners of the hole."""

    corneum: float
    hole: float
    tissue: float
    grading: float = 0.4
    cuts: int = 0

    def times(self, factor: float) -> Fineness:
        """`factor` times as fine."""
        sizes = {name: getattr(self, name) / factor for name in ("corneum", "hole", "tissue")}
        return dataclasses.replace(self, **sizes)


@dataclasses.dataclass(frozen=True)
class Grid:
    """Quadrilaterals (row, column): rows are level slices of depth, columns lie along the wall."""

    z: np.ndarray  # depth of row lines (rows + 1,) [um]
    r: np.ndarray  # radius of nodes (rows + 1, columns + 1) [um]
    layer: np.ndarray  # number of the layer each row lies in (rows,)
    hole: np.ndarray  # whether a quadrilateral lies in the hole (rows, columns)


def graded(start: float, end: float, count: int, ratio: float) -> np.ndarray:
    """Points from start to end whose last interval is `ratio` times the first (count + 1,)."""
    sizes = ratio ** (np.arange(count) / max(count - 1, 1))
    return start + (end - start) * np.concatenate([[0.0], np.cumsum(sizes)]) / np.sum(sizes)


def both_ends(start: float, end: float, count: int, ratio: float) -> np.ndarray:
    """Points from start to end, finest at both (count + 1,)."""
    if count == 1:
        return np.array([start, end])
    middle, half = 0.5 * (start + end), count // 2
    down, up = graded(start, middle, half, ratio), graded(end, middle, count - half, ratio)
    return np.concatenate([down, up[-2::-1]])


def grid(p: CellProblem, g: Grading) -> Grid:
    """The body-fitted grid: lines at every layer's edge and at the tip, columns straight down below it."""
    surface, corneum, epidermis, bottom = (MICRO * z for z in p.edges)
    tip = MICRO * p.depth
    z = np.concatenate(
        [
            both_ends(surface, corneum, *g.corneum)[:-1],
            graded(corneum, epidermis, *g.epidermis)[:-1],
            both_ends(epidermis, tip, *g.around)[:-1],
            graded(tip, bottom, *g.below),
        ]
    )
    wall = np.array([MICRO * p.wall(depth / MICRO) for depth in z])[:, None]
    inside = graded(1.0, 0.0, *g.inside)[::-1]
    outside = graded(0.0, 1.0, *g.outside)[1:]
    r = np.concatenate([wall * inside, wall + outside * (MICRO * p.radius - wall)], axis=1)
    middle = 0.5 * (z[1:] + z[:-1])
    columns = np.arange(r.shape[1] - 1)
    hole = (middle < tip)[:, None] & (columns < g.inside[0])[None, :]
    return Grid(z, r, np.searchsorted([corneum, epidermis], middle), hole)


@dataclasses.dataclass(frozen=True)
class Coefficients:
    """K, K D [um2 s-1] and K k [s-1] of places in healed skin, and what an open hole adds to them."""

    capacity: np.ndarray
    mobility: np.ndarray
    removal: np.ndarray
    open_capacity: np.ndarray
    open_mobility: np.ndarray
    open_removal: np.ndarray


def coefficients(p: CellProblem, layer: np.ndarray, hole: np.ndarray) -> Coefficients:
    """Coefficients of places that lie in these layers, inside the hole or not: `x(t) = x + openness(t) open_x`."""
    tissue = np.array([[m.partition, MICRO**2 * m.mobility, m.removal] for m in (x.medium for x in p.layers)])
    water = np.array([p.water.partition, MICRO**2 * p.water.mobility, p.water.removal])
    rest = tissue[layer]
    return Coefficients(*rest.T, *(np.where(hole[:, None], water - rest, 0.0)).T)
