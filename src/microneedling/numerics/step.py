"""One implicit step: RODAS4, a Rosenbrock method of order 4 with an error estimate and dense output."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import jax

from microneedling.numerics import linear

Fields = list[jax.Array]
Rate = Callable[[Sequence[jax.Array]], Fields]
Linearise = Callable[[Sequence[jax.Array]], tuple[Fields, linear.Entries]]

ORDER = 4
GAMMA = 0.25
A = (
    (),
    (1.544,),
    (0.9466785280815826, 0.2557011698983284),
    (3.314825187068521, 2.896124015972201, 0.9986419139977817),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950),
)
C = (
    (),
    (-5.6688,),
    (-2.430093356833875, -0.2063599157091915),
    (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
    (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160),
    (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054),
)
D2 = (10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662)
D3 = (-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872)


def step(
    rate: Rate, linearise: Linearise, fields: Fields, size: jax.Array
) -> tuple[Fields, Fields, tuple[Fields, Fields]]:
    """Advance y' = f(y) by one step of RODAS4.

        (1/(γ h) I - J) u_i = f(y + Σ a_ij u_j) + Σ (c_ij/h) u_j,   y₁ = y + Σ m_i u_i

    Args:
        rate: fields -> time derivatives, lanes last
        linearise: fields -> (rate, sparse derivative)
        fields: depth fields (depth, lanes) and surface fields (lanes,)
        size: step h (lanes,) [s], > 0

    Returns: new fields; error estimate; the two dense-output fields for `between`.
    Source: Hairer & Wanner, Solving Ordinary Differential Equations II, section IV.7 and code RODAS (method 1);
    autonomous form. Order 4, embedded order 3, L-stable, stiffly accurate.
    Checked by: tests/unit/numerics/test_step.py (order of step and of dense output), tests/plain
    """
    f0, entries = linearise(fields)
    over_depth = tuple(y.ndim > 1 for y in fields)
    depth = max((y.shape[0] for y in fields if y.ndim > 1), default=1)
    factors = linear.factor(entries, 1.0 / (GAMMA * size), over_depth, depth)

    stages = [linear.solve(factors, f0)]
    for a, c in zip(A[1:], C[1:5]):
        inner = rate(add(fields, a, stages))
        stages.append(linear.solve(factors, add(inner, [x / size for x in c], stages)))
    near = add(add(fields, A[4], stages), (1.0,), stages[4:])
    error = linear.solve(factors, add(rate(near), [x / size for x in C[5]], stages))
    new = add(near, (1.0,), [error])
    return new, error, (add(None, D2, stages), add(None, D3, stages))


def add(start: Fields | None, weights: Sequence[jax.Array | float], parts: Sequence[Fields]) -> Fields:
    """start + Σ w_i part_i, field by field."""
    columns = list(zip(*parts[: len(weights)]))
    sums = [sum(w * p for w, p in zip(weights, column)) for column in columns]
    return sums if start is None else [y + s for y, s in zip(start, sums)]


def between(old: Fields, new: Fields, dense: tuple[Fields, Fields], theta: jax.Array) -> Fields:
    """Fields inside a step, y(t + θ h) = y₀ (1-θ) + θ (y₁ + (1-θ)(c₃ + θ c₄)), order 3; θ (lanes,) in [0, 1]."""
    return [
        a * (1 - theta) + theta * (b + (1 - theta) * (c + theta * d))
        for a, b, c, d in zip(old, new, dense[0], dense[1])
    ]
