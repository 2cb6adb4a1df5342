"""Where the posterior lies if the model were linear: what moves are made about."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from microneedling.fitting.likelihood import Held, RowErrors, is_timed, standing
from microneedling.fitting.sampler import Reference
from microneedling.fitting.space import KINDS, Space

LEAST = 0.2  # slopes are drawn to zero as if each were known to be of about this size beforehand [1]


def linear_reference(
    rows: Sequence[Held],
    space: Space,
    seen: tuple[np.ndarray, np.ndarray],
    *,
    temperature: float,
    shares: np.ndarray,
    errors: RowErrors,
) -> Reference:
    """A normal distribution from a linear fit of what the model said so far.

        s_r ≈ a_r + b_r·x,   P = I + T Σ_r w_r g_r g_rᵀ/(σ_r² + ρ_r²),   m = P⁻¹ T Σ_r w_r g_r (y_r - a_r)/(σ_r² + ρ_r²)

    s: ln of what row r was told, x: numbers' coordinates, g: b with the row's study effect appended, ρ: what the line
    misses. It only makes moves longer; what they lead to does not rest on it. Rows with a side or a direction are left
    out: they are flat almost everywhere.

    Args:
        rows: as held
        space: of the coordinates
        seen: points (point, coordinate) and what the model said there (point, row)
        temperature: T of the stage, 0 to 1
        shares: w, 1 for a row, 1/k where k alternatives stand for it (row,)
        errors: what is assumed of errors

    Returns: mean and Cholesky factor of P⁻¹.
    Checked by: tests/unit/fitting/test_linear_reference.py
    """
    z, said = seen
    width = len(space.names)
    precision, pull = np.eye(space.size), np.zeros(space.size)
    for n, one in enumerate(rows):
        told = standing(one, said[:, n]) if one.form in ("gain", "ratio", "time") else np.full(len(z), np.nan)
        good = np.isfinite(told)
        if np.count_nonzero(good) < 20:
            continue
        middle, slopes, missed = _line(z[good, :width], told[good])
        kind = "time" if is_timed(one) else "size"
        g = np.zeros(space.size)
        g[:width] = slopes
        at = width + KINDS.index(kind) * len(space.studies) + space.studies.index(one.row.source)
        g[at] = errors.study_time if kind == "time" else errors.study_size
        weight = temperature * shares[n] / (one.error**2 + missed)
        precision += weight * np.outer(g, g)
        pull += weight * g * (math.log(abs(one.row.value)) - middle)
    cover = np.linalg.inv(precision)
    return Reference(mean=cover @ pull, factor=np.linalg.cholesky((cover + cover.T) / 2))


def _line(x: np.ndarray, s: np.ndarray) -> tuple[float, np.ndarray, float]:
    """Ridge regression: value at the origin, slopes, and the variance the line misses."""
    centre, mean = x.mean(axis=0), float(s.mean())
    spread = float(s.var()) + 1e-12
    inner = (x - centre).T @ (x - centre) + spread / LEAST**2 * np.eye(x.shape[1])
    slopes = np.linalg.solve(inner, (x - centre).T @ (s - mean))
    missed = float(np.var(s - mean - (x - centre) @ slopes))
    return mean - float(centre @ slopes), slopes, missed
