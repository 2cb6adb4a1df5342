"""A function of one person as the same function of several side by side, people on the last axis of every array.

`jax.vmap` puts people first wherever it likes; the native machine wants them last throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.extend
import jax.numpy as jnp
import numpy as np

from microneedling.numerics.tape import INLINED, Unsupported


def lanes_last(call: Callable[..., Any], given: Any, lanes: int) -> Callable[..., Any]:
    """`call` for arrays that carry people last.

    Args:
        call: function of one person's numbers, of one tree
        given: such a tree; only shapes are read
        lanes: people

    Returns: function of the same tree with people last that gives the leaves of `call`'s result with people last.
    Errors: numerics.tape.Unsupported, when called, for an operation that is not written here.
    Checked by: tests/unit/numerics/test_lanes.py
    """
    closed = jax.make_jaxpr(call)(given)

    def many(tree: Any) -> list[jax.Array]:
        made = _walk(closed.jaxpr, closed.consts, [_Laned(x) for x in jax.tree.leaves(tree)], lanes)
        return [_full(x, tuple(v.aval.shape), lanes) for x, v in zip(made, closed.jaxpr.outvars)]

    return many


class _Laned:
    """An array that carries people; others are the same for all."""

    def __init__(self, array: Any):
        self.array = array


def _walk(jaxpr: Any, consts: Sequence[Any], args: Sequence[Any], lanes: int) -> list[Any]:
    env: dict[Any, Any] = dict(zip(jaxpr.constvars, consts))
    env.update(zip(jaxpr.invars, args))

    def read(atom: Any) -> Any:
        return np.asarray(atom.val) if isinstance(atom, jax.extend.core.Literal) else env[atom]

    for eqn in jaxpr.eqns:
        env.update(zip(eqn.outvars, _apply(eqn, [read(a) for a in eqn.invars], lanes)))
    return [read(a) for a in jaxpr.outvars]


def _apply(eqn: Any, inputs: list[Any], lanes: int) -> list[Any]:
    name = eqn.primitive.name
    if name in INLINED:
        inner = eqn.params.get("jaxpr") or eqn.params.get("call_jaxpr")
        return _walk(inner.jaxpr, inner.consts, inputs, lanes)
    if not any(isinstance(x, _Laned) for x in inputs):
        made = eqn.primitive.bind(*inputs, **eqn.params)
        return list(made) if eqn.primitive.multiple_results else [made]
    shape = tuple(eqn.outvars[0].aval.shape)
    if name in MOVES:
        whole = [_full(x, tuple(a.aval.shape), lanes) for x, a in zip(inputs, eqn.invars)]
        return [_Laned(MOVES[name](whole, eqn.params, (*shape, lanes)))]
    if eqn.primitive.multiple_results or any(tuple(a.aval.shape) not in ((), shape) for a in eqn.invars):
        raise Unsupported(f"'{name}' on numbers that differ between people")
    return [_Laned(eqn.primitive.bind(*(_full(x, shape, lanes) for x in inputs), **eqn.params))]


def _full(x: Any, shape: tuple[int, ...], lanes: int) -> jax.Array:
    """An array in the shape of a result, people last."""
    if isinstance(x, _Laned):
        there = x.array if x.array.ndim > 1 or not shape else x.array.reshape((1,) * len(shape) + (lanes,))
        return jnp.broadcast_to(there, (*shape, lanes))
    return jnp.broadcast_to(jnp.asarray(x)[..., None], (*shape, lanes))


def _broadcast(xs: Sequence[jax.Array], params: Any, shape: tuple[int, ...]) -> jax.Array:
    where = (*params["broadcast_dimensions"], len(shape) - 1)
    return jax.lax.broadcast_in_dim(xs[0], shape, where)


def _sliced(xs: Sequence[jax.Array], params: Any, shape: tuple[int, ...]) -> jax.Array:
    first, last, steps = params["start_indices"], params["limit_indices"], params["strides"]
    return jax.lax.slice(xs[0], (*first, 0), (*last, shape[-1]), None if steps is None else (*steps, 1))


def _running(xs: Sequence[jax.Array], params: Any, shape: tuple[int, ...]) -> jax.Array:
    """A running sum over depth, cell by cell."""
    if params["axis"] != 0 or params["reverse"]:
        raise Unsupported("a running sum other than down the depth")
    rows = [xs[0][:1]]
    for n in range(1, shape[0]):
        rows.append(rows[-1] + xs[0][n : n + 1])
    return jnp.concatenate(rows)


MOVES: dict[str, Callable[[Sequence[jax.Array], Any, tuple[int, ...]], jax.Array]] = {
    "broadcast_in_dim": _broadcast,
    "reshape": lambda xs, params, shape: xs[0].reshape(shape),
    "squeeze": lambda xs, params, shape: xs[0].reshape(shape),
    "slice": _sliced,
    "concatenate": lambda xs, params, shape: jnp.concatenate(xs, axis=params["dimension"]),
    "stack": lambda xs, params, shape: jnp.concatenate(
        [jnp.expand_dims(x, params["axis"]) for x in xs], axis=params["axis"]
    ),
    "reduce_sum": lambda xs, params, shape: jnp.sum(xs[0], axis=tuple(params["axes"])),
    "cumsum": _running,
}
