"""Courses in the resolved unit cell: the events of an arm played through the cell around one channel."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.core.state import State
from microneedling.laws.model import Model
from microneedling.laws.unit_cell import Conditions, grid_of, hole_of, matter_of
from microneedling.numerics.wedge import Wedge
from microneedling.numerics.wedge_march import Transport, march
from microneedling.protocol.plan import Plan
from microneedling.skin.components import Channels, Cover
from microneedling.skin.skin import Skin

PLACES = ("on_skin", "corneum", "epidermis", "dermis", "blood", "lymph", "receptor", "wiped")
FRAMES = 24


class NotOneNeedling(ValueError):
    """The cell stands for channels made at one visit."""


@dataclasses.dataclass(frozen=True)
class Stretch:
    """The time between two events of one arm, all people last; films dry and channels close exponentially in it."""

    begin: float
    end: float
    open: np.ndarray  # share of area open at the begin (depth, people) [1]
    closing: np.ndarray  # (depth, people) [s-1]
    volatile: np.ndarray  # (people,) [m]
    drying: np.ndarray  # (people,) [s-1]
    residue: np.ndarray  # (people,) [m]
    events: tuple[Any, ...]  # what happens at the begin, in order; leaves (..., people)

    @property
    def punctures(self) -> float:
        """Punctures per area made at the begin, of one person [m-2]."""
        return float(sum(event.punctures for event in self.events))


@dataclasses.dataclass(frozen=True)
class Picture:
    """The plume of the central person: where the nodes are and how much stands there."""

    z: np.ndarray  # (rows + 1,) [m]
    r: np.ndarray  # (rows + 1, columns + 1) [m]
    times: np.ndarray  # (frame,) [s]
    concentration: np.ndarray  # (frame, rows + 1, columns + 1) total per volume [mol m-3]
    wall: np.ndarray  # radius of the hole, below its end that of the end (rows + 1,) [m]
    end: float  # depth of the hole [m]


@dataclasses.dataclass(frozen=True)
class Resolved:
    """One active in one arm: amounts per area by place, the plume, and how well the grid resolves it."""

    times: np.ndarray  # (time,) [s]
    amounts: dict[str, np.ndarray]  # place -> (people, time) [mol m-2]
    picture: Picture
    grid_error: float  # largest change of an amount when the grid is halved, over three, as a share of the dose [1]
    balance_error: float  # [1]
    steps: int


def stretches_of(model: Model, skin: Skin, plan: Plan) -> tuple[Stretch, ...]:
    """The arm's time cut at its events, with what the laws of channels and cover say about each piece.

    Args:
        model, skin, plan: lanes (people) last, as for `simulate_many`

    Errors: NotOneNeedling if the channels are made at more than one visit.
    Checked by: tests/unit/simulate/test_resolved.py
    """
    state = model.start(skin)
    people = skin.step.shape[-1]
    owners = {law.owns: law for law in model.laws}
    times = np.append(np.asarray(plan.times[..., 0]), float(plan.end[0]))
    needled = [n for n in range(times.size - 1) if np.any(np.asarray(plan.events.punctures[n]) > 0)]
    if len(needled) != 1:
        raise NotOneNeedling(f"found {len(needled)} needlings")
    found: list[Stretch] = []
    waiting: tuple[Any, ...] = ()
    for n in range(times.size - 1):
        event = jax.tree.map(lambda x: x[n], plan.events)
        waiting = (*waiting, event)
        jumped = {one.__name__: owners[one].jump(state, event, skin) for one in (Channels, Cover)}
        state = State(parts={**state.parts, **jumped})
        if times[n + 1] <= times[n]:
            continue
        closing, drying = (owners[one].rate(state, skin) for one in (Channels, Cover))
        cover, channels = state[Cover], state[Channels]
        stretch = Stretch(
            begin=times[n],
            end=times[n + 1],
            open=np.broadcast_to(channels.open, skin.step.shape),
            closing=_decay(closing.open, channels.open, skin.step.shape),
            volatile=np.broadcast_to(cover.film, people),
            drying=_decay(drying.film, cover.film, (people,)),
            residue=np.broadcast_to(cover.residue, people),
            events=waiting,
        )
        found.append(stretch)
        state, waiting = _later(state, stretch), ()
    return tuple(found)


def _decay(rate: Any, value: Any, shape: tuple[int, ...]) -> np.ndarray:
    rate, value = np.broadcast_to(rate, shape), np.broadcast_to(value, shape)
    return np.divide(-rate, value, out=np.zeros(shape), where=value > 0)


def _later(state: State, stretch: Stretch) -> State:
    """The state at the end of a stretch: what decays has decayed."""
    span = stretch.end - stretch.begin
    channels = dataclasses.replace(state[Channels], open=jnp.asarray(stretch.open * np.exp(-stretch.closing * span)))
    cover = dataclasses.replace(state[Cover], film=jnp.asarray(stretch.volatile * np.exp(-stretch.drying * span)))
    return State(parts={**state.parts, "Channels": channels, "Cover": cover})


def resolved(
    model: Model,
    skin: Skin,
    plan: Plan,
    *,
    active: int,
    perfusion: Callable[[float], np.ndarray],
    people: Sequence[int],
    intact: float = 1.0,
    fineness: int = 2,
    tolerance: float = 1e-3,
) -> Resolved:
    """One active of one arm, for the people asked for; the first of them is drawn and checked on a coarser grid.

    Args:
        model, skin, plan: lanes last
        active: its number in the study
        perfusion: time [s] -> rise of flow over rest (depth,); the central person's, from the depth form
        people: lanes to solve
        intact: share of the barrier that is left [1]
        fineness: of the grid; 1 is the coarsest
        tolerance: error of a time step as a share of the dose [1]

    Errors: NotOneNeedling.
    Checked by: tests/contracts/test_two_levels.py, tests/unit/simulate/test_resolved.py
    """
    stretches = stretches_of(model, skin, plan)
    drug = {type(law).__name__: law for law in model.laws}["Permeation"]
    times = _times(stretches)

    def one(lane: int, fine: int) -> _Lane:
        def cut(tree: Any) -> Any:
            return jax.tree.map(lambda x: np.asarray(x)[..., lane], tree)

        return _Lane(cut(skin), cut(drug), active, [cut_stretch(s, lane) for s in stretches], perfusion, intact, fine)

    lanes = [one(lane, fineness).played(times, tolerance) for lane in people]
    coarse = one(people[0], max(1, fineness // 2)).played(times, tolerance)
    dose = max(float(np.max(lanes[0].total)), 1e-300)
    changed = max(np.max(np.abs(lanes[0].amounts[p] - coarse.amounts[p])) for p in PLACES) / dose
    balance = max(
        float(np.max(np.abs(lane.total - lane.applied))) / max(np.max(lane.applied), 1e-300) for lane in lanes
    )
    amounts = {place: np.stack([lane.amounts[place] for lane in lanes]) for place in PLACES}
    steps = max(lane.steps for lane in lanes)
    return Resolved(times, amounts, lanes[0].picture, changed / 3, balance, steps)


def cut_stretch(stretch: Stretch, lane: int) -> Stretch:
    """The stretch of one person."""
    fields = {f.name: getattr(stretch, f.name) for f in dataclasses.fields(stretch)}
    cut = {k: v[..., lane] for k, v in fields.items() if isinstance(v, np.ndarray)}
    events = jax.tree.map(lambda x: np.asarray(x)[..., lane], stretch.events)
    return dataclasses.replace(stretch, **cut, events=events)


def _times(stretches: Sequence[Stretch]) -> np.ndarray:
    """When to read: after each dose ever further apart, and evenly to the end [s]."""
    begin, end = stretches[0].begin, stretches[-1].end
    after = np.geomspace(60.0, max(end - begin, 120.0), 24)
    dosed = [s.begin for s in stretches if any(float(np.max(d)) > 0 for event in s.events for d in event.dosed)]
    times = np.concatenate([np.linspace(begin, end, 25), *[t + after for t in dosed]])
    return np.unique(np.round(times[(times >= begin) & (times <= end)], 3))


@dataclasses.dataclass(frozen=True)
class _Played:
    amounts: dict[str, np.ndarray]
    total: np.ndarray
    applied: np.ndarray
    picture: Picture
    steps: int


@dataclasses.dataclass(frozen=True)
class _Lane:
    """One person's cell."""

    skin: Skin
    drug: Any
    active: int
    stretches: list[Stretch]
    perfusion: Callable[[float], np.ndarray]
    intact: float
    fineness: int

    def played(self, times: np.ndarray, tolerance: float) -> _Played:
        """All stretches in turn, reading at `times` and for the frames of the picture."""
        needled = next(s for s in self.stretches if s.punctures > 0)
        hole = hole_of(self.skin, area=needled.open, density=needled.punctures)
        grid = grid_of(self.skin, hole, fineness=self.fineness)
        space = np.pi * hole.outer**2
        y, wiped, applied, rows, frames, steps, film = None, 0.0, 0.0, [], [], 0, 0.0
        for stretch in self.stretches:
            transport = self._transport(stretch, grid, needled)
            here = times[(times >= stretch.begin) & (times < stretch.end)]
            here = np.append(here, stretch.end)
            y = np.zeros(transport.matter.assembly.inner + 4) if y is None else y
            y, gone, dose = self._jumped(y, stretch, film, space)
            wiped, applied = wiped + gone, applied + dose
            track = march(transport, y, here, begin=stretch.begin, tolerance=tolerance)
            last = stretch is self.stretches[-1]
            for time, one in list(zip(here, track.amounts))[: None if last else -1]:
                now = transport.at(time)
                rows.append([*_amounts(transport, one, now, self.skin), wiped, applied])
                frames.append(_concentration(transport, one, now))
            y, steps = track.amounts[-1], steps + track.steps
            film = transport.matter.volumes(stretch.end)[0] / transport.at(stretch.end).holds[0]
        table = np.array(rows) / space
        amounts = {place: table[:, n] for n, place in enumerate(PLACES)}
        laid = int(np.argmax(table[:, -1] > 0))
        every = np.unique(np.linspace(laid, len(times) - 1, FRAMES).round().astype(int))
        drawn = np.stack([frames[n] for n in every])
        picture = Picture(grid.z, grid.r, times[every], drawn, grid.r[:, grid.inner], hole.end)
        return _Played(amounts, table[:, : len(PLACES)].sum(axis=1), table[:, -1], picture, steps)

    def _jumped(self, y: np.ndarray, stretch: Stretch, film: float, space: float) -> tuple[np.ndarray, float, float]:
        """Amounts after a stretch's events; what was wiped off and laid on [mol]. `film`: share of the top's amount."""
        y, top, gone, laid = y.copy(), y.size - 4, 0.0, 0.0
        for event in stretch.events:
            off = y[top] * film * float(event.wiped)
            dose = float(event.dosed[self.active]) * space
            y[top] += dose - off
            gone, laid = gone + off, laid + dose
        return y, gone, laid

    def _transport(self, stretch: Stretch, grid: Wedge, needled: Stretch) -> Transport:
        first = np.where(needled.open > 0, needled.open, 1.0)
        before = stretch.begin < needled.begin
        share = np.zeros_like(first) if before else np.minimum(1.0, stretch.open / first)
        floor = float(self.drug.film_floor)

        def still(time: float) -> np.ndarray:
            return share * np.exp(-stretch.closing * (time - stretch.begin))

        def film(time: float) -> float:
            return float(stretch.volatile * np.exp(-stretch.drying * (time - stretch.begin)) + stretch.residue) + floor

        alive = float(self.skin.alive) > 0.5
        steady = not alive and not np.any(stretch.closing)
        conditions = Conditions(open=still, film=film, perfusion=self.perfusion, steady=steady)
        solute = self.drug.actives[self.active]
        return Transport(matter_of(self.skin, solute, grid, now=conditions, intact=self.intact))


def _amounts(transport: Transport, y: np.ndarray, now: Any, skin: Skin) -> list[float]:
    """On the skin, in corneum, epidermis and dermis (their channels with them), blood, lymph, receptor [mol]."""
    m, this = transport.matter, transport.matter.assembly
    u = transport.potentials(y, now).ravel()
    capacity = m.capacity.copy()
    share = m.open(0.0) if m.steady else m.open(now.time)
    capacity[m.hole] += share * (m.fluid[1] - capacity[m.hole])
    held = (this.shares * u[this.nodes]).sum(axis=1) * capacity
    by_row = held.reshape(this.grid.shape).sum(axis=1)
    edges = np.cumsum([np.sum(np.asarray(skin.step) * np.asarray(getattr(skin, n))) for n in ("corneum", "epidermis")])
    layer = np.searchsorted(edges, this.grid.middle)
    ends = y[this.inner : this.inner + 2] / now.holds * m.volumes(now.time)
    return [ends[0], *(by_row[layer == n].sum() for n in range(3)), y[-2], y[-1], ends[1]]


def _concentration(transport: Transport, y: np.ndarray, now: Any) -> np.ndarray:
    """Total concentration at the nodes (rows + 1, columns + 1) [mol m-3]."""
    m, this = transport.matter, transport.matter.assembly
    u = transport.potentials(y, now)
    volume = np.bincount(this.nodes.ravel(), this.shares.ravel(), minlength=u.size).reshape(u.shape)
    stored = now.stored.reshape(u.shape)
    return np.asarray(u * stored / volume, dtype=np.float32)
