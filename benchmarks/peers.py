"""What a user would otherwise pick: SciPy's LSODA and BDF on the same compiled right-hand side, Jacobian given."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from problem import OUTPUT, Problem
from scipy.integrate import solve_ivp
from scipy.sparse import csc_array

from microneedling.numerics.jacobian import rate_and_jacobian


class Vector:
    """State as one vector: surface fields first, then cell by cell: depth coupling and film lie in a band."""

    def __init__(self, p: Problem):
        self.p, self.deep = p, [i for i, d in enumerate(p.layout.over_depth) if d]
        self.flat = [i for i, d in enumerate(p.layout.over_depth) if not d]
        self.cells, self.n = p.layout.cells, len(self.deep) * p.layout.cells + len(self.flat)
        self.band = 2 * len(self.deep) - 1

    def index(self, field: int, cell: int) -> int:
        if field in self.flat:
            return self.flat.index(field)
        return len(self.flat) + cell % self.cells * len(self.deep) + self.deep.index(field)

    def join(self, fields: list[Any]) -> Any:
        deep = jnp.stack([fields[i] for i in self.deep], axis=1).reshape(-1)
        return jnp.concatenate([jnp.stack([jnp.asarray(fields[i]) for i in self.flat]), deep])

    def split(self, y: Any) -> list[Any]:
        deep = y[len(self.flat) :].reshape(self.cells, len(self.deep))
        fields: list[Any] = [None] * (len(self.deep) + len(self.flat))
        for n, i in enumerate(self.deep):
            fields[i] = deep[:, n]
        for n, i in enumerate(self.flat):
            fields[i] = y[n]
        return fields

    def places(self, key: tuple[int, int, str]) -> list[tuple[int, int, int]]:
        """(position in the entry, row, column) of every number of one sparse entry."""
        row, col, kind = key
        if kind in ("-1", "0", "+1"):
            off = int(kind)
            return [
                (z, self.index(row, z), self.index(col, z + off))
                for z in range(self.cells)
                if 0 <= z + off < self.cells
            ]
        end = {"top": 0, "at_top": 0, "bottom": -1, "at_bottom": -1}.get(kind, 0)
        if kind == "sum":
            return [(z, self.index(row, 0), self.index(col, z)) for z in range(self.cells)]
        if kind in ("self", "at_top", "at_bottom") or row in self.flat:
            return [(0, self.index(row, end), self.index(col, end))]
        return [(z, self.index(row, z), self.index(col, end)) for z in range(self.cells)]


def functions(p: Problem, v: Vector):
    """Compiled rate y -> dy and the Jacobian's numbers, with where they belong."""

    def rates(fields):
        state = p.tree.unflatten(fields)
        return [jnp.broadcast_to(a, jnp.shape(b)) for a, b in zip(jax.tree.leaves(p.model.rate(state, p.skin)), fields)]

    rate = jax.jit(lambda y: v.join(rates(v.split(y))))
    start = v.split(v.join(jax.tree.leaves(p.model.start(p.skin))))
    keys = sorted(rate_and_jacobian(rates, start)[1])

    def numbers(y):
        entries = rate_and_jacobian(rates, v.split(y))[1]
        return jnp.concatenate([jnp.ravel(entries[k]) for k in keys])

    places, offset = [], 0
    entries = rate_and_jacobian(rates, start)[1]
    for key in keys:
        places += [(offset + z, r, c) for z, r, c in v.places(key)]
        offset += int(np.size(entries[key]))
    pick, rows, cols = np.array(places).T
    return rate, jax.jit(numbers), (pick, rows, cols)


def scipy_course(p: Any, method: str, tolerance: float, *, output: np.ndarray = OUTPUT):
    """A call that integrates the course with LSODA (banded Jacobian) or BDF (sparse Jacobian)."""
    v = Vector(p)
    rate, numbers, (pick, rows, cols) = functions(p, v)
    inside = np.abs(rows - cols) <= v.band
    absolute = np.zeros(v.n)
    for i, tiny in enumerate(p.negligible):
        for cell in range(v.cells if i in v.deep else 1):
            absolute[v.index(i, cell)] = tiny * tolerance / 1e-3

    def banded(t, y):
        packed = np.zeros((2 * v.band + 1, v.n))
        values = np.asarray(numbers(y))[pick]
        np.add.at(packed, (rows[inside] - cols[inside] + v.band, cols[inside]), values[inside])
        return packed

    def sparse(t, y):
        return csc_array((np.asarray(numbers(y))[pick], (rows, cols)), shape=(v.n, v.n))

    extra = {"lband": v.band, "uband": v.band, "jac": banded} if method == "LSODA" else {"jac": sparse}
    jump = jax.jit(lambda y, e: v.join(jax.tree.leaves(p.model.jump(p.tree.unflatten(v.split(y)), e, p.skin))))
    events = [jax.tree.map(lambda x, n=n: x[n], p.plan.events) for n in range(p.plan.times.shape[0])]
    times = [*np.asarray(p.plan.times), float(p.plan.end)]
    start = np.asarray(v.join(jax.tree.leaves(p.model.start(p.skin))))

    def call():
        y, found = start, []
        for event, a, b in zip(events, times, times[1:]):
            y = np.asarray(jump(y, event))
            if b <= a:
                continue
            due = output[(a < output) & (b >= output)]
            out = solve_ivp(
                lambda t, y: np.asarray(rate(y)),
                (0.0, b - a),
                y,
                method=method,
                rtol=tolerance,
                atol=absolute,
                t_eval=np.unique([*(due - a), b - a]),
                **extra,
            )
            if not out.success:
                raise RuntimeError(out.message)
            found += [out.y[:, n] for n, t in enumerate(out.t) if t in due - a]
            y = out.y[:, -1]
        columns = [v.split(y) for y in found]
        return [np.stack([np.asarray(c[i]) for c in columns]) for i in range(len(p.negligible))]

    return call
