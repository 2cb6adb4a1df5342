"""Faults planted in the scan of a setting."""

import tempfile
from pathlib import Path

import pytest
from faults.fault import Fault, spoilt
from unit.report import test_scan_page
from unit.study import test_scan

from microneedling.report import scan_figures, scan_page
from microneedling.study import scan

PAGE, SCAN = "unit/report/test_scan_page.py", "unit/study/test_scan.py"


def on_a_page(check):
    """A check on the scan of three depths, made anew."""

    def checked():
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            check(test_scan_page.scanned(Path(folder), patch))

    return checked


def counted():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        test_scan_page.those_who_failed_are_counted(Path(folder), patch)


FAULTS = [
    Fault(
        "all courses end together",
        f"{SCAN}::test_each_course_ends_with_its_last_reading",
        spoilt(scan, "_times", 'last if table.after == "last session" else 0.0', "0.0"),
        test_scan.each_course_ends_with_its_last_reading,
    ),
    Fault(
        "the central person counts as one of the people",
        f"{PAGE}::test_rows_hold_the_ensemble",
        spoilt(scan_page, "quantiles", "values[:, 1:] if values.shape[1] > 1 else values", "values"),
        on_a_page(test_scan_page.rows_hold_the_ensemble),
    ),
    Fault(
        "a dot is filled whatever was biopsied",
        f"{PAGE}::test_hollow_where_nothing_was_biopsied",
        spoilt(scan_figures, "_point", "if inside else", "if True else"),
        on_a_page(test_scan_page.hollow_where_nothing_was_biopsied),
    ),
    Fault(
        "those who failed are not counted",
        f"{PAGE}::test_those_who_failed_are_counted",
        spoilt(scan_page, "left_out", "np.any(~", "np.any(0 * ~"),
        counted,
    ),
]
