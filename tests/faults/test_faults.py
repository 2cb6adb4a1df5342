"""Planted faults: each is caught by the test it names. A test that catches nothing proves nothing."""

import pytest
from faults import (
    accuracy_faults,
    admission_faults,
    appearance_faults,
    assay_faults,
    cell_faults,
    circulation_faults,
    claims_faults,
    clinical_faults,
    dose_faults,
    epidermis_faults,
    exfoliation_faults,
    fitting_faults,
    gradient_faults,
    habits_faults,
    harm_faults,
    kept_faults,
    law_faults,
    molecule_faults,
    native_faults,
    needling_faults,
    other_faults,
    paper_faults,
    permeation_faults,
    pigment_faults,
    report_faults,
    scan_faults,
    sensitivity_faults,
    surface_faults,
    teaching_faults,
)

PARTS = (
    accuracy_faults,
    admission_faults,
    appearance_faults,
    assay_faults,
    cell_faults,
    circulation_faults,
    claims_faults,
    clinical_faults,
    dose_faults,
    epidermis_faults,
    exfoliation_faults,
    fitting_faults,
    gradient_faults,
    habits_faults,
    harm_faults,
    kept_faults,
    law_faults,
    molecule_faults,
    native_faults,
    needling_faults,
    other_faults,
    permeation_faults,
    pigment_faults,
    report_faults,
    scan_faults,
    sensitivity_faults,
    surface_faults,
    paper_faults,
    teaching_faults,
)
FAULTS = [fault for part in PARTS for fault in part.FAULTS]
EVERY = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@EVERY
def test_the_test_that_must_catch_it_exists(fault):
    assert fault.is_named_rightly(), fault.caught_by


@EVERY
def test_it_is_caught(fault, monkeypatch):
    fault.plant(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        fault.check()


def test_names_are_unique_and_many_tests_are_tried():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert len({fault.caught_by for fault in FAULTS}) >= 30
