"""The table `input_to_blood.csv`: rate of input to blood and to lymph over time, for whole-body kinetics."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import numpy as np

from microneedling.core import units

if TYPE_CHECKING:
    import xarray as xr

NAME = "input_to_blood.csv"
LEVELS = ("central", "low", "median", "high")  # central person; 5 %, median, 95 % of the ensemble
PER_AREA, TOTAL, TIME = "nmol cm-2 h-1", "nmol h-1", "h"
COLUMNS = (
    "arm", "active", "into", "begin", "end", "time_unit",
    *(f"rate_per_area_{level}" for level in LEVELS), "rate_per_area_unit",
    *(f"rate_total_{level}" for level in LEVELS), "rate_total_unit",
    "area", "area_unit", "molar_mass", "molar_mass_unit",
)  # fmt: skip


def input_table(tree: xr.DataTree) -> str | None:
    """The table as text, or None when there is nothing to tell (no active, or a diffusion cell without blood).

    One row for each arm, active, sink ("blood" or "lymph") and interval between readings. Rates are means over the
    interval, so rate times interval, summed, is the amount that entered. Per area of skin, and in total on the area
    studied. Levels: the central person, then 5 %, median and 95 % of the ensemble, each interval by itself.

    Args:
        tree: a result

    Checked by: tests/unit/report/test_input_table.py
    """
    if "delivery" not in tree.children or not tree["delivery"].to_dataset().data_vars:
        return None
    found = tree["delivery"].to_dataset()
    arms, masses = json.loads(found.attrs["arms"]), json.loads(found.attrs["molar_masses"])
    area = float(found.attrs["area"])
    hours = units.read("1 h", "s")
    per_area, total = units.read(f"1 {PER_AREA}", "mol m-2 s-1"), units.read(f"1 {TOTAL}", "mol s-1")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for name, rates in found.data_vars.items():
        into, active = str(name).split(".", 1)
        for a, arm in enumerate(arms):
            for i, (begin, end) in enumerate(zip(found["begin"].values, found["end"].values)):
                rate = rates.values[a, :, i]
                when = [*_text([begin / hours, end / hours]), TIME]
                rated = [*_text(rate / per_area), PER_AREA, *_text(rate * area / total), TOTAL]
                known = [*_text([area * 1e4]), "cm2", *_text([masses[active] * 1e3]), "g mol-1"]
                table.writerow([arm, active, into, *when, *rated, *known])
    return text.getvalue()


def _text(values: list[float] | np.ndarray) -> list[str]:
    return [f"{float(value):.9g}" for value in values]
