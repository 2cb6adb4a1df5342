"""Faults planted in the tape and its layout."""

from faults.fault import Fault, spoilt
from unit.numerics.test_machine import test_an_instruction_does_what_jax_does as does_what_jax_does
from unit.numerics.test_machine import test_blocks_are_solved as blocks_are_solved

from microneedling.numerics import program, tape

MACHINE = "unit/numerics/test_machine.py"
INSTRUCTION = f"{MACHINE}::test_an_instruction_does_what_jax_does"

FAULTS = (
    Fault(
        "a place given away while it is still read",
        INSTRUCTION,
        spoilt(program, "_last_use", "last[used] = step", "pass"),
        lambda: does_what_jax_does("diffusion"),
    ),
    Fault(
        "a negative power taken for a positive one",
        INSTRUCTION,
        spoilt(tape, "_power", "if power < 0", "if power < -9"),
        lambda: does_what_jax_does("power"),
    ),
    Fault(
        "a result read from the start of another's place",
        f"{MACHINE}::test_blocks_are_solved",
        spoilt(program, "_copies", "place[value.node] + value.first * tape.lanes", "place[value.node]"),
        lambda: blocks_are_solved(2),
    ),
)
