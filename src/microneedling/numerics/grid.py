"""Depth cells that never straddle two layers, finer at layer edges."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np


def shares(cells: int, grading: float) -> np.ndarray:
    """Cell sizes of one layer as shares of its thickness, symmetric and finest at both edges.

    Args:
        cells: number of cells, >= 1
        grading: ratio of one cell to the next towards the middle [1], >= 1; 1 is uniform

    Returns: (cells,) [1], adding up to 1.
    Checked by: tests/unit/numerics/test_grid.py
    """
    steps = np.minimum(np.arange(cells), np.arange(cells)[::-1])
    sizes = grading**steps
    return sizes / sizes.sum()


def shares_from_top(cells: int, grading: float) -> np.ndarray:
    """Cell sizes of one layer as shares of its thickness, finest at the upper edge: ratio `grading` downwards."""
    sizes = grading ** np.arange(cells)
    return sizes / sizes.sum()


def centres(step: jax.Array) -> jax.Array:
    """Depth of cell centres (depth,) [m] from cell thicknesses (depth,) [m]; zero at the surface."""
    return jnp.cumsum(step) - 0.5 * step
