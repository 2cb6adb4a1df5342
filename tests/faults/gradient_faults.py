"""Faults planted in the reverse derivative."""

from faults.fault import Fault, spoilt
from unit.numerics.test_adjoint import test_a_tape_goes_back_as_in_jax as tape_goes_back
from unit.numerics.test_adjoint import test_every_instruction_goes_back_as_in_jax as instruction_goes_back
from unit.numerics.test_lanes import test_it_goes_back_as_in_jax as lanes_go_back
from unit.simulate.test_adjoint_course import test_the_bar_of_an_entry_is_what_jax_says as bar_of_entry

from microneedling.numerics import adjoint, adjoint_rules, program, pullback
from microneedling.numerics.opcodes import BINARY
from microneedling.simulate import adjoint as course

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
    Fault(
        "the bar of a neighbour's entry taken from the wrong neighbour",
        "unit/simulate/test_adjoint_course.py::test_the_bar_of_an_entry_is_what_jax_says",
        spoilt(course.Outer, "_shifted", "(by == 1)", "(by == -1)"),
        lambda: bar_of_entry("+1"),
    ),
    Fault(
        "every number given the slope of the first",
        "unit/numerics/test_lanes.py::test_it_goes_back_as_in_jax",
        spoilt(pullback.Pullback, "__call__", "begin += size", "pass"),
        lanes_go_back,
    ),
)
