"""What the rows taught: directions in the space of numbers, and which numbers they are made of."""

from __future__ import annotations

import dataclasses

import numpy as np

SHOWN = 4  # numbers named for a direction


@dataclasses.dataclass(frozen=True, kw_only=True)
class Direction:
    """A combination of numbers: how much narrower it got (sd after over before), and its largest parts."""

    narrowed: float
    parts: tuple[tuple[str, float], ...]


def directions(names: tuple[str, ...], before: np.ndarray, after: np.ndarray) -> tuple[Direction, ...]:
    """Directions from best to least known.

        (after covariance) v = s² (before covariance) v

    Args:
        names: of the numbers
        before, after: coordinates of draws (draw, number), standard normal in the prior

    Returns: one direction a number, s rising; the signs of parts say which way they trade.
    Checked by: tests/unit/fitting/test_fit.py
    """
    ridge = 0.02 * np.eye(len(names))  # few draws beside many numbers: nothing is known to be known exactly
    wide = np.cov(before.T) + ridge
    inverse = np.linalg.inv(np.linalg.cholesky(wide))
    values, vectors = np.linalg.eigh(inverse @ (np.cov(after.T) + ridge) @ inverse.T)
    found = []
    for value, vector in zip(values, (inverse.T @ vectors).T):
        unit = vector / np.linalg.norm(vector)
        largest = np.argsort(-np.abs(unit))[:SHOWN]
        sign = np.sign(unit[largest[0]])
        parts = tuple((names[n], float(sign * unit[n])) for n in largest)
        found.append(Direction(narrowed=float(np.sqrt(max(value, 0.0))), parts=parts))
    return tuple(found)
