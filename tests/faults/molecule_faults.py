"""Faults planted in molecules, films, and what is derived from them."""

# ruff: noqa: E501

import tempfile
from pathlib import Path

from faults.fault import Fault, spoilt
from oracles import test_intact_skin
from unit.core import test_spread
from unit.formulation import test_atoms, test_own
from unit.laws import test_cover, test_derived, test_validity

from microneedling.core import spread
from microneedling.formulation import own
from microneedling.formulation.atoms import Composition
from microneedling.laws import derived, derived_tissue, intact, validity
from microneedling.laws.cover import FilmDrying


def without_partition():
    """The test of bad cards, on the one without a partition."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.toml"

        def written(text):
            path.write_text(text, encoding="utf-8")
            return path

        text = test_own.FEW.replace('log_kow = "2.1"\n', "")
        test_own.test_what_cannot_be_is_refused_in_one_line(written, text, "log_kow: missing")


# fmt: off
FAULTS = [
    Fault("tails as thin as a normal's", "unit/core/test_spread.py::test_heavier_tails_are_those_of_student_s_table",
          spoilt(spread, "deviation", "Z95 * _student(z) / _student(Z95)", "z"),
          lambda: test_spread.test_heavier_tails_are_those_of_student_s_table(0.99, 3.747)),
    Fault("intact skin without its leak", "oracles/test_intact_skin.py::test_the_closed_form_is_the_steady_state_of_the_law",
          spoilt(intact, "intact", "(lamellar * p.donor + leak) / (below", "(lamellar * p.donor) / (below"),
          lambda: test_intact_skin.test_the_closed_form_is_the_steady_state_of_the_law("mannitol", 0.0)),
    Fault("nothing is ever outside", "unit/laws/test_derived.py::test_what_lies_outside_is_marked",
          spoilt(derived, "_judged", "in_range=all(one.holds(found[one.quantity]) for one in ranges)", "in_range=True"),
          test_derived.test_what_lies_outside_is_marked),
    Fault("marks of what lies inside", "unit/laws/test_validity.py::test_nothing_is_marked_inside",
          spoilt(validity, "extrapolations", "if not one.holds(found[one.quantity])", ""),
          test_validity.test_nothing_is_marked_inside),
    Fault("a row that is not the law's number", "unit/laws/test_derived.py::test_rows_are_the_numbers_the_drug_law_runs_on",
          spoilt(derived_tissue, "tissue", 'gives=(t.capacity, "1", OSP)', 'gives=(t.binding, "1", OSP)'),
          test_derived.test_rows_are_the_numbers_the_drug_law_runs_on),
    Fault("rings that add volume", "unit/formulation/test_atoms.py::test_sums_over_atoms_rings_and_bonds",
          spoilt(Composition, "volume", 'bond["ring"] * self.rings', '-bond["ring"] * self.rings'),
          lambda: test_atoms.test_sums_over_atoms_rings_and_bonds("C8H10N4O2", 194.19, 2, 4, 182.0)),
    Fault("a missing partition told as any other key", "unit/formulation/test_own.py::test_what_cannot_be_is_refused_in_one_line",
          spoilt(own, "_filled", 'if "log_kow" not in numbers:', "if not numbers:"), without_partition),
    Fault("an ointment that covers when it is gone", "unit/laws/test_cover.py::test_wiping_it_off_ends_that",
          spoilt(FilmDrying, "jump", "now.occlusion * (1 - event.wiped)", "now.occlusion"), test_cover.wiping_ends_it),
]
# fmt: on
