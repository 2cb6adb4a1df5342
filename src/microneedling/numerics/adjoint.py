"""Reverse derivative of a section of a tape, as another section of the same tape.

    bar of x = Σ over results r (∂r/∂x)ᵀ (bar of r)

The nodes of the section are written down once more with inputs of their own, then walked from the last to the first,
each by its rule (adjoint_rules.py). What belongs to no moving part of the step (section 0) is shared by all sections:
its bars are added up in places that last, and section 0 itself is walked back once a stretch of time, not once a step.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Mapping, Sequence

import numpy as np

from microneedling.numerics.adjoint_rules import FLAT, Bench, Signed, rule_of
from microneedling.numerics.opcodes import ADD_TO, BROADCAST, CONST, COPY, INPUT, SOLVE, SUM, TOTAL
from microneedling.numerics.tape import Node, Tape, Value

Part = tuple[int, int, Value, int]  # first row, rows, what is added there, its sign


@dataclasses.dataclass
class Sums:
    """Places where bars of section 0 are added up, by node; they are inputs of the section that walks it back."""

    tape: Tape
    section: int
    of: dict[int, Value] = dataclasses.field(default_factory=dict)
    added: list[int] = dataclasses.field(default_factory=list)  # nodes that add to a place

    def place(self, node: int) -> Value:
        """The place of a node's bar."""
        if node not in self.of:
            self.of[node] = self.tape.given((self.tape.nodes[node].rows, self.tape.lanes), self.section)
        return self.of[node]

    def add(self, to: Value, bar: Signed, section: int) -> None:
        """Add a bar to that of some rows of a section-0 node."""
        value, sign = bar
        place = self.place(to.node)
        args = ((value.node, value.first), (place.node, to.first))
        self.added.append(len(self.tape.nodes))
        self.tape.nodes.append(Node(ADD_TO, args, 0, section, (to.rows, sign)))


def turned(
    tape: Tape,
    results: Sequence[Value],
    seeds: Sequence[Value],
    *,
    inputs: Mapping[int, Value],
    sums: Sums | None,
    section: int,
) -> dict[int, Value]:
    """Nodes that give the bars of a section's inputs from those of its results.

    Args:
        tape: gets the new nodes
        results: values of the section that is walked back, or of section 0
        seeds: bars of the results, in their order; values of the new section
        inputs: node of each input of the old section -> that input in the new section
        sums: where bars of section 0 go; None: they are not wanted
        section: number of the new section

    Returns: node of each old input -> its bar, for those that matter to the results.
    Errors: Unsupported for an operation without a rule.
    Checked by: tests/unit/numerics/test_adjoint.py
    """
    new = _again(tape, results, inputs, section)
    wanted = {v.node for v in inputs.values()} | (set() if sums is None else depending(tape))
    walk = _Walk(tape, section, wanted, sums)
    for value, seed in zip(results, seeds, strict=True):
        walk.give(dataclasses.replace(value, node=new.get(value.node, value.node)), (seed, 1))
    walk.back()
    return walk.bars(inputs)


def turned_fixed(tape: Tape, inputs: Sequence[Value], sums: Sums) -> dict[int, Value]:
    """The same for section 0, from the bars that the other sections have added up; inputs are its own.

    Checked by: tests/unit/numerics/test_adjoint.py
    """
    walk = _Walk(tape, sums.section, depending(tape), None)
    for node, place in list(sums.of.items()):
        walk.give(Value(node, 0, place.shape), (place, 1))
    walk.back()
    return walk.bars({v.node: v for v in inputs})


def depending(tape: Tape) -> set[int]:
    """Nodes of section 0 that depend on an input."""
    found: set[int] = set()
    for n, node in enumerate(tape.nodes):
        if node.section == 0 and (node.op == INPUT or (node.op not in FLAT and any(a in found for a, _ in node.args))):
            found.add(n)
    return found


def _again(tape: Tape, results: Sequence[Value], inputs: Mapping[int, Value], section: int) -> dict[int, int]:
    """The nodes that lead from inputs to results once more, with the new inputs; old node -> new node."""
    old = {tape.nodes[node].section for node in inputs}
    needed, waiting = set(), [v.node for v in results]
    while waiting:
        n = waiting.pop()
        if n not in needed and tape.nodes[n].section in old:
            needed.add(n)
            waiting += [a for a, _ in tape.nodes[n].args]
    new: dict[int, int] = {}
    for n in sorted(needed):
        node = tape.nodes[n]
        if node.op == INPUT:
            new[n] = inputs[n].node
            continue
        args = [Value(new.get(a, a), first, ()) for a, first in node.args]
        new[n] = tape.add(node.op, args, node.rows, section=section, extra=node.extra)
    return new


class _Walk:
    """The bars found so far, while nodes are walked from the last to the first."""

    def __init__(self, tape: Tape, section: int, wanted: set[int], sums: Sums | None):
        self.tape, self.sums, self.do = tape, sums, Bench(tape, section)
        self.parts: dict[int, list[Part]] = {}
        self.waiting: list[int] = []  # nodes with a bar, the last one first
        self.felt = set(wanted)  # nodes that depend on what is wanted
        fixed = sums is None and any(tape.nodes[n].section == 0 for n in wanted)
        for n, node in enumerate(tape.nodes):
            mine = node.section == (0 if fixed else section)
            if mine and node.op not in FLAT and any(a in self.felt for a, _ in node.args):
                self.felt.add(n)

    def give(self, to: Value, bar: Signed) -> None:
        """Add to the bar of some rows of a node."""
        if to.node not in self.felt:
            return
        if self.sums is not None and self.tape.nodes[to.node].section == 0:
            self.sums.add(to, bar, self.do.section)
        else:
            if to.node not in self.parts:
                heapq.heappush(self.waiting, -to.node)
            self.parts.setdefault(to.node, []).append((to.first, to.rows, *bar))

    def back(self) -> None:
        """Walk back from the results to the inputs: a node once all that reads it has been walked."""
        while self.waiting:
            n = -heapq.heappop(self.waiting)
            if self.tape.nodes[n].op not in (INPUT, CONST):
                self._through(n)

    def _through(self, n: int) -> None:
        node, lanes = self.tape.nodes[n], self.tape.lanes
        args = [Value(a, first, (rows, lanes)) for (a, first), rows in zip(node.args, _rows_read(node))]
        bar = self._sum(n)
        for arg, found in zip(args, rule_of(node.op)(self.do, args, Value(n, 0, (node.rows, lanes)), bar)):
            if found is not None:
                self.give(arg, found)

    def bars(self, of: Mapping[int, Value]) -> dict[int, Value]:
        """The bars of inputs, once all is walked."""
        found = {}
        for key, value in of.items():
            if value.node in self.parts:
                bar, sign = self._sum(value.node)
                bar = bar if sign > 0 else self.do("neg", bar)
                found[key] = dataclasses.replace(bar, shape=value.shape)
        return found

    def _sum(self, n: int) -> Signed:
        parts, rows = self.parts[n], self.tape.nodes[n].rows
        if len(parts) == 1 and parts[0][1] == rows:
            return parts[0][2], parts[0][3]
        parts = [*parts, *self._nothing(parts, rows)]
        order = sorted(parts, key=lambda part: (-part[3], -part[1]))  # what is added first, and the largest of it
        extra = tuple((first, count, sign) for first, count, _, sign in order)
        return self.do.node(TOTAL, [value for _, _, value, _ in order], rows, extra), 1

    def _nothing(self, parts: Sequence[Part], rows: int) -> list[Part]:
        """Zeros for the rows that get nothing."""
        reached = np.zeros(rows + 2, dtype=bool)
        reached[[0, -1]] = True
        for first, count, _, _ in parts:
            reached[1 + first : 1 + first + count] = True
        edges = np.flatnonzero(np.diff(reached))
        lanes = self.tape.lanes
        return [(a, b - a, self.tape.constant(0.0, (b - a, lanes)), 1) for a, b in edges.reshape(-1, 2).tolist()]


def _rows_read(node: Node) -> list[int]:
    """How many rows a node reads of each operand."""
    if node.op == COPY:
        return list(node.extra)
    if node.op == SOLVE:
        return [0] + [node.rows // node.extra] * node.extra  # factors, then a field for each of the blocks' rows
    return [{BROADCAST: 1, SUM: node.extra}.get(node.op, node.rows)] * len(node.args)
