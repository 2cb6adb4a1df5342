"""The unit cell in scikit-fem: elements of any order on quadrilaterals along the wall, SciPy's sparse factors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from cell_mesh import MICRO, Grading, coefficients, grid
from cell_problem import CellProblem
from scipy.sparse import csc_array
from scipy.sparse.linalg import splu
from skfem import Basis, BilinearForm, ElementQuadP, LinearForm, MeshQuad
from skfem.helpers import dot, grad


def quadrilaterals(p: CellProblem, grading: Grading) -> tuple[MeshQuad, np.ndarray, np.ndarray]:
    """The body-fitted grid, with layer and whether it is hole of each element."""
    g = grid(p, grading)
    columns = g.hole.shape[1]
    node = np.arange(g.r.size).reshape(g.r.shape)
    corners = [node[:-1, :-1], node[:-1, 1:], node[1:, 1:], node[1:, :-1]]
    places = np.stack([g.r.ravel(), np.repeat(g.z, columns + 1)])
    mesh = MeshQuad(places, np.stack([c.ravel() for c in corners]))
    return mesh, np.repeat(g.layer, columns), g.hole.ravel()


@BilinearForm
def mass(u, v, w):
    return u * v * 2 * np.pi * w.x[0]


@BilinearForm
def stiffness(u, v, w):
    return dot(grad(u), grad(v)) * 2 * np.pi * w.x[0]


@LinearForm
def volume(v, w):
    return v * 2 * np.pi * w.x[0]


class Cell:
    """The discretised cell. Unknown 0 is the film: all nodes at the surface are one, and nothing else lives there.

    Element matrices are integrated once for a coefficient of one, then weighed by element; all four matrices share one
    pattern, so that a stage only adds up their numbers.
    """

    def __init__(self, p: CellProblem, mesh: tuple[MeshQuad, np.ndarray, np.ndarray], order: int):
        quads, layer, hole = mesh
        basis = Basis(quads, ElementQuadP(order), intorder=2 * order + 1)
        k, dose, film = coefficients(p, layer, hole), MICRO**3 * p.dose, MICRO**3 * p.dose
        number = self._numbers(basis)
        self.unknowns = self.size = int(number.max()) + 1
        self._pattern(basis, number)
        self.capacities = self._weighed(self.masses, k.capacity), self._weighed(self.masses, k.open_capacity)
        self.capacities[0][self.film_entry] += film
        self.losses = (
            self._weighed(self.masses, k.removal) + self._weighed(self.stiff, k.mobility),
            self._weighed(self.masses, k.open_removal) + self._weighed(self.stiff, k.open_mobility),
        )
        self.start = np.zeros(self.size)
        self.start[0] = film
        volumes = volume.elemental(basis).tolocal()
        to = number[basis.element_dofs.T]

        def vector(values: np.ndarray) -> np.ndarray:
            return np.bincount(to[to >= 0], (values[:, None] * volumes)[to >= 0], minlength=self.size)

        layers = [layer == n for n in range(len(p.layers))]
        closed = [self.start, *(vector(k.capacity * here) for here in layers), vector(k.removal)]
        opened = [0 * self.start, *(vector(k.open_capacity * here) for here in layers), vector(k.open_removal)]
        self.held_closed, self.held_open = np.array(closed) / dose, np.array(opened) / dose

    def _numbers(self, basis: Basis) -> np.ndarray:
        """Unknown of each degree of freedom, -1 for what is nothing (bottom, and bulges of the surface's edges)."""
        z = basis.mesh.p[1]
        number = np.zeros(basis.N, dtype=int)
        for level in (z.min(), z.max()):
            number[basis.get_dofs(lambda at, level=level: np.abs(at[1] - level) < 1e-6).all()] = -1
        free = number == 0
        number[free] = np.arange(1, np.sum(free) + 1)
        number[basis.nodal_dofs[0, z == z.min()]] = 0
        return number

    def _pattern(self, basis: Basis, number: np.ndarray) -> None:
        local = mass.elemental(basis)
        row, column = number[local.indices[0]], number[local.indices[1]]
        self.use = (row >= 0) & (column >= 0)
        key = column[self.use].astype(np.int64) * self.size + row[self.use]
        places, self.entry = np.unique(key, return_inverse=True)
        self.indices = (places % self.size).astype(np.int32)
        self.indptr = np.searchsorted(places, np.arange(self.size + 1) * self.size).astype(np.int32)
        self.film_entry = 0  # column 0 begins with row 0
        self.masses, self.stiff = local.data, stiffness.elemental(basis).data

    def _weighed(self, numbers: np.ndarray, values: np.ndarray) -> np.ndarray:
        shares = numbers.reshape(-1, values.size) * values
        return np.bincount(self.entry, shares.ravel()[self.use], minlength=self.indices.size)

    def _matrix(self, numbers: np.ndarray) -> csc_array:
        return csc_array((numbers, self.indices, self.indptr), shape=(self.size, self.size))

    def capacity(self, s: float, u: np.ndarray) -> np.ndarray:
        return self._matrix(self.capacities[0] + s * self.capacities[1]) @ u

    def solver(self, s: float, hg: float) -> Callable[[np.ndarray], np.ndarray]:
        (c, c_open), (k, k_open) = self.capacities, self.losses
        matrix = self._matrix(c + s * c_open + hg * (k + s * k_open))
        # symmetric and positive: no pivoting, and the ordering for such
        lu = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
        return lu.solve

    def held(self, s: float, u: np.ndarray) -> np.ndarray:
        return (self.held_closed + s * self.held_open) @ u
