"""One person's equations as SciPy wants them: one vector, its rate and its Jacobian, both compiled."""

from __future__ import annotations

import ctypes
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from compiled import library

from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.program import laid_out
from microneedling.numerics.tape import Tape
from microneedling.simulate.moving import Moving, moving_part
from microneedling.simulate.simulate import field_meanings, filled

RATE, LINEARISE = 1, 2


class Order:
    """The fields as one vector: surface fields first, then cell by cell; those that diffuse together side by side."""

    def __init__(self, over_depth: tuple[bool, ...], cells: int, keys: list[tuple[int, int, str]]):
        near = [(r, c) for r, c, kind in keys if kind in ("-1", "+1")]
        first = {i: min(n for pair in near if i in pair for n in pair) for pair in near for i in pair}
        ends = {i for r, c, kind in keys if kind in ("top", "at_top") for i in (r, c)}
        self.cells = cells
        self.deep = sorted((i for i, d in enumerate(over_depth) if d), key=lambda i: (i in first, first.get(i, i), i))
        self.flat = sorted((i for i, d in enumerate(over_depth) if not d), key=lambda i: (i in ends, i))
        self.n = len(self.deep) * cells + len(self.flat)
        self.band = len(self.deep) + max((abs(self.deep.index(r) - self.deep.index(c)) for r, c in near), default=0)

    def index(self, field: int, cell: int) -> int:
        """Place of one number of a field."""
        if field in self.flat:
            return self.flat.index(field)
        return len(self.flat) + cell % self.cells * len(self.deep) + self.deep.index(field)

    def places(self, key: tuple[int, int, str]) -> list[tuple[int, int, int]]:
        """(position in the entry, row, column) of every number of one sparse entry."""
        row, col, kind = key
        if kind in ("-1", "0", "+1"):
            off, cells = int(kind), range(self.cells)
            return [(z, self.index(row, z), self.index(col, z + off)) for z in cells if 0 <= z + off < self.cells]
        end = -1 if kind in ("bottom", "at_bottom") else 0
        if kind == "sum":
            return [(z, self.index(row, 0), self.index(col, z)) for z in range(self.cells)]
        if kind in ("self", "at_top", "at_bottom") or row in self.flat:
            return [(0, self.index(row, end), self.index(col, end))]
        return [(z, self.index(row, z), self.index(col, end)) for z in range(self.cells)]


class Equations:
    """Rate and Jacobian of one person. `person` gives another's numbers to the same compiled code."""

    def __init__(self, model: Any, skin: Any, *, still: tuple[str, ...] = ()):
        cells = skin.step.shape[0]
        start = jax.tree.map(lambda x: filled(x, cells, 1), model.start(skin))
        self.moving = moving_part(model, skin, start, still)
        sizes = [m.negligible for (_, m), moves in zip(field_meanings(start), self.moving.chosen) if moves]
        self.negligible = np.array(sizes)
        tape, kinds = Tape(1), []

        def entries(given: Any, fields: Any) -> list[Any]:
            found = rate_and_jacobian(lambda ys: self.rates(given, ys), fields)[1]
            kinds[:] = list(found)
            return list(found.values())

        self.given = jax.tree.map(lambda x: tape.given(jnp.shape(x), 0), (model, skin, start))
        fields = {n: [tape.given(y.shape, n) for y in self.moving.of(start)] for n in (RATE, LINEARISE)}
        found = [
            tape.traced(n, call, (self.given, fields[n])) for n, call in ((RATE, self.rates), (LINEARISE, entries))
        ]
        self.program, self.begins = laid_out(tape, found, contiguous=list(fields.values()))
        self.at = {n: self.program.at(group[0]) for n, group in fields.items()}
        self.lib = library(self.program, {"known": 0, "rate": RATE, "linearise": LINEARISE})
        self.order = Order(self.moving.layout.over_depth, cells, kinds)
        self._place([v.rows for v in found[1]], kinds)
        self.memory = self.program.new_memory()

    def rates(self, given: Any, fields: Any) -> list[Any]:
        """Rates of the moving fields with these numbers."""
        model, skin, state = given
        of = {type(law): law for law in model.laws}
        acting = type(model)(laws=tuple(of[type(law)] for law in self.moving.model.laws))
        return Moving(acting, skin, self.moving.tree, self.moving.chosen, self.moving.layout).rates(fields, state)

    def _place(self, rows: list[int], kinds: list[tuple[int, int, str]]) -> None:
        deep, order = self.moving.layout.over_depth, self.order
        own = [order.index(i, z) for i, d in enumerate(deep) for z in range(order.cells if d else 1)]
        self.to_ours = np.array(own)  # our numbers, field by field, in the vector
        self.from_ours = np.argsort(self.to_ours)  # the vector's numbers in ours
        begin, found = 0, []
        for key, count in zip(kinds, rows):
            found += [(begin + z, r, c) for z, r, c in order.places(key)]
            begin += count
        self.pick, self.rows, self.cols = np.array(found).T

    def now(self, model: Any, skin: Any, state: Any) -> None:
        """What stays the same until the next event."""
        for value, x in zip(jax.tree.leaves(self.given), jax.tree.leaves((model, skin, state))):
            if value.node in self.program.place:
                begin, numbers = self.program.at(value), np.asarray(x, dtype=float).reshape(-1)
                self.memory[begin : begin + numbers.size] = numbers
        self.lib.section_known(self.memory.ctypes)

    def vector(self, state: Any) -> np.ndarray:
        """The moving fields of a state."""
        ours = np.concatenate([np.asarray(y, dtype=float).reshape(-1) for y in self.moving.of(state)])
        return ours[self.from_ours]

    def fields(self, y: np.ndarray) -> list[np.ndarray]:
        """The moving fields of a vector, without lanes."""
        ours, found, begin = y[self.to_ours], [], 0
        for deep in self.moving.layout.over_depth:
            found.append(ours[begin : begin + self.order.cells] if deep else ours[begin])
            begin += self.order.cells if deep else 1
        return found

    def state(self, y: np.ndarray, state: Any) -> Any:
        """A state with its moving fields from a vector."""
        return self.moving.whole([jnp.asarray(x)[..., None] for x in self.fields(y)], state)

    def absolute(self, tolerance: float) -> np.ndarray:
        """Absolute error that counts as one, as our solver has it."""
        deep = self.moving.layout.over_depth
        rows = [self.order.cells if d else 1 for d in deep]
        return (np.repeat(self.negligible, rows) * tolerance / 1e-3)[self.from_ours]

    def rate(self) -> Any:
        """y -> dy."""
        out, at, n = np.empty(self.order.n), self.from_ours.astype(np.int64), self.order.n
        fixed = (self.memory.ctypes.data, at.ctypes.data, self.at[RATE], self.begins[0], n)
        call, (memory, where, begin, end, _), made = self.lib.rate, fixed, out.ctypes.data
        _takes(call, 7)

        def rate(y: np.ndarray) -> np.ndarray:
            call(memory, y.ctypes.data, made, where, begin, end, n)
            return out

        rate.kept = at
        return rate

    def jacobian(self, to: np.ndarray, shape: Any, pick: np.ndarray) -> Any:
        """y -> the numbers of the Jacobian, each of `pick` added to the place `to`."""
        out, at = np.zeros(shape), self.from_ours.astype(np.int64)
        pick, to = (np.ascontiguousarray(x, dtype=np.int64) for x in (pick, to))
        call, n = self.lib.jacobian, self.order.n
        _takes(call, 11)
        tail = (self.begins[1], pick.ctypes.data, to.ctypes.data, pick.size, out.size)
        head = (self.memory.ctypes.data, out.ctypes.data, at.ctypes.data, self.at[LINEARISE], n)

        def jacobian(y: np.ndarray) -> np.ndarray:
            call(head[0], y.ctypes.data, *head[1:], *tail)
            return out

        jacobian.kept = (at, pick, to)
        return jacobian


def _takes(call: Any, count: int) -> None:
    call.argtypes = [ctypes.c_ssize_t] * count
    call.restype = None
