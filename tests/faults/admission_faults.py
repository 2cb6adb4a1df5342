"""Faults planted in what decides whether a set of numbers describes skin that heals."""

from faults.fault import Fault, spoilt
from unit.laws import test_admission

from microneedling.laws import admission

FAULTS = [
    Fault(
        "debris that stays is let through",
        "unit/laws/test_admission.py::test_debris_that_does_not_clear_itself_is_refused",
        spoilt(admission, "admitted", 'found["clearing"] >= limit.clearing', 'found["clearing"] >= 0.0'),
        test_admission.debris_that_does_not_clear_itself_is_refused,
    ),
]
