"""Water in the stratum corneum."""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card
from microneedling.skin import renewal
from microneedling.skin.components import Cover, Epidermis
from microneedling.skin.skin import Skin


@struct
class Hydration:
    """Water of the stratum corneum relative to rest, as an instrument of capacitance follows it.

        W = r m (1 + a)/(1 + a₀),   a = 1 - (1 - o)(1 - a_air) R_SC I/(R_SC I + R_air)

    Water activity falls linearly from 1 at the living layers to a at the surface, where stratum corneum and air resist in
    series: thin or lipid-poor, it is wet to its top; under a cover o too. Immature cells hold less (m), so skin is wetter
    than at rest just after stripping and drier while it heals. I resistance of the corneum relative to rest, r the
    person's own factor; sorption is taken as linear.

    Source: gorcea_initial2013 (more water with each strip; direction). Checked by: tests/unit/scales/test_hydration.py
    """

    CARD: ClassVar[Card] = Card("hydration", "Skin hydration", "1", "1", 0.0, 4.0, 1.0, "down")

    # fmt: off
    air: float = param(default=0.45, unit="1", spread="0.3 .. 0.6", grade="assumed", note="relative humidity of a room", meaning="a_air, water activity of the air")
    open_share: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="water loss at rest is about a tenth of what a wound loses: the air's share of the resistance", meaning="R_air/(R_air + R_SC) at rest")
    noticeable: float = param(default=0.08, unit="1", source="skin_capacitance", where="variation within a person 7.2 and 8.7 %", spread="0.05 .. 0.15", grade="measured in people")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        now = state[Epidermis]
        rest = 1 - (1 - self.air) * (1 - self.open_share)
        resisting = (1 - self.open_share) * renewal.intact(now)
        dry = (1 - self.air) * resisting / (resisting + self.open_share)
        surface = 1 - (1 - state[Cover].occlusion) * dry
        return skin.modifiers.hydration * now.maturity * (1 + surface) / (1 + rest)
