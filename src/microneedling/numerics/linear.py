"""Solve (s I - J) x = r where J is sparse by field: groups in order, cells first, then depth.

Arrays carry lanes last: depth fields (depth, lanes), surface fields (lanes,).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp

from microneedling.numerics import banded
from microneedling.numerics.jacobian import Entries, shifted
from microneedling.numerics.packed import Layout
from microneedling.numerics.structure import Group, groups

OFFSETS = ("-1", "0", "+1")


@dataclasses.dataclass(frozen=True)
class Factors:
    """A factored (s I - J): per group the eliminated cells and the reduced depth system."""

    order: tuple[Group, ...]
    entries: Entries
    parts: list[dict[str, Any]]
    depth: int


def factor(entries: Entries, shift: jax.Array, layout: Layout) -> Factors:
    """Eliminate (s I - J) group by group.

    Args:
        entries: sparse derivative (row, column, kind) -> array with lanes last
        shift: s (lanes,) [s-1], > 0
        layout: which fields lie over depth

    Returns: Factors for `solve`. No pivoting: s I - J is diagonally dominant for small enough steps; a bad step shows
    in `residual` and is refused by the stepper.
    Checked by: tests/unit/numerics/test_linear.py
    """
    order = groups(entries, layout.over_depth)
    parts = [_factor_group(g, entries, shift, layout.cells) for g in order]
    return Factors(order, entries, jax.lax.optimization_barrier(parts), layout.cells)


def solve(factors: Factors, rhs: Sequence[jax.Array]) -> list[jax.Array]:
    """x for right-hand sides given field by field (depth, lanes) or (lanes,)."""
    found: dict[int, jax.Array] = {}
    for group, part in zip(factors.order, factors.parts):
        inside = set(group.fields)
        r = {i: rhs[i] for i in group.fields}
        for (row, col, kind), entry in factors.entries.items():
            if row in inside and col not in inside:
                r[row] = r[row] + applied(entry, kind, found[col], factors.depth)
        found.update(_solve_group(group, part, r, factors.depth))
    return [found[i] for i in range(len(rhs))]


def residual(
    entries: Entries, shift: jax.Array, x: Sequence[jax.Array], rhs: Sequence[jax.Array], *, depth: int
) -> list[jax.Array]:
    """What a solution leaves of its equations, x - (J x + r)/s field by field: an error of x where s outweighs J.

    Elimination without pivoting fails without a word where a pivot all but cancels. This shows it, by the derivative as
    it was before it was factored, for about the work of one solve.

    Args:
        entries, shift: as for `factor`
        x, rhs: the solution and its right-hand side, field by field
        depth: cells

    Returns: field by field, in units of x.
    Checked by: tests/unit/numerics/test_linear.py
    """
    moved = list(rhs)
    for (row, col, kind), entry in entries.items():
        moved[row] = moved[row] + applied(entry, kind, x[col], depth)
    return [a - b / shift for a, b in zip(x, moved)]


def applied(entry: jax.Array, kind: str, x: jax.Array, depth: int) -> jax.Array:
    """One derivative times one field, (J x) for that pair."""
    if kind in OFFSETS:
        return entry * shifted(x, int(kind))
    if kind in ("top", "bottom"):
        return entry * (x[0] if kind == "top" else x[-1])
    if kind == "sum":
        return jnp.sum(entry * x, axis=0)
    if kind in ("at_top", "at_bottom"):
        return _at(entry * x, 0 if kind == "at_top" else -1, depth)
    return entry * x  # "all", "self"


def _at(value: jax.Array, end: int, depth: int) -> jax.Array:
    """A depth field that holds `value` (lanes,) in one end cell and zero elsewhere."""
    here = jnp.arange(depth) == end % depth
    return jnp.where(here[:, None], value, 0.0)


def _factor_group(group: Group, entries: Entries, shift: jax.Array, depth: int) -> dict[str, Any]:
    inside, ends = set(group.fields), dict(group.ends)
    cell: dict[tuple[int, int], jax.Array] = {}
    near: dict[tuple[int, int, str], jax.Array] = {}
    for i in group.fields:
        cell[i, i] = jnp.broadcast_to(shift, (depth, *shift.shape)) if group.depth else shift
    for (row, col, kind), entry in entries.items():
        if row not in inside or col not in inside:
            continue
        if kind in ("-1", "+1"):
            near[row, col, kind] = -entry
            continue
        if group.depth and (row in ends or col in ends):
            entry = _at(entry, ends.get(row, ends.get(col, 0)), depth)
        cell[row, col] = cell[row, col] - entry if (row, col) in cell else -entry
    multipliers = _eliminate(cell, group.local)
    part: dict[str, Any] = {"cell": cell, "multipliers": multipliers}
    if group.spread:
        part["levels"] = _reduce_depth(group.spread, cell, near)
    return part


def _eliminate(cell: dict[tuple[int, int], jax.Array], local: tuple[int, ...]) -> dict[tuple[int, int], jax.Array]:
    """Gaussian elimination over fields, every cell at once; `cell` is left reduced, multipliers are returned."""
    done: set[int] = set()
    multipliers: dict[tuple[int, int], jax.Array] = {}
    for p in local:
        done.add(p)
        pivot = 1.0 / cell[p, p]
        cell[p, p] = pivot
        right = [(j, cell[p, j]) for (i, j) in list(cell) if i == p and j not in done]
        for i in [i for (i, j) in list(cell) if j == p and i not in done]:
            m = cell[i, p] * pivot
            multipliers[i, p] = m
            for j, value in right:
                cell[i, j] = cell[i, j] - m * value if (i, j) in cell else -m * value
    return multipliers


def _reduce_depth(spread: tuple[int, ...], cell: Any, near: Any) -> list[tuple[Any, ...]]:
    zero = jnp.zeros_like(next(iter(cell.values())))

    def block(pick: Any) -> list[jax.Array]:
        return [jnp.broadcast_to(pick(i, j), zero.shape) for i in spread for j in spread]

    lower = block(lambda i, j: near.get((i, j, "-1"), zero))
    upper = block(lambda i, j: near.get((i, j, "+1"), zero))
    diagonal = block(lambda i, j: cell.get((i, j), zero))
    return banded.mn_blocks_factor(*lower, *diagonal, *upper, size=len(spread))


def _solve_group(group: Group, part: dict[str, Any], r: dict[int, jax.Array], depth: int) -> dict[int, jax.Array]:
    ends = dict(group.ends)
    r = {i: _at(v, ends[i], depth) if i in ends else v for i, v in r.items()}
    for p in group.local:
        for i in [i for (i, q) in part["multipliers"] if q == p]:
            r[i] = r[i] - part["multipliers"][i, p] * r[p]
    x: dict[int, jax.Array] = {}
    if group.spread:
        x.update(zip(group.spread, banded.mn_blocks_solve(part["levels"], tuple(r[i] for i in group.spread))))
    for p in reversed(group.local):
        known = sum((part["cell"][p, j] * x[j] for (i, j) in part["cell"] if i == p and j in x), start=0.0)
        x[p] = part["cell"][p, p] * (r[p] - known)
    return {i: x[i][ends[i]] if i in ends else x[i] for i in group.fields}
