"""From one time to another in as few implicit steps as the error allows, each person at their own pace."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from microneedling.numerics import status
from microneedling.numerics.packed import Layout, Packed
from microneedling.numerics.step import ORDER, Linearise, Rate, between, step

SAFETY, SHRINK, GROW = 0.9, 0.15, 8.0
SMALLEST = 1e-12  # of the span [1]
SOLVED = 1e-2  # of the error allowed: what solving a step's equations may leave [1]
STEPS = 2000  # most steps between two events


@dataclasses.dataclass(frozen=True)
class Tolerance:
    """Relative error per step [1], the size per field below which error does not matter, and the step limit."""

    relative: float
    negligible: tuple[float, ...]
    steps: int = STEPS

    def allowed(self, y: Packed) -> jax.Array:
        """Error that counts as one, per field (field, lanes): negligible size plus a share of the field's own."""
        return jnp.asarray(self.negligible)[:, None] * (self.relative / 1e-3) + self.relative * y.sizes()


@dataclasses.dataclass(frozen=True)
class System:
    """What is marched: rate and its sparse derivative, lanes last."""

    rate: Rate
    linearise: Linearise
    layout: Layout


@dataclasses.dataclass(frozen=True)
class Reading:
    """What to keep on the way and when: `write(store, read(fields), index, due)` is called as times are passed."""

    times: jax.Array
    read: Callable[[Packed], Any]
    write: Callable[[Any, Any, jax.Array, jax.Array], Any]


def first_step(system: System, y: Packed, span: jax.Array, tolerance: Tolerance) -> jax.Array:
    """A step in which no field moves by more than about its own hundredth, at most a hundredth of the span."""
    moves = system.rate(y).sizes()
    loose = dataclasses.replace(tolerance, relative=10 * tolerance.relative).allowed(y)
    limit = jnp.min(loose / jnp.maximum(moves, 1e-300), axis=0)
    return jnp.clip(jnp.where(jnp.isnan(limit), 0.0, limit), 1e-9 * span, 1e-2 * span)


def march(
    system: System,
    start: Packed,
    span: tuple[jax.Array, jax.Array],
    *,
    tolerance: Tolerance,
    reading: Reading,
    kept: Any,
):
    """Advance y' = f(y) from one time to another, writing `reading` at its times by dense output.

    Args:
        system: rate and derivative
        start: fields at the beginning, lanes last
        span: begin and end () [s], the same for all lanes
        tolerance: error allowed per step
        reading: what to keep and when
        kept: (next index per lane (lanes,), store, status (lanes,), steps taken (lanes,), refused (lanes,))

    Returns: fields at the end, and `kept` brought up to date. A lane that cannot go on keeps its last good fields and a
    status that is not FINE.
    Checked by: tests/unit/numerics/test_march.py, tests/plain
    """
    lanes = start.surface.shape[-1]
    length = jnp.maximum(span[1] - span[0], 0.0) * jnp.ones(lanes)
    h0 = first_step(system, start, jnp.maximum(length, 1e-30), tolerance)

    def active_in(carry):
        return (carry[0] < length * (1 - 1e-14)) & (carry[3][2] == status.FINE)

    def going(carry):
        return jnp.any(active_in(carry)) & (carry[4] < tolerance.steps)

    def once(carry):
        t, y, h, (index, store, code, taken, refused), n = carry
        active = active_in(carry)
        last = t + h * (1 + 1e-6) >= length
        size = jnp.where(active, jnp.where(last, length - t, h), 1.0)
        new, error, stages, left = step(system.rate, system.linearise, system.layout, y, size=size)
        worst, unsolved = _shares(tolerance, (y, new), error, left)
        finite = jnp.isfinite(worst)
        good = active & finite & (worst <= 1.0)
        factor = jnp.where(finite, SAFETY * jnp.maximum(worst, 1e-8) ** (-1.0 / ORDER), SHRINK)
        index, store = _read_between(reading, (index, store), (span[0] + t, size, good), (y, new, stages))
        grown = jnp.where(active, size * jnp.clip(factor, SHRINK, GROW), h)
        h = jnp.where(good & last, jnp.maximum(grown, size), grown)
        stuck = active & ~good & (h < SMALLEST * length)
        code = jnp.where(stuck, _cause(worst, unsolved), code)
        t = jnp.where(good, jnp.where(last, length, t + size), t)
        return t, new.where(good, y), h, (index, store, code, taken + good, refused + (active & ~good)), n + 1

    t, y, _, rest, _ = jax.lax.while_loop(going, once, (jnp.zeros(lanes), start, h0, kept, 0))
    code = jnp.where((rest[2] == status.FINE) & (t < length * (1 - 1e-12)), status.TOO_MANY_STEPS, rest[2])
    return y, (rest[0], rest[1], code, rest[3], rest[4])


def _shares(tolerance: Tolerance, ends: tuple[Packed, Packed], error: Packed, left: Packed):
    """The largest error over what is allowed, and the same of what solving the step left, per lane."""
    allowed = jnp.maximum(*map(tolerance.allowed, ends))
    unsolved = jnp.max(left.sizes() / (SOLVED * allowed), axis=0)
    return jnp.maximum(jnp.max(error.sizes() / allowed, axis=0), unsolved), unsolved


def _cause(worst: jax.Array, unsolved: jax.Array) -> jax.Array:
    """Why no step is short enough (lanes,)."""
    small = jnp.where(unsolved > 1.0, status.NOT_SOLVED, status.STEP_TOO_SMALL)
    return jnp.where(jnp.isfinite(worst), small, status.NOT_FINITE)


def _read_between(reading: Reading, written: Any, moved: Any, ends: Any):
    """Write every reading whose time lies in the step just taken."""
    t, size, good = moved
    count = reading.times.shape[0]

    def due(index):
        when = reading.times[jnp.minimum(index, count - 1)]
        return good & (index < count) & (when <= t + size * (1 + 1e-12)), when

    def more(written):
        return jnp.any(due(written[0])[0])

    def one(written):
        index, store = written
        now, when = due(index)
        theta = jnp.clip(jnp.where(now, (when - t) / size, 0.0), 0.0, 1.0)
        store = reading.write(store, reading.read(between(*ends, theta)), index, now)
        return index + now, store

    return jax.lax.while_loop(more, one, written)
