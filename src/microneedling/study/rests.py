"""What an answer rests on: how much of its spread goes with numbers of each grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from microneedling.study.numbers import draw
from microneedling.study.plain import PlainStudy

CLEAR = 2.0  # a correlation counts from this many standard errors of chance [1]


def rests_on(
    known: Mapping[str, Any], study: PlainStudy, values: Mapping[str, np.ndarray]
) -> dict[str, dict[str, float]]:
    """Share of each scale's spread, at the end of the first arm, that goes with numbers of each grade.

    Squared rank correlation of every number with the scale over the ensemble, those beyond chance only, summed by grade
    and scaled to one. A rough label from the members at hand, not a sensitivity analysis.

    Args:
        known: numbers used
        study: for members and seed
        values: scale -> (arm, member, time)

    Returns: scale -> grade -> share; empty for scales without spread or for small ensembles.
    """
    members = study.members if study.members > 1 else 0
    if members < 16:
        return {}
    grades, columns = [], []
    for name, record in draw(known, members=members, seed=study.seed).items():
        for field, facts in known[name].facts.items():
            if facts.spread.kind != "exact":
                grades.append(facts.grade)
                columns.append(np.asarray(getattr(record, field))[1:])
    ranks = _ranks(np.array(columns))
    shares = {}
    for scale, series in values.items():
        reached = series[0, 1:, -1] if scale not in _EARLY else np.max(series[0, 1:], axis=-1)
        if not np.all(np.isfinite(reached)) or np.ptp(reached) < 1e-9 * (1e-300 + np.max(np.abs(reached))):
            continue
        r2 = (ranks @ _ranks(reached[None])[0] / members) ** 2
        r2 = np.where(r2 > CLEAR**2 / members, r2, 0.0)
        if r2.sum() > 0:
            shares[scale] = {g: float(r2[np.array(grades) == g].sum() / r2.sum()) for g in sorted(set(grades))}
    return shares


_EARLY = frozenset(
    {
        "deep_perfusion",
        "lymph_flow",
        "tewl",
        "erythema",
        "oedema",
        "pain",
        "open_area",
        "perfusion",
        "oxygen",
        "inflammation",
        "neutrophils",
        "macrophages",
    }
)


def _ranks(rows: np.ndarray) -> np.ndarray:
    """Ranks of each row, centred and scaled to unit variance."""
    order = np.argsort(np.argsort(rows, axis=1), axis=1).astype(float)
    return (order - order.mean(axis=1, keepdims=True)) / order.std(axis=1, keepdims=True)
