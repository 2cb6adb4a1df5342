"""Plain references that a prediction of intact permeability must beat: Potts and Guy's line, and the mean."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from microneedling.core.param import param
from microneedling.core.spread import Z95
from microneedling.core.struct import struct
from microneedling.evaluation.permeability_rows import PermeabilityRow


@struct
class PottsGuy:
    """Line through permeabilities of human skin: log10 kp = a + b log Kow - c M/(g/mol), kp in cm/h."""

    level: float = param(
        default=-2.74, unit="1", source="potts1992", where="level", spread="exact", grade="in excised skin"
    )
    partition: float = param(
        default=0.71, unit="1", source="potts1992", where="slope of log Kow", spread="exact", grade="in excised skin"
    )
    mass: float = param(
        default="6.1 mol kg-1",
        unit="mol kg-1",
        source="potts1992",
        where="slope, 0.0061 per g/mol",
        spread="exact",
        grade="in excised skin",
    )

    def read(self, row: PermeabilityRow) -> float:
        """log10 of the permeability in cm/h."""
        return self.level + self.partition * row.log_kow - self.mass * row.molar_mass


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
