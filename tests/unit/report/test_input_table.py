"""The table of input to blood: its columns, its units, and that nothing gets lost on the way to it."""

import csv
import io
import json

import numpy as np
import pytest
import xarray as xr

from microneedling.report.input_table import COLUMNS, input_table

BEGIN, END = np.array([-3600.0, 0.0, 1800.0]), np.array([0.0, 1800.0, 7200.0])
AREA = 4e-4  # m2


def tree(**groups):
    """A result of two arms and one active."""
    rates = np.abs(np.random.default_rng(2).standard_normal((2, 4, 3))) * 1e-8
    found = {f"{sink}.caffeine": (("arm", "level", "interval"), rates * n) for n, sink in ((1, "blood"), (2, "lymph"))}
    attrs = {"arms": json.dumps(["patch", "gel"]), "area": AREA, "molar_masses": json.dumps({"caffeine": 0.19419})}
    delivery = xr.Dataset(found, {"begin": ("interval", BEGIN), "end": ("interval", END)}, attrs)
    return xr.DataTree.from_dict({"/delivery": delivery} | groups), rates


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_one_row_for_each_arm_sink_and_interval():
    found = rows(input_table(tree()[0]))
    assert tuple(found[0]) == COLUMNS and len(found) == 2 * 2 * 3
    assert {(row["arm"], row["active"], row["into"]) for row in found} == {
        (arm, "caffeine", into) for arm in ("patch", "gel") for into in ("blood", "lymph")
    }


def test_units_and_total():
    made, rates = tree()
    row = next(r for r in rows(input_table(made)) if (r["arm"], r["into"]) == ("gel", "blood") and r["begin"] == "0")
    assert (row["end"], row["time_unit"], row["rate_per_area_unit"]) == ("0.5", "h", "nmol cm-2 h-1")
    wanted = rates[1, 2, 1] * 1e9 * 1e-4 * 3600  # mol m-2 s-1 as nmol cm-2 h-1
    assert float(row["rate_per_area_median"]) == pytest.approx(wanted, rel=1e-8)
    assert float(row["rate_total_median"]) == pytest.approx(wanted * 4, rel=1e-8)  # on 4 cm2
    assert (row["area"], row["area_unit"], row["molar_mass"]) == ("4", "cm2", "194.19")


def test_without_blood_or_actives_there_is_no_table():
    assert input_table(xr.DataTree.from_dict({"/delivery": xr.Dataset()})) is None
    assert input_table(xr.DataTree.from_dict({"/scores": xr.Dataset()})) is None
