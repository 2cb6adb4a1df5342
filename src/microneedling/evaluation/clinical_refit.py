"""The numbers of the clinical map found again from their calibration rows, so that anyone can repeat it.

`python -m microneedling.evaluation.clinical_refit validation` simulates the central person of each calibration case and
prints the numbers beside the shipped ones; with `--write` it writes them: the parameter set cards/parameter_sets/
clinical_map.toml with its joint draws, and the tissue they rest on (clinical_moves.csv). Validation rows never enter.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy import special, stats

from microneedling.evaluation import clinical_files
from microneedling.evaluation.clinical_rows import ClinicalRow, read_rows
from microneedling.evaluation.refit import Estimate
from microneedling.scales.clinical import SCALES
from microneedling.scales.clinical_series import moved
from microneedling.study.run import course_of
from microneedling.study.schema import Study

DRAWS, KEPT, SEED = 200_000, 400, 1
WIDE = 2.0  # standard deviation of A, and of b x, before any row: of a normal cut at zero, the same for both [1]
POOLED, LOW, HIGH, TRIALS, SHARE = 1.32, 0.73, 1.92, 12, 0.88  # ahmed2025: effect, 95 % CI, trials, I²
SHIFT = "open_shift"


@dataclasses.dataclass(frozen=True)
class Fitted:
    """Draws of the map's numbers by name, each (draw,), with their weights, and the effective number of draws."""

    draws: Mapping[str, np.ndarray]
    weight: np.ndarray

    @property
    def effective(self) -> float:
        """Draws of equal weight that would tell as much, (Σ w)²/Σ w²."""
        return float(self.weight.sum() ** 2 / np.sum(self.weight**2))

    def estimate(self, name: str) -> Estimate:
        """Median, 5 and 95 % of one number."""
        values = self.draws[name]
        order = np.argsort(values)
        whole = np.cumsum(self.weight[order]) / self.weight.sum()
        low, middle, high = (float(values[order][np.searchsorted(whole, q)]) for q in (0.05, 0.5, 0.95))
        return Estimate(value=middle, low=low, high=high)

    def kept(self, count: int = KEPT) -> dict[str, np.ndarray]:
        """Draws of equal weight, picked at even steps of the weight (count,), the same rows of every number."""
        steps = (np.arange(count) + 0.5) / count * self.weight.sum()
        rows = np.minimum(np.searchsorted(np.cumsum(self.weight), steps), len(self.weight) - 1)
        return {name: values[rows] for name, values in self.draws.items()}


def heterogeneity() -> float:
    """τ, standard deviation of ln v between studies, from a pooled effect of controlled trials.

        τ_d² = I² k SE²,   τ = √ln(1 + (τ_d/d)²)

    I² is the share of between in all variance, and k SE² is all of it for trials of one size.

    Source: ahmed2025. Checked by: tests/published/test_clinical_map.py
    """
    error = (HIGH - LOW) / (2 * float(stats.norm.ppf(0.975)))
    return math.sqrt(math.log1p(SHARE * TRIALS * error**2 / POOLED**2))


def clinical_map(rows: Sequence[ClinicalRow], moves: Sequence[float]) -> Fitted:
    """Slopes and open shift, by weighting draws from what was held possible before any row.

        f_r ~ Normal((b x_r + A [open]) v S, SE_r),   ln v ~ Normal(0, τ/√k),   ln S ~ Normal(ln S_k, vague_k)

    One v a source (k: trials pooled) and one S a scale of a source, however many rows it has. Given A, v and S the rows
    are normal in b, so b is not drawn blindly: its rows weigh a draw by their integral over b > 0, and b follows from a
    normal cut at zero.

    Args:
        rows: calibration rows
        moves: x of each row [1], > 0

    Returns: Fitted, numbers by their names in ClinicalMap.
    Errors: ValueError when a tissue has not got better.
    Checked by: tests/published/test_clinical_map.py
    """
    if min(moves) <= 0:
        raise ValueError(f"tissue of {rows[int(np.argmin(moves))].case} has not got better: no slope can follow")
    draw = np.random.default_rng(SEED)
    shift = np.abs(draw.standard_normal(DRAWS)) * WIDE
    pooled = {row.source: row.trials for row in rows}
    vague = {(row.source, row.scale): (row.people, row.vague) for row in rows}
    study = {s: np.exp(heterogeneity() / math.sqrt(k) * draw.standard_normal(DRAWS)) for s, k in sorted(pooled.items())}
    people = {key: size * np.exp(wide * draw.standard_normal(DRAWS)) for key, (size, wide) in sorted(vague.items())}
    found, logarithm = {SHIFT: shift}, np.zeros(DRAWS)
    for name in sorted({row.slope for row in rows}):
        own = [(row, x) for row, x in zip(rows, moves) if row.slope == name]
        size = {row: study[row.source] * people[row.source, row.scale] for row, _ in own}
        steep = np.array([x * size[row] / row.error for row, x in own])
        left = np.array([(row.fall - shift * row.is_open * size[row]) / row.error for row, _ in own])
        prior = WIDE / float(np.mean([x for _, x in own]))
        found[name], weight = _slope(steep, left, prior, draw)
        logarithm += weight
    return Fitted(found, np.exp(logarithm - logarithm.max()))


def _slope(
    steep: np.ndarray, left: np.ndarray, prior: float, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """One slope from its rows (row, draw), in units of their errors: a draw each, and the log of its rows' integral.

    ∫₀ exp(-½ Σ (y - b c)²) exp(-½ b²/σ²) db = exp(-½ (Σ y² - P m²)) √(2π/P) Φ(m √P),   P = Σ c² + 1/σ²,  m = Σ c y/P
    """
    precision = np.sum(steep**2, axis=0) + prior**-2.0
    middle = np.sum(steep * left, axis=0) / precision
    cut = middle * np.sqrt(precision)
    weight = -0.5 * (np.sum(left**2, axis=0) - precision * middle**2) - 0.5 * np.log(precision) + special.log_ndtr(cut)
    # a normal cut at zero by its quantiles, from the upper end, which stays exact far in the tail
    above = special.ndtri_exp(np.log(draw.uniform(size=cut.shape)) + special.log_ndtr(cut))
    return middle - above / np.sqrt(precision), weight


def simulated(rows: Sequence[ClinicalRow], folder: Path) -> list[float]:
    """x of each row for the central person of its case, over the arm it is held against [1].

    Errors: StudyError, CardError when a case cannot be read.
    """
    read: dict[str, Mapping[tuple[str, str], tuple[np.ndarray, np.ndarray, float]]] = {}
    for case in dict.fromkeys(row.case for row in rows):
        study = Study.load(folder / case / "study.toml").model_copy(update={"members": 1})
        read[case] = _series(study, {row.tissue for row in rows if row.case == case})
    cards = {card.slope: card for card in reversed(SCALES)}
    found = []
    for row in rows:

        def at(arm: str, row: ClinicalRow = row) -> float:
            times, series, filling = read[row.case][arm, row.tissue]
            x = moved(cards[row.slope], series[None], np.array([filling]))[0]
            return float(np.interp(row.time, times, x))

        found.append(at(row.arm) - (at(row.against) if row.against else 0.0))
    return found


def _series(study: Study, tissues: set[str]) -> dict[tuple[str, str], tuple[np.ndarray, np.ndarray, float]]:
    """Times, series and filling of some tissue scales of the central person, by arm and scale."""
    run = course_of(study, exempt=True)
    found = {}
    for n, (card, scale) in enumerate(zip(run.parts.cards, run.parts.scales)):
        if card.name in tissues:
            record = getattr(scale, "scars", scale)
            known = [field.name for field in dataclasses.fields(record)]
            filling = float(np.ravel(record.filling)[0]) if "filling" in known else 1.0
            for arm, course in zip(run.study.arms, run.courses):
                found[arm.name, card.name] = (run.parts.times, np.asarray(course.readings)[:, n, 0], filling)
    return found


def main(folder: Path, *, write: bool = False) -> None:
    """Print the rows with their tissue, and the numbers with their 90 % intervals beside the shipped ones."""
    rows = read_rows()
    moves = simulated(rows, folder)
    fitted = clinical_map(rows, moves)
    for row, x in zip(rows, moves):
        print(f"{row.source} {row.scale} {row.time / 86400:g} d: fall {row.fall:g} ± {row.error:.2g}, x {x:.4g}")
    print(f"tau: {heterogeneity():.3g}; effective draws: {fitted.effective:.0f}")
    estimates = {name: fitted.estimate(name) for name in fitted.draws}
    for line in clinical_files.beside_shipped(estimates, clinical_files.shipped()):
        print(line)
    if write:
        for path in clinical_files.written(rows, moves, estimates, fitted.kept()):
            print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv[2:])
