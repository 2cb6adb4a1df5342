"""Slopes of readings by every number of a course, for a handful of people at once, on the native machine."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import numpy as np

from microneedling.numerics.machine import run
from microneedling.numerics.machine_back import march_back
from microneedling.numerics.march import STEPS
from microneedling.numerics.native import LANES
from microneedling.protocol.plan import Plan
from microneedling.simulate.adjoint import FIXED_BACK, JUMP_BACK, LINEARISE_BACK, RATE_BACK, READ_BACK, SOLVE_BACK, Way
from microneedling.simulate.keep import Keep
from microneedling.simulate.native_course import Bench, lanes_of, trail_of

Leaves = list[np.ndarray]


@dataclasses.dataclass(frozen=True)
class Slopes:
    """Readings asked for, and what their weighted sum gains by each number; people last."""

    readings: np.ndarray  # (time, scale, people)
    model: Any
    skin: Any
    scales: tuple[Any, ...]
    events: Any  # as in the plan: (event, ..., people)
    status: np.ndarray  # (people,)
    steps: np.ndarray  # accepted steps gone back over (people,)


@dataclasses.dataclass(frozen=True)
class _Stretch:
    """What the way back needs to know of an event and the time until the next."""

    before: Leaves
    event: Leaves
    after: Leaves
    trail: tuple[np.ndarray, ...]
    seen: dict[int, np.ndarray]  # fields at those of its readings that count


def slopes_on(way: Way, model: Any, skin: Any, plan: Plan, *, keep: Keep, weights: np.ndarray) -> Slopes:
    """The reverse derivative of Σ weight · reading by every number of model, skin, scales and events, person by person.

    What is differentiated is the computed course itself: step sizes, the acceptance of steps, the times of events and
    of readings are taken as they were; of `max`, `min` and `where` it is the branch taken.

    Args:
        way: made for numbers of these shapes
        model, skin, plan: of at most LANES people, each number with a trailing lane axis
        keep: scales with a lane axis, times, tolerance
        weights: of each reading (time, scale)

    Returns: Slopes; of one who failed they are not numbers.
    Checked by: tests/unit/simulate/test_adjoint_course.py (against differences, with the same steps and with free ones)
    """
    numbers = (model, skin, keep.scales)
    bench = Bench(way.machine, lanes_of(numbers), keep)
    counts = np.flatnonzero(np.any(weights != 0, axis=1))
    last = float(bench.times[counts[-1]]) if counts.size else -np.inf
    bench.watched = frozenset(counts.tolist())
    people = skin.step.shape[-1]
    course = forth(bench, plan, last)
    back = _Back(way, bench, weights)
    events = [back.stretch(one) for one in reversed(course)][::-1]
    back.start()
    failed = bench.outcome[0, :people] != 0
    stacked = _stacked(events, lanes_of(plan.events))

    def of(tree: Any, leaves: Sequence[np.ndarray]) -> Any:
        found = [np.where(failed, np.nan, x[..., :people]) for x in leaves]
        return jax.tree.unflatten(jax.tree.structure(tree), found)

    model_, skin_, scales_ = of(numbers, back.numbers)
    steps = sum((one.trail[3][:people] for one in course), start=np.zeros(people, dtype=int))
    return Slopes(
        readings=bench.readings[..., :people],
        model=model_,
        skin=skin_,
        scales=scales_,
        events=of(plan.events, stacked),
        status=bench.outcome[0, :people],
        steps=steps,
    )


def forth(bench: Bench, plan: Plan, last: float) -> list[_Stretch]:
    """The course up to the last reading that counts, remembered for the way back."""
    times = np.asarray(plan.times)[..., 0]
    ends = np.append(times[1:], np.asarray(plan.end)[..., 0])
    events, room = lanes_of(plan.events), trail_of(STEPS, int(bench.rows.sum()))
    course: list[_Stretch] = []
    for n, span in enumerate(zip(times, ends)):
        if course and times[n] >= last:
            break
        before, event = bench.state, [x[n] for x in events]
        room[3][:] = 0
        bench.trail, bench.seen = room, {}
        bench.stretch(event, span)
        count = int(room[3].max())
        trail = (*(x[:count].copy() for x in room[:3]), room[3].copy())
        course.append(_Stretch(before, event, bench.begun, trail, bench.seen))
    return course


def _stacked(events: Sequence[Leaves], whole: Leaves) -> Leaves:
    """Bars of events on their first axis; nothing of those after the last reading."""
    found = [np.zeros_like(x) for x in whole]
    for n, event in enumerate(events):
        for room, bar in zip(found, event):
            room[n] = bar
    return found


class _Back:
    """The bars of the state and of all numbers, while a course is taken back."""

    def __init__(self, way: Way, bench: Bench, weights: np.ndarray):
        self.way, self.bench, self.weights = way, bench, weights
        machine = way.machine
        self.numbers = [np.zeros(v.shape) for v in machine.numbers]
        self.state = [np.zeros(v.shape) for v in machine.stays]
        at, sections = machine.program.at, machine.program.sections
        given, seeds, begins = way.given, way.seeds, machine.begins
        places = [at(seeds[SOLVE_BACK][0]), begins[SOLVE_BACK], at(given[RATE_BACK][0]), at(seeds[RATE_BACK][0])]
        places += [begins[RATE_BACK], at(given[LINEARISE_BACK][0]), *map(at, way.pulls), begins[LINEARISE_BACK]]
        codes = [sections[n] for n in (SOLVE_BACK, RATE_BACK, LINEARISE_BACK)]
        self.back = (*codes, np.array(places, dtype=np.int64))

    def stretch(self, one: _Stretch) -> Leaves:
        """Back to before an event; returns the event's bars."""
        way, bench = self.way, self.bench
        if one.trail[3].max() > 0:
            bench.load(way.machine.stays, one.after)
            bench.run(0)
            reads = self._readings(one)
            pairs = list(zip(self.state, way.machine.moves))
            bar = np.concatenate([x.reshape(-1, LANES) for x, moves in pairs if moves])
            march_back(run, bench.program, (self.back, one.trail, reads), bar)
            self.state = [x if not moves else np.zeros_like(x) for x, moves in pairs]
            moved = bench.whole(bar)
            felt = self._fixed()
            self.state = [(m if moves else x) + f for m, (x, moves), f in zip(moved, pairs, felt)]
        given = [*one.before, *one.event]
        bench.load(way.given[JUMP_BACK], given)
        bench.load(way.seeds[JUMP_BACK], self.state)
        bars = bench.results(JUMP_BACK, way.given[JUMP_BACK])
        self.state = bars[: len(one.before)]
        return bars[len(one.before) :]

    def start(self) -> None:
        """From the state at the begin to the numbers it was made of."""
        memory, at = self.bench.memory, self.way.machine.program.at
        for bar, (leaf, place) in zip(self.state, self.way.starts):
            if place is not None:
                begin = at(place) + leaf.first * LANES
                memory[begin : begin + bar.size] += bar.reshape(-1)
        self._fixed()

    def _fixed(self) -> Leaves:
        """What the bars added up so far say of the numbers, which is kept, and of the state that stood still."""
        machine = self.way.machine
        bars = self.bench.results(FIXED_BACK, (*machine.numbers, *machine.stays))
        for total, bar in zip(self.numbers, bars):
            total += bar
        begin, end = self.way.sums
        self.bench.memory[begin:end] = 0.0
        return bars[len(self.numbers) :]

    def _readings(self, one: _Stretch) -> tuple[np.ndarray, ...]:
        """Times of a stretch's readings, bars of the fields read, and the step each lane was in."""
        way, bench, wanted = self.way, self.bench, sorted(one.seen)
        times = bench.times[wanted]
        seeds = np.zeros((len(wanted), int(bench.rows.sum()), LANES))
        steps = np.full((len(wanted), LANES), -1, dtype=np.int64)
        _, begins, sizes, count = one.trail
        for n, when in enumerate(wanted):
            fields = one.seen[when]
            read = np.all(np.isfinite(fields), axis=0)
            weight = np.where(read, self.weights[when][:, None], 0.0)
            self._put(way.given[READ_BACK], np.where(read, fields, 0.0))
            self._put(way.seeds[READ_BACK], weight)
            bars = bench.results(READ_BACK, way.given[READ_BACK])
            seeds[n] = np.concatenate([x.reshape(-1, LANES) for x in bars])
            for s in np.flatnonzero(read):
                until = begins[: count[s], s] + sizes[: count[s], s] * (1 + 1e-12)
                steps[n, s] = np.searchsorted(until, times[n])
        return times, seeds, steps

    def _put(self, values: Sequence[Any], rows: np.ndarray) -> None:
        """Rows one after the other where a section reads them."""
        begin = self.way.machine.program.at(values[0])
        self.bench.memory[begin : begin + rows.size] = rows.reshape(-1)
