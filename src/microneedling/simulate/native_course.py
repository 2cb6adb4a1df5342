"""Courses of people on the native machine, a handful at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.numerics.machine import run
from microneedling.numerics.machine_march import march_lanes
from microneedling.numerics.march import STEPS
from microneedling.numerics.native import LANES
from microneedling.numerics.tape import Value
from microneedling.protocol.plan import Plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import CHECK, JUMP, LINEARISE, RATE, READ, SOLVE, START, Machine
from microneedling.simulate.simulate import Course


def course_on(machine: Machine, model: Any, skin: Any, plan: Plan, *, keep: Keep) -> Course:
    """The course of at most as many people as the machine has lanes, as `simulate_many` gives it.

    Args:
        machine: made for numbers of these shapes
        model, skin, plan: each number with a trailing lane axis
        keep: scales with a lane axis, times, tolerance

    Returns: Course in NumPy arrays, people last.
    Checked by: tests/unit/simulate/test_native.py
    """
    people, width = skin.step.shape[-1], machine.program.lanes
    if people > width:
        raise ValueError(f"{people} people do not fit in {width} lanes")
    bench = Bench(machine, lanes_of((model, skin, keep.scales), width), keep)
    times = np.asarray(plan.times)[..., 0]
    ends = np.append(times[1:], np.asarray(plan.end)[..., 0])
    events = lanes_of(plan.events, width)
    for n, span in enumerate(zip(times, ends)):
        bench.stretch([x[n] for x in events], span)
    return bench.course(people)


def trail_of(steps: int, rows: int, lanes: int = LANES) -> tuple[np.ndarray, ...]:
    """Room to remember so many steps of every lane (numerics/machine_march.py); memory is taken as it is filled."""
    sizes = (np.zeros((steps, lanes)) for _ in range(2))
    return np.empty((steps, rows, lanes)), *sizes, np.zeros(lanes, dtype=np.int64)


def lanes_of(tree: Any, width: int = LANES) -> list[np.ndarray]:
    """Leaves of a tree of numbers, people last, filled up to so many people by the last one."""
    leaves = (np.asarray(x, dtype=float) for x in jax.tree.leaves(tree))
    return [np.ascontiguousarray(x[..., np.minimum(np.arange(width), x.shape[-1] - 1)]) for x in leaves]


class Bench:
    """One memory with the state of some people, and what has been read of them so far."""

    def __init__(self, machine: Machine, numbers: Sequence[np.ndarray], keep: Keep):
        self.machine, self.keep, self.lanes = machine, keep, machine.program.lanes
        self.memory = machine.program.new_memory()
        self.load(machine.numbers, numbers)
        self.run(0)
        self.state = self.results(START, machine.stays)
        self.times = np.asarray(keep.times, dtype=float)
        self.readings = np.full((self.times.size, machine.scales, self.lanes), np.nan)
        self.rooms = [np.full((self.times.size, *v.shape[:-1]), np.nan) for v in machine.stays if keep.fields]
        self.index = np.zeros(self.lanes, dtype=np.int64)
        self.outcome = np.zeros((3, self.lanes), dtype=np.int64)
        sections, fields, begins = machine.program.sections, machine.fields, machine.begins
        given = [fields[LINEARISE], machine.shift, fields[RATE], fields[SOLVE]]
        made = [begins[LINEARISE], begins[RATE], begins[SOLVE]]
        places = np.array([*given, *made, *(machine.checked or (0, 0, 0))], dtype=np.int64)
        code = [sections[n] for n in (LINEARISE, RATE, SOLVE)]
        self.check = sections[CHECK] if machine.checked else sections[0][:0]  # of no instruction
        self.program = (self.memory, *code, machine.program.table, places)
        marched = [v.rows for v, moves in zip(machine.stays, machine.moves) if moves]
        self.rows = np.array(marched, dtype=np.int64)
        self.trail = trail_of(0, int(self.rows.sum()), self.lanes)
        self.begun = self.state  # after the last event
        self.watched: frozenset[int] = frozenset()  # readings whose fields are wanted
        self.seen: dict[int, np.ndarray] = {}

    def stretch(self, event: Sequence[np.ndarray], span: tuple[float, float]) -> None:
        """An event, and the time until the next."""
        machine = self.machine
        self.load(machine.given, self.state)
        self.load(machine.event, event)
        self.state = self.begun = self.results(JUMP, machine.stays)
        if not span[1] > span[0]:
            return
        self.load(machine.stays, self.state)
        self.run(0)
        first = int(self.index.min())
        last = int(np.searchsorted(self.times, span[1] + 1e-9 * (span[1] - span[0]), side="right"))
        fields = np.concatenate([x.reshape(-1, self.lanes) for x, moves in zip(self.state, machine.moves) if moves])
        store = np.full((max(last - first, 1), *fields.shape), np.nan)
        pace = np.array([*span, self.keep.tolerance, STEPS], dtype=float)
        kept = (pace, self.times[first:last].copy(), self.index - first, store, self.outcome, self.trail)
        march_lanes(run, self.program, (fields, self.rows, machine.negligible, self.check), kept)
        self.index = kept[2] + first
        for n in range(last - first):
            self.see(first + n, store[n])
        self.state = self.whole(fields)

    def see(self, when: int, fields: np.ndarray) -> None:
        """Read the scales of those who have got to a reading."""
        fresh = np.all(np.isfinite(fields), axis=0)
        if not np.any(fresh):
            return
        if when in self.watched:
            self.seen[when] = fields
        machine, begin = self.machine, self.machine.fields[READ]
        self.memory[begin : begin + fields.size] = np.where(fresh, fields, 0.0).reshape(-1)
        values = self.results(READ, [Value(0, 0, (machine.scales, self.lanes))])[0]
        self.readings[when][:, fresh] = values[:, fresh]
        if fresh[0]:
            for room, leaf in zip(self.rooms, self.whole(fields)):
                room[when] = leaf[..., 0]

    def whole(self, fields: np.ndarray) -> list[np.ndarray]:
        """Leaves of the state with the marched ones replaced."""
        row, found = 0, []
        for leaf, moves in zip(self.state, self.machine.moves):
            rows = leaf.size // self.lanes
            found.append(fields[row : row + rows].reshape(leaf.shape).copy() if moves else leaf)
            row += rows if moves else 0
        return found

    def course(self, people: int) -> Course:
        """What was read, and how it ended."""
        status, steps, refused = self.outcome[:, :people]
        return Course(
            readings=self.readings[..., :people],
            fields=tuple(self.rooms),
            end=self.machine.tree.unflatten([jnp.asarray(x[..., :people]) for x in self.state]),
            status=status,
            steps=steps,
            refused=refused,
        )

    def load(self, values: Sequence[Value], numbers: Sequence[np.ndarray]) -> None:
        """Put numbers where the program reads them; what no instruction needs has no place."""
        for value, x in zip(values, numbers):
            if value.node in self.machine.program.place:
                begin = self.machine.program.at(value)
                self.memory[begin : begin + x.size] = x.reshape(-1)

    def run(self, section: int) -> None:
        """Run one section."""
        run(self.memory, self.machine.program.sections[section], self.machine.program.table)

    def results(self, section: int, like: Sequence[Value]) -> list[np.ndarray]:
        """Run one section; what it makes, in the shapes of `like`."""
        self.run(section)
        begin, found = self.machine.begins[section], []
        for value in like:
            size = value.rows * self.lanes
            found.append(self.memory[begin : begin + size].reshape(value.shape).copy())
            begin += size
        return found
