"""Our solver on the benchmark's cell: the product's own grid, assembly and steps, filled with the problem's data."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
from cell_problem import CellProblem

from microneedling.numerics.assembly import Assembly
from microneedling.numerics.wedge import Wedge, graded, wedge
from microneedling.numerics.wedge_march import march
from microneedling.numerics.wedge_system import Matter, Transport


@dataclasses.dataclass(frozen=True)
class Fineness:
    """Rows of the layers (the dermis above and below the tip), columns inside and beyond the wall, error of a step."""

    rows: tuple[int, int, int, int]
    inner: int
    beyond: int
    tolerance: float


SETTINGS = (
    Fineness((2, 2, 3, 2), 1, 3, 2e-2),
    Fineness((2, 2, 3, 2), 1, 4, 1e-2),
    Fineness((2, 2, 4, 3), 1, 4, 1e-2),
    Fineness((3, 3, 6, 4), 1, 5, 3e-3),
    Fineness((4, 4, 8, 6), 2, 7, 1e-3),
)
ROWS, COLUMNS = (1.5, 1.5, 1.6, 1.6), 1.8  # growth from one row or column to the next on the coarser grid [1]


def grid_of(p: CellProblem, fine: Fineness, times: int) -> Wedge:
    """Rows that follow the layers and the tip, finer towards them; `times` as fine."""
    surface, corneum, epidermis, bottom = p.edges
    spans = ((surface, corneum), (corneum, epidermis), (epidermis, p.depth), (p.depth, bottom))
    lines = [np.zeros(1)]
    for (a, b), n, ratio in zip(spans, fine.rows, ROWS):
        lines.append(graded(a, b, times * n, ratio=ratio ** (1 / times), both=b != bottom)[1:])
    z, ratio = np.concatenate(lines), COLUMNS ** (1 / times)
    wall = np.array([p.wall(x) for x in z])
    return wedge(z, wall, p.radius, inner=times * fine.inner, beyond=times * fine.beyond, ratio=ratio)


def matter_of(p: CellProblem, grid: Wedge) -> Matter:
    """The problem's materials on the grid."""
    columns = grid.shape[1]
    layer = np.searchsorted(np.array(p.edges[1:]), grid.middle)
    media = [one.medium for one in p.layers]

    def by_element(name: str) -> np.ndarray:
        return np.repeat(np.array([getattr(one, name) for one in media])[layer], columns)

    inside = (grid.middle < p.depth)[:, None] & (np.arange(columns) < grid.inner)[None, :]
    hole = np.flatnonzero(inside.ravel())
    ones, removal, space = np.ones(columns + 1), by_element("removal")[None, :], np.pi * p.radius**2
    assembly = Assembly(grid, (ones, ones))
    return Matter(
        assembly=assembly,
        mobility=by_element("mobility"),
        capacity=by_element("partition"),
        hole=hole,
        fluid=(p.water.mobility, p.water.partition),
        open=lambda t: np.full(hole.size, p.openness(t)),
        clearing=lambda t: removal,
        volumes=lambda t: space * np.array([p.film, 1e6]),
        source=lambda t: np.zeros(assembly.inner),
    )


def ours(p: CellProblem, fine: Fineness) -> tuple[np.ndarray, float]:
    """Amounts (times, compartments) as parts of the dose, extrapolated from two grids, and the seconds."""
    begin = time.perf_counter()
    coarse, twice = (_amounts(p, grid_of(p, fine, times), fine.tolerance) for times in (1, 2))
    return twice + (twice - coarse) / 3, time.perf_counter() - begin


def _amounts(p: CellProblem, grid: Wedge, tolerance: float) -> np.ndarray:
    matter = matter_of(p, grid)
    transport, this = Transport(matter), matter.assembly
    y = np.zeros(this.inner + 4)
    y[this.inner] = p.dose
    track = march(transport, y, np.array(p.times), begin=0.0, tolerance=tolerance, first=0.5)
    layer = np.searchsorted(np.array(p.edges[1:]), grid.middle)
    found = []
    for t, one in zip(p.times, track.amounts):
        now = transport.at(t)
        held, (film, sink) = transport.by_row(one, now), transport.in_reservoirs(one, now)
        found.append([film, *(held[layer == n].sum() for n in range(3)), sink, one[-2]])
    return np.array(found) / p.dose
