"""Linear transport in a wedge through time: adaptive implicit steps, banded Cholesky, amounts exactly kept."""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import numpy as np
from scipy.linalg.lapack import dpbtrs
from threadpoolctl import ThreadpoolController

from microneedling.numerics.wedge_system import Factor, Moment, Transport

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
    with _pools().limit(limits=1):  # the bands are narrow: threads of the linear algebra only wait for each other
        return _marched(transport, y, times, begin=begin, tolerance=tolerance, first=first)


@functools.cache
def _pools() -> ThreadpoolController:
    """The linear algebra's threads, looked for once."""
    return ThreadpoolController()


def _marched(
    transport: Transport, y: np.ndarray, times: np.ndarray, *, begin: float, tolerance: float, first: float
) -> Track:
    inner, whole = transport.matter.assembly.inner, float(np.sum(np.abs(y)))
    kept, n, steps, refused = np.zeros((times.size, y.size)), 0, 0, 0
    while n < times.size and times[n] <= begin:
        kept[n], n = y, n + 1
    time, size, slope = begin, first, None
    factors: dict[Any, Any] = {}
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
