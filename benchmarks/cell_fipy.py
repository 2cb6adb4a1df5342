"""The unit cell in FiPy: finite volumes on quadrilaterals along the wall.

FiPy's own cylindrical grids are rectangular, and would cut the wall in steps. On a plain two-dimensional mesh, all
coefficients times the radius give the same equation; the wall leans by 3 degrees, which costs 1 % unless fluxes are
corrected for it. FiPy steps by backward Euler only; a Runge-Kutta stage is such a step from an amount set for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
from cell_mesh import MICRO, Grading, coefficients, grid
from cell_problem import CellProblem

os.environ.setdefault("FIPY_SOLVERS", "scipy")

from fipy import CellVariable, FaceVariable, ImplicitSourceTerm, LinearLUSolver, TransientTerm
from fipy.meshes.mesh2D import Mesh2D
from fipy.terms.diffusionTermCorrection import DiffusionTermCorrection

MIXED = 1e8  # K D of the film [um2 s-1]: it levels out within (cell radius)2/K D, some milliseconds


def quadrilaterals(p: CellProblem, grading: Grading) -> tuple[Mesh2D, np.ndarray, np.ndarray]:
    """The body-fitted grid with the film as one row of cells on top, with layer (-1: film) and whether it is hole."""
    g = grid(p, grading)
    r = np.concatenate([g.r[:1], g.r])
    z = np.concatenate([[-MICRO * p.film], g.z])
    rows, columns = r.shape[0] - 1, r.shape[1] - 1
    node = np.arange(r.size).reshape(r.shape)
    level = np.stack([node[:, :-1].ravel(), node[:, 1:].ravel()])
    upright = np.stack([node[:-1].ravel(), node[1:].ravel()])
    below = np.arange((rows + 1) * columns).reshape(rows + 1, columns)
    beside = below.size + np.arange(rows * (columns + 1)).reshape(rows, columns + 1)
    faces = [below[:-1], beside[:, 1:], below[1:], beside[:, :-1]]
    places = np.stack([r.ravel(), np.repeat(z, columns + 1)])
    mesh = Mesh2D(places, np.concatenate([level, upright], axis=1), np.stack([f.ravel() for f in faces]))
    layer = np.repeat(np.concatenate([[-1], g.layer]), columns)
    return mesh, layer, np.concatenate([np.zeros(columns, dtype=bool), g.hole.ravel()])


class Cell:
    """The discretised cell: one unknown a cell, film included."""

    def __init__(self, p: CellProblem, mesh: tuple[Mesh2D, np.ndarray, np.ndarray], order: int):
        if order != 1:
            raise ValueError(f"FiPy has elements of order 1 only, not {order}")
        area, layer, hole = mesh
        self.film, self.k = layer < 0, coefficients(p, np.maximum(layer, 0), hole)
        self.radius = np.asarray(area.cellCenters[0])
        self.volume = 2 * np.pi * self.radius * np.asarray(area.cellVolumes)
        self.unknowns, self.dose = layer.size, MICRO**3 * p.dose
        self.start = self.volume * self.film
        self.layers = np.array([self.film, *(layer == n for n in range(len(p.layers)))], dtype=float)
        self.u = CellVariable(mesh=area, value=0.0, hasOld=True)
        self.u.constrain(0.0, where=area.exteriorFaces & (area.faceCenters[1] > MICRO * p.edges[-1] * (1 - 1e-9)))
        self.mass, self.loss, self.mobility = (CellVariable(mesh=area, value=1.0) for _ in range(3))
        around = FaceVariable(mesh=area, value=np.asarray(area.faceCenters[0]))
        self.equation = TransientTerm(coeff=self.mass) == DiffusionTermCorrection(
            coeff=self.mobility.harmonicFaceValue * around
        ) - ImplicitSourceTerm(coeff=self.loss)
        self.linear = LinearLUSolver()

    def _now(self, s: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        k = self.k
        return (
            np.where(self.film, 1.0, k.capacity + s * k.open_capacity),
            np.where(self.film, MIXED, k.mobility + s * k.open_mobility),
            np.where(self.film, 0.0, k.removal + s * k.open_removal),
        )

    def capacity(self, s: float, u: np.ndarray) -> np.ndarray:
        return self._now(s)[0] * self.volume * u

    def solver(self, s: float, hg: float) -> Callable[[np.ndarray], np.ndarray]:
        capacity, mobility, removal = self._now(s)
        self.mass.setValue(capacity * self.radius)
        self.mobility.setValue(mobility)
        self.loss.setValue(removal * self.radius)

        def solved(amount: np.ndarray) -> np.ndarray:
            guess = self.u.value.copy()
            self.u.setValue(amount / (capacity * self.volume))
            self.u.updateOld()
            self.u.setValue(guess)  # the correction for leaning faces is explicit: it wants a smooth field
            self.equation.solve(self.u, dt=hg, solver=self.linear)
            return self.u.value.copy()

        return solved

    def held(self, s: float, u: np.ndarray) -> np.ndarray:
        capacity, _, removal = self._now(s)
        amounts = self.layers @ (capacity * self.volume * u)
        return np.array([*amounts, np.sum(removal * self.volume * u)]) / self.dose
