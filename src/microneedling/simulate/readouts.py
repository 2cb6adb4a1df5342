"""Read-outs that need a law's numbers beside the state."""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.collagen import CollagenTurnover
from microneedling.scales.scale import Card, over
from microneedling.skin.components import Wound
from microneedling.skin.skin import Skin


@struct
class Synthesis:
    """Collagen synthesis of the papillary dermis relative to rest, (r + r_b)/r_q by area and depth mean."""

    CARD: ClassVar[Card] = Card("synthesis", "Collagen synthesis over rest", "1", "1", 0.0, 50.0, 1.0)

    law: CollagenTurnover
    noticeable: float = param(
        default=0.2, unit="1", spread="0.1 .. 0.5", grade="assumed", note="spread of tracer measurements"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        w = state[Wound].fraction
        hurt, calm = (sum(self.law.synthesis(state, skin, column)) for column in ("wounded", "rest"))
        return over(w * hurt + (1 - w) * calm, skin.papillary, skin) / self.law.r_q
