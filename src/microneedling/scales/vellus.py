"""Vellus hair out of the skin."""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card
from microneedling.skin.components import Vellus
from microneedling.skin.skin import Skin


@struct
class VellusHair:
    """Mean length of vellus hairs over that at rest: what is left just after a blade, and how much has grown again."""

    CARD: ClassVar[Card] = Card("vellus_hair", "Vellus hair out of the skin", "1", "1", 0.0, 1.0, 1.0)
    noticeable: float = param(
        default=0.2, unit="1", spread="0.1 .. 0.4", grade="assumed", note="no measure of what is seen or felt was found"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Vellus].standing
