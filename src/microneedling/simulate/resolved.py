"""Courses in the resolved unit cell: the events of an arm played through the cell around one channel."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np

from microneedling.laws.model import Model
from microneedling.laws.unit_cell import Conditions, Hole, grid_of, hole_of, matter_of, within
from microneedling.numerics.wedge import Wedge
from microneedling.numerics.wedge_march import march
from microneedling.numerics.wedge_system import Moment, Transport
from microneedling.protocol.plan import Plan
from microneedling.simulate.stretches import Stretch, stretches_of
from microneedling.skin.skin import Skin

PLACES = ("on_skin", "corneum", "epidermis", "dermis", "depot", "blood", "lymph", "metabolised", "receptor", "wiped")
BESIDE = 6  # entries of a cell's amounts beside its nodes: two reservoirs, three sinks, the depot
FRAMES = 24


class Saturated(ValueError):
    """A film holds more than it dissolves; the cell is linear."""


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
    grid_error: float  # what extrapolation moved the central person's amounts by, at most, as a share of the dose [1]
    balance_error: float  # [1]
    steps: int


@dataclasses.dataclass(frozen=True)
class Setting:
    """What the cells of one arm and active share."""

    active: int
    perfusion: Callable[[float], np.ndarray]  # time [s] -> rise of flow over rest (depth,) [1]
    intact: float = 1.0  # share of the barrier that is left [1]
    tolerance: float = 1e-3  # error of a time step as a share of all there is [1]


def resolved(model: Model, skin: Skin, plan: Plan, setting: Setting, *, people: Sequence[int]) -> Resolved:
    """One active of one arm, for the people asked for, on a grid and on one twice as fine; the first of them is drawn.

        amount = fine + (fine - coarse)/3      second order in the grid, so the leading error cancels (Richardson)

    Args:
        model, skin, plan: lanes last
        setting: the active, flow and barrier
        people: lanes to solve

    Errors: NotOneNeedling, Saturated.
    Checked by: tests/contracts/test_two_levels.py, tests/unit/simulate/test_resolved.py
    """
    stretches = stretches_of(model, skin, plan)
    drug, times = model.law("Permeation"), _times(stretches)

    def played(lane: int, fine: int) -> _Played:
        own, law = (jax.tree.map(lambda x: np.asarray(x)[..., lane], tree) for tree in (skin, drug))
        return _Lane(own, law, setting, [one.of(lane) for one in stretches], fine).played(times)

    coarse, lanes = ([played(lane, fine) for lane in people] for fine in (1, 2))
    dose = max(float(np.max(lanes[0].applied)), 1e-300)
    found = {place: np.stack([one.amounts[place] for one in lanes]) for place in PLACES}
    moved = {place: (found[place] - np.stack([one.amounts[place] for one in coarse])) / 3 for place in PLACES}
    error = max(float(np.max(np.abs(moved[place][0]))) for place in PLACES) / dose
    balance = max(float(np.max(np.abs(one.total - one.applied))) / max(np.max(one.applied), 1e-300) for one in lanes)
    amounts = {place: found[place] + moved[place] for place in PLACES}
    return Resolved(times, amounts, lanes[0].picture, error, balance, max(one.steps for one in lanes))


def _times(stretches: Sequence[Stretch]) -> np.ndarray:
    """When to read: after each event that leaves something, ever further apart, and evenly to the end [s]."""
    begin, end = stretches[0].begin, stretches[-1].end
    after = np.geomspace(60.0, max(end - begin, 120.0), 24)
    given = ("dosed", "placed", "injected")
    dosed = [s.begin for s in stretches for e in s.events if any(np.max(d) > 0 for g in given for d in getattr(e, g))]
    times = np.concatenate([np.linspace(begin, end, 25), *[t + after for t in sorted(set(dosed))]])
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
    setting: Setting
    stretches: list[Stretch]
    fineness: int

    def played(self, times: np.ndarray) -> _Played:
        """All stretches in turn, reading at `times` and for the frames of the picture."""
        hole = self._hole()
        grid = grid_of(self.skin, hole, fineness=self.fineness)
        space, y, booked, pace = np.pi * hole.outer**2, None, np.zeros(3), 0.0
        rows, frames, steps, before = [], [], 0, None
        for stretch in self.stretches:
            transport = self._transport(stretch, grid, hole)
            y = np.zeros(transport.matter.assembly.inner + BESIDE) if y is None else y
            y, given, pace = self._jumped(y, stretch, before or transport, pace)
            booked = booked + given
            transport = self._with_depot(transport, stretch, y[-1], pace)
            here = np.append(times[(times >= stretch.begin) & (times < stretch.end)], stretch.end)
            track = march(transport, y, here, begin=stretch.begin, tolerance=self.setting.tolerance)
            shown = here.size if stretch is self.stretches[-1] else here.size - 1
            for time, one in zip(here[:shown], track.amounts):
                now = transport.at(time)
                self._dissolves(float(one[transport.matter.assembly.inner] / now.holds[0]))
                rows.append([*_amounts(transport, one, now, self.skin), *booked])
                frames.append(_concentration(transport, one, now))
            y, steps, before = track.amounts[-1], steps + track.steps, transport
        return self._read(np.array(rows) / space, times, np.stack(frames), (grid, hole, steps))

    def _read(
        self, table: np.ndarray, times: np.ndarray, frames: np.ndarray, known: tuple[Wedge, Hole, int]
    ) -> _Played:
        grid, hole, steps = known
        receptor, sampled, wiped, applied = (table[:, n] for n in (-4, -3, -2, -1))
        read = [*table[:, :-4].T, receptor + sampled, wiped]
        first = int(np.argmax(applied > 0))
        every = np.unique(np.linspace(first, times.size - 1, FRAMES).round().astype(int))
        picture = Picture(grid.z, grid.r, times[every], frames[every], grid.r[:, grid.inner], hole.end)
        return _Played(dict(zip(PLACES, read)), np.sum(read, axis=0), applied, picture, steps)

    def _hole(self) -> Hole:
        """The channel just after the needling, as wide as the needle while it stays in."""
        needled = next(s for s in self.stretches if s.punctures > 0)
        area = needled.area + needled.springing if float(needled.held) > 0 else needled.area
        return hole_of(self.skin, area=area, density=needled.punctures)

    def _jumped(
        self, y: np.ndarray, stretch: Stretch, before: Transport, pace: float
    ) -> tuple[np.ndarray, np.ndarray, float]:
        """Amounts after a stretch's events; (sampled, wiped, applied) [mol]; how fast the depot dissolves [s-1]."""
        k, y, this = self.setting.active, y.copy(), before.matter.assembly
        now, given, inner = before.at(stretch.begin), np.zeros(3), before.matter.assembly.inner
        space = np.pi * this.grid.r[0, -1] ** 2
        film, below = before.matter.volumes(stretch.begin) / now.holds
        for event in stretch.events:
            placed, injected = (float(np.sum(x[k] * self.skin.step)) * space for x in (event.placed, event.injected))
            laid, outside = float(event.dosed[k]) * space, float(event.outside[k]) * space
            off = y[inner] * film * float(event.wiped) + y[-1] * float(event.withdrawn)
            emptied = y[:inner] * float(event.emptied) * _in_fluid(before, now)
            sample = y[inner + 1] * below * float(event.sampled)
            left = y[-1] * (1 - float(event.withdrawn))
            if placed > 0:
                pace = (left * pace + placed * float(event.dissolving[k])) / (left + placed)
            y[inner] += laid - y[inner] * film * float(event.wiped)
            y[:inner] += within(self.skin, this, event.injected[k], _bolus(self.skin, event.injected[k])) - emptied
            y[inner + 1] -= sample
            y[-1] = left + placed
            given += [sample, off + emptied.sum() + outside, laid + placed + injected + outside]
        return y, given, pace

    def _dissolves(self, film: float) -> None:
        """The film's concentration [mol m-3] must be one it can have, when laid on and while it dries."""
        if film > float(self.drug.actives[self.setting.active].saturation) * (1 + 1e-9):
            raise Saturated("a film holds more than it dissolves; the cell takes dissolved doses only")

    def _transport(self, stretch: Stretch, grid: Wedge, hole: Hole) -> Transport:
        first = 1 - np.exp(-((hole.wall(np.asarray(self.skin.depth)) / hole.outer) ** 2))
        before = stretch.begin < next(s for s in self.stretches if s.punctures > 0).begin
        floor, solute = float(self.drug.film_floor), self.drug.actives[self.setting.active]

        def share(time: float) -> np.ndarray:
            return np.zeros_like(first) if before else np.minimum(1.0, stretch.open(time) / first)

        whole = bool(np.all(stretch.area >= first * (1 - 1e-9)))  # what springs back only adds to an open hole
        still = not np.any(stretch.closing) and (whole or not np.any(stretch.springing * stretch.recoil))
        conditions = Conditions(
            open=share,
            film=lambda time: stretch.film(time) + floor,
            perfusion=self.setting.perfusion,
            steady=float(self.skin.alive) < 0.5 and (still or before),
            filling=float(stretch.filling),
            intact=self.setting.intact,
        )
        return Transport(matter_of(self.skin, solute, grid, now=conditions))

    def _with_depot(self, transport: Transport, stretch: Stretch, left: float, pace: float) -> Transport:
        """The same with a depot of `left` [mol] that dissolves as it was placed."""
        if left <= 0 or pace <= 0:
            return transport
        matter, k = transport.matter, self.setting.active
        events = [event for one in self.stretches if one.begin <= stretch.begin for event in one.events]
        profile = np.sum([np.asarray(event.placed[k]) for event in events], axis=0)
        nodes = within(self.skin, matter.assembly, profile, 0.0)
        nodes = nodes / nodes.sum() * left * pace
        return Transport(
            dataclasses.replace(matter, source=lambda time: nodes * np.exp(-pace * (time - stretch.begin)))
        )


def _bolus(skin: Skin, injected: np.ndarray) -> float:
    """Radius of a bolus as wide as it is high [m]."""
    return 0.5 * float(np.sum(np.asarray(skin.step)[np.asarray(injected) > 0]))


def _in_fluid(transport: Transport, now: Moment) -> np.ndarray:
    """Share of each inner node's content that stands in the channel's fluid (inner,) [1]."""
    m, this = transport.matter, transport.matter.assembly
    fluid = np.zeros(m.capacity.size)
    fluid[m.hole] = m.open(now.time) * m.fluid[1]
    weights = (this.shares * fluid[:, None]).ravel()
    nodes = np.bincount(this.nodes.ravel(), weights, minlength=now.stored.size)
    return (nodes / np.where(now.stored > 0, now.stored, 1.0))[this.across : this.across + this.inner]


def _amounts(transport: Transport, y: np.ndarray, now: Moment, skin: Skin) -> list[float]:
    """Amounts in the order of PLACES, channels with the layers they cross; the receptor less what was sampled [mol]."""
    by_row, ends = transport.by_row(y, now), transport.in_reservoirs(y, now)
    edges = np.cumsum([np.sum(np.asarray(skin.step) * np.asarray(getattr(skin, n))) for n in ("corneum", "epidermis")])
    layer = np.searchsorted(edges, transport.matter.assembly.grid.middle)
    return [ends[0], *(by_row[layer == n].sum() for n in range(3)), y[-1], *y[-4:-1], ends[1]]


def _concentration(transport: Transport, y: np.ndarray, now: Moment) -> np.ndarray:
    """Total concentration at the nodes (rows + 1, columns + 1) [mol m-3]."""
    this = transport.matter.assembly
    u = transport.potentials(y, now)
    volume = np.bincount(this.nodes.ravel(), this.shares.ravel(), minlength=u.size)
    return np.asarray(u * (now.stored / volume).reshape(u.shape), dtype=np.float32)
