"""Wounds are columns, not a mist: what happens to any healing field because tissue is part wounded, part rest."""

from __future__ import annotations

from typing import Any, TypeVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.skin.components import Columns

P = TypeVar("P")


@struct
class ColumnTraffic:
    """What all healing fields share: exchange between columns, return of healed columns, diffusion of signals.

    Source: see each number.
    Checked by: tests/unit/laws/test_columns.py
    """

    # fmt: off
    returning: float = param(default="0.1 d-1", unit="s-1", spread="0.02 .. 0.3", grade="assumed", note="rate at which healed halo counts as rest; varied ten-fold it moves new collagen by about 30 %", meaning="k_w, return of healed columns to rest")
    signals: float = param(default="2.77 d-1", unit="s-1", source="sohutskay_wound_code", where="D/l2 at half spacing 0.25 to 0.5 mm", spread="1.1 .. 11", grade="inferred", note="D over the square of half the puncture spacing", meaning="κ of signals between columns")
    cells: float = param(default="0.279 d-1", unit="s-1", source="tepole_wound_code", where="cell motility as upper bound", spread="0.095 .. 0.78", grade="assumed", note="below the motility bound; size assumed", meaning="κ of inflammatory cells between columns")
    fibroblasts: float = param(default="0.0191 d-1", unit="s-1", spread="0.0039 .. 0.088", grade="assumed", note="fibroblasts hardly leave their column in weeks; size unknown", meaning="κ of fibroblasts between columns")
    diffusivity: float = param(default="0.012 mm2 h-1", unit="m2 s-1", source=("sohutskay_wound_code", "tepole_wound_code"), where="TGF-beta 0.012, cytokine 0.1", spread="0.002 .. 0.1", grade="inferred", note="growth-factor diffusion in wound models", meaning="D, diffusion of signals along depth")
    # fmt: on


FULL = 1.0 - 1e-6  # the rest never vanishes quite, so returning columns have somewhere to go [1]


def mean(columns: Columns[P], fraction: jax.Array) -> P:
    """Area mean of each field: w x_w + (1 - w) x_r."""
    return jax.tree.map(lambda a, b: fraction * a + (1 - fraction) * b, columns.wounded, columns.rest)


def joined(columns: Columns[P], fraction: jax.Array, halo: jax.Array) -> Columns[P]:
    """New punctures join the wounded columns; the rest keeps its concentrations.

        w' = w + w_n - w w_n;   x_w' = (w x_w + w_n (1 - w) x_r)/w'

    Args:
        columns: any healing fields
        fraction: w, wounded area fraction before (depth,) [1]
        halo: w_n, area fraction of the new halo (depth,) [1]

    Returns: columns after. Amounts are conserved; splitting one event in several, a null event, and order do not matter.
    Source: background trial of the closure; derivation in docs/decisions.md.
    Checked by: tests/unit/laws/test_columns.py
    """
    after = fraction + halo - fraction * halo
    safe = jnp.where(after > 0, after, 1.0)

    def mixed(wounded: jax.Array, rest: jax.Array) -> jax.Array:
        return jnp.where(halo > 0, (fraction * wounded + halo * (1 - fraction) * rest) / safe, wounded)

    return Columns(wounded=jax.tree.map(mixed, columns.wounded, columns.rest), rest=columns.rest)


def share_new(fraction: jax.Array, halo: jax.Array) -> jax.Array:
    """w_n/w': how much of the wounded column after an event is newly wounded."""
    after = fraction + halo - fraction * halo
    return jnp.where(after > 0, halo / jnp.where(after > 0, after, 1.0), 0.0)


def traffic(
    wounded: jax.Array,
    rest: jax.Array,
    *,
    fraction: jax.Array,
    exchange: jax.Array | float,
    returning: jax.Array | float,
):
    """Gain of both columns by exchange between them and by healed columns returning to the rest.

        x_w' = -(1 - w) κ (x_w - x_r);   x_r' = w κ (x_w - x_r) + k_w w (x_w - x_r)/(1 - w)

    Args:
        wounded, rest: one field in both columns (depth,)
        fraction: w (depth,) [1]
        exchange: κ [s-1]
        returning: k_w [s-1]

    Returns: the two gains. Area weighted, so amounts are conserved together with w' = -k_w w.
    Checked by: tests/unit/laws/test_columns.py
    """
    w = jnp.minimum(fraction, FULL)
    excess = wounded - rest
    return -(1 - w) * exchange * excess, w * exchange * excess + returning * w * excess / (1 - w)


def saturating(amount: jax.Array | float, half: jax.Array | float) -> Any:
    """h(s) = s/(half + s)."""
    return amount / (half + amount)
