"""The resolved cell's courses as labelled groups: cell/0, cell/1, ... one for each arm."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from microneedling.simulate import result
from microneedling.study.resolving import ResolvedArm


def cell_groups(arms: Sequence[ResolvedArm]) -> dict[str, xr.Dataset]:
    """One group per arm; an arm without a cell keeps the reason in `left_out`.

    Amounts are (member, time) [mol m-2] named place.active; plumes are those of the central person.

    Checked by: tests/faces/test_cell_study.py
    """
    groups = {}
    for n, arm in enumerate(arms):
        amounts: dict[str, np.ndarray] = {}
        plumes: dict[str, Any] = {}
        facts: dict[str, dict[str, Any]] = {}
        for active, one in arm.actives.items():
            amounts |= {f"{place}.{active}": values for place, values in one.amounts.items()}
            plumes[active] = one.picture
            facts[active] = {"grid_error": one.grid_error, "balance_error": one.balance_error, "steps": one.steps}
        times = next(iter(arm.actives.values())).times if arm.actives else None
        attrs = {"arm": arm.arm, "left_out": arm.left_out, "facts": json.dumps(facts)}
        groups[f"cell/{n}"] = result.cell_group(times, amounts, plumes, attrs)
    return groups
