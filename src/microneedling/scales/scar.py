"""Acne scar volume: a plain first scale."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.matrix import pool
from microneedling.scales.scale import Card
from microneedling.skin.components import Collagen
from microneedling.skin.skin import Skin


@struct
class AcneScarVolume:
    """Scar volume relative to its start, exp(-k (C/C₀ - 1)/(C_x - 1)): filled as the dermis gains collagen.

    Source: form and gain assumed; clinical results differ five-fold between controlled and open studies.
    Checked by: tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("acne_scar_volume", "Acne scar volume over its start", "1", "%", 0.0, 1.0, 1.0, "up")

    # fmt: off
    filling: float = param(default=3.0, unit="1", spread="0.5 .. 8", grade="assumed", note="no study pairs collagen with scar volume; wide on purpose", meaning="k, filling per room taken")
    room: float = param(default=0.11, unit="1", source="branchet_fibers", where="collagen area 89 to 93 % of dermis", spread="0.07 .. 0.25", grade="inferred", note="C_x - 1: the room left in a full dermis", meaning="room of a full dermis")
    noticeable: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="about the smallest change raters agree on")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = 1 + state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        gained = pool(state, skin, "iii", "new", "mature", where=skin.dermis) / rest - 1
        return jnp.exp(-self.filling * jnp.maximum(0.0, gained) / self.room)
