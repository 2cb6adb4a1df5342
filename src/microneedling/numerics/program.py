"""A tape laid out in one memory: where every value lives, and the instructions as numbers."""

from __future__ import annotations

import dataclasses
import itertools
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from microneedling.numerics import opcodes
from microneedling.numerics.fused import fused
from microneedling.numerics.opcodes import ADD_TO, BLOCKS, CONST, COPY, INPUT, SOLVE, SOLVE_TURNED, SUM, TOTAL
from microneedling.numerics.tape import Tape, Value

WIDTH = 7  # operation, result, three operands, count of numbers, extra


@dataclasses.dataclass(frozen=True)
class Program:
    """Instructions per section (0 first, once; then each part of the step), on `memory` numbers.

    `table` holds lists of places for instructions with many operands. `place` says where a node begins.
    """

    sections: tuple[np.ndarray, ...]
    table: np.ndarray
    constants: tuple[tuple[int, np.ndarray], ...]
    memory: int
    place: dict[int, int]
    lanes: int

    def at(self, value: Value) -> int:
        """Where a value begins [numbers]."""
        return self.place[value.node] + value.first * self.lanes

    def new_memory(self) -> np.ndarray:
        """Memory with its constants."""
        memory = np.zeros(self.memory)
        for begin, numbers in self.constants:
            memory[begin : begin + numbers.size] = numbers
        return memory


class Layouter:
    """Gives places: fixed ones first, then scratch that sections use one after the other."""

    def __init__(self, tape: Tape):
        self.tape = tape
        self.place: dict[int, int] = {}
        self.end = 0

    def keep(self, node: int) -> int:
        """A place of its own for a node, for the whole run."""
        if node not in self.place:
            self.place[node] = self.end
            self.end += self._size(node)
        return self.place[node]

    def room(self, rows: int) -> int:
        """A place for so many rows outside the tape."""
        begin = self.end
        self.end += rows * self.tape.lanes
        return begin

    def scratch(self, order: Sequence[int], last: dict[int, int], begin: int) -> int:
        """Places for nodes that are needed for a while; returns the end of what was used."""
        free: dict[int, list[int]] = defaultdict(list)
        end, ends_at = begin, defaultdict(list)
        for step, node in enumerate(order):
            if node not in self.place:
                size = self._size(node)
                if free[size]:
                    self.place[node] = free[size].pop()
                else:
                    self.place[node], end = end, end + size
                ends_at[last[node]].append(node)
            for gone in ends_at.pop(step, ()):
                free[self._size(gone)].append(self.place[gone])
        return end

    def _size(self, node: int) -> int:
        return self.tape.nodes[node].rows * self.tape.lanes


def laid_out(
    tape: Tape,
    results: Sequence[Sequence[Value]],
    *,
    stays: Sequence[Value] = (),
    contiguous: Sequence[Sequence[Value]] = (),
    effects: Sequence[int] = (),
) -> tuple[Program, tuple[int, ...]]:
    """Places and instructions for a tape.

    Args:
        tape: nodes of sections 0..n
        results: per section from 1, what it makes for outside; it is copied, value after value, to one place
        stays: what later sections read of earlier ones
        contiguous: groups of inputs that lie one after the other (the fields of a state)
        effects: nodes that are wanted for what they do to a place (adjoint.py)

    Returns: the program, and where each section's results begin.
    Checked by: tests/unit/numerics/test_machine.py
    """
    asked = [v for group in (*results, stays) for v in group]
    tape = fused(tape, [v.node for v in asked])
    out = Layouter(tape)
    orders = _orders(tape, [*(v.node for v in asked), *effects], len(results))
    used = {n for order in orders for node in order for n, _ in tape.nodes[node].args} | {v.node for v in asked}
    for value in (v for group in contiguous for v in group):
        out.keep(value.node)
    lasting = {node for node in used if tape.nodes[node].op in (CONST, INPUT) or tape.nodes[node].section == 0}
    for node in sorted(lasting | {v.node for v in stays}):
        out.keep(node)
    begins = tuple(out.room(sum(v.rows for v in group)) for group in results)
    start = top = out.end
    for order, group in zip(orders[1:], results):
        top = max(top, out.scratch(order, _last_use(tape, order, [v.node for v in group]), start))
    table: list[int] = []
    made = [_instructions(tape, order, out.place, table) for order in orders]
    for code, group, begin in zip(made[1:], results, begins):
        code += _copies(tape, group, out.place, begin)
    constants = tuple((out.place[n], tape.nodes[n].extra) for n in sorted(used) if tape.nodes[n].op == CONST)
    sections = tuple(np.array(code, dtype=np.int64).reshape(-1, WIDTH) for code in made)
    return Program(sections, np.array([*table, 0], dtype=np.int64), constants, top, out.place, tape.lanes), begins


def _copies(tape: Tape, group: Sequence[Value], place: dict[int, int], begin: int) -> list[tuple[int, ...]]:
    """Instructions that put values one after the other."""
    made: list[tuple[int, ...]] = []
    for value in group:
        size = value.rows * tape.lanes
        made.append((COPY, begin, place[value.node] + value.first * tape.lanes, 0, 0, size, 0))
        begin += size
    return made


def _orders(tape: Tape, wanted: Sequence[int], sections: int) -> list[list[int]]:
    """Nodes to run, section by section, without those nobody needs."""
    needed: set[int] = set()
    waiting = list(wanted)
    while waiting:
        node = waiting.pop()
        if node not in needed:
            needed.add(node)
            waiting += [n for n, _ in tape.nodes[node].args]
    orders: list[list[int]] = [[] for _ in range(sections + 1)]
    for node in sorted(needed):
        if tape.nodes[node].op not in (CONST, INPUT):
            orders[tape.nodes[node].section].append(node)
    return orders


def _last_use(tape: Tape, order: Sequence[int], results: Sequence[int]) -> dict[int, int]:
    last = {node: step for step, node in enumerate(order)}
    for step, node in enumerate(order):
        for used, _ in tape.nodes[node].args:
            if used in last:
                last[used] = step
    return last | {node: len(order) for node in results if node in last}


def _instructions(tape: Tape, order: Sequence[int], place: dict[int, int], table: list[int]) -> list[tuple[int, ...]]:
    made: list[tuple[int, ...]] = []
    for node in order:
        n = tape.nodes[node]
        here, size = place[node], n.rows * tape.lanes
        args = [place[a] + first * tape.lanes for a, first in n.args]
        if n.op == COPY:
            for begin, rows in zip(args, n.extra):
                made.append((COPY, here, begin, 0, 0, rows * tape.lanes, 0))
                here += rows * tape.lanes
        elif n.op == TOTAL:
            made += _total(here, args, n.extra, (n.rows, tape.lanes))
        elif n.op == ADD_TO:
            rows, sign = n.extra
            made.append((_GIVEN[sign], args[1], args[1], args[0], 0, rows * tape.lanes, 0))
        elif n.op in (BLOCKS, SOLVE, SOLVE_TURNED):
            made.append((n.op, here, len(table), len(args), tape.lanes, size, n.extra))
            table += args
        elif n.op == SUM:
            made.append((SUM, here, args[0], 0, 0, n.extra * tape.lanes, tape.lanes))
        else:
            a, b, c = (*args, 0, 0, 0)[:3]
            made.append((n.op, here, a, b, c, size, tape.lanes))
    return made


_GIVEN = {1: opcodes.BINARY["add"], -1: opcodes.BINARY["sub"]}


def _total(
    here: int, args: Sequence[int], parts: Sequence[tuple[int, int, int]], shape: tuple[int, int]
) -> list[tuple[int, ...]]:
    """Instructions that add parts, each some rows from a first one on with a sign, to a sum of `shape` (rows, lanes).

    Rows nobody has written yet are written, those already there are added to.
    """
    rows, lanes = shape
    made: list[tuple[int, ...]] = []
    written = [False] * rows
    for begin, (first, count, sign) in zip(args, parts):
        for low, high, there in _runs(written, first, first + count):
            to, this, size = here + low * lanes, begin + (low - first) * lanes, (high - low) * lanes
            if there:
                made.append((_GIVEN[sign], to, to, this, 0, size, 0))
            else:
                made.append((COPY if sign > 0 else opcodes.UNARY["neg"], to, this, 0, 0, size, 0))
        written[first : first + count] = [True] * count
    return made


def _runs(written: Sequence[bool], low: int, high: int) -> list[tuple[int, int, bool]]:
    """Stretches of rows that are all written or all not."""
    ends = [low, *(n for n in range(low + 1, high) if written[n] != written[n - 1]), high]
    return [(a, b, written[a]) for a, b in itertools.pairwise(ends)]
