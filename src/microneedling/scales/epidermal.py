"""Thickness, layers, renewal and loss of the epidermis."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.scales.scale import Card
from microneedling.skin.components import Epidermis
from microneedling.skin.skin import Skin

DAY = "d"


def corneum(state: State) -> jax.Array:
    """Corneocyte layers relative to rest [1]."""
    layers = state[Epidermis].corneocytes
    return sum(layers) / len(layers)


def suprabasal(state: State) -> jax.Array:
    """Suprabasal cells relative to rest [1]."""
    stages = state[Epidermis].suprabasal
    return sum(stages) / len(stages)


@struct
class EpidermalThickness:
    """Viable epidermis plus stratum corneum, H = h_v (q g + (1 - q) s̄) + h_SC c̄."""

    CARD: ClassVar[Card] = Card("epidermal_thickness", "Epidermal thickness", "m", "um", 0.0, 6e-4)

    # fmt: off
    basal_share: float = param(default=0.25, unit="1", source="genomebiol2012", where="basal layer about a third of thickness at 24 h after stripping, less at rest", spread="0.15 .. 0.33", grade="inferred", note="an upper bound read at 24 h; rest taken below it", meaning="q, share of the germinative layer")
    noticeable: float = param(default="6 um", unit="m", spread="4 .. 10", grade="assumed", note="spread between histological sections")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        viable = integral(skin.epidermis, skin.step)
        cells = self.basal_share * state[Epidermis].germinative + (1 - self.basal_share) * suprabasal(state)
        return viable * cells + integral(skin.corneum, skin.step) * corneum(state)


@struct
class ScThickness:
    """Thickness of the stratum corneum, h_SC c̄."""

    CARD: ClassVar[Card] = Card("sc_thickness", "Stratum corneum thickness", "m", "um", 0.0, 2e-4, worse="down")
    noticeable: float = param(
        default="2.6 um",
        unit="m",
        source="raman_sc2018",
        where="SD 2.6 um",
        spread="2 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return integral(skin.corneum, skin.step) * corneum(state)


@struct
class ScLayers:
    """Corneocyte layers, n c̄."""

    CARD: ClassVar[Card] = Card("sc_layers", "Corneocyte layers", "1", "1", 0.0, 120.0, worse="down")
    noticeable: float = param(
        default=2.0,
        unit="1",
        source="yaxian1999",
        where="SD 2 layers (face)",
        spread="1 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return skin.site.sc_layers * corneum(state)


@struct
class TurnoverTime:
    """Time from birth to shedding at the present birth rate, (τ_g g + τ_v s̄ + τ_c c̄)/g."""

    CARD: ClassVar[Card] = Card("turnover_time", "Epidermal turnover time", "s", "d", 0.0, 2e7)
    noticeable: float = param(
        default="2 d",
        unit="s",
        source="grove_kligman",
        where="SE 1.4 to 2.7 d of transit",
        spread="1 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        g, site = state[Epidermis].germinative, skin.site
        held = site.germinative_time * g + site.viable_transit * suprabasal(state) + site.sc_transit * corneum(state)
        return held / jnp.maximum(g, 0.05)


@struct
class ScTurnoverTime:
    """Time a corneocyte spends in the stratum corneum at the present inflow, τ_c c̄/c₁: what a dye test reads."""

    CARD: ClassVar[Card] = Card("sc_turnover_time", "Stratum corneum turnover time", "s", "d", 0.0, 2e7)
    noticeable: float = param(
        default="2 d",
        unit="s",
        source="grove_kligman",
        where="SE 1.4 to 2.7 d of transit",
        spread="1 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        inflow = state[Epidermis].corneocytes[0]
        return skin.site.sc_transit * corneum(state) / jnp.maximum(inflow, 0.05)


@struct
class CorneocyteLoss:
    """Corneocytes taken off by treatments so far, per area: layers removed times cells per layer."""

    CARD: ClassVar[Card] = Card("corneocyte_loss", "Corneocytes removed", "m-2", "cm-2", 0.0, 2e11, 0.0)

    # fmt: off
    cells: float = param(default="1190 mm-2", unit="m-2", source="grove_kligman", where="corneocyte area 839 um2, volar forearm at 35", spread="900 .. 1300", grade="measured in people", varies="people", meaning="corneocytes per area of one layer")
    noticeable: float = param(default="1e5 cm-2", unit="m-2", spread="3e4 .. 3e5", grade="assumed", note="about one layer: what one tape strip takes")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Epidermis].removed * skin.site.sc_layers * self.cells
