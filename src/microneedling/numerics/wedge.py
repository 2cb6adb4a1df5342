"""A body-fitted grid around one hole in layered material, turning once around the axis, and its element integrals."""

from __future__ import annotations

import dataclasses

import numpy as np

GAUSS = 0.5 + np.array([-0.5, 0.5]) / np.sqrt(3.0)
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))  # (row, column) of an element's four nodes


@dataclasses.dataclass(frozen=True)
class Wedge:
    """Quadrilateral elements (row, column): rows are depth slices, columns lie along the wall of the hole.

    Grid lines follow the wall, so no element straddles hole and tissue. Row lines are level.
    """

    z: np.ndarray  # depth of row lines (rows + 1,) [m]
    r: np.ndarray  # radius of nodes (rows + 1, columns + 1) [m]
    inner: int  # columns inside the hole

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of elements."""
        return self.r.shape[0] - 1, self.r.shape[1] - 1

    @property
    def middle(self) -> np.ndarray:
        """Depth of the middle of each row (rows,) [m]."""
        return 0.5 * (self.z[1:] + self.z[:-1])


def graded(start: float, end: float, count: int, *, ratio: float = 1.0, both: bool = False) -> np.ndarray:
    """Points from start to end, each interval `ratio` times the one before; finest at `start`, or at both ends.

    Args:
        start, end: ends [m]
        count: intervals, >= 1
        ratio: growth from one interval to the next [1]
        both: finest at both ends, coarsest in the middle

    Returns: (count + 1,) [m].
    Checked by: tests/unit/numerics/test_wedge.py
    """
    steps = np.arange(count)
    sizes = ratio ** (np.minimum(steps, steps[::-1]) if both else steps)
    whole = np.concatenate([[0.0], np.cumsum(sizes)]) / np.sum(sizes)
    return start + (end - start) * whole


def wedge(z: np.ndarray, wall: np.ndarray, outer: float, *, inner: int, beyond: int, ratio: float = 1.35) -> Wedge:
    """Columns even inside the wall, ever wider beyond it.

    Args:
        z: depth of row lines (rows + 1,) [m], rising
        wall: radius of the hole's wall at the row lines (rows + 1,) [m], > 0 (below the hole: the line it leaves)
        outer: radius of the cell [m], > every wall
        inner, beyond: columns inside and beyond the wall
        ratio: growth of the columns beyond the wall [1]

    Errors: ValueError if the wall does not lie inside the cell.
    Checked by: tests/unit/numerics/test_wedge.py
    """
    if np.any(wall <= 0) or np.any(wall >= outer):
        raise ValueError(f"the hole's wall ({wall.min():g} to {wall.max():g} m) must lie between 0 and {outer:g} m")
    inside = np.linspace(0.0, 1.0, inner + 1)[None, :] * wall[:, None]
    share = graded(0.0, 1.0, beyond, ratio=ratio)[None, 1:]
    return Wedge(z, np.concatenate([inside, wall[:, None] + share * (outer - wall)[:, None]], axis=1), inner)


def stiffness(grid: Wedge) -> np.ndarray:
    """Bilinear element matrices ∫ ∇N_i·∇N_j 2πr dr dz (rows, columns, 4, 4) [m]; times D K they couple potentials.

    With r = r(ξ, η), z = z_b + h η:  ∂/∂r = ∂ξ/w,  ∂/∂z = (∂η - (s/w) ∂ξ)/h,  w = ∂r/∂ξ, s = ∂r/∂η. 2 x 2 Gauss points.
    Checked by: tests/unit/numerics/test_wedge.py
    """
    found = np.zeros((*grid.shape, 4, 4))
    for x, y, radius, w, s, h in _points(grid):
        along = np.array([-(1 - y), 1 - y, -y, y])
        down = np.array([-(1 - x), -x, 1 - x, x])
        g_r = along / w[..., None]
        g_z = (down - (s / w)[..., None] * along) / h[..., None]
        weight = 0.25 * 2 * np.pi * radius * w * h
        outer = g_r[..., :, None] * g_r[..., None, :] + g_z[..., :, None] * g_z[..., None, :]
        found += weight[..., None, None] * outer
    return found


def volumes(grid: Wedge) -> np.ndarray:
    """Volume of each element that belongs to its four nodes, ∫ N_i 2πr dr dz (rows, columns, 4) [m3].

    Checked by: tests/unit/numerics/test_wedge.py
    """
    found = np.zeros((*grid.shape, 4))
    for x, y, radius, w, _, h in _points(grid):
        shape = np.array([(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y])
        found += (0.25 * 2 * np.pi * radius * w * h)[..., None] * shape
    return found


def _points(grid: Wedge):
    """The four Gauss points of every element: ξ, η, radius, ∂r/∂ξ, ∂r/∂η and height."""
    r, h = grid.r, np.diff(grid.z)[:, None] * np.ones(grid.shape)
    a, b, c, d = r[:-1, :-1], r[:-1, 1:], r[1:, :-1], r[1:, 1:]
    for y in GAUSS:
        for x in GAUSS:
            radius = (1 - y) * ((1 - x) * a + x * b) + y * ((1 - x) * c + x * d)
            yield x, y, radius, (1 - y) * (b - a) + y * (d - c), (1 - x) * (c - a) + x * (d - b), h
