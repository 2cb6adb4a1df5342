"""A posterior as a parameter set: a card with its values and spreads, and the joint draws beside it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from microneedling.core.param import Provenance
from microneedling.core.spread import Z95
from microneedling.fitting.fit import Posterior, Task
from microneedling.fitting.likelihood import standing
from microneedling.fitting.scope import Scope
from microneedling.study.draws import Draws

LEARNT = (
    0.75  # a number counts as fitted when its posterior is narrower than this share of its prior: draws are few [1]
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class FittedNumber:
    """One number before and after: 5, 50 and 95 % points in SI, and how much narrower it got."""

    name: str
    value: float
    prior: tuple[float, float, float]
    after: tuple[float, float, float]
    narrowed: float  # standard deviation of its coordinate over that of the prior [1]
    facts: Provenance

    @property
    def is_learnt(self) -> bool:
        """Did the rows say anything about it?"""
        return self.narrowed < LEARNT


def central_draw(task: Task, posterior: Posterior) -> int:
    """The draw that stands for all: nearest to the middle in what it says to the rows and in its numbers.

    Medians taken number by number would leave the ridges along which numbers trade against each other.
    """
    said = posterior.all_said
    standings = np.array([_row_standing(row, said[:, n]) for n, row in enumerate(task.rows)])
    clean = np.where(np.isfinite(standings), standings, np.nan)
    low, middle, high = np.nanquantile(clean, [0.05, 0.5, 0.95], axis=1)
    away = np.abs(clean - middle[:, None]) / np.maximum(high - low, 1e-9)[:, None]
    by_rows = np.where(np.isfinite(away), away, 2.0).mean(axis=0)
    z = posterior.z[:, : len(task.space.names)]
    by_numbers = np.abs((z - z.mean(axis=0)) / z.std(axis=0)).mean(axis=1)
    return int(np.argmin(by_rows / by_rows.min() + by_numbers / by_numbers.min()))


def _row_standing(row: Any, said: np.ndarray) -> np.ndarray:
    return said if row.form == "direction" else standing(row, said)


def fitted_numbers(task: Task, posterior: Posterior) -> tuple[FittedNumber, ...]:
    """Every fitted number before and after.

    Checked by: tests/unit/fitting/test_fit.py
    """
    before, after = task.space.numbers(posterior.prior), task.space.numbers(posterior.z)
    width = len(task.space.names)
    narrowed = posterior.z[:, :width].std(axis=0) / posterior.prior[:, :width].std(axis=0)
    values = after[central_draw(task, posterior)]

    def points(numbers: np.ndarray, n: int) -> tuple[float, float, float]:
        low, middle, high = np.quantile(numbers[:, n], [0.05, 0.5, 0.95])
        return float(low), float(middle), float(high)

    return tuple(
        FittedNumber(
            name=name,
            value=float(values[n]),
            prior=points(before, n),
            after=points(after, n),
            narrowed=float(narrowed[n]),
            facts=task.space.facts[n],
        )
        for n, name in enumerate(task.space.names)
    )


def draws_of(task: Task, posterior: Posterior) -> Draws:
    """The joint draws of all fitted numbers in SI."""
    return Draws(task.space.names, task.space.numbers(posterior.z))


def card_of(task: Task, posterior: Posterior, scope: Scope, *, title: str, draws: str) -> str:
    """The text of the parameter set.

    Args:
        task, posterior: what was fitted, and what came out
        scope: for the keys of sources
        title: of the card
        draws: name of the file of draws beside it

    Returns: TOML. A number the rows say nothing about keeps its grade and source; the others are "fitted".
    Checked by: tests/unit/fitting/test_fit.py
    """
    keys = tuple(dict.fromkeys(scope.key(row.row.source) for row in task.rows))
    count, studies = len(task.rows), len(task.space.studies)
    head = [
        "# Written by `microneedling fit`. Values: one draw near the middle of all; spreads: 5 to 95 % of the draws.",
        f"# People draw these numbers together, a row of {draws} each: singly they are known much worse than jointly.",
        f"title = {json.dumps(title, ensure_ascii=False)}",
        f"draws = {json.dumps(draws)}",
        "",
        "[replace]",
    ]
    where = f"{count} calibration rows of {studies} studies, fitted together"
    lines = [f'"{one.name}" = {{ {_entry(one, keys, where)} }}' for one in fitted_numbers(task, posterior)]
    return "\n".join([*head, *lines]) + "\n"


def _entry(one: FittedNumber, keys: Sequence[str], where: str) -> str:
    low, high = min(one.after[0], one.value), max(one.after[2], one.value)
    unit = "" if one.facts.unit == "1" else f" {one.facts.unit}"
    facts: dict[str, Any] = {
        "value": f"{one.value:.6g}{unit}",
        "spread": f"{_down(low):.6g} .. {_up(high):.6g}{unit}",
    }
    prior = f"{one.prior[0]:.3g} .. {one.prior[2]:.3g}{unit}"
    if one.is_learnt:
        own = tuple(key for key in one.facts.source if key)
        facts |= {"source": list(dict.fromkeys([*own, *keys])), "where": where, "grade": "fitted"}
        facts["note"] = f"narrowed to {one.narrowed:.2f} of its prior, {prior} ({one.facts.grade})"
    else:
        facts |= {"source": [key for key in one.facts.source if key], "where": one.facts.where}
        facts |= {"grade": one.facts.grade if any(one.facts.source) else "assumed"}
        facts["note"] = f"{one.facts.note}; the rows say nothing about it (prior {prior})".strip("; ")
    return ", ".join(f"{key} = {_toml(value)}" for key, value in facts.items() if value)


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _down(x: float) -> float:
    return x - 1e-5 * abs(x)  # rounding must not shut the value out of its own spread


def _up(x: float) -> float:
    return x + 1e-5 * abs(x)


def spread_of(one: FittedNumber) -> Mapping[str, float]:
    """How wide a number is after against before, as a factor of its 5 to 95 % points (log where positive)."""

    def width(points: tuple[float, float, float]) -> float:
        return float(np.log(points[2] / points[0])) if points[0] > 0 else points[2] - points[0]

    return {"prior": width(one.prior) / (2 * Z95), "after": width(one.after) / (2 * Z95)}
