"""How well permeabilities of intact skin are foretold, class by class, beside plain references."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from microneedling.evaluation import score
from microneedling.evaluation.intact import Foretold, foretold
from microneedling.evaluation.observed import USES
from microneedling.evaluation.permeability_rows import PermeabilityRow, PermeabilitySet
from microneedling.evaluation.reference import Reference, mean_of_calibration, potts_guy

Belongs = Callable[[PermeabilityRow], bool]


def _between(name: str, low: float, high: float) -> Belongs:
    return lambda row: low <= getattr(row, name) < high


ONE_VOTE = "all, one vote a compound"  # rows of a compound share its vote: some have twenty rows, most have one
CLASSES: Mapping[str, Belongs] = {
    "all": lambda row: True,
    ONE_VOTE: lambda row: True,
    "log K below 0": _between("log_kow", -math.inf, 0),
    "log K 0 to 2": _between("log_kow", 0, 2),
    "log K 2 to 4": _between("log_kow", 2, 4),
    "log K 4 and above": _between("log_kow", 4, math.inf),
    "below 150 g/mol": _between("molar_mass", 0, 0.150),
    "150 to 300 g/mol": _between("molar_mass", 0.150, 0.300),
    "300 to 450 g/mol": _between("molar_mass", 0.300, 0.450),
    "450 g/mol and above": _between("molar_mass", 0.450, math.inf),
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fit:
    """One predictor on one class: rms and bias of predicted minus observed log10, coverage, mean interval score."""

    rms: float
    bias: float
    coverage: float
    interval_score: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClassScore:
    """One class of molecules in one use: the model beside Potts and Guy's line and the mean of calibration rows."""

    use: str
    label: str
    rows: int
    compounds: int
    model: Fit
    potts_guy: Fit
    mean: Fit


@dataclasses.dataclass(frozen=True, kw_only=True)
class SetScore:
    """A permeability set held against the model; `left_out` counts rows by the first words of their reason."""

    name: str
    title: str
    rows: tuple[Foretold, ...]
    classes: tuple[ClassScore, ...]
    left_out: Mapping[str, int]

    @property
    def misses(self) -> tuple[Foretold, ...]:
        """Rows outside their interval, validation first, the farthest first."""
        missed = [one for one in self.rows if one.miss]
        return tuple(sorted(missed, key=lambda one: (one.row.use != "validation", -abs(one.miss))))


def scored(the_set: PermeabilitySet) -> SetScore:
    """Predict every row of a set and score it by class, in both uses.

    Args:
        the_set: rows and how their skin was mounted

    Returns: SetScore; classes without rows are left away.
    Errors: ValueError with fewer than three calibration rows.
    Source: interval score as in evaluation/score.py. Checked by: tests/unit/evaluation/test_classes.py
    """
    rows = foretold(the_set)
    left_out = Counter(row.left_out.split(":")[0].split(" (")[0].split(";")[0] for row in the_set.rows if row.left_out)
    return SetScore(
        name=the_set.name,
        title=the_set.title,
        rows=tuple(rows),
        classes=by_class(rows),
        left_out=dict(left_out.most_common()),
    )


def by_class(rows: Sequence[Foretold]) -> tuple[ClassScore, ...]:
    """Scores of every class that has rows, validation first.

    Checked by: tests/unit/evaluation/test_classes.py
    """
    published = [one.row for one in rows]
    model = Reference(
        points=np.array([one.median for one in rows]),
        low=np.array([one.low for one in rows]),
        high=np.array([one.high for one in rows]),
    )
    predictors = {"model": model, "potts_guy": potts_guy(published), "mean": mean_of_calibration(published)}
    found = []
    for use in reversed(USES):
        for label, belongs in CLASSES.items():
            at = [n for n, row in enumerate(published) if row.use == use and belongs(row)]
            if at:
                molecules = Counter(_molecule(published[n]) for n in at)
                even = np.full(len(at), 1 / len(at))
                votes = np.array([1 / molecules[_molecule(published[n])] / len(molecules) for n in at])
                weights = votes if label == ONE_VOTE else even
                fits = {name: _fit(one, published, at, weights=weights) for name, one in predictors.items()}
                found.append(ClassScore(use=use, label=label, rows=len(at), compounds=len(molecules), **fits))
    return tuple(found)


def _molecule(row: PermeabilityRow) -> tuple[float, float]:
    """What makes two rows one compound, however its name is written."""
    return row.molar_mass, row.molar_volume


def _fit(one: Reference, rows: Sequence[PermeabilityRow], at: Sequence[int], *, weights: np.ndarray) -> Fit:
    observed = np.array([rows[n].log_permeability for n in at])
    low, high, error = one.low[at], one.high[at], one.points[at] - observed
    scores = [score.interval_score(a, b, y) for a, b, y in zip(low, high, observed, strict=True)]
    return Fit(
        rms=float(np.sqrt(weights @ error**2)),
        bias=float(weights @ error),
        coverage=float(weights @ ((low <= observed) & (observed <= high))),
        interval_score=float(weights @ np.array(scores)),
    )
