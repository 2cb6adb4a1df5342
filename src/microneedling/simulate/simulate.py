"""The loop: jump at each event, march to the next, read on the way."""

from __future__ import annotations

import dataclasses
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.param import FieldMeaning
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.model import Model
from microneedling.numerics.jacobian import rate_and_jacobian
from microneedling.numerics.march import Reading, System, Tolerance, march
from microneedling.protocol.plan import Plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.moving import Moving, moving_part
from microneedling.skin.skin import Skin


@struct
class Course:
    """What a run gives back, lanes (people) last: readings, fields of the first person, end state, how it went."""

    readings: jax.Array | np.ndarray  # (time, scale, lanes)
    fields: tuple[jax.Array | np.ndarray, ...]  # first person: (time, depth) or (time,)
    end: State
    status: jax.Array  # (lanes,)
    steps: jax.Array  # (lanes,)
    refused: jax.Array  # (lanes,)


def one_lane(tree: Any) -> Any:
    """The same numbers with a lane axis of one person at the end."""
    return jax.tree.map(lambda x: jnp.asarray(x, dtype=float)[..., None], tree)


def simulate(model: Model, skin: Skin, plan: Plan, keep: Keep, *, still: tuple[str, ...] = ()) -> Course:
    """One person's course.

    Args:
        model: laws with their numbers
        skin: that person's skin
        plan: events in time order
        keep: what to read and when
        still: as for `simulate_many`

    Returns: Course with one lane.
    Checked by: tests/plain, tests/published, tests/golden
    """
    return simulate_many(one_lane(model), one_lane(skin), one_lane(plan), keep, still=still)


def simulate_many(model: Model, skin: Skin, plan: Plan, keep: Keep, *, still: tuple[str, ...] = ()) -> Course:
    """Many persons' courses in one call; every number of model, skin, events and scales has lanes last.

    Event times and the end are taken from the first lane: people share a calendar, not a pace.

    Args:
        model, skin, plan: as for `simulate`, each number with a trailing lane axis
        keep: `scales` may have a lane axis on their numbers or not
        still: components known not to move between events (laws/standard.py says which and when)

    Returns: Course. A person whose run fails keeps a status other than 0; the rest go on.
    Checked by: tests/plain, tests/unit/simulate/test_simulate.py
    """
    cells, lanes = skin.step.shape
    start = jax.tree.map(lambda x: filled(x, cells, lanes), model.start(skin))
    moving = moving_part(model, skin, start, still)
    layout = moving.layout
    sizes = [meaning.negligible for (_, meaning), moves in zip(field_meanings(start), moving.chosen) if moves]
    tolerance = Tolerance(keep.tolerance, tuple(layout.sorted(sizes)))
    times = plan.times[..., 0]
    spans = (plan.events, times, jnp.append(times[1:], plan.end[..., 0]))

    def segment(carry, this):
        event, begin, end = this
        state, kept = carry
        state = moving.tree.unflatten(_like(model.jump(state, event, skin), state))
        y = layout.pack(moving.of(state))
        reading = _reading(keep, moving, state)
        y, kept = march(_system(moving, state), y, (begin, end), tolerance=tolerance, reading=reading, kept=kept)
        return (moving.whole(layout.unpack(y), state), kept), None

    kept = _first_kept(keep, start, lanes)
    (end, kept), _ = jax.lax.scan(segment, (start, kept), spans)
    _, (readings, fields), status, steps, refused = kept
    return Course(readings=readings, fields=fields, end=end, status=status, steps=steps, refused=refused)


def field_meanings(state: State) -> list[tuple[str, FieldMeaning]]:
    """Path ("Collagen.columns.wounded.iii") and meaning of every field, in the order of the state's leaves."""
    leaves = jax.tree_util.tree_flatten_with_path(state)[0]
    return [(".".join(_step_name(s) for s in path[1:]), _meaning(state, path)) for path, _ in leaves]


def _step_name(step: Any) -> str:
    return str(getattr(step, "name", getattr(step, "key", getattr(step, "idx", ""))))


def _meaning(state: State, path: Any) -> FieldMeaning:
    node: Any = state
    found = None
    for step in path:
        name = getattr(step, "name", None)
        if name is not None:
            field = {f.name: f for f in dataclasses.fields(node)}[name]
            found = field.metadata.get("state", found)
            node = getattr(node, name)
        elif hasattr(step, "key"):
            node = node[step.key]
        else:
            node = node[step.idx]
    if found is None:
        raise TypeError(f"a state field has no meaning: {jax.tree_util.keystr(path)}")
    return found


def filled(x: jax.Array, cells: int, lanes: int) -> jax.Array:
    """A field of the state with its full shape: laws may give () where everybody is alike."""
    x = jnp.asarray(x, dtype=float)
    shape = (cells, lanes) if x.ndim and x.shape[0] == cells and (x.ndim == 2 or cells != lanes) else (lanes,)
    return jnp.broadcast_to(x if x.ndim != 1 or shape == (lanes,) else x[:, None], shape)


def _like(new: State, old: State) -> list[jax.Array]:
    """Leaves of `new` in the shapes of `old`."""
    return [jnp.broadcast_to(a, b.shape) for a, b in zip(jax.tree.leaves(new), jax.tree.leaves(old))]


def _system(moving: Moving, state: State) -> System:
    layout = moving.layout
    return System(
        rate=lambda y: layout.pack(moving.rates(layout.unpack(y), state)),
        linearise=lambda y: rate_and_jacobian(lambda fields: moving.rates(fields, state), layout.unpack(y))[1],
        layout=layout,
    )


def _reading(keep: Keep, moving: Moving, state: State) -> Reading:
    skin, lanes = moving.skin, moving.skin.step.shape[-1]

    def read(y):
        now = moving.whole(moving.layout.unpack(y), state)
        values = [jnp.broadcast_to(scale.read(now, skin), (lanes,)) for scale in keep.scales]
        first = tuple(f[..., 0] for f in jax.tree.leaves(now)) if keep.fields else ()
        return jnp.stack(values) if values else jnp.zeros((0, lanes)), first

    def write(store, value, index, due):
        readings, fields = store
        count = readings.shape[0]
        at = jnp.where(due, index, count)
        readings = readings.at[at, :, jnp.arange(lanes)].set(value[0].T, mode="drop")
        fields = tuple(f.at[at[0]].set(v, mode="drop") for f, v in zip(fields, value[1]))
        return readings, fields

    return Reading(jnp.asarray(keep.times), read, write)


def _first_kept(keep: Keep, start: State, lanes: int) -> Any:
    count, fields = len(keep.times), jax.tree.leaves(start)
    readings = jnp.full((count, len(keep.scales), lanes), jnp.nan)
    rooms = tuple(jnp.full((count, *y.shape[:-1]), jnp.nan) for y in fields) if keep.fields else ()
    flat = jnp.zeros(lanes, dtype=int)
    return flat, (readings, rooms), flat, flat, flat


def times_of(plan: Plan) -> np.ndarray:
    """Event times of a plan, first lane (event,) [s]."""
    times = np.asarray(plan.times)
    return times[..., 0] if times.ndim > 1 else times
