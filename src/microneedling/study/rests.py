"""What an answer rests on: how much of its spread over the ensemble goes with numbers of each grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.stats import t

from microneedling.scales import standard as scales
from microneedling.study.numbers import draw
from microneedling.study.plain import PlainStudy

LEAST = 16  # members below which nothing is told apart
CHANCE = 0.05  # of taking up a number that does nothing, over all of them
MOST = 0.25  # numbers taken up, as a share of the members


def rests_on(
    known: Mapping[str, Any], study: PlainStudy, values: Mapping[str, np.ndarray]
) -> dict[str, dict[str, float]]:
    """Share of each scale's spread, in the first arm, that goes with numbers of each grade.

    Read at the end, or at the greatest value of what is over in days. See `told_apart`: what a few dozen courses cannot
    tell apart is left open, so the shares of a scale sum to less than one. The command `sensitivity` says more of one
    outcome, at the cost of as many courses as there are numbers.

    Args:
        known: numbers used
        study: for members and seed
        values: scale -> (arm, member, time)

    Returns: scale -> grade -> share; nothing for scales without spread, where nothing is told apart, or for small
        ensembles.
    Checked by: tests/unit/study/test_rests.py
    """
    members = study.members if study.members > 1 else 0
    if members < LEAST:
        return {}
    grades, columns, records = [], [], []
    for name, record in draw(known, members=members, seed=study.seed).items():
        for field, facts in known[name].facts.items():
            if facts.spread.kind != "exact" and field != "noticeable":  # that size is no part of any value
                grades.append(facts.grade)
                columns.append(np.asarray(getattr(record, field))[1:])
                records.append(name)
    drawn, own = np.array(columns), readers()
    found = {}
    for scale, series in values.items():
        reached = series[0, 1:, -1] if scale not in _EARLY else np.max(series[0, 1:], axis=-1)
        if not np.all(np.isfinite(reached)) or np.ptp(reached) < 1e-9 * (1e-300 + np.max(np.abs(reached))):
            continue
        mine = np.array([own.get(record, scale) == scale for record in records])
        shares = told_apart(drawn[mine], reached)
        by = dict.fromkeys(sorted(set(grades)), 0.0)
        for n, share in shares.items():
            by[grades[int(np.flatnonzero(mine)[n])]] += share
        if shares:
            found[scale] = {grade: share for grade, share in by.items() if share > 0}
    return found


def told_apart(numbers: np.ndarray, outcome: np.ndarray) -> dict[int, float]:
    """Numbers an ensemble shows to move an outcome, with the share of its spread that goes with each.

        ranks(y) = Σ β_k ranks(p_k) + rest,   share_k = β_k²/Σ β² · R²,   R² adjusted for the numbers taken up

    Taken up one by one, the one that goes best with what is left first, until the next could be chance: with hundreds
    of numbers and dozens of courses a simple correlation of each mostly counts how many numbers there are.

    Args:
        numbers: (number, member)
        outcome: (member,)

    Returns: place of the number -> share; their sum is at most one.
    Checked by: tests/unit/study/test_rests.py
    """
    columns, y = _ranks(numbers), _ranks(outcome[None])[0]
    members = y.size
    taken: list[int] = []
    left, weights = y, np.zeros(0)
    while len(taken) < MOST * members:
        free = members - len(taken) - 2
        r = columns @ left / (members * max(float(np.std(left)), 1e-12))
        r[taken] = 0.0
        best = int(np.argmax(np.abs(r)))
        size = abs(r[best]) * np.sqrt(free / max(1 - r[best] ** 2, 1e-12))
        if size < t.isf(CHANCE / 2 / len(columns), free):
            break
        taken.append(best)
        weights = np.linalg.lstsq(columns[taken].T, y, rcond=None)[0]
        left = y - weights @ columns[taken]
    if not taken:
        return {}
    explained = max(0.0, 1 - float(np.var(left)) * (members - 1) / (members - len(taken) - 1))
    return {n: float(w * w / np.sum(weights**2) * explained) for n, w in zip(taken, weights)}


def readers() -> dict[str, str]:
    """Scale of each record that only this scale reads.

    Checked by: tests/unit/study/test_rests.py
    """
    shared = {cls.__name__ for cls in (*scales.SHARED, *scales.INNER)}
    return {cls.__name__: cls.CARD.name for cls in scales.SCALES if cls.__name__ not in shared}


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
