"""The numbers of the clinical map found again from their calibration rows, so that anyone can repeat it.

`python -m microneedling.evaluation.clinical_refit validation` simulates the central person of each calibration case and
prints the numbers. Validation rows never enter.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import stats

from microneedling.evaluation.clinical_rows import ClinicalRow, read_rows
from microneedling.evaluation.refit import Estimate
from microneedling.scales.clinical import SCALES
from microneedling.scales.clinical_series import moved
from microneedling.study.run import course_of
from microneedling.study.schema import Study

DRAWS, SEED = 1_000_000, 1
WIDE = 2.0  # standard deviation of A, and of b x, before any row: of a normal cut at zero, the same for both [1]
POOLED, LOW, HIGH, TRIALS, SHARE = 1.32, 0.73, 1.92, 12, 0.88  # ahmed2025: effect, 95 % CI, trials, I²


def heterogeneity() -> float:
    """τ, standard deviation of ln v between studies, from a pooled effect of controlled trials.

        τ_d² = I² k SE²,   τ = √ln(1 + (τ_d/d)²)

    I² is the share of between in all variance, and k SE² is all of it for trials of one size.

    Source: ahmed2025. Checked by: tests/published/test_clinical_map.py
    """
    error = (HIGH - LOW) / (2 * float(stats.norm.ppf(0.975)))
    return math.sqrt(math.log1p(SHARE * TRIALS * error**2 / POOLED**2))


def clinical_map(rows: Sequence[ClinicalRow], moves: Sequence[float]) -> dict[str, Estimate]:
    """Slopes and open shift with 90 % intervals, by weighting draws from what was held possible before any row.

        d_r ~ Normal((b x_r + A [open]) v, SE_r),   ln v ~ Normal(0, τ), one v a study

    Args:
        rows: calibration rows
        moves: x of each row [1], > 0

    Returns: by name of ClinicalMap: median, 5 and 95 %; "effective" is the effective number of draws.
    Errors: ValueError when a tissue has not got better.
    Checked by: tests/published/test_clinical_map.py
    """
    if min(moves) <= 0:
        raise ValueError(f"tissue of {rows[int(np.argmin(moves))].case} has not got better: no slope can follow")
    draw = np.random.default_rng(SEED)
    shift = np.abs(draw.standard_normal(DRAWS)) * WIDE
    names = sorted({row.slope for row in rows})
    mean = {n: float(np.mean([m for row, m in zip(rows, moves) if row.slope == n])) for n in names}
    slope = {n: np.abs(draw.standard_normal(DRAWS)) * WIDE / mean[n] for n in names}
    study = {s: np.exp(heterogeneity() * draw.standard_normal(DRAWS)) for s in sorted({row.source for row in rows})}
    weight = np.zeros(DRAWS)
    for row, x in zip(rows, moves):
        expected = (slope[row.slope] * x + shift * row.is_open) * study[row.source]
        weight += stats.norm.logpdf(row.moved, expected, row.error)
    weight = np.exp(weight - weight.max())
    found = {name: _estimate(values, weight) for name, values in {**slope, "open_shift": shift}.items()}
    effective = float(weight.sum() ** 2 / np.sum(weight**2))
    return {**found, "effective": Estimate(value=effective, low=effective, high=effective)}


def simulated(rows: Sequence[ClinicalRow], folder: Path) -> list[float]:
    """x of each row for the central person of its case [1].

    Errors: StudyError, CardError when a case cannot be read.
    """
    read: dict[str, Mapping[str, tuple[np.ndarray, np.ndarray, float]]] = {}
    for case in dict.fromkeys(row.case for row in rows):
        study = Study.load(folder / case / "study.toml").model_copy(update={"members": 1})
        read[case] = _series(study, {row.tissue for row in rows if row.case == case})
    cards = {card.slope: card for card in reversed(SCALES)}
    found = []
    for row in rows:
        times, series, filling = read[row.case][row.tissue]
        x = moved(cards[row.slope], series[None], np.array([filling]))[0]
        found.append(float(np.interp(row.time, times, x)))
    return found


def _series(study: Study, tissues: set[str]) -> dict[str, tuple[np.ndarray, np.ndarray, float]]:
    """Times, series and filling of some tissue scales of the first arm's central person."""
    run = course_of(study, exempt=True)
    found = {}
    for n, (card, scale) in enumerate(zip(run.parts.cards, run.parts.scales)):
        if card.name in tissues:
            record = getattr(scale, "scars", scale)
            known = [field.name for field in dataclasses.fields(record)]
            filling = float(np.ravel(record.filling)[0]) if "filling" in known else 1.0
            found[card.name] = (run.parts.times, np.asarray(run.courses[0].readings)[:, n, 0], filling)
    return found


def _estimate(values: np.ndarray, weight: np.ndarray) -> Estimate:
    order = np.argsort(values)
    whole = np.cumsum(weight[order]) / weight.sum()
    low, middle, high = (float(values[order][np.searchsorted(whole, q)]) for q in (0.05, 0.5, 0.95))
    return Estimate(value=middle, low=low, high=high)


def main(folder: Path) -> None:
    """Print the rows with their tissue, and the numbers with their 90 % intervals."""
    rows = read_rows()
    moves = simulated(rows, folder)
    for row, x in zip(rows, moves):
        print(f"{row.source} {row.scale}: d {row.moved:.2f} ± {row.error:.2f}, x {x:.4g}, S {row.people:.2f}")
    print(f"tau: {heterogeneity():.3g}")
    for name, one in clinical_map(rows, moves).items():
        print(f"{name}: {one.value:.3g} ({one.low:.3g} to {one.high:.3g})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
