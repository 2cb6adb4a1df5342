"""One channel in its share of skin, 48 h, as plain data: what the contenders of `cell.py` solve, and how it is judged.

Radius r from the axis of the hole to the edge of its cell, depth z from the surface. A well-mixed film of fixed volume
lies on z = 0, a sink holds the bottom at nothing, the axis and the edge let nothing pass. With u = c/K, the
concentration of water at equilibrium, which is continuous everywhere:

    d/dt (K u) = div(K D grad u) - k K u
    d/dt (V a) = - (flux through z = 0),   u = a at z = 0,   u = 0 at the bottom

The hole is a cut cone: a straight wall from its mouth to a flat tip, so that a grid of quadrilaterals and a mesh of
triangles both hold it exactly. Inside it each of K, K D and k K passes from water to the layer that heals into it,

    x(t) = x_layer + (x_water - x_layer) exp(-t/closing_time)

and K u is conserved while K changes. At the start all is in the film, as 1 per volume; amounts are parts of that dose.
The numbers are round, of the size of a small hydrophilic molecule, and stand for no particular one.
"""

from __future__ import annotations

import dataclasses
import math

import numpy as np

HOUR = 3600.0
COMPARTMENTS = ("film", "corneum", "epidermis", "dermis", "sink", "cleared")


@dataclasses.dataclass(frozen=True)
class Medium:
    """What tissue or water does to the molecule."""

    partition: float  # K, concentration over that of water at equilibrium [1]
    diffusivity: float  # D [m2 s-1]
    clearance: float = 0.0  # k [s-1]

    @property
    def mobility(self) -> float:
        """K D [m2 s-1]."""
        return self.partition * self.diffusivity

    @property
    def removal(self) -> float:
        """K k [s-1]."""
        return self.partition * self.clearance


@dataclasses.dataclass(frozen=True)
class Layer:
    """A layer of skin; the hole's part of it counts with it."""

    name: str
    thickness: float  # [m]
    medium: Medium


@dataclasses.dataclass(frozen=True)
class CellProblem:
    """Geometry, materials and output times, all SI."""

    density: float  # channels per area [m-2]
    film: float  # thickness of the well-mixed film [m]; its K is 1
    layers: tuple[Layer, ...]  # from the surface down
    mouth: float  # radius of the hole at the surface [m]
    tip: float  # radius of its flat tip [m]
    depth: float  # of the tip [m]
    water: Medium  # what fills the open hole
    closing_time: float  # [s]
    times: tuple[float, ...]  # of the outputs [s]

    @property
    def radius(self) -> float:
        """Radius of the cell [m]: pi radius^2 density = 1."""
        return math.sqrt(1.0 / (math.pi * self.density))

    @property
    def edges(self) -> tuple[float, ...]:
        """Depth of the layers' edges, surface and bottom included [m]."""
        return (0.0, *np.cumsum([layer.thickness for layer in self.layers]).tolist())

    @property
    def dose(self) -> float:
        """Amount on one cell [m3 times 1 per volume]."""
        return math.pi * self.radius**2 * self.film

    def wall(self, z: float) -> float:
        """Radius of the hole's wall at depth z [m]; below the tip, the line that goes on straight down."""
        return self.mouth + (self.tip - self.mouth) * min(z, self.depth) / self.depth

    def openness(self, t: float) -> float:
        """How much of the hole is still water at time t [1]."""
        return math.exp(-t / self.closing_time)


def cell_problem() -> CellProblem:
    """The benchmark's: K D jumps by 1e5 between stratum corneum and viable epidermis, by 1e6 at the wall."""
    micro = 1e-6
    layers = (
        Layer("corneum", 15 * micro, Medium(partition=0.05, diffusivity=1e-14)),
        Layer("epidermis", 80 * micro, Medium(partition=0.8, diffusivity=6.25e-11)),
        Layer("dermis", 1000 * micro, Medium(partition=0.7, diffusivity=1e-10, clearance=5e-4)),
    )
    return CellProblem(
        density=1e6,
        film=100 * micro,
        layers=layers,
        mouth=30 * micro,
        tip=5 * micro,
        depth=500 * micro,
        water=Medium(partition=1.0, diffusivity=5e-10),
        closing_time=2 * HOUR,
        times=(1 * HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR),
    )


def misfit(found: np.ndarray, reference: np.ndarray) -> float:
    """Largest deviation of an amount, held against the most that compartment ever holds in the reference.

        max over compartments q, times n of |found - reference|[n, q] / max over n of |reference|[n, q]

    Both (times, compartments), in the order of COMPARTMENTS, as parts of the dose.
    """
    if found.shape != reference.shape:
        raise ValueError(f"amounts are {found.shape}, the reference {reference.shape}: (times, compartments) expected")
    if not np.all(np.isfinite(found)):
        return math.inf
    return float(np.max(np.abs(found - reference) / np.max(np.abs(reference), axis=0)))


def at_equal_error(errors: np.ndarray, costs: np.ndarray, error: float) -> float:
    """What reaching `error` costs: the cheapest setting that does, or less on the straight line, in logarithms, from
    the last cheaper setting that does not. Infinite if no setting reaches it.

    Only settings on the frontier count: those for which no cheaper one is as accurate.
    """
    order = np.lexsort((errors, costs))
    best: list[tuple[float, float]] = []
    for cost, wrong in zip(np.asarray(costs)[order], np.asarray(errors)[order]):
        if not best or wrong < best[-1][1]:
            best.append((float(cost), float(wrong)))
    for n, (cost, wrong) in enumerate(best):
        if wrong <= error:
            if n == 0:
                return cost
            before, worse = best[n - 1]
            share = math.log(worse / error) / math.log(worse / wrong)
            return before * (cost / before) ** share
    return math.inf
