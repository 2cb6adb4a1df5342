"""The unit cell in NGSolve: elements of any order on quadrilaterals along the wall, or on Netgen's triangles."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import netgen.meshing as netgen
import numpy as np
from cell_mesh import MICRO, Fineness, Grading, coefficients, grid
from cell_problem import CellProblem
from netgen.geom2d import SplineGeometry
from ngsolve import H1, BilinearForm, LinearForm, Mesh, PlateauFESpace, SetNumThreads, ds, dx, grad, pi, x

SetNumThreads(1)  # at this size a second thread costs twenty times what it gives


def quadrilaterals(p: CellProblem, grading: Grading) -> Mesh:
    """The body-fitted grid, its regions named as in `regions`."""
    g = grid(p, grading)
    mesh = netgen.Mesh()
    mesh.dim = 2
    rows, columns = g.hole.shape
    ids = [
        [mesh.Add(netgen.MeshPoint(netgen.Pnt(float(r), float(z), 0))) for r in across] for z, across in zip(g.z, g.r)
    ]
    numbers = [mesh.AddRegion(name, dim=2) for name, _, _ in regions(p)]
    for i in range(rows):
        for j in range(columns):
            corners = [ids[i][j], ids[i][j + 1], ids[i + 1][j + 1], ids[i + 1][j]]
            mesh.Add(netgen.Element2D(numbers[2 * g.layer[i] + g.hole[i, j]], corners))
    for name, across in (("film", ids[0]), ("sink", ids[-1])):
        number = mesh.AddRegion(name, dim=1)
        for a, b in itertools.pairwise(across):
            mesh.Add(netgen.Element1D([a, b], index=number))
    side = mesh.AddRegion("side", dim=1)
    for above, below in itertools.pairwise(ids):
        for j in (0, -1):
            mesh.Add(netgen.Element1D([above[j], below[j]], index=side))
    return Mesh(mesh)


def triangles(p: CellProblem, fine: Fineness) -> Mesh:
    """Netgen's own mesh of the same regions, graded from the hole and the stratum corneum outwards."""
    shape = SplineGeometry()
    surface, corneum, epidermis, bottom = (MICRO * z for z in p.edges)
    levels = [surface, corneum, epidermis, MICRO * p.depth, bottom]
    axis = [shape.AppendPoint(0.0, z) for z in levels]
    wall = [shape.AppendPoint(MICRO * p.wall(z / MICRO), z, hpref=int(fine.cuts > 0)) for z in levels[:4]]
    edge = {n: shape.AppendPoint(MICRO * p.radius, levels[n]) for n in (0, 1, 2, 4)}
    tissue, hole = (1, 3, 5, 5), (2, 4, 6, 5)  # regions between two levels; below the tip all is dermis

    def line(a: int, b: int, left: int, right: int, *, name: str = "side", size: float = fine.tissue) -> None:
        shape.Append(["line", a, b], leftdomain=left, rightdomain=right, bc=name, maxh=size)

    for n in range(4):  # level lines, from the axis outwards: deeper is on their left
        name = "film" if n == 0 else "inner"
        line(axis[n], wall[n], hole[n], hole[n - 1] if n else 0, name=name, size=fine.hole)
        if n < 3:
            line(wall[n], edge[n], tissue[n], tissue[n - 1] if n else 0, name=name)
            line(wall[n], wall[n + 1], hole[n], tissue[n], name="inner", size=fine.hole)
        line(axis[n], axis[n + 1], 0, hole[n])
    for a, b, n in ((0, 1, 0), (1, 2, 1), (2, 4, 2)):
        line(edge[a], edge[b], tissue[n], 0)
    line(axis[4], edge[4], 0, tissue[3], name="sink")
    for n, (name, layer, is_hole) in enumerate(regions(p), start=1):
        shape.SetMaterial(n, name)
        shape.SetDomainMaxH(n, min(fine.corneum if layer == 0 else fine.tissue, fine.hole if is_hole else fine.tissue))
    mesh = Mesh(shape.GenerateMesh(maxh=fine.tissue, grading=fine.grading))
    if fine.cuts:
        mesh.RefineHP(fine.cuts, 0.2)
    return mesh


def regions(p: CellProblem) -> list[tuple[str, int, bool]]:
    """Name, layer and whether it is hole, of every region of the mesh."""
    return [(layer.name + end, n, end != "") for n, layer in enumerate(p.layers) for end in ("", "_hole")]


class Cell:
    """The discretised cell: one number for the film, since the space holds one value all along it.

    The film's capacity is a mass on its boundary, thickness times area. Matrices of the closed hole, and what the open
    one adds, are assembled once; a stage adds them up and factors again by the known ordering.
    """

    def __init__(self, p: CellProblem, mesh: Mesh, order: int):
        self.space = PlateauFESpace(H1(mesh, order=order, dirichlet="sink"), [mesh.Boundaries("film")])
        self.names, layer, hole = zip(*regions(p))
        self.free = self.space.FreeDofs()
        self.unknowns = sum(self.free)
        film, k = MICRO * p.film, coefficients(p, np.array(layer), np.array(hole))
        self.capacities = self._matrix(k.capacity, film=film), self._matrix(k.open_capacity)
        self.losses = self._matrix(k.removal, k.mobility), self._matrix(k.open_removal, k.open_mobility)
        self.start = film * self._vector(ds("film"))
        volumes = np.array([self._vector(dx(name)) for name in self.names]) / (MICRO**3 * p.dose)
        in_layer = np.arange(len(p.layers))[:, None] == np.array(layer)
        film_part = self.start[None] / (MICRO**3 * p.dose)
        rows = np.concatenate([in_layer * k.capacity, [k.removal]])
        self.held_closed = np.concatenate([film_part, rows @ volumes])
        rows = np.concatenate([in_layer * k.open_capacity, [k.open_removal]])
        self.held_open = np.concatenate([0 * film_part, rows @ volumes])
        self.sum, self.inverse = self.capacities[0].CreateMatrix(), None
        self.given, self.got = (self.sum.CreateColVector() for _ in range(2))
        self.given_values, self.got_values = self.given.FV().NumPy(), self.got.FV().NumPy()

    def _on(self, values: np.ndarray):
        return self.space.mesh.MaterialCF(dict(zip(self.names, values.tolist())))

    def _matrix(self, mass: np.ndarray, mobility: np.ndarray | None = None, *, film: float = 0.0):
        (u, v), around, form = self.space.TnT(), 2 * pi * x, BilinearForm(self.space)
        form += self._on(mass) * u * v * around * dx
        if mobility is not None:
            form += self._on(mobility) * grad(u) * grad(v) * around * dx
        if film:
            form += film * u * v * around * ds("film")
        return form.Assemble().mat

    def _vector(self, where) -> np.ndarray:
        return LinearForm(self.space.TestFunction() * 2 * pi * x * where).Assemble().vec.FV().NumPy().copy()

    def capacity(self, s: float, u: np.ndarray) -> np.ndarray:
        closed, opened = self.capacities
        self.given_values[:] = u
        self.got.data = closed * self.given
        if s:
            self.got.data += s * (opened * self.given)
        return self.got_values.copy()

    def solver(self, s: float, hg: float) -> Callable[[np.ndarray], np.ndarray]:
        # plain floats: a NumPy number times an NGSolve matrix is another matrix than one would think
        (c, c_open), (k, k_open), s, hg = self.capacities, self.losses, float(s), float(hg)
        total = c.AsVector() + hg * k.AsVector()
        if s:
            total = total + s * c_open.AsVector() + (s * hg) * k_open.AsVector()
        self.sum.AsVector().data = total
        if self.inverse is None:
            self.inverse = self.sum.Inverse(self.free, inverse="sparsecholesky")
        else:
            self.inverse.Update()
        return self._solved

    def _solved(self, b: np.ndarray) -> np.ndarray:
        self.given_values[:] = b
        self.got.data = self.inverse * self.given
        return self.got_values.copy()

    def held(self, s: float, u: np.ndarray) -> np.ndarray:
        return (self.held_closed + s * self.held_open) @ u
