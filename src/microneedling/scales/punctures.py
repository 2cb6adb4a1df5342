"""Punctures: how many, how deep, how painful, how bloody."""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card
from microneedling.skin.components import Punctures
from microneedling.skin.skin import Skin


@struct
class ChannelDepth:
    """Mean depth of the channels the last needling left."""

    CARD: ClassVar[Card] = Card("channel_depth", "Depth of relaxed channels", "m", "um", 0.0, 4e-3, 0.0)
    noticeable: float = param(
        default="20 um", unit="m", source="kalluri2011", where="SD 9.6 um", spread="10 .. 50", grade="in animals"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Punctures].relaxed_depth


@struct
class InsertedDepth:
    """Mean depth the needle tips reached at the last needling."""

    CARD: ClassVar[Card] = Card("inserted_depth", "Depth the tips reached", "m", "um", 0.0, 4e-3, 0.0)
    noticeable: float = param(
        default="50 um", unit="m", spread="20 .. 100", grade="assumed", note="spread between strokes"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Punctures].inserted_depth


@struct
class PunctureDensity:
    """Punctures per area not yet closed by epidermis."""

    CARD: ClassVar[Card] = Card("puncture_density", "Punctures per area", "m-2", "cm-2", 0.0, 1e8, 0.0)
    noticeable: float = param(
        default="10 cm-2", unit="m-2", spread="5 .. 30", grade="assumed", note="counting on a dyed field"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Punctures].density


@struct
class Pain:
    """Pain relative to a 26G hypodermic needle; it fades within the hour."""

    CARD: ClassVar[Card] = Card("pain", "Pain over a 26G needle", "1", "1", 0.0, 5.0, 0.0, "up")
    noticeable: float = param(
        default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="about a tenth of a visual analogue scale"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Punctures].pain


@struct
class Bleeding:
    """Share of punctures expected to meet a capillary: a hypothesis, nobody has counted it."""

    CARD: ClassVar[Card] = Card("bleeding", "Punctures that bleed", "1", "%", 0.0, 1.0, 0.0, "up")
    noticeable: float = param(
        default=0.05, unit="1", spread="0.02 .. 0.1", grade="assumed", note="counting on a photograph"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Punctures].bled
