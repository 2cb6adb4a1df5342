"""Our solver on the benchmark's cell: the product's own grid, assembly and steps, filled with the problem's data."""

from __future__ import annotations

import dataclasses
import time

import numpy as np
from cell_problem import CellProblem

from microneedling.numerics.assembly import Assembly
from microneedling.numerics.wedge import Wedge, graded, wedge
from microneedling.numerics.wedge_march import Matter, Transport, march


@dataclasses.dataclass(frozen=True)
class Fineness:
    """Rows of the layers (the dermis above and below the tip), columns inside and beyond the wall, error of a step."""

    rows: tuple[int, int, int, int]
    inner: int
    beyond: int
    tolerance: float

    def times(self, factor: int) -> Fineness:
        """The same grid, `factor` times as fine."""
        rows = tuple(factor * n for n in self.rows)
        return Fineness(rows, factor * self.inner, factor * self.beyond, self.tolerance)  # type: ignore[arg-type]


SETTINGS = (
    Fineness((4, 4, 7, 5), 2, 7, 4e-3),
    Fineness((5, 5, 9, 6), 2, 9, 2e-3),
    Fineness((6, 6, 11, 8), 3, 11, 1e-3),
    Fineness((8, 8, 15, 10), 4, 14, 1e-3),
    Fineness((12, 12, 22, 14), 5, 20, 5e-4),
)


def grid_of(p: CellProblem, fine: Fineness) -> Wedge:
    """Rows that follow the layers and the tip, finer towards them."""
    surface, corneum, epidermis, bottom = p.edges
    spans = ((surface, corneum), (corneum, epidermis), (epidermis, p.depth), (p.depth, bottom))
    lines = [np.zeros(1)]
    for (a, b), n in zip(spans, fine.rows):
        ratio = 1.35 ** (6 / max(n, 6))
        lines.append(graded(a, b, n, ratio=ratio, both=b != bottom)[1:])
    z = np.concatenate(lines)
    return wedge(
        z,
        np.array([p.wall(x) for x in z]),
        p.radius,
        inner=fine.inner,
        beyond=fine.beyond,
        ratio=1.35 ** (10 / fine.beyond),
    )


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
    """Amounts (times, compartments) as parts of the dose, and the seconds from data to amounts."""
    begin = time.perf_counter()
    grid = grid_of(p, fine)
    matter = matter_of(p, grid)
    transport, this = Transport(matter), matter.assembly
    y = np.zeros(this.inner + 4)
    y[this.inner] = p.dose
    track = march(transport, y, np.array(p.times), begin=0.0, tolerance=fine.tolerance, first=0.5)
    layer = np.searchsorted(np.array(p.edges[1:]), grid.middle)
    found = []
    for t, one in zip(p.times, track.amounts):
        now = transport.at(t)
        u = transport.potentials(one, now).ravel()
        capacity = matter.capacity.copy()
        capacity[matter.hole] += p.openness(t) * (matter.fluid[1] - capacity[matter.hole])
        held = ((this.shares * u[this.nodes]).sum(axis=1) * capacity).reshape(grid.shape).sum(axis=1)
        film, sink = one[this.inner : this.inner + 2] / now.holds * matter.volumes(t)
        found.append([film, *(held[layer == n].sum() for n in range(3)), sink, one[-2]])
    return np.array(found) / p.dose, time.perf_counter() - begin
