"""Block-tridiagonal systems over depth by cyclic reduction: few, wide operations instead of a walk down the cells.

Arrays are (cells, k, k, lanes) and (cells, k, lanes): lanes (people) innermost, so that one instruction serves many.
"""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp


def product(a: jax.Array, b: jax.Array) -> jax.Array:
    """Matrix product cell by cell: (n, k, k, s) with (n, k, k, s) or (n, k, s)."""
    if b.ndim == 3:
        return jnp.sum(a * b[:, None], axis=2)
    return jnp.sum(a[:, :, :, None] * b[:, None], axis=2)


def inverse(a: jax.Array) -> jax.Array:
    """Inverse of small blocks (n, k, k, s) by Gauss-Jordan without pivoting (diagonally dominant blocks)."""
    k = a.shape[1]
    if k == 1:
        return 1.0 / a
    for p in range(k):
        unit = (jnp.arange(k) == p)[None, :, None]
        pivot = 1.0 / a[:, p, p]
        row = jnp.where(unit, pivot[:, None], a[:, p] * pivot[:, None])
        column = jnp.where(unit, 0.0, a[:, :, p])
        cleared = jnp.where(unit[:, None], 0.0, a) - column[:, :, None] * row[:, None]
        a = jnp.where(unit[:, :, None], row[:, None], cleared)
    return a


def factor(lower: jax.Array, diagonal: jax.Array, upper: jax.Array) -> list[tuple[Any, ...]]:
    """Cyclic reduction of A x[i-1] + B x[i] + C x[i+1] = r[i]: odd cells are eliminated, level by level.

    Args:
        lower, diagonal, upper: A, B, C (n, k, k, s); A[0] and C[-1] must be zero

    Returns: what `solve` needs.
    Source: Golub & Van Loan, Matrix Computations, block cyclic reduction.
    Checked by: tests/unit/numerics/test_banded.py (against dense solves)
    """
    levels: list[tuple[Any, ...]] = []
    a, b, c = lower, diagonal, upper
    while b.shape[0] > 1:
        odd = inverse(b[1::2])
        ao, co = product(odd, a[1::2]), product(odd, c[1::2])
        evens, odds = b[0::2].shape[0], odd.shape[0]
        ae, ce = a[0::2], c[0::2]
        before = _pad_front(odds, evens)
        alpha_a, alpha_c = before(ao), before(co)
        after_a, after_c = _pad_back(ao, evens), _pad_back(co, evens)
        b = b[0::2] - product(ae, alpha_c) - product(ce, after_a)
        levels.append((odd, ao, co, ae, ce))
        a, c = -product(ae, alpha_a), -product(ce, after_c)
    levels.append((inverse(b),))
    return levels


def solve(levels: list[tuple[Any, ...]], rhs: jax.Array) -> jax.Array:
    """x (n, k, s) for right-hand sides (n, k, s) and `factor`'s result."""
    kept = []
    r = rhs
    for odd, _, _, ae, ce in levels[:-1]:
        ro = product(odd, r[1::2])
        evens = ae.shape[0]
        kept.append(ro)
        r = r[0::2] - product(ae, _pad_front(ro.shape[0], evens)(ro)) - product(ce, _pad_back(ro, evens))
    x = product(levels[-1][0], r)
    for (_, ao, co, _, _), ro in zip(reversed(levels[:-1]), reversed(kept)):
        n = ro.shape[0]
        after = x[1 : n + 1] if x.shape[0] > n else jnp.concatenate([x[1:], jnp.zeros_like(x[:1])])
        x = _interleave(x, ro - product(ao, x[:n]) - product(co, after))
    return x


def _pad_front(odds: int, evens: int):
    """Odd cell above each even cell (none above the first)."""

    def shift(part: jax.Array) -> jax.Array:
        return jnp.concatenate([jnp.zeros_like(part[:1]), part])[:evens]

    return shift


def _pad_back(part: jax.Array, evens: int) -> jax.Array:
    """Odd cell below each even cell (none below a last even one)."""
    return part if part.shape[0] == evens else jnp.concatenate([part, jnp.zeros_like(part[:1])])


def _interleave(even: jax.Array, odd: jax.Array) -> jax.Array:
    n = even.shape[0] + odd.shape[0]
    padded = odd if odd.shape[0] == even.shape[0] else jnp.concatenate([odd, jnp.zeros_like(even[:1])])
    both = jnp.stack([even, padded], axis=1)
    return both.reshape((2 * even.shape[0], *even.shape[1:]))[:n]


@functools.partial(jax.jit, static_argnames="size")
def mn_blocks_factor(*entries: jax.Array, size: int) -> list[tuple[Any, ...]]:
    """`factor` from 3·size² depth fields: lower, diagonal and upper blocks, each row by row.

    Visible by its name in a traced step, so that the native machine can put its own elimination in its place.
    """
    count = size * size
    lower, diagonal, upper = (_blocks(entries[n * count : (n + 1) * count], size) for n in range(3))
    return factor(lower, diagonal, upper)


@jax.jit
def mn_blocks_solve(levels: list[tuple[Any, ...]], rhs: tuple[jax.Array, ...]) -> tuple[jax.Array, ...]:
    """`solve` for right-hand sides given field by field, and the same back."""
    both = solve(levels, jnp.stack(rhs, axis=1))
    return tuple(both[:, n] for n in range(len(rhs)))


def _blocks(entries: tuple[jax.Array, ...], size: int) -> jax.Array:
    return jnp.stack([jnp.stack(entries[i * size : (i + 1) * size], axis=1) for i in range(size)], axis=1)
