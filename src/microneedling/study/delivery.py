"""How fast each active enters blood and lymph, interval by interval: what a whole-body model takes as its input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from microneedling.simulate.result import HIGH, LOW

if TYPE_CHECKING:
    from microneedling.study.run import Run

SINKS = ("blood", "lymph")


def delivery_group(run: Run) -> xr.Dataset:
    """Mean rates of input between readings, per skin area, with their interval over people.

        rate = (amount at the end - amount at the beginning)/(end - beginning)

    Mean rates, not rates at a moment: times their interval they give back the amount that has passed.

    Args:
        run: of a study in living skin; in a diffusion cell there is neither blood nor lymph

    Returns: "blood.<active>" and "lymph.<active>" (arm, level, interval) [mol m-2 s-1]; levels are the central person,
    5 %, median, 95 %; area [m2] and molar masses [kg mol-1] in the attributes; empty without actives or blood.
    Checked by: tests/unit/study/test_delivery.py
    """
    if run.study.in_vitro is not None or not run.parts.actives:
        return xr.Dataset()
    readings = np.stack([np.asarray(course.readings) for course in run.courses])  # (arm, time, scale, people)
    names = [card.name for card in run.parts.cards]
    times = np.asarray(run.parts.times)
    found = {}
    for name in [f"{sink}.{active}" for active in run.parts.actives for sink in SINKS]:
        rates = mean_rates(readings[:, :, names.index(name), :], times)
        found[name] = (("arm", "level", "interval"), rates, {"units": "mol m-2 s-1"})
    masses = {card.name: float(card.known.record.molar_mass) for card in run.cards.actives.values()}
    attrs = {
        "arms": json.dumps([arm.name for arm in run.study.arms]),
        "levels": json.dumps(["central person", "low", "median", "high"]),
        "area": run.study.area,
        "molar_masses": json.dumps(masses),
    }
    coords = {"begin": ("interval", times[:-1], {"units": "s"}), "end": ("interval", times[1:], {"units": "s"})}
    return xr.Dataset(found, coords, attrs)


def mean_rates(amounts: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Mean rate over each interval: central person, 5 %, median, 95 % of the others (arm, 4, interval).

    Args:
        amounts: sum so far (arm, time, people), the first person the central one; not a number where a run failed
        times: (time,) [s], rising
    """
    rates = np.diff(amounts, axis=1) / np.diff(times)[:, None]
    others = rates[..., 1:] if rates.shape[-1] > 1 else rates
    found: np.ndarray = np.stack([rates[..., 0], *np.nanquantile(others, (LOW, 0.5, HIGH), axis=-1)], axis=1)
    return found
