"""What a user would otherwise pick: SciPy's LSODA and BDF on the same equations, compiled, with their Jacobian.

Peers march only what moves, as we do, and get the fields in the order that makes the band of the Jacobian narrow.
LSODA is called through `odeint`, whose loop is compiled too.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from equations import Equations
from scipy.integrate import ODEintWarning, odeint, solve_ivp
from scipy.sparse import csc_array

from microneedling.simulate.simulate import filled

MOST = 100_000  # steps between two outputs
Stretch = Callable[[np.ndarray, np.ndarray, float], np.ndarray]  # start, times, tolerance -> y at times


class Failed(RuntimeError):
    """SciPy gave up."""


def lsoda(of: Equations) -> Stretch:
    """LSODA with a banded Jacobian; what a surface field does to all depths lies outside the band and is left out."""
    band, n, rate = of.order.band, of.order.n, of.rate()
    inside = np.abs(of.rows - of.cols) <= band
    to = (of.rows - of.cols + band)[inside] * n + of.cols[inside]
    banded = of.jacobian(to, (2 * band + 1, n), of.pick[inside])

    def stretch(start: np.ndarray, times: np.ndarray, tolerance: float) -> np.ndarray:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ODEintWarning)
            try:
                return odeint(
                    lambda y, t: rate(y),
                    start,
                    times,
                    Dfun=lambda y, t: banded(y),
                    ml=band,
                    mu=band,
                    rtol=tolerance,
                    atol=of.absolute(tolerance),
                    mxstep=MOST,
                    tcrit=times[-1:],
                )
            except ODEintWarning as gave_up:
                raise Failed(str(gave_up)) from gave_up

    return stretch


def bdf(of: Equations) -> Stretch:
    """BDF with the whole Jacobian, sparse."""
    n, rate = of.order.n, of.rate()
    pattern = csc_array((np.ones(of.rows.size), (of.rows, of.cols)), shape=(n, n))
    pattern.sum_duplicates()
    column = np.repeat(np.arange(n), np.diff(pattern.indptr))
    where = {(r, c): k for k, (r, c) in enumerate(zip(pattern.indices.tolist(), column.tolist()))}
    to = np.array([where[r, c] for r, c in zip(of.rows.tolist(), of.cols.tolist())])
    numbers = of.jacobian(to, pattern.nnz, of.pick)

    def sparse(t: float, y: np.ndarray) -> Any:
        return csc_array((numbers(np.ascontiguousarray(y)).copy(), pattern.indices, pattern.indptr), shape=(n, n))

    def stretch(start: np.ndarray, times: np.ndarray, tolerance: float) -> np.ndarray:
        made = solve_ivp(
            lambda t, y: rate(np.ascontiguousarray(y)).copy(),
            (times[0], times[-1]),
            start,
            method="BDF",
            t_eval=times,
            rtol=tolerance,
            atol=of.absolute(tolerance),
            jac=sparse,
        )
        if not made.success:
            raise Failed(made.message)
        return made.y.T

    return stretch


METHODS = {"LSODA": lsoda, "BDF": bdf}


class Peer:
    """Courses of one person after another by one of SciPy's methods."""

    def __init__(self, of: Equations, method: str):
        self.of, self.stretch = of, METHODS[method](of)
        self.jump = jax.jit(
            lambda model, skin, state, event: jax.tree.map(
                lambda a, b: jnp.broadcast_to(a, b.shape), model.jump(state, event, skin), state
            )
        )
        self.start = jax.jit(lambda model, skin: model.start(skin))

    def course(self, person: Any, output: np.ndarray, tolerance: float) -> list[np.ndarray]:
        """The moving fields at the output times, of (model, skin, plan) with a last axis of one.

        Errors: Failed.
        """
        model, skin, plan = person
        of, found = self.of, []
        times = [*np.asarray(plan.times)[:, 0], float(np.asarray(plan.end)[0])]
        rest = jax.tree.map(lambda x: jnp.asarray(x, dtype=float), self.start(model, skin))
        state = of.moving.tree.unflatten([filled(x, of.order.cells, 1) for x in jax.tree.leaves(rest)])
        for n, (a, b) in enumerate(itertools.pairwise(times)):
            state = self.jump(model, skin, state, jax.tree.map(lambda x, n=n: x[n], plan.events))
            if b <= a:
                continue
            of.now(model, skin, state)
            due = output[(a < output) & (b >= output)]
            path = self.stretch(of.vector(state), np.unique([0.0, *(due - a), b - a]), tolerance)
            found += [of.fields(y) for y in path[1 : 1 + due.size]]
            state = of.state(path[-1], state)
        return [np.stack([one[i] for one in found]) for i in range(of.negligible.size)]
