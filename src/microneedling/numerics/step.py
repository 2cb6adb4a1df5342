"""One implicit step: RODAS4, a Rosenbrock method of order 4 with an error estimate and dense output."""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.numerics import linear
from microneedling.numerics.packed import Layout, Packed

Rate = Callable[[Packed], Packed]
Linearise = Callable[[Packed], linear.Entries]

ORDER = 4
STAGES = 6
GAMMA = 0.25
_A = (
    (),
    (1.544,),
    (0.9466785280815826, 0.2557011698983284),
    (3.314825187068521, 2.896124015972201, 0.9986419139977817),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1.0),
)
_C = (
    (),
    (-5.6688,),
    (-2.430093356833875, -0.2063599157091915),
    (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
    (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160),
    (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054),
)
_D2 = (10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662)
_D3 = (-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872)


def _table(rows: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Rows of unequal length as a square table, zero-filled."""
    return np.array([[*row, *([0.0] * (STAGES - len(row)))] for row in rows])


A, C = _table(_A), _table(_C)
NEW = np.array([*_A[5], 1.0])
DENSE = _table((_D2, _D3))


def step(
    rate: Rate, linearise: Linearise, layout: Layout, y: Packed, *, size: jax.Array
) -> tuple[Packed, Packed, Packed, Packed]:
    """Advance y' = f(y) by one step of RODAS4.

        (1/(γ h) I - J) u_i = f(y + Σ a_ij u_j) + Σ (c_ij/h) u_j,   y₁ = y + Σ m_i u_i

    Stages run in a loop rather than unrolled: unrolled, the compiler repeats one stage's arithmetic inside the next.

    Args:
        rate: fields -> time derivatives, lanes last
        linearise: fields -> sparse derivative
        layout: which fields lie over depth
        y: the fields
        size: step h (lanes,) [s], > 0

    Returns: new fields; error estimate; stages for `between`; what solving the first stage left (linear.residual).
    Source: Hairer & Wanner, Solving Ordinary Differential Equations II, section IV.7 and code RODAS (method 1);
    autonomous form. Order 4, embedded order 3, L-stable, stiffly accurate.
    Checked by: tests/unit/numerics/test_step.py (order of step and of dense output), tests/plain
    """
    entries, shift = jax.lax.optimization_barrier(linearise(y)), 1.0 / (GAMMA * size)
    factors = linear.factor(entries, shift, layout)
    weights, pulls = jnp.asarray(A), jnp.asarray(C)

    def stage(i: jax.Array, made: tuple[Packed, Packed]) -> tuple[Packed, Packed]:
        stages, first = made
        inner = rate(y.plus(stages.mix(weights[i])))
        rhs = jax.lax.optimization_barrier(inner.plus(stages.mix(pulls[i]).over(size)))
        first = jax.tree.map(lambda old, new: jnp.where(i == 0, new, old), first, rhs)
        return stages.put(i, layout.pack(linear.solve(factors, layout.unpack(rhs)))), first

    stages, first = jax.lax.fori_loop(0, STAGES, stage, (y.room(STAGES), y))
    solved = layout.unpack(stages.mix(jnp.eye(STAGES)[0]))
    left = linear.residual(entries, shift, solved, layout.unpack(first), depth=layout.cells)
    last = stages.mix(jnp.eye(STAGES)[STAGES - 1])
    return y.plus(stages.mix(jnp.asarray(NEW))), last, stages, layout.pack(left)


def between(old: Packed, new: Packed, stages: Packed, theta: jax.Array) -> Packed:
    """Fields inside a step, y(t + θ h) = y₀ (1-θ) + θ (y₁ + (1-θ)(c₃ + θ c₄)), order 3; θ (lanes,) in [0, 1]."""
    c3, c4 = stages.mix(jnp.asarray(DENSE[0])), stages.mix(jnp.asarray(DENSE[1]))
    inner = new.plus(c3.plus(c4.times(theta)).times(1 - theta))
    return old.times(1 - theta).plus(inner.times(theta))
