"""An arm's time cut at its events: what lies on the skin, how open the channels are, what happens in between."""

from __future__ import annotations

import dataclasses
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.state import State
from microneedling.laws.model import Model
from microneedling.protocol.plan import Plan
from microneedling.skin.components import Channels, Cover
from microneedling.skin.skin import Skin


class NotOneNeedling(ValueError):
    """The cell stands for channels made at one visit."""


@dataclasses.dataclass(frozen=True)
class Stretch:
    """The time between two events of one arm, people last; films dry and channels close exponentially in it."""

    begin: float
    end: float
    area: np.ndarray  # share of area open at the begin (depth, people) [1]
    closing: np.ndarray  # (depth, people) [s-1]
    springing: np.ndarray  # share that springs back, at the begin (depth, people) [1]
    recoil: np.ndarray  # (depth, people) [s-1]
    filling: np.ndarray  # share of the diffusivity in water left in the channels (people,) [1]
    held: np.ndarray  # 1 while needles are in the skin (people,) [1]
    volatile: np.ndarray  # (people,) [m]
    drying: np.ndarray  # (people,) [s-1]
    residue: np.ndarray  # (people,) [m]
    events: tuple[Any, ...]  # what happens at the begin, in order; leaves (..., people)

    @property
    def punctures(self) -> float:
        """Punctures per area made at the begin, of one person [m-2]."""
        return float(sum(event.punctures for event in self.events))

    def open(self, time: float) -> np.ndarray:
        """Open area at a time within [s], with what still springs back (depth,) [1]; of one person."""
        span = time - self.begin
        return self.area * np.exp(-self.closing * span) + self.springing * np.exp(-self.recoil * span)

    def film(self, time: float) -> float:
        """Thickness of the film at a time within [s], of one person [m]."""
        return float(self.volatile * np.exp(-self.drying * (time - self.begin)) + self.residue)

    def of(self, lane: int) -> Stretch:
        """The stretch of one person."""
        fields = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        arrays = {name: value for name, value in fields.items() if isinstance(value, np.ndarray)}
        cut: dict[str, Any] = {name: value[..., lane] for name, value in arrays.items()}
        events = jax.tree.map(lambda x: np.asarray(x)[..., lane], self.events)
        return dataclasses.replace(self, **cut, events=events)


def stretches_of(model: Model, skin: Skin, plan: Plan) -> tuple[Stretch, ...]:
    """What the laws of channels and cover say about each piece of an arm.

    Args:
        model, skin, plan: lanes (people) last, as for `simulate_many`

    Errors: NotOneNeedling if the channels are not all made at one visit.
    Checked by: tests/unit/simulate/test_resolved.py
    """
    times = np.append(np.asarray(plan.times[..., 0]), float(plan.end[0]))
    needled = sum(bool(np.any(np.asarray(one) > 0)) for one in plan.events.punctures)
    if needled != 1:
        raise NotOneNeedling(f"{needled or 'no'} needlings; the cell stands for the channels of one")
    owners = {law.owns: law for law in model.laws}
    state, found = model.start(skin), []
    waiting: tuple[Any, ...] = ()
    for n in range(times.size - 1):
        event = jax.tree.map(lambda x, n=n: x[n], plan.events)
        waiting = (*waiting, event)
        jumped = {one.__name__: owners[one].jump(state, event, skin) for one in (Channels, Cover)}
        state = State(parts={**state.parts, **jumped})
        if times[n + 1] <= times[n]:
            continue
        rates: dict[type, Any] = {one: owners[one].rate(state, skin) for one in (Channels, Cover)}
        found.append(_stretch(state, rates, skin, span=(times[n], times[n + 1]), events=waiting))
        state, waiting = _later(state, found[-1]), ()
    return tuple(found)


def _stretch(
    state: State, rates: dict[type, Any], skin: Skin, *, span: tuple[float, float], events: tuple[Any, ...]
) -> Stretch:
    deep, flat = skin.step.shape, skin.step.shape[1:]
    channels, cover, closing, drying = state[Channels], state[Cover], rates[Channels], rates[Cover]
    return Stretch(
        *span,
        area=np.broadcast_to(channels.open, deep),
        closing=_decay(closing.open, channels.open, deep),
        springing=np.broadcast_to(channels.recoiling, deep),
        recoil=_decay(closing.recoiling, channels.recoiling, deep),
        filling=np.broadcast_to(1 - channels.held * channels.obstruction, flat),
        held=np.broadcast_to(channels.held, flat),
        volatile=np.broadcast_to(cover.film, flat),
        drying=_decay(drying.film, cover.film, flat),
        residue=np.broadcast_to(cover.residue, flat),
        events=events,
    )


def _decay(rate: Any, value: Any, shape: tuple[int, ...]) -> np.ndarray:
    rate, value = np.broadcast_to(rate, shape), np.broadcast_to(value, shape)
    return np.divide(-rate, value, out=np.zeros(shape), where=value > 0)


def _later(state: State, one: Stretch) -> State:
    """The state at the end of a stretch: what decays has decayed."""
    span = one.end - one.begin
    left = [one.area * np.exp(-one.closing * span), one.springing * np.exp(-one.recoil * span)]
    channels = dataclasses.replace(state[Channels], open=jnp.asarray(left[0]), recoiling=jnp.asarray(left[1]))
    cover = dataclasses.replace(state[Cover], film=jnp.asarray(one.volatile * np.exp(-one.drying * span)))
    return State(parts={**state.parts, "Channels": channels, "Cover": cover})
