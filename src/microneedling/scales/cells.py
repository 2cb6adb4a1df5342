"""Inflammatory cells and signal as a biopsy would count them."""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card, area_mean, over
from microneedling.skin.components import Inflammation
from microneedling.skin.skin import Skin

NOTE = "relative unit; biopsies read a time course, not a size"


@struct
class Neutrophils:
    """Neutrophils over rest, papillary dermis."""

    CARD: ClassVar[Card] = Card("neutrophils", "Neutrophils over rest", "1", "1", 0.0, 5.0, 0.0)
    noticeable: float = param(default=0.01, unit="1", spread="0.005 .. 0.05", grade="assumed", note=NOTE)

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(area_mean(state, state[Inflammation].columns, "neutrophils"), skin.papillary, skin)


@struct
class Macrophages:
    """Macrophages of both kinds over rest, papillary dermis."""

    CARD: ClassVar[Card] = Card("macrophages", "Macrophages over rest", "1", "1", 0.0, 1.0, 0.0)
    noticeable: float = param(default=0.01, unit="1", spread="0.005 .. 0.05", grade="assumed", note=NOTE)

    def read(self, state: State, skin: Skin) -> jax.Array:
        columns = state[Inflammation].columns
        both = area_mean(state, columns, "m1") + area_mean(state, columns, "m2")
        return over(both, skin.papillary, skin)


@struct
class InflammatorySignal:
    """Pro-inflammatory signal over rest, papillary dermis."""

    CARD: ClassVar[Card] = Card("inflammation", "Inflammatory signal over rest", "1", "1", 0.0, 10.0, 0.0, "up")
    noticeable: float = param(default=0.01, unit="1", spread="0.005 .. 0.05", grade="assumed", note=NOTE)

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(area_mean(state, state[Inflammation].columns, "signal"), skin.papillary, skin)
