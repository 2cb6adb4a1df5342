"""Which components nothing in a plan can move, found from what events change and what rates feel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.state import State
from microneedling.laws.model import Model
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.protocol.plan import Plan
from microneedling.simulate.simulate import filled
from microneedling.skin.skin import Skin


def unstirred(model: Model, skin: Skin, plans: Sequence[Plan]) -> tuple[str, ...]:
    """Names of the components that stay at rest in all plans, so that a run need not march them.

    Rest is steady, so a field moves only if an event changes it, or if its rate feels a field that moves. The first is
    seen by letting every event act on skin at rest, the second is read off the rate's own trace.

    Args:
        model, skin, plans: of all people, lanes last; the first person stands for all

    Returns: names of components, for `still` of `simulate_many`.
    Checked by: tests/unit/simulate/test_stirred.py
    """
    first = [jax.tree.map(lambda x: jnp.asarray(x)[..., :1], one) for one in (model, skin, *plans)]
    person, here, arms = first[0], first[1], first[2:]
    cells = here.step.shape[0]
    start: State = jax.tree.map(lambda x: filled(x, cells, 1), person.start(here))
    owner = [path[1].key for path, _ in jax.tree_util.tree_flatten_with_path(start)[0]]
    moved = _reached(_changed(person, here, start, arms), _felt(person, here, start))
    stirred = {name for name, moves in zip(owner, moved) if moves}
    return tuple(name for name in dict.fromkeys(owner) if name not in stirred)


def _changed(model: Model, skin: Skin, start: State, plans: Iterable[Plan]) -> list[bool]:
    """For each field, whether some event of some plan changes it on skin at rest."""

    def one(event: Any) -> list[jax.Array]:
        after = model.jump(start, event, skin)
        return [jnp.any(a != b) for a, b in zip(jax.tree.leaves(after), jax.tree.leaves(start))]

    every = jax.jit(jax.vmap(one))
    found = [np.array([np.any(flag) for flag in every(plan.events)]) for plan in plans]
    return [bool(flag) for flag in np.any(found, axis=0)]


def _felt(model: Model, skin: Skin, start: State) -> set[tuple[int, int]]:
    """Pairs (field, field its rate feels)."""
    tree: Any = jax.tree.structure(start)

    def rate(fields: Sequence[jax.Array]) -> list[jax.Array]:
        moved = model.rate(tree.unflatten(list(fields)), skin)
        return [jnp.broadcast_to(a, b.shape) for a, b in zip(jax.tree.leaves(moved), fields)]

    entries = jax.eval_shape(lambda ys: rate_and_jacobian(rate, ys)[1], jax.tree.leaves(start))
    return {(row, column) for row, column, _ in entries} | _of_actives(rate, start)


def _of_actives(rate: Callable[[Sequence[jax.Array]], list[jax.Array]], start: State) -> set[tuple[int, int]]:
    """What feels an active only outside the step's matrix (numerics.flux.lagged): seen by letting there be some."""
    leaves = jax.tree.leaves(start)
    drug = [path[1].key == "Drug" for path, _ in jax.tree_util.tree_flatten_with_path(start)[0]]
    columns = [n for n, mine in enumerate(drug) if mine]
    if not columns:
        return set()
    some = [x + 1.0 if mine else x for x, mine in zip(leaves, drug)]
    rows = [n for n, (a, b) in enumerate(zip(rate(some), rate(leaves))) if not drug[n] and bool(jnp.any(a != b))]
    return {(row, column) for row in rows for column in columns}


def _reached(changed: Sequence[bool], felt: set[tuple[int, int]]) -> list[bool]:
    """For each field, whether something that is changed reaches it through the rates."""
    moved = {field for field, flag in enumerate(changed) if flag}
    waiting = set(moved)
    while waiting:
        source = waiting.pop()
        new = {row for row, column in felt if column == source} - moved
        moved |= new
        waiting |= new
    return [field in moved for field in range(len(changed))]
