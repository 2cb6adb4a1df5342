"""The reverse derivative of a function of one person's numbers, for LANES people at once on the native machine.

For what is done once a course rather than once a step: no compiling, where JAX would compile for half a minute.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np

from microneedling.numerics.adjoint import turned
from microneedling.numerics.lanes import lanes_last
from microneedling.numerics.machine import run
from microneedling.numerics.native import LANES
from microneedling.numerics.program import Program, laid_out
from microneedling.numerics.tape import Tape, Value

THERE, BACK = 1, 2  # sections: the function, and what takes bars back through it


@dataclasses.dataclass(frozen=True)
class Pullback:
    """The program, where numbers and bars of the results go in, and where those of the numbers come out."""

    program: Program
    given: tuple[Value, ...]
    seeds: tuple[Value, ...]
    felt: tuple[int, ...]  # which of the given numbers matter
    begin: int

    def __call__(self, numbers: Sequence[np.ndarray], bars: Sequence[np.ndarray]) -> list[np.ndarray]:
        """Bars of the numbers (..., LANES) from those of the results, both in the order of the leaves."""
        memory = self.program.new_memory()
        for values, arrays in ((self.given, numbers), (self.seeds, bars)):
            for value, x in zip(values, arrays, strict=True):
                if value.node in self.program.place:
                    begin = self.program.at(value)
                    memory[begin : begin + x.size] = x.reshape(-1)
        for section in (0, BACK):
            run(memory, self.program.sections[section], self.program.table)
        found, begin = [np.zeros(v.shape) for v in self.given], self.begin
        for n in self.felt:
            size = found[n].size
            found[n] = memory[begin : begin + size].reshape(found[n].shape).copy()
            begin += size
        return found


def pullback(call: Callable[..., Any], one: Any) -> Pullback:
    """Take a function of one person's numbers apart.

    Args:
        call: function of one tree of numbers
        one: such a tree; only shapes are read

    Returns: Pullback.
    Errors: numerics.tape.Unsupported for an operation the machine does not have or cannot take back.
    Checked by: tests/unit/numerics/test_lanes.py
    """
    tape = Tape(LANES)
    leaves = jax.tree.leaves(one)
    tree: Any = jax.tree.structure(one)
    many = lanes_last(call, one, LANES)
    there = [tape.given((*np.shape(x), LANES), THERE) for x in leaves]
    made = tape.traced(THERE, many, (tree.unflatten(there),))
    given = [tape.given(v.shape, BACK) for v in there]
    seeds = [tape.given(v.shape, BACK) for v in made]
    again = {v.node: w for v, w in zip(there, given)}
    found = turned(tape, made, seeds, inputs=again, sums=None, section=BACK)
    felt = tuple(n for n, v in enumerate(there) if v.node in found)
    program, begins = laid_out(tape, [[], [found[there[n].node] for n in felt]])
    return Pullback(program, tuple(given), tuple(seeds), felt, begins[1])
