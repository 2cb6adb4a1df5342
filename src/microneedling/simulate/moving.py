"""The part of a state that can move between events; the rest is carried along unchanged."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp

from microneedling.core.state import State
from microneedling.laws.model import Model
from microneedling.numerics.packed import Layout
from microneedling.numerics.still import unmoved
from microneedling.skin.skin import Skin


@dataclasses.dataclass(frozen=True)
class Moving:
    """Which fields of the state are marched, and by which laws."""

    model: Model
    skin: Skin
    tree: Any
    chosen: tuple[bool, ...]
    layout: Layout

    def of(self, state: State) -> list[jax.Array]:
        """The fields that move."""
        return [leaf for leaf, moves in zip(jax.tree.leaves(state), self.chosen) if moves]

    def whole(self, fields: Sequence[jax.Array], state: State) -> State:
        """`state` with its moving fields replaced."""
        given = iter(fields)
        leaves = [next(given) if moves else leaf for leaf, moves in zip(jax.tree.leaves(state), self.chosen)]
        made: State = self.tree.unflatten(leaves)
        return made

    def rates(self, fields: Sequence[jax.Array], state: State) -> list[jax.Array]:
        """Time derivatives of the moving fields, where `state` has what does not move."""
        moved = self.model.rate(self.whole(fields, state), self.skin)
        return [jnp.broadcast_to(a, b.shape) for a, b in zip(_of(moved, state, self.chosen), self.of(state))]


def moving_part(model: Model, skin: Skin, start: State, still: Sequence[str]) -> Moving:
    """What has to be marched.

    Args:
        model: laws
        skin: of all people, lanes last
        start: a state in full shapes
        still: components that are known not to move between events of this study

    Returns: Moving; fields whose rate is nothing by the law's own writing are left out too.
    Checked by: tests/unit/simulate/test_moving.py
    """
    tree, cells = jax.tree.structure(start), skin.step.shape[0]
    acting = Model(laws=tuple(law for law in model.laws if law.owns.__name__ not in still))
    owner = [path[1].key for path, _ in jax.tree_util.tree_flatten_with_path(start)[0]]
    first = tuple(name not in still for name in owner)
    deep = tuple(y.ndim > 1 for y in jax.tree.leaves(start))
    every = Moving(acting, skin, tree, first, Layout(deep, cells))
    idle = iter(unmoved(lambda fields: every.rates(fields, start), every.of(start)))
    chosen = tuple(moves and not next(idle) for moves in first)
    over_depth = tuple(d for d, moves in zip(deep, chosen) if moves)
    return dataclasses.replace(every, chosen=chosen, layout=Layout(over_depth, cells))


def _of(moved: State, state: State, chosen: Sequence[bool]) -> list[jax.Array]:
    """Rates of the chosen fields out of a state that holds the acting laws' components only."""
    paths = [path for path, _ in jax.tree_util.tree_flatten_with_path(state)[0]]
    found = {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_flatten_with_path(moved)[0]}
    return [found[jax.tree_util.keystr(path)] for path, moves in zip(paths, chosen) if moves]
