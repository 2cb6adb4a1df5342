"""Which fields must be solved together, and in which order: strongly connected groups of the coupling graph."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from graphlib import TopologicalSorter

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

NEIGHBOUR = ("-1", "+1")


@dataclasses.dataclass(frozen=True)
class Group:
    """Fields that feel each other both ways.

    `local` couple within a cell only and are eliminated there; `spread` reach neighbouring cells. A surface field in a
    group with depth fields lives in one end cell: `ends` maps it to 0 or -1.
    """

    fields: tuple[int, ...]
    local: tuple[int, ...]
    spread: tuple[int, ...]
    ends: tuple[tuple[int, int], ...]
    depth: bool


def groups(keys: Iterable[tuple[int, int, str]], over_depth: tuple[bool, ...]) -> tuple[Group, ...]:
    """Groups in an order in which each feels only itself and earlier ones.

    Args:
        keys: (row, column, kind) of the non-zero derivatives (see jacobian.py)
        over_depth: for each field, whether it is (depth,) rather than ()

    Errors: ValueError if a surface field feels depths both ways other than at one end.
    Checked by: tests/unit/numerics/test_linear.py
    """
    keys = list(keys)
    n = len(over_depth)
    rows, cols = [k[0] for k in keys], [k[1] for k in keys]
    graph = coo_array((np.ones(len(keys)), (rows, cols)), shape=(n, n))
    _, label = connected_components(graph, directed=True, connection="strong")
    members: dict[int, list[int]] = {}
    for i in range(n):
        members.setdefault(int(label[i]), []).append(i)
    needs: dict[int, set[int]] = {g: set() for g in members}
    for r, c in zip(rows, cols):
        if label[r] != label[c]:
            needs[int(label[r])].add(int(label[c]))
    return tuple(_group(members[g], keys, over_depth) for g in TopologicalSorter(needs).static_order())


def _group(fields: list[int], keys: list[tuple[int, int, str]], over_depth: tuple[bool, ...]) -> Group:
    inside = set(fields)
    own = [k for k in keys if k[0] in inside and k[1] in inside]
    depth = any(over_depth[i] for i in fields)
    spread = sorted({i for r, c, kind in own if kind in NEIGHBOUR for i in (r, c)})
    ends = tuple((i, _end(i, own)) for i in fields if depth and not over_depth[i])
    local = _elimination_order([i for i in fields if i not in spread], own)
    return Group(tuple(fields), tuple(local), tuple(spread), ends, depth)


def _end(field: int, own: list[tuple[int, int, str]]) -> int:
    kinds = {kind for r, c, kind in own if field in (r, c) and r != c}
    if kinds <= {"top", "at_top", "self"}:
        return 0
    if kinds <= {"bottom", "at_bottom", "self"}:
        return -1
    raise ValueError(f"surface field {field} and depth fields feel each other other than at one end: {sorted(kinds)}")


def _elimination_order(fields: list[int], own: list[tuple[int, int, str]]) -> list[int]:
    """Greedy minimum fill-in: next the field with the fewest remaining partners."""
    feels = {(r, c) for r, c, _ in own if r != c}
    left, order = list(fields), []
    while left:
        cost = {i: sum(c == i for _, c in feels) * sum(r == i for r, _ in feels) for i in left}
        pick = min(left, key=cost.__getitem__)
        into, out = {r for r, c in feels if c == pick}, {c for r, c in feels if r == pick}
        feels = {(r, c) for r, c in feels if pick not in (r, c)} | {(r, c) for r in into for c in out if r != c}
        left.remove(pick)
        order.append(pick)
    return order
