"""Plain references that a prediction of intact permeability must beat: Potts and Guy's line, and the mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from microneedling.core.spread import Z95
from microneedling.evaluation.permeability_rows import PermeabilityRow
from microneedling.laws.potts_guy import PottsGuy


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference's points for all rows, and the 5 and 95 % ends its own calibration residuals give it."""

    points: np.ndarray
    low: np.ndarray
    high: np.ndarray


def potts_guy(rows: Sequence[PermeabilityRow]) -> Reference:
    """Potts and Guy's line; interval: point plus mean ± 1.645 SD of observed minus point on calibration rows.

    Args:
        rows: calibration and validation rows together

    Returns: Reference over all rows; only calibration rows set its spread.
    Errors: ValueError with fewer than three calibration rows.
    Source: potts1992. Checked by: tests/unit/evaluation/test_classes.py
    """
    line = PottsGuy()
    return _with_spread(rows, np.array([line.read(row) for row in rows]))


def mean_of_calibration(rows: Sequence[PermeabilityRow]) -> Reference:
    """The mean of the calibration rows for every row, with their spread: what knowing no chemistry gives.

    Errors: ValueError with fewer than three calibration rows.
    Checked by: tests/unit/evaluation/test_classes.py
    """
    return _with_spread(rows, np.zeros(len(rows)))


def _with_spread(rows: Sequence[PermeabilityRow], points: np.ndarray) -> Reference:
    observed = np.array([row.log_permeability for row in rows])
    calibration = np.array([row.use == "calibration" for row in rows])
    if calibration.sum() < 3:
        raise ValueError(f"found {calibration.sum()} calibration rows; a reference needs three")
    residual = (observed - points)[calibration]
    middle, spread = points + residual.mean(), Z95 * residual.std(ddof=1)
    return Reference(points=points, low=middle - spread, high=middle + spread)
