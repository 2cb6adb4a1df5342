"""A traced function as a short list of instructions on rows of numbers, for the native machine (machine.py).

Every value is some rows of `lanes` numbers: a depth field has one row per cell, a surface field one row. The trace is
the very one JAX would compile; what is known before the run is computed here, equal instructions are merged, and what
no moving input reaches is set apart, to be run once per stretch of time rather than once per step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.extend
import numpy as np

from microneedling.numerics.opcodes import BINARY, BLOCKS, BROADCAST, CONST, COPY, INPUT, SELECT, SOLVE, SUM, UNARY

INLINED = frozenset({"pjit", "jit", "closed_call", "core_call", "custom_jvp_call", "custom_vjp_call", "checkpoint"})
SAME = frozenset({"convert_element_type", "copy", "reduce_precision", "optimization_barrier", "stop_gradient"})


class Unsupported(TypeError):
    """A law uses an operation the native machine does not have; the JAX path still runs it."""


@dataclasses.dataclass(frozen=True)
class Value:
    """Some rows of what a node made, with the shape JAX gives them."""

    node: int
    first: int
    shape: tuple[int, ...]

    @property
    def rows(self) -> int:
        """Rows of lanes."""
        return int(np.prod(self.shape[:-1], dtype=int))


@dataclasses.dataclass(frozen=True)
class Node:
    """One instruction: what it does, on which rows of which nodes, how many rows it makes."""

    op: int
    args: tuple[tuple[int, int], ...]
    rows: int
    section: int  # 0: before the run, else the part of the step it belongs to
    extra: Any = None


class Tape:
    """Nodes of all sections, in the order they were traced."""

    def __init__(self, lanes: int):
        self.lanes = lanes
        self.nodes: list[Node] = []
        self._known: dict[Any, int] = {}

    def given(self, shape: tuple[int, ...], section: int) -> Value:
        """Room for an input of a section (0: a number that stays)."""
        rows = int(np.prod(shape[:-1], dtype=int))
        self.nodes.append(Node(INPUT, (), rows, section))
        return Value(len(self.nodes) - 1, 0, tuple(shape))

    def add(self, op: int, args: Sequence[Value], rows: int, *, section: int, extra: Any = None) -> int:
        """The node that does this, old or new; a node without moving arguments belongs to section 0."""
        places = tuple((a.node, a.first) for a in args)
        moving = max((self.nodes[n].section for n, _ in places), default=0)
        key = (op, places, rows, extra, moving and section)
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(Node(op, places, rows, section if moving else 0, extra))
        return self._known[key]

    def traced(self, section: int, call: Callable[..., Any], given: Sequence[Any]) -> Any:
        """Trace `call` on Values (and trees of them) into a section; returns its result as the same tree of Values.

        Errors: Unsupported.
        """
        leaves: list[Value]
        tree: Any
        leaves, tree = jax.tree.flatten(list(given), is_leaf=lambda x: isinstance(x, Value))
        shaped = [jax.ShapeDtypeStruct(v.shape, float) for v in leaves]
        closed: Any
        out: Any
        closed, out = jax.make_jaxpr(lambda *xs: call(*tree.unflatten(xs)), return_shape=True)(*shaped)
        found = self._walk(closed.jaxpr, closed.consts, leaves, section)
        made = [_with_lanes(self, x, s.shape) for x, s in zip(found, jax.tree.leaves(out))]
        return jax.tree.unflatten(jax.tree.structure(out), made)

    def _walk(self, jaxpr: Any, consts: Sequence[Any], args: Sequence[Any], section: int) -> list[Any]:
        env: dict[Any, Any] = dict(zip(jaxpr.constvars, map(np.asarray, consts)))
        env.update(zip(jaxpr.invars, args))

        def read(atom: Any) -> Any:
            return np.asarray(atom.val) if isinstance(atom, jax.extend.core.Literal) else env[atom]

        for eqn in jaxpr.eqns:
            env.update(zip(eqn.outvars, self._apply(eqn, [read(a) for a in eqn.invars], section)))
        return [read(a) for a in jaxpr.outvars]

    def _apply(self, eqn: Any, inputs: list[Any], section: int) -> list[Any]:
        name = eqn.primitive.name
        if name in INLINED:
            inner = eqn.params.get("jaxpr") or eqn.params.get("call_jaxpr")
            blocks = BLOCKWISE.get(eqn.params.get("name") or "")
            if blocks is not None and any(isinstance(x, Value) for x in inputs):
                return blocks(self, eqn, inputs, section)
            return self._walk(inner.jaxpr, inner.consts, inputs, section)
        if not any(isinstance(x, Value) for x in inputs):
            made = eqn.primitive.bind(*inputs, **eqn.params)
            return [np.asarray(x) for x in (made if eqn.primitive.multiple_results else [made])]
        if name in SAME:
            return inputs
        return [_instruction(self, eqn, inputs, section)]

    def constant(self, x: Any, shape: tuple[int, ...]) -> Value:
        """Room for numbers known before the run, in that shape."""
        whole = np.ascontiguousarray(np.broadcast_to(np.asarray(x, dtype=float), shape))
        key = (CONST, whole.shape[:-1], whole.tobytes())
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(Node(CONST, (), int(np.prod(shape[:-1], dtype=int)), 0, whole.reshape(-1)))
        return Value(self._known[key], 0, shape)

    def spread(self, x: Any, shape: tuple[int, ...], section: int) -> Value:
        """An operand in the full shape of a result: a constant, or one row used in every cell."""
        if not isinstance(x, Value):
            return self.constant(x, shape)
        wanted = dataclasses.replace(x, shape=shape)
        if x.rows == wanted.rows:
            return wanted
        if x.rows != 1:
            raise Unsupported(f"a value of shape {x.shape} is used where {shape} is needed")
        return Value(self.add(BROADCAST, [x], wanted.rows, section=section), 0, shape)

    def made(self, name: str, args: list[Value], section: int) -> Value:
        """An elementwise operation of two values of one shape."""
        return Value(self.add(BINARY[name], args, args[0].rows, section=section), 0, args[0].shape)


def _with_lanes(tape: Tape, x: Any, shape: tuple[int, ...]) -> Value:
    """A result as a Value, also where it is a plain constant."""
    return x if isinstance(x, Value) else tape.constant(x, (*shape[:-1], tape.lanes) if shape else (tape.lanes,))


def _instruction(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> Value:
    name, shape = eqn.primitive.name, tuple(eqn.outvars[0].aval.shape)
    if name in MOVES:
        return MOVES[name](tape, eqn, inputs, section)
    if name in ("integer_pow", "square"):
        return _power(tape, inputs[0], eqn.params.get("y", 2), section)
    full = [tape.spread(x, shape, section) for x in inputs]
    if name == "clamp":
        return tape.made("min", [tape.made("max", full[:2], section), full[2]], section)
    op = SELECT if name == "select_n" and len(full) == 3 else BINARY.get(name, UNARY.get(name))
    if op is None:
        raise Unsupported(f"'{name}' on numbers that differ between people")
    return Value(tape.add(op, full, full[0].rows, section=section), 0, shape)


def _power(tape: Tape, x: Value, power: int, section: int) -> Value:
    result, square, n = tape.constant(1.0, x.shape), x, abs(power)
    first = True
    while n:
        if n & 1:
            result, first = square if first else tape.made("mul", [result, square], section), False
        n >>= 1
        square = tape.made("mul", [square, square], section) if n else square
    return tape.made("div", [tape.constant(1.0, x.shape), result], section) if power < 0 else result


def _rows(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> Value:
    """A slice of whole rows: the same numbers, seen from another place."""
    x, first, shape = inputs[0], eqn.params["start_indices"], tuple(eqn.outvars[0].aval.shape)
    strides = eqn.params["strides"] or (1,)
    if any(first[1:]) or x.shape[1:] != shape[1:] or any(s != 1 for s in strides):
        raise Unsupported(f"a slice of {x.shape} that is not whole rows")
    per = int(np.prod(x.shape[1:-1], dtype=int))
    return Value(x.node, x.first + first[0] * per, shape)


def _reshaped(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> Value:
    shape = tuple(eqn.outvars[0].aval.shape)
    if not shape or shape[-1] != tape.lanes:
        raise Unsupported(f"a reshape of {inputs[0].shape} to {shape}")
    return dataclasses.replace(inputs[0], shape=shape)


def _broadcast(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> Value:
    shape, where = tuple(eqn.outvars[0].aval.shape), eqn.params["broadcast_dimensions"]
    if not where or where[-1] != len(shape) - 1:
        raise Unsupported(f"lanes moved by a broadcast of {inputs[0].shape} to {shape}")
    return tape.spread(inputs[0], shape, section)


def _joined(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> Value:
    if eqn.params["dimension"] != 0:
        raise Unsupported("joining other than over depth")
    parts = [x if isinstance(x, Value) else tape.constant(x, (*np.shape(x)[:-1], tape.lanes)) for x in inputs]
    rows = tuple(part.rows for part in parts)
    return Value(tape.add(COPY, parts, sum(rows), section=section, extra=rows), 0, tuple(eqn.outvars[0].aval.shape))


def _summed(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> Value:
    x = inputs[0]
    if tuple(eqn.params["axes"]) != (0,) or x.rows != x.shape[0]:
        raise Unsupported(f"a sum over axes {eqn.params['axes']} of {x.shape}")
    return Value(tape.add(SUM, [x], 1, section=section, extra=x.rows), 0, tuple(eqn.outvars[0].aval.shape))


def _factored(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> list[Value]:
    shape = next(x.shape for x in inputs if isinstance(x, Value))
    full = [tape.spread(x, shape, section) for x in inputs]
    size = round((len(full) / 3) ** 0.5)
    node = tape.add(BLOCKS, full, 3 * size * size * shape[0], section=section, extra=size)
    return [Value(node, 0, tuple(v.aval.shape)) for v in eqn.outvars]  # one record stands for all levels


def _solved(tape: Tape, eqn: Any, inputs: list[Any], section: int) -> list[Value]:
    size, shape = len(eqn.outvars), tuple(eqn.outvars[0].aval.shape)
    right = [tape.spread(x, shape, section) for x in inputs[-size:]]
    node = tape.add(SOLVE, [inputs[0], *right], size * shape[0], section=section, extra=size)
    return [Value(node, n * shape[0], shape) for n in range(size)]


MOVES: dict[str, Callable[..., Value]] = {
    "slice": _rows,
    "squeeze": _reshaped,
    "reshape": _reshaped,
    "broadcast_in_dim": _broadcast,
    "concatenate": _joined,
    "reduce_sum": _summed,
}
BLOCKWISE: dict[str, Callable[..., list[Value]]] = {"mn_blocks_factor": _factored, "mn_blocks_solve": _solved}
