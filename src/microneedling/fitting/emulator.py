"""What the model would say to every row, learnt from what it has said: where to look next, at next to no cost."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from scipy import linalg

from microneedling.fitting.likelihood import LATEST, Held, is_timed

REACH = 10.0  # length over which answers resemble one another, in prior standard deviations (many coordinates) [1]
RIDGE = 1e-3  # of the kernel's height: what one answer may differ from the surface [1]
MOST = 4000  # evaluations it learns from, the last ones: the cost of learning grows with the third power
SHARP = 0.3  # part of a row's value below which answers count as they are, above it by their logarithm [1]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Emulator:
    """Kernel regression of every row's answer on the coordinates of the numbers.

        y_r = asinh(m_r/s_r),   ŷ(x) = ȳ + Σ_i a_i k(x, x_i),   k = 1 + x·x'/n + exp(-|x - x'|²/2ℓ²)

    m: what the model said, s: a third of what was observed, or the noticeable change of a direction. Its errors make
    moves be refused more often; what the moves lead to does not rest on it (sampler.decided).

    Source: Rasmussen CE, Williams CKI 2006 Gaussian Processes for Machine Learning, ch. 2
    Checked by: tests/unit/fitting/test_emulator.py
    """

    points: np.ndarray
    weights: np.ndarray
    middle: np.ndarray
    scales: np.ndarray

    def said(self, x: np.ndarray) -> np.ndarray:
        """What the model would say at points x (particle, number), in each row's unit (particle, row)."""
        return np.asarray(np.sinh(self.middle + _kernel(x, self.points) @ self.weights) * self.scales)


def emulator(rows: Sequence[Held], x: np.ndarray, said: np.ndarray) -> Emulator:
    """Learn from evaluations; points at which a row got no answer are left out, times that never came count as late.

    Args:
        rows: as held
        x: points (point, number) in prior standard deviations
        said: what the model said there (point, row), in each row's unit

    Checked by: tests/unit/fitting/test_emulator.py
    """
    late = np.array([LATEST * one.horizon if is_timed(one) else np.inf for one in rows])
    scales = np.array([_scale(one) for one in rows])
    y = np.arcsinh(np.where(np.isposinf(said), late, said) / scales)
    good = np.flatnonzero(np.isfinite(y).all(axis=1))[-MOST:]
    x, y = x[good], y[good]
    middle = y.mean(axis=0)
    solved = linalg.cho_factor(_kernel(x, x) + RIDGE * np.eye(len(x)), lower=True, overwrite_a=True)
    return Emulator(points=x, weights=linalg.cho_solve(solved, y - middle), middle=middle, scales=scales)


def _scale(one: Held) -> float:
    return max(one.noticeable, 1e-12) if one.form == "direction" else SHARP * abs(one.row.value) or 1.0


def _kernel(x: np.ndarray, points: np.ndarray) -> np.ndarray:
    inner = x @ points.T
    apart = np.sum(x**2, axis=1)[:, None] + np.sum(points**2, axis=1) - 2 * inner
    return 1 + inner / x.shape[1] + np.exp(-np.maximum(apart, 0.0) / (2 * REACH**2))
