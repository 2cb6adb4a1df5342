"""Linear transport in a wedge through time: adaptive implicit steps, banded Cholesky, amounts exactly kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dpbtrf, dpbtrs
from threadpoolctl import threadpool_limits

from microneedling.numerics.assembly import Assembly, Coupling, Places

GAMMA = 0.43586652150845967  # root of γ³ - 3γ² + 3γ/2 - 1/6: L-stable, third order (Alexander 1977, table 1)
STAGES = np.array(
    [
        [GAMMA, 0.0, 0.0],
        [(1 - GAMMA) / 2, GAMMA, 0.0],
        [-(6 * GAMMA**2 - 16 * GAMMA + 1) / 4, (6 * GAMMA**2 - 20 * GAMMA + 5) / 4, GAMMA],
    ]
)
AT = STAGES.sum(axis=1)
_FIRST = (0.5 - AT[1]) / (AT[0] - AT[1])
ERROR = STAGES[2] - np.array([_FIRST, 1 - _FIRST, 0.0])  # third order less the second-order pair of stages one and two


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

    def _moment(self, time: float) -> Moment:
        m, this = self.matter, self.matter.assembly
        share = m.open(time)
        tissue_mobility, tissue_capacity, fixed = self._tissue
        flat = fixed.flat + self._hole.coupling(share * (m.fluid[0] - tissue_mobility)).flat
        stored = self._fixed_store + self._hole.gathered(share * (m.fluid[1] - tissue_capacity))
        clearing = m.clearing(time).copy()
        clearing[:, m.hole] *= 1 - share
        sinks = np.stack([self._all.gathered(one) for one in clearing])
        inner = slice(this.across, this.across + this.inner)
        whole = dataclasses.replace(fixed, flat=flat)
        return Moment(time, whole, stored[inner], self._holds(stored, time), sinks[:, inner], stored)

    def _holds(self, stored: np.ndarray, time: float) -> np.ndarray:
        this = self.matter.assembly
        ends = stored[: this.across], stored[-this.across :]
        return self.matter.volumes(time) + np.array([np.sum(s * w) for s, w in zip(ends, this.weights)])

    @cached_property
    def _first(self) -> Moment:
        return self._moment(0.0)

    @cached_property
    def _all(self) -> Places:
        return Places(self.matter.assembly, self.matter.assembly.everywhere)

    @cached_property
    def _hole(self) -> Places:
        return Places(self.matter.assembly, self.matter.hole)

    @cached_property
    def _tissue(self) -> tuple[np.ndarray, np.ndarray, Coupling]:
        m = self.matter
        fixed = self._all.coupling(m.mobility)
        return m.mobility[m.hole], m.capacity[m.hole], m.bypass.added_to(fixed) if m.bypass else fixed

    @cached_property
    def _fixed_store(self) -> np.ndarray:
        return self._all.gathered(self.matter.capacity)


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
        self.corner = np.linalg.inv(corner)

    def solved(self, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Potentials of inner nodes and concentrations of the reservoirs for a right side (inner + 2,)."""
        inner = self.now.store.size
        first, _ = dpbtrs(self.factor, right[:inner], lower=0)
        ends = self.corner @ (right[inner:] - self.g * self.now.coupling.to @ first)
        return first - self.border @ ends, ends


def step(
    transport: Transport, y: np.ndarray, time: float, *, size: float, factors: dict[float, Factor]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One step of the third-order singly diagonally implicit method: new amounts, error, derivative at the end.

    A stage is (M + γh (A + L)) u = y + h Σ a f + γh g;  its derivative f = (M u - y - h Σ a f)/(γh) needs no product.

    Args:
        transport: the system
        y: amounts (inner + 2 + sinks + 1,) [mol]
        time: at the start [s]
        size: of the step [s]
        factors: kept for the next step where the system does not change; emptied by the caller when it does

    Source: alexander1977. Checked by: tests/oracles/test_wedge_march.py
    """
    inner, g = transport.matter.assembly.inner, GAMMA * size
    slopes: list[np.ndarray] = []
    for n in range(3):
        now = transport.at(time + AT[n] * size)
        key = g if transport.matter.steady else AT[n]
        factor = factors.get(key) or Factor(now, g)
        factors[key] = factor
        right = y + size * sum((STAGES[n, k] * slopes[k] for k in range(n)), np.zeros_like(y))
        given = transport.matter.source(now.time)
        u, ends = _bordered(factor, now, right[: inner + 2] + g * np.append(given, [0.0, 0.0]))
        gone = np.append(now.sinks @ u, -np.sum(given))
        change = np.concatenate([now.store * u - right[:inner], now.holds * ends - right[inner : inner + 2]]) / g
        slopes.append(np.concatenate([change, gone]))
    new = y + size * sum(STAGES[2, k] * slopes[k] for k in range(3))
    raw = size * sum(ERROR[k] * slopes[k] for k in range(3))
    smooth, ends = factor.solved(raw[: inner + 2])
    error = np.concatenate([now.store * smooth, now.holds * ends])
    return new, error, slopes[2]


def _bordered(factor: Factor, now: Moment, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Solve with the reservoirs' storage of this very moment (a drying film changes nothing else)."""
    if factor.now.holds is now.holds or np.array_equal(factor.now.holds, now.holds):
        return factor.solved(right)
    corner = np.diag(now.holds + factor.g * now.coupling.own) - factor.g * now.coupling.to @ factor.border
    inner = now.store.size
    first, _ = dpbtrs(factor.factor, right[:inner], lower=0)
    ends = np.linalg.solve(corner, right[inner:] - factor.g * now.coupling.to @ first)
    return first - factor.border @ ends, ends


@dataclasses.dataclass(frozen=True)
class Track:
    """Amounts at the times asked for (time, inner + 2 + sinks + 1) [mol], steps taken and refused."""

    amounts: np.ndarray
    steps: int
    refused: int


def march(
    transport: Transport,
    y: np.ndarray,
    times: np.ndarray,
    *,
    begin: float,
    tolerance: float = 1e-3,
    first: float = 0.05,
) -> Track:
    """Adaptive steps from `begin` to the last of `times`; in between, cubic Hermite in the amounts.

    Args:
        transport: the system
        y: amounts at `begin` (inner + 2 + sinks + 1,) [mol]
        times: when to read (time,) [s], rising
        begin: [s]
        tolerance: error of a step, as a share of all there is [1]
        first: size of the first step [s]

    Errors: FloatingPointError if the system is not positive definite.
    Checked by: tests/oracles/test_wedge_march.py
    """
    with threadpool_limits(1):  # the bands are narrow: threads of the linear algebra only wait for each other
        return _marched(transport, y, times, begin=begin, tolerance=tolerance, first=first)


def _marched(
    transport: Transport, y: np.ndarray, times: np.ndarray, *, begin: float, tolerance: float, first: float
) -> Track:
    inner, whole = transport.matter.assembly.inner, float(np.sum(np.abs(y)))
    kept, n, steps, refused = np.zeros((times.size, y.size)), 0, 0, 0
    while n < times.size and times[n] <= begin:
        kept[n], n = y, n + 1
    time, size, slope, factors = begin, first, None, {}
    if whole == 0.0:
        return Track(kept, 0, 0)
    while n < times.size:
        size = min(size, times[-1] - time)
        new, error, end = step(transport, y, time, size=size, factors=factors)
        share = float(np.sum(np.abs(error[:inner])) + np.sum(np.abs(error[inner:]))) / (tolerance * whole)
        if share <= 1:
            slope = end if slope is None else slope
            while n < times.size and times[n] <= time + size * (1 + 1e-12):
                kept[n], n = _between((y, new), (slope, end), (times[n] - time) / size, size), n + 1
            y, slope, time, steps = new, end, time + size, steps + 1
        else:
            refused += 1
        factor = min(3.0, max(0.2, 0.85 * (share + 1e-12) ** (-1 / 3)))
        if not (transport.matter.steady and share <= 1 and factor < 1.4):
            size, factors = size * factor, {}
        elif not transport.matter.steady:
            factors = {}
    return Track(kept, steps, refused)


def _between(ends: tuple[np.ndarray, np.ndarray], slopes: tuple, x: float, size: float) -> np.ndarray:
    """Cubic Hermite at share x of a step."""
    a, b = ends
    da, db = slopes
    return (
        (1 + 2 * x) * (1 - x) ** 2 * a + x**2 * (3 - 2 * x) * b + size * (x * (1 - x) ** 2 * da + x**2 * (x - 1) * db)
    )
