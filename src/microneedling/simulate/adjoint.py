"""The program of a study's courses and of the way back through them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.numerics.adjoint import Sums, depending, turned, turned_fixed
from microneedling.numerics.adjoint_rules import Bench
from microneedling.numerics.linear import OFFSETS
from microneedling.numerics.opcodes import BROADCAST, COPY
from microneedling.numerics.program import laid_out
from microneedling.numerics.step import STAGES
from microneedling.numerics.tape import Tape, Unsupported, Value
from microneedling.protocol.plan import Plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import JUMP, LINEARISE, RATE, READ, SOLVE, START, Machine, Traced, machine_on, traced

JUMP_BACK, READ_BACK, RATE_BACK, SOLVE_BACK, LINEARISE_BACK, FIXED_BACK = range(7, 13)  # sections after a course's own


@dataclasses.dataclass(frozen=True)
class Way:
    """A course's machine with sections that lead back, and where their inputs lie."""

    machine: Machine
    given: dict[int, tuple[Value, ...]]  # inputs of a section as they were on the way there
    seeds: dict[int, tuple[Value, ...]]  # bars of its results
    pulls: tuple[Value, Value]  # first of all v and of all u (machine_back.py)
    sums: tuple[int, int]  # where the bars of section 0 begin and end [numbers]
    starts: tuple[tuple[Value, Value | None], ...]  # leaves of the starting state, and where their bars go


def way_of(model: Any, skin: Any, plan: Plan, keep: Keep, *, still: tuple[str, ...] = ()) -> Way:
    """Trace a study's courses and their reverse derivative; arguments as for `native.machine_of`.

    Errors: numerics.tape.Unsupported when a law uses an operation the machine does not have or cannot take back.
    Checked by: tests/unit/simulate/test_adjoint_course.py
    """
    of = traced(model, skin, plan, keep, still=still)
    sums = Sums(of.tape, FIXED_BACK)
    making = _Making(of, sums)
    making.section(JUMP_BACK, JUMP, (*of.given, *of.event))
    making.section(READ_BACK, READ, of.fields[READ])
    making.section(RATE_BACK, RATE, of.fields[RATE])
    making.section(SOLVE_BACK, SOLVE, of.fields[SOLVE], sums=None)
    pulls = making.linearised()
    starts = [v.node in depending(of.tape) for v in of.results[START]]
    places = [sums.place(v.node) if felt else None for v, felt in zip(of.results[START], starts)]
    ends = (*of.numbers, *of.stays)
    making.results[FIXED_BACK] = _full(of.tape, turned_fixed(of.tape, ends, sums), ends)
    groups = [*making.given.values(), *making.seeds.values(), pulls[: len(pulls) // 2], pulls[len(pulls) // 2 :]]
    program, begins = laid_out(
        of.tape,
        [*of.results.values(), *making.results.values()],
        stays=(*of.entries.values(), *of.parts),
        contiguous=[*of.fields.values(), *groups, list(sums.of.values())],
        effects=sums.added,
    )
    lasting = [program.at(v) for v in sums.of.values()]
    rows = sum(v.rows for v in sums.of.values())
    machine = machine_on(of, program, begins)
    back = dict(zip(making.results, begins[len(of.results) :]))
    return Way(
        machine=dataclasses.replace(machine, begins=machine.begins | back),
        given=making.given,
        seeds=making.seeds,
        pulls=(pulls[0], pulls[len(pulls) // 2]),
        sums=(min(lasting), min(lasting) + rows * of.tape.lanes),
        starts=tuple(zip(of.results[START], places)),
    )


class _Making:
    """The sections that lead back, one after the other, in the order of their numbers."""

    def __init__(self, of: Traced, sums: Sums):
        self.of, self.sums = of, sums
        self.results: dict[int, list[Value]] = {}
        self.given: dict[int, tuple[Value, ...]] = {}
        self.seeds: dict[int, tuple[Value, ...]] = {}

    def section(self, new: int, old: int, inputs: Sequence[Value], sums: Sums | str | None = "own") -> None:
        """One section taken back as it stands."""
        tape, results = self.of.tape, self.of.results[old]
        self.given[new] = _like(tape, inputs, new)
        self.seeds[new] = _like(tape, results, new)
        again = {v.node: w for v, w in zip(inputs, self.given[new])}
        to = self.sums if isinstance(sums, str) else sums
        found = turned(tape, results, self.seeds[new], inputs=again, sums=to, section=new)
        self.results[new] = _full(tape, found, inputs)

    def linearised(self) -> list[Value]:
        """The derivative taken back: rates have the first v as bar, its entries Σ v uᵀ; returns all v, then all u."""
        of, new, fields = self.of, LINEARISE_BACK, self.of.fields[LINEARISE]
        given = _like(of.tape, fields, new)
        v, u = ([_like(of.tape, fields, new) for _ in range(STAGES)] for _ in range(2))
        outer = Outer(Bench(of.tape, new), v, u)
        seeds = [*v[0], *(outer.bar(key, entry) for key, entry in of.entries.items())]
        results = [*of.results[LINEARISE], *of.entries.values()]
        again = {field.node: w for field, w in zip(fields, given)}
        found = turned(of.tape, results, seeds, inputs=again, sums=self.sums, section=new)
        self.given[new], self.results[new] = given, _full(of.tape, found, fields)
        return [value for stages in (v, u) for stage in stages for value in stage]


class Outer:
    """Bars of the derivative's entries, Σ over stages of v uᵀ where an entry stands (numerics/linear.py, `applied`)."""

    def __init__(self, do: Bench, v: Sequence[Sequence[Value]], u: Sequence[Sequence[Value]]):
        self.do, self.v, self.u = do, v, u

    def bar(self, key: tuple[int, int, str], entry: Value) -> Value:
        """The bar of an entry (row, column, kind)."""
        row, column, kind = key
        total: Value | None = None
        for v, u in zip(self.v, self.u):
            left, right = self._pair(kind, v[row], u[column])
            one = self.do("mul", self._fit(left, entry), self._fit(right, entry))
            total = one if total is None else self.do("add", total, one)
        assert total is not None
        return total

    def _pair(self, kind: str, v: Value, u: Value) -> tuple[Value, Value]:
        if kind in OFFSETS:
            return v, self._shifted(u, int(kind))
        if kind in ("top", "bottom"):
            return v, _end(u, kind == "top")
        if kind in ("at_top", "at_bottom"):
            return _end(v, kind == "at_top"), u
        return v, u  # "sum", "all", "self"

    def _shifted(self, x: Value, by: int) -> Value:
        """Of each cell what stands in the one below (1) or above (-1), nothing beyond the ends."""
        if by == 0:
            return x
        lanes = x.shape[-1]
        none = self.do.tape.constant(0.0, (1, lanes))
        rest = Value(x.node, x.first + (by == 1), (x.rows - 1, lanes))
        parts = [rest, none] if by == 1 else [none, rest]
        return self.do.node(COPY, parts, x.rows, tuple(part.rows for part in parts))

    def _fit(self, x: Value, like: Value) -> Value:
        if x.rows == like.rows:
            return x
        if x.rows != 1:
            raise Unsupported(f"a derivative of {like.rows} rows felt by a field of {x.rows}")
        return self.do.node(BROADCAST, [x], like.rows)


def _end(x: Value, first: bool) -> Value:
    return Value(x.node, x.first + (0 if first else x.rows - 1), (1, x.shape[-1]))


def _like(tape: Tape, values: Sequence[Value], section: int) -> tuple[Value, ...]:
    """Inputs of a section in the shapes of other values."""
    return tuple(tape.given(v.shape, section) for v in values)


def _full(tape: Tape, found: Mapping[int, Value], inputs: Sequence[Value]) -> list[Value]:
    """The bars found, and zeros for inputs that do not matter."""
    return [found[v.node] if v.node in found else tape.constant(0.0, v.shape) for v in inputs]
