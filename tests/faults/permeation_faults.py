"""Faults planted in steady permeation, its scores, and what keeps calibration and validation apart."""

# ruff: noqa: E501

import dataclasses
import tempfile
from pathlib import Path

from faults.fault import Fault, put, spoilt
from published import test_permeation_fit
from unit.evaluation import test_classes, test_permeability_rows, test_validation_cases
from unit.laws import test_steady

from microneedling.evaluation import intact, permeability_rows, reference, refit, score
from microneedling.laws import intact as intact_skin

STEADY, FIT = "unit/laws/test_steady.py", "published/test_permeation_fit.py"
CLASSES, ROWS = "unit/evaluation/test_classes.py", "unit/evaluation/test_permeability_rows.py"
CASES = "unit/evaluation/test_validation_cases.py"


def somewhere(check):
    """A check that writes files, in a folder of its own."""

    def checked():
        with tempfile.TemporaryDirectory() as folder:
            check(Path(folder))

    return checked


def apart():
    test_permeability_rows.uses_are_apart(permeability_rows.read_set(test_permeability_rows.FOLDER).rows)


def twice(read):
    """Rows in which the first validation row stands once more, for calibration."""

    def read_set(folder):
        found = read(folder)
        row = next(one for one in found.used if one.use == "validation")
        again = dataclasses.replace(row, id="again", use="calibration")
        return dataclasses.replace(found, rows=(*found.rows, again))

    return read_set


# fmt: off
FAULTS = [
    Fault("living skin resists nothing", f"{STEADY}::test_it_is_what_the_depth_resolved_law_settles_to",
          spoilt(intact_skin, "intact", "below = 1 / (1 / epidermis + 1 / dermis)", "below = 1e6 * (1 / (1 / epidermis + 1 / dermis))"), lambda: test_steady.closed_form_agrees("testosterone")),
    Fault("charge stops the leak as well", f"{STEADY}::test_charge_in_the_film_slows_the_lamellar_path_only",
          spoilt(intact_skin, "intact", "(lamellar * p.donor + leak) / (below", "(lamellar * p.donor + leak * p.donor) / (below"),
          lambda: test_steady.closed_form_agrees("lidocaine", ph=4.0)),
    Fault("a miss costs half", f"{CLASSES}::test_scores_by_hand",
          spoilt(score, "interval_score", "2 / alpha", "1 / alpha"), somewhere(test_classes.scores_are_those_by_hand)),
    Fault("the reference knows validation rows", f"{CLASSES}::test_only_calibration_rows_shape_the_references",
          spoilt(reference, "_with_spread", 'row.use == "calibration" for', "True for"),
          somewhere(test_classes.only_calibration_shapes_the_reference)),
    Fault("the fit reads validation rows", f"{FIT}::test_validation_rows_do_not_enter",
          spoilt(refit, "series", 'if row.use == "calibration"', ""),
          lambda: test_permeation_fit.validation_rows_do_not_matter(permeability_rows.read_set(test_permeation_fit.FOLDER))),
    Fault("a measurement in both uses", f"{ROWS}::test_calibration_and_validation_are_apart",
          put(permeability_rows, "read_set", twice(permeability_rows.read_set)), apart),
    Fault("a source nobody listed", f"{CASES}::test_every_source_stands_on_the_list",
          lambda patch: None, lambda: test_validation_cases.only_known_sources(test_validation_cases.FOLDER, set())),
    Fault("a prior that is too narrow", f"{FIT}::test_the_prior_is_that_of_the_calibration_residuals",
          spoilt(intact, "_logs", "people[2].permeability_shift", "0.3 * people[2].permeability_shift"),
          lambda: test_permeation_fit.prior_holds(permeability_rows.read_set(test_permeation_fit.FOLDER))),
]
# fmt: on
