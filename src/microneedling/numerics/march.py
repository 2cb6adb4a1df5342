"""From one time to another in as few implicit steps as the error allows, each person at their own pace."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp

from microneedling.numerics import status
from microneedling.numerics.step import ORDER, Fields, Linearise, Rate, between, step

SAFETY, SHRINK, GROW = 0.9, 0.15, 8.0
SMALLEST = 1e-12  # of the span [1]


@dataclasses.dataclass(frozen=True)
class Tolerance:
    """Relative error per step [1], the size per field below which error does not matter, and the step limit."""

    relative: float
    negligible: tuple[float, ...]
    steps: int = 2000


@dataclasses.dataclass(frozen=True)
class System:
    """What is marched: rate and its sparse derivative, lanes last."""

    rate: Rate
    linearise: Linearise


@dataclasses.dataclass(frozen=True)
class Reading:
    """What to keep on the way: `read(fields)` -> tree of (lanes,) or other arrays, written by `write(store, value, index, due)`."""

    times: jax.Array
    read: Callable[[Fields], Any]
    write: Callable[[Any, Any, jax.Array, jax.Array], Any]


def size_of(fields: Fields, tolerance: Tolerance) -> list[jax.Array]:
    """Error that counts as one, per field (lanes,): r·(rms over depth) + r-scaled negligible size."""
    return [tolerance.relative * rms(y) + a for y, a in zip(fields, tolerance.negligible)]


def rms(field: jax.Array) -> jax.Array:
    """Root mean square over depth, per lane."""
    return jnp.sqrt(jnp.mean(field * field, axis=0)) if field.ndim > 1 else jnp.abs(field)


def misfit(error: Fields, old: Fields, new: Fields, tolerance: Tolerance) -> jax.Array:
    """Largest error over fields, in units of what is allowed (lanes,)."""
    allowed = [jnp.maximum(a, b) for a, b in zip(size_of(old, tolerance), size_of(new, tolerance))]
    return jnp.max(jnp.stack([rms(e) / a for e, a in zip(error, allowed)]), axis=0)


def first_step(system: System, fields: Fields, span: jax.Array, tolerance: Tolerance) -> jax.Array:
    """A step in which no field moves by more than about its own hundredth, at most a hundredth of the span."""
    moves = [rms(f) for f in system.rate(fields)]
    loose = Tolerance(10 * tolerance.relative, tolerance.negligible)
    limits = [a / jnp.maximum(m, 1e-300) for a, m in zip(size_of(fields, loose), moves)]
    return jnp.clip(jnp.min(jnp.stack(limits), axis=0), 1e-9 * span, 1e-2 * span)


def march(
    system: System,
    start: Fields,
    begin: jax.Array,
    end: jax.Array,
    *,
    tolerance: Tolerance,
    reading: Reading,
    kept: Any,
):
    """Advance y' = f(y) from `begin` to `end`, writing `reading` at its times by dense output.

    Args:
        system: rate and derivative
        start: fields at `begin`, lanes last
        begin, end: times () [s], the same for all lanes
        tolerance: error allowed per step
        reading: what to keep and when
        kept: (next index per lane (lanes,), store, worst status (lanes,), steps taken (lanes,), refused (lanes,))

    Returns: fields at `end`, and `kept` brought up to date. A lane that cannot go on keeps its last good fields and a
    status that is not FINE.
    Checked by: tests/unit/numerics/test_march.py, tests/plain
    """
    lanes = start[0].shape[-1]
    span = jnp.maximum(end - begin, 0.0) * jnp.ones(lanes)
    h0 = first_step(system, start, jnp.maximum(span, 1e-30), tolerance)

    def going(carry):
        t, _, _, rest, n = carry
        active = (t < span * (1 - 1e-14)) & (rest[2] == status.FINE)
        return jnp.any(active) & (n < tolerance.steps)

    def once(carry):
        t, fields, h, rest, n = carry
        active = (t < span * (1 - 1e-14)) & (rest[2] == status.FINE)
        last = t + h * (1 + 1e-6) >= span
        size = jnp.where(active, jnp.where(last, span - t, h), 1.0)
        new, error, dense = step(system.rate, system.linearise, fields, size)
        worst = misfit(error, fields, new, tolerance)
        finite = jnp.isfinite(worst)
        good = active & finite & (worst <= 1.0)
        factor = jnp.where(finite, SAFETY * jnp.maximum(worst, 1e-8) ** (-1.0 / ORDER), SHRINK)
        index, store, code, taken, refused = rest
        reached = jnp.where(good, jnp.where(last, span, t + size), t)
        index, store = _read_between(reading, (index, store), (begin + t, size, good), (fields, new, dense))
        fields = [jnp.where(good, b, a) for a, b in zip(fields, new)]
        h = jnp.where(active, size * jnp.clip(factor, SHRINK, GROW), h)
        h = jnp.where(good & last, jnp.maximum(h, size), h)
        code = jnp.where(
            active & (h < SMALLEST * span), jnp.where(finite, status.STEP_TOO_SMALL, status.NOT_FINITE), code
        )
        return reached, fields, h, (index, store, code, taken + good, refused + (active & ~good)), n + 1

    t, fields, _, rest, _ = jax.lax.while_loop(going, once, (jnp.zeros(lanes), start, h0, kept, 0))
    code = jnp.where((rest[2] == status.FINE) & (t < span * (1 - 1e-12)), status.TOO_MANY_STEPS, rest[2])
    return fields, (rest[0], rest[1], code, rest[3], rest[4])


def _read_between(reading: Reading, written: Any, moved: Any, ends: Any):
    """Write every reading whose time lies in the step just taken."""
    t, size, good = moved
    old, new, dense = ends
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
        store = reading.write(store, reading.read(between(old, new, dense, theta)), index, now)
        return index + now, store

    return jax.lax.while_loop(more, one, written)
