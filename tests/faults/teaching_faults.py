"""Faults planted in the small model for teaching."""

from faults.fault import Fault, spoilt
from unit.laws import test_teaching

from microneedling.laws import teaching

SOLVED = "unit/laws/test_teaching.py::test_it_solves_its_equations"

FAULTS = [
    Fault(
        "slopes weighed wrongly",
        SOLVED,
        spoilt(teaching, "_stepped", "(p + 2 * q + 2 * s + t)", "(2 * p + q + s + 2 * t)"),
        test_teaching.it_solves_its_equations,
    ),
    Fault(
        "a session adds inflammation, not debris",
        SOLVED,
        spoilt(
            teaching, "course", "state[0] + float(added), *state[1:]", "state[0], state[1] + float(added), *state[2:]"
        ),
        test_teaching.it_solves_its_equations,
    ),
]
