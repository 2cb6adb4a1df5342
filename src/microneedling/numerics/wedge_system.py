"""The linear system of a wedge at one time: conductances, storage, clearing, and its factorisation."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dpbtrf, dpbtrs

from microneedling.numerics.assembly import Assembly, Coupling, Places


@dataclasses.dataclass(frozen=True)
class Bypass:
    """A path that stores nothing, from the top reservoir to some inner nodes: flow = `down` C - `up` u."""

    nodes: np.ndarray  # numbers among the inner nodes
    down: np.ndarray  # per concentration of the reservoir (nodes,) [m3 s-1]
    up: np.ndarray  # per potential of the node (nodes,) [m3 s-1]

    def added_to(self, coupling: Coupling) -> Coupling:
        """The coupling with this path beside it."""
        more = Coupling(np.zeros_like(coupling.flat), coupling.width, coupling.inner)
        more.band[-1, self.nodes] += self.up
        more.by[0, self.nodes] -= self.down
        more.to[0, self.nodes] -= self.up
        more.own[0] += np.sum(self.down)
        return dataclasses.replace(coupling, flat=coupling.flat + more.flat)


@dataclasses.dataclass(frozen=True)
class Matter:
    """What fills the wedge; element numbers in the order of the assembly. Potential u, amount K u volume.

    Elements of the hole are a mixture: the share `open` of time conducts and stores as fluid, the rest as tissue.
    `clearing` gives rates times K for each sink (sinks, elements) [s-1] of what stands in tissue. `source` is what a
    depot gives to the inner nodes.
    """

    assembly: Assembly
    mobility: np.ndarray  # tissue, D K (elements,) [m2 s-1]
    capacity: np.ndarray  # tissue, K (elements,) [1]
    hole: np.ndarray  # numbers of the hole's elements
    fluid: tuple[float, float]  # D K and K of the fluid in the hole
    open: Callable[[float], np.ndarray]  # time [s] -> (hole elements,) [1]
    clearing: Callable[[float], np.ndarray]  # time [s] -> (sinks, elements)
    volumes: Callable[[float], np.ndarray]  # time [s] -> volume of the top and the bottom reservoir (2,) [m3]
    source: Callable[[float], np.ndarray]  # time [s] -> (inner nodes,) [mol s-1]
    steady: bool = False  # nothing but the reservoirs' volumes changes with time
    bypass: Bypass | None = None

    @cached_property
    def everywhere(self) -> Places:
        """Where the numbers of all elements go."""
        return Places(self.assembly, self.assembly.everywhere)

    @cached_property
    def within(self) -> Places:
        """Where the numbers of the hole's elements go."""
        return Places(self.assembly, self.hole)

    @cached_property
    def clears(self) -> np.ndarray:
        """Which sinks take anything at all (sinks,): what does not clear at first never does."""
        return np.any(self.clearing(0.0) != 0, axis=1)


@dataclasses.dataclass(frozen=True)
class Moment:
    """Coupling, storage and clearing at one time."""

    time: float
    coupling: Coupling
    store: np.ndarray  # amount per potential of inner nodes (inner,) [m3]
    holds: np.ndarray  # amount per concentration of the reservoirs, with their nodes (2,) [m3]
    sinks: np.ndarray  # (sinks, inner) [m3 s-1]
    stored: np.ndarray  # amount per potential of all nodes [m3]


@dataclasses.dataclass(frozen=True)
class Transport:
    """The linear system of a `Matter`: y = (amounts of inner nodes, two reservoirs, sinks, depot) [mol].

        d(M u)/dt = -(A + L) u + g,   d(V C)/dt = what the nodes of a reservoir pass on,   dq/dt = L u,   ds/dt = -Σ g

    Checked by: tests/oracles/test_wedge_march.py
    """

    matter: Matter

    def at(self, time: float) -> Moment:
        """The system at a time [s]."""
        m = self.matter
        if m.steady:
            return dataclasses.replace(self._first, time=time, holds=self._holds(self._first.stored, time))
        return self._moment(time)

    def potentials(self, y: np.ndarray, now: Moment) -> np.ndarray:
        """Potential of all nodes, row by row (rows + 1, columns + 1) [mol m-3]."""
        this = self.matter.assembly
        concentration = y[this.inner : this.inner + 2] / now.holds
        ends = [w * c for w, c in zip(this.weights, concentration)]
        return np.concatenate([ends[0], y[: this.inner] / now.store, ends[1]]).reshape(-1, this.across)

    def by_row(self, y: np.ndarray, now: Moment) -> np.ndarray:
        """What stands in each row of elements, hole and tissue together (rows,) [mol]."""
        m, this = self.matter, self.matter.assembly
        capacity = m.capacity.copy()
        capacity[m.hole] += m.open(now.time) * (m.fluid[1] - capacity[m.hole])
        u = self.potentials(y, now).ravel()
        return ((this.shares * u[this.nodes]).sum(axis=1) * capacity).reshape(this.grid.shape).sum(axis=1)

    def in_reservoirs(self, y: np.ndarray, now: Moment) -> np.ndarray:
        """What stands in the two reservoirs themselves, without their nodes (2,) [mol]."""
        inner = self.matter.assembly.inner
        return y[inner : inner + 2] / now.holds * self.matter.volumes(now.time)

    def _moment(self, time: float) -> Moment:
        m, this = self.matter, self.matter.assembly
        share = m.open(time)
        tissue_mobility, tissue_capacity, fixed = self._tissue
        flat = fixed.flat + m.within.coupling(share * (m.fluid[0] - tissue_mobility)).flat
        stored = self._fixed_store + m.within.gathered(share * (m.fluid[1] - tissue_capacity))
        sinks = np.zeros((len(m.clears), stored.size))
        if np.any(m.clears):
            clearing = m.clearing(time).copy()
            clearing[:, m.hole] *= 1 - share
            for n in np.flatnonzero(m.clears):
                sinks[n] = m.everywhere.gathered(clearing[n])
        inner = slice(this.across, this.across + this.inner)
        whole = dataclasses.replace(fixed, flat=flat)
        return Moment(time, whole, stored[inner], self._holds(stored, time), sinks[:, inner], stored)

    def _holds(self, stored: np.ndarray, time: float) -> np.ndarray:
        this = self.matter.assembly
        top, bottom = stored[: this.across] @ this.weights[0], stored[-this.across :] @ this.weights[1]
        return self.matter.volumes(time) + np.array([top, bottom])

    @cached_property
    def _first(self) -> Moment:
        return self._moment(0.0)

    @cached_property
    def _tissue(self) -> tuple[np.ndarray, np.ndarray, Coupling]:
        m = self.matter
        fixed = m.everywhere.coupling(m.mobility)
        return m.mobility[m.hole], m.capacity[m.hole], m.bypass.added_to(fixed) if m.bypass else fixed

    @cached_property
    def _fixed_store(self) -> np.ndarray:
        return self.matter.everywhere.gathered(self.matter.capacity)


class Factor:
    """(M + g (A + L)) of one moment, factorised; the two reservoirs are a border."""

    def __init__(self, now: Moment, g: float):
        band = g * now.coupling.band
        band[-1] += now.store + g * now.sinks.sum(axis=0)
        self.factor, info = dpbtrf(np.asfortranarray(band), lower=0, overwrite_ab=1)
        if info != 0:
            raise FloatingPointError(f"the transport system is not positive definite at row {info}")
        self.now, self.g = now, g
        self.border, _ = dpbtrs(self.factor, g * now.coupling.by.T, lower=0)
        corner = np.diag(now.holds + g * now.coupling.own) - g * now.coupling.to @ self.border
        (a, b), (c, d) = corner
        self.corner = np.array([[d, -b], [-c, a]]) / (a * d - b * c)

    def solved(self, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Potentials of inner nodes and concentrations of the reservoirs for a right side (inner + 2,)."""
        inner = self.now.store.size
        first, _ = dpbtrs(self.factor, right[:inner], lower=0)
        ends = self.corner @ (right[inner:] - self.g * self.now.coupling.to @ first)
        return first - self.border @ ends, ends
