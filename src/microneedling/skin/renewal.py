"""What the epidermis of the moment is to whoever asks: its barrier, its pace and its cells, one function each.

Law, drug and scales read the same functions, so that no two of them see different skin.
"""

from __future__ import annotations

import functools
import operator

import jax
import jax.numpy as jnp

from microneedling.core.state import State
from microneedling.numerics.flux import integral
from microneedling.skin.components import Collagen, Epidermis, Wound
from microneedling.skin.skin import Skin

SLOWEST = 0.05  # [1] of the birth at rest: a pace that can still be divided by


def mean_of(cells: tuple[jax.Array, ...]) -> jax.Array:
    """Mean of cells kept one by one, such as layers."""
    return functools.reduce(operator.add, cells) / len(cells)


def layers(epidermis: Epidermis) -> jax.Array:
    """Corneocyte layers relative to rest, c̄ [1].

    Checked by: tests/unit/skin/test_renewal.py
    """
    return mean_of(epidermis.corneocytes)


def suprabasal(epidermis: Epidermis) -> jax.Array:
    """Suprabasal cells relative to rest, s̄ [1].

    Checked by: tests/unit/skin/test_renewal.py
    """
    return mean_of(epidermis.suprabasal)


def intact(epidermis: Epidermis) -> jax.Array:
    """Resistance of the stratum corneum relative to rest, I = c̄ m ℓ [1].

    Layers resist in series (c̄); lipids carry what passes (ℓ); and the way around a corneocyte is as long as the cell is
    wide, so that the resistance of a layer goes with the area of its cells (m), as in the brick model of the drug law.
    What is missing no longer resists water and drug alike.

    Source: tapestrip2014 (1/TEWL falls linearly with what is removed). Checked by: tests/unit/skin/test_renewal.py
    """
    return layers(epidermis) * epidermis.maturity * epidermis.lipids


def pace(epidermis: Epidermis) -> jax.Array:
    """Speed at which cells pass through the epidermis relative to rest, E = b^ν [1].

    Checked by: tests/unit/skin/test_renewal.py
    """
    return jnp.maximum(epidermis.birth, SLOWEST) ** epidermis.acceleration


def young_matrix(state: State, skin: Skin) -> jax.Array:
    """New collagen of the papillary dermis over its rest, y = max(0, C/C₀ - 1), area and depth mean [1].

    Stands for what activated fibroblasts leave in the papillae.

    Checked by: tests/unit/skin/test_renewal.py
    """
    both, w = state[Collagen].columns, state[Wound].fraction
    pool = w * (both.wounded.iii + both.wounded.new) + (1 - w) * (both.rest.iii + both.rest.new)
    rest = state[Collagen].iii_at_rest + state[Collagen].new_at_rest
    found = integral(pool * skin.papillary, skin.step) / integral(skin.papillary, skin.step)
    return jnp.maximum(0.0, found / rest - 1)


def inflow(epidermis: Epidermis) -> jax.Array:
    """Cells that cornify, relative to rest, f = E s₃ [1]: layers are made, and pushed on, at this pace.

    Checked by: tests/unit/skin/test_renewal.py
    """
    return pace(epidermis) * epidermis.suprabasal[-1]
