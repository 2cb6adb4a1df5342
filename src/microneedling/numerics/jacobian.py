"""Sparse derivative of a law's rate, read off its own trace.

A state has fields over depth (depth,) and fields at the surface (). Laws act cell by cell except through the functions
of flux.py, so a derivative is a handful of arrays over depth, not a matrix. This file walks the traced rate once and
carries, beside each value, its derivatives by (field, kind):

    derivative of a depth value       by a depth field: "-1" "0" "+1" (neighbour above, same cell, below),
                                      "top" "bottom" (that field's end cell, felt at every depth);
                                      by a surface field: "all", "at_top", "at_bottom" (felt at one end only)
    derivative of a surface value     by a surface field: "self"; by a depth field: "top", "bottom", "sum"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jax
import jax.extend
import jax.numpy as jnp

from microneedling.numerics.flux import cell_is

Entries = dict[tuple[int, int, str], jax.Array]
Tangents = dict[tuple[int, str], jax.Array]

ELEMENTWISE = frozenset(
    """neg exp exp2 log log1p expm1 tanh logistic sqrt rsqrt cbrt abs sin cos integer_pow square erf
    div max min pow atan2 clamp""".split()  # noqa: SIM905
)
PASSIVE = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "is_finite", "floor", "ceil", "sign"})
LINEAR_ONE = frozenset({"convert_element_type", "copy", "reduce_precision"})
INLINED = frozenset({"pjit", "jit", "closed_call", "core_call", "custom_jvp_call", "custom_vjp_call", "checkpoint"})


class UnknownCoupling(TypeError):
    """A law mixes depths in a way the solver does not know."""


def rate_and_jacobian(rate: Callable[[Sequence[jax.Array]], Sequence[jax.Array]], fields: Sequence[jax.Array]):
    """Value and sparse derivative of `rate` at `fields`.

    Args:
        rate: fields -> their time derivatives, in the same order and shapes
        fields: arrays of shape (depth,) or (); with people last (depth, lanes) or (lanes,); not all over depth

    Returns: list of rates, and entries {(row, column, kind): array} as explained at the top of this file.
    Errors: UnknownCoupling if depths are mixed other than through numerics/flux.py.
    Checked by: tests/unit/numerics/test_jacobian.py (against dense forward derivatives, every law)
    """
    closed = jax.make_jaxpr(lambda ys: list(rate(ys)))(list(fields))
    flat = min(y.ndim for y in fields)
    seeds = [{(i, "0" if y.ndim > flat else "self"): jnp.ones_like(y)} for i, y in enumerate(fields)]
    values, tangents = _walk(closed.jaxpr, closed.consts, list(fields), seeds)
    entries = {(row, *key): part for row, found in enumerate(tangents) for key, part in found.items()}
    return values, entries


def _walk(jaxpr: Any, consts: Sequence[Any], args: Sequence[Any], seeds: Sequence[Tangents]):
    value: dict[Any, Any] = dict(zip(jaxpr.constvars, consts))
    value.update(zip(jaxpr.invars, args))
    tangent: dict[Any, Tangents] = dict(zip(jaxpr.invars, seeds))

    def read(atom: Any) -> tuple[Any, Tangents]:
        if isinstance(atom, jax.extend.core.Literal):
            return atom.val, {}
        return value[atom], tangent.get(atom, {})

    for eqn in jaxpr.eqns:
        inputs, felt = zip(*map(read, eqn.invars)) if eqn.invars else ((), ())
        outputs, found = _apply(eqn, inputs, felt)
        if eqn.primitive.name in ("div", "pow", "exp", "log", "jit", "pjit", "sqrt") and any(map(bool, found)):
            outputs, found = jax.lax.optimization_barrier((outputs, found))
        value.update(zip(eqn.outvars, outputs))
        tangent.update(zip(eqn.outvars, found))
    results = [read(atom) for atom in jaxpr.outvars]
    return [r[0] for r in results], [r[1] for r in results]


def _apply(eqn: Any, inputs: Sequence[Any], felt: Sequence[Tangents]):
    name = eqn.primitive.name
    inner = _inner(eqn)
    if inner is not None:
        known = COUPLINGS.get(eqn.params.get("name", ""))
        if known is not None and any(felt):
            return [inner_eval(inner, inputs)], [known(inputs, felt)]
        return _walk(inner.jaxpr, inner.consts, inputs, felt)
    out = eqn.primitive.bind(*inputs, **eqn.params)
    outputs = list(out) if eqn.primitive.multiple_results else [out]
    if not any(felt) or name in PASSIVE:
        return outputs, [{} for _ in outputs]
    return outputs, [_derive(name, eqn, inputs, felt)]


def _inner(eqn: Any) -> Any:
    if eqn.primitive.name not in INLINED:
        return None
    return eqn.params.get("jaxpr") or eqn.params.get("call_jaxpr")


def inner_eval(closed: Any, inputs: Sequence[Any]) -> Any:
    """Value of a closed trace with one result."""
    return jax.extend.core.jaxpr_as_fun(closed)(*inputs)[0]


def _derive(name: str, eqn: Any, inputs: Sequence[Any], felt: Sequence[Tangents]) -> Tangents:
    shape = eqn.outvars[0].aval.shape
    if name in ELEMENTWISE or name in ("add", "add_any", "sub", "mul", "select_n"):
        felt = [_spread(t, jnp.shape(x), shape) for t, x in zip(felt, inputs)]
    if name in ("add", "add_any"):
        return merge(*felt)
    if name == "sub":
        return merge(felt[0], scaled(felt[1], -1.0))
    if name == "mul":
        return merge(scaled(felt[0], inputs[1]), scaled(felt[1], inputs[0]))
    if name in LINEAR_ONE:
        return felt[0]
    if name == "select_n":
        return _select(inputs[0], felt[1:])
    if name == "broadcast_in_dim":
        return _spread(felt[0], jnp.shape(inputs[0]), shape)
    if name in ("reshape", "squeeze") and shape == jnp.shape(inputs[0]):
        return felt[0]
    if name == "reduce_sum":
        return _total(felt[0])
    if name in ELEMENTWISE:
        parts = (scaled(t, _slope(eqn, inputs, i)) for i, t in enumerate(felt) if t)
        return merge(*parts)
    raise UnknownCoupling(f"a law uses '{name}' on state fields; mix depths only through numerics.flux")


def _slope(eqn: Any, inputs: Sequence[Any], i: int) -> jax.Array:
    """Derivative of an elementwise operation by its i-th input."""
    shape = eqn.outvars[0].aval.shape
    same = [jnp.broadcast_to(x, shape) for x in inputs]

    def alone(x: Any) -> Any:
        return eqn.primitive.bind(*same[:i], x, *same[i + 1 :], **eqn.params)

    x = same[i]
    return jax.jvp(alone, (x,), (jnp.ones_like(x),))[1]


def scaled(felt: Tangents, by: Any) -> Tangents:
    """Derivatives of `by`·x, cell by cell."""
    return {key: part * _picked(by, key[1], jnp.ndim(part)) for key, part in felt.items()}


def _picked(by: Any, kind: str, rank: int) -> Any:
    """The factor that goes with a derivative: one end of it where only one end is felt."""
    if kind not in ("at_top", "at_bottom") or jnp.ndim(by) <= rank:
        return by
    return by[0] if kind == "at_top" else by[-1]


def merge(*parts: Tangents) -> Tangents:
    """Sum of derivatives."""
    total: Tangents = {}
    for part in parts:
        for key, value in part.items():
            total[key] = total[key] + value if key in total else value
    return total


def _select(which: Any, cases: Sequence[Tangents]) -> Tangents:
    total: Tangents = {}
    for n, case in enumerate(cases):
        chosen = (which == n) if which.dtype != bool else (which if n else ~which)
        total = merge(total, scaled(case, jnp.where(chosen, 1.0, 0.0)))
    return total


def _spread(felt: Tangents, shape: tuple[int, ...], wanted: tuple[int, ...]) -> Tangents:
    """Derivatives of a surface value once it is used at every depth."""
    if shape == wanted or not felt:
        return felt
    if wanted == (1, *shape):
        return {key: part[None] for key, part in felt.items()}
    if wanted[1:] not in (shape, shape[1:]) or (len(shape) == len(wanted) and shape[0] != 1):
        raise UnknownCoupling(f"a law reshapes a state field from {shape} to {wanted}")
    kinds = {"self": "all", "top": "top", "bottom": "bottom"}
    if any(kind not in kinds for _, kind in felt):
        raise UnknownCoupling("a depth integral is felt at every depth of another field; make it a surface field")
    return {(leaf, kinds[kind]): jnp.broadcast_to(part, wanted) for (leaf, kind), part in felt.items()}


def _total(felt: Tangents) -> Tangents:
    total: Tangents = {}
    for (leaf, kind), part in felt.items():
        if kind in ("-1", "0", "+1"):
            new = ((leaf, "sum"), shifted(part, -int(kind)))
        elif kind in ("all", "top", "bottom"):
            new = ((leaf, "self" if kind == "all" else kind), jnp.sum(part, axis=0))
        else:
            new = ((leaf, "self"), part)
        total = merge(total, dict([new]))
    return total


def shifted(part: jax.Array, by: int) -> jax.Array:
    """out[i] = part[i + by], zero outside."""
    if by == 0:
        return part
    none = jnp.zeros_like(part[:1])
    return jnp.concatenate([part[1:], none]) if by == 1 else jnp.concatenate([none, part[:-1]])


def _end(first: bool):
    i, here, name = (0, "top", "at_top") if first else (-1, "bottom", "at_bottom")

    def take(inputs: Sequence[Any], felt: Sequence[Tangents]) -> Tangents:
        total: Tangents = {}
        for (leaf, kind), part in felt[0].items():
            if kind in ("0", "top", "bottom", "all"):
                new = ((leaf, {"0": here, "all": "self"}.get(kind, kind)), part[i])
            elif kind == name:
                new = ((leaf, "self"), part)
            elif kind.startswith("at_"):
                continue
            else:
                raise UnknownCoupling("the end value of a diffused quantity is used in a rate")
            total = merge(total, dict([new]))
        return total

    def put(inputs: Sequence[Any], felt: Sequence[Tangents]) -> Tangents:
        step = inputs[1]
        total: Tangents = {}
        for (leaf, kind), part in felt[0].items():
            if kind == "self":
                new = ((leaf, name), part / step[i])
            elif kind == here:
                new = ((leaf, "0"), jnp.where(cell_is(i, step), part / step[i], 0.0))
            else:
                raise UnknownCoupling(f"inflow at the {here} depends on '{kind}' of another field")
            total = merge(total, dict([new]))
        return total

    return take, put


def _diffused(inputs: Sequence[Any], felt: Sequence[Tangents]) -> Tangents:
    """Derivative of mn_diffusion by potential and by mobility, each a tridiagonal."""
    u, m, h = inputs
    m1, m2, h1, h2 = m[:-1], m[1:], h[:-1], h[1:]
    below = m1 * h2 + m2 * h1
    safe = jnp.where(below > 0, below, 1.0)
    g = jnp.where(below > 0, 2 * m1 * m2 / safe, 0.0)
    none = jnp.zeros_like(g[:1])
    up, down = jnp.concatenate([none, g]), jnp.concatenate([g, none])
    by_u = {"-1": up / h, "0": -(up + down) / h, "+1": down / h}
    g1 = jnp.where(below > 0, 2 * m2 * m2 * h1 / safe**2, 0.0) * (u[:-1] - u[1:])  # flow by the cell above the face
    g2 = jnp.where(below > 0, 2 * m1 * m1 * h2 / safe**2, 0.0) * (u[:-1] - u[1:])
    above = jnp.concatenate([none, g1])
    by_m = {
        "-1": above / h,
        "0": (jnp.concatenate([none, g2]) - jnp.concatenate([g1, none])) / h,
        "+1": -jnp.concatenate([g2, none]) / h,
    }
    return merge(_banded(by_u, felt[0]), _banded(by_m, felt[1]))


def _banded(by: Mapping[str, jax.Array], felt: Tangents) -> Tangents:
    total: Tangents = {}
    for (leaf, kind), part in felt.items():
        if kind == "0":
            new = {(leaf, off): by[off] * shifted(part, int(off)) for off in ("-1", "0", "+1")}
        elif kind in ("all", "top", "bottom"):
            three = [by[off] * shifted(part, int(off)) for off in ("-1", "0", "+1")]
            new = {(leaf, kind): three[0] + three[1] + three[2]}
        else:
            raise UnknownCoupling("diffusion of a quantity that already depends on its neighbours")
        total = merge(total, new)
    return total


_take_top, _put_top = _end(True)
_take_bottom, _put_bottom = _end(False)
COUPLINGS = {
    "mn_diffusion": _diffused,
    "mn_top": _take_top,
    "mn_bottom": _take_bottom,
    "mn_into_top": _put_top,
    "mn_into_bottom": _put_bottom,
    "mn_lagged": lambda inputs, felt: {},
}
