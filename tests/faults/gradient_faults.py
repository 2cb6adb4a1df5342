"""Faults planted in the reverse derivative."""

from faults.fault import Fault, spoilt
from unit.numerics.test_adjoint import test_a_tape_goes_back_as_in_jax as tape_goes_back
from unit.numerics.test_adjoint import test_every_instruction_goes_back_as_in_jax as instruction_goes_back

from microneedling.numerics import adjoint, adjoint_rules, program
from microneedling.numerics.opcodes import BINARY

ADJOINT = "unit/numerics/test_adjoint.py"
TAPE = f"{ADJOINT}::test_a_tape_goes_back_as_in_jax"


def ruled(name, other):
    """Plant: an operation taken back by the rule of another."""
    rules = adjoint_rules.RULES
    return lambda patch: patch.setitem(rules, BINARY[name], rules[BINARY[other]])


FAULTS = (
    Fault(
        "a quotient taken back as a product",
        f"{ADJOINT}::test_every_instruction_goes_back_as_in_jax",
        ruled("div", "mul"),
        lambda: instruction_goes_back("div", 0),
    ),
    Fault(
        "a second bar of the same rows written over the first",
        TAPE,
        spoilt(program, "_total", "if there", "if False"),
        tape_goes_back,
    ),
    Fault(
        "the sign of what section 0 is worth forgotten",
        TAPE,
        spoilt(adjoint.Sums, "add", "(to.rows, sign)", "(to.rows, 1)"),
        tape_goes_back,
    ),
)
