"""Transepidermal water loss."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import top
from microneedling.scales.scale import Card
from microneedling.skin import renewal
from microneedling.skin.components import Channels, Epidermis
from microneedling.skin.skin import Skin


@struct
class Tewl:
    """Water loss through stratum corneum and open channels in parallel, then the air above both.

        TEWL = Δc/(R_air + 1/((1 - a)/R_SC + a/R_ch)),   R_SC = (Δc/TEWL₀ - R_air) · c̄ m ℓ

    with a open area at the surface, c̄ corneocyte layers, m their maturity and ℓ lipids relative to rest: 1/TEWL is linear
    in what is stripped. The barrier is the one the drug law sees (skin/renewal.py).

    Source: tapestrip2014 (series resistance), koskela2009 (a full-area wound). Checked by: tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("tewl", "Transepidermal water loss", "kg m-2 s-1", "g m-2 h-1", 0.0, 1e-4, worse="up")

    # fmt: off
    vapour: float = param(default="25 g m-3", unit="kg m-3", spread="20 .. 29", grade="assumed", note="saturated at 32 degC less room air at 20 degC, 30 to 60 % humidity", meaning="Δc, vapour over the skin less room")
    full: float = param(default="134 g m-2 h-1", unit="kg m-2 s-1", source="koskela2009", where="fall by 124 over four days as a blister wound closes, plus rest", spread="90 .. 180", grade="inferred", note="fall plus a resting 10; sets R_air = Δc/full", meaning="water loss of a full-area wound")
    channel: float = param(default="50 s m-1", unit="s m-1", source=("kalluri2011", "sasaki2019"), where="water loss back in 4 to 5 h (rats), still raised after 48 h (people)", spread="10 .. 300", grade="fitted", note="with closing by dye and impedance the first asks for 100, the second for 10 or less: between them. An open pore of 35 um to air alone would be 1 s/m (diffusion to a disc); fluid, clot and collapse add", meaning="R_ch, resistance of an open channel")
    least: float = param(default=0.003, unit="1", spread="0 .. 0.03", grade="assumed", note="resistance left without any stratum corneum", meaning="least share of R_SC")
    noticeable: float = param(default="2 g m-2 h-1", unit="kg m-2 s-1", spread="1 .. 4", grade="assumed", note="typical repeatability of evaporimeters; no row with a number")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        channels = state[Channels]
        air = self.vapour / self.full
        whole = jnp.maximum(self.vapour / (skin.site.tewl * skin.modifiers.water_loss) - air, air)
        intact = jnp.maximum(self.least, renewal.intact(state[Epidermis]))
        a = jnp.clip(top(channels.open) + top(channels.recoiling), 0.0, 1.0)
        return self.vapour / (air + 1 / ((1 - a) / (whole * intact) + a / self.channel))
