"""Redness, puffiness and flow."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.scales.scale import Card, over
from microneedling.skin.components import Vessels
from microneedling.skin.skin import Skin


@struct
class Erythema:
    """Erythema index: rest plus gain times papillary perfusion above an absolute threshold.

        EI = EI₀ + g max(0, b̄ - b_t)

    Source: EI₀ homeostasis_caucasian through the site card. Checked by: tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("erythema", "Erythema index", "1", "1", 0.0, 1500.0, worse="up")

    # fmt: off
    gain: float = param(default=600.0, unit="1", source="clinic_pages", where="redness for half a day to three days", spread="200 .. 1500", grade="assumed", note="index units per unit of perfusion: chosen so that a 1.5 mm session shows for one to three days; no paired measurement", meaning="g, index per perfusion")
    threshold: float = param(default=0.02, unit="1", spread="0.005 .. 0.08", grade="assumed", note="absolute: light treatments must fade sooner than deep ones", meaning="b_t, least perfusion that shows")
    noticeable: float = param(default=30.0, unit="1", spread="15 .. 60", grade="assumed", note="a visible pink; instrument repeatability is smaller")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        rise = over(state[Vessels].perfusion, skin.papillary, skin) - self.threshold
        return skin.site.erythema_index + self.gain * jnp.maximum(0.0, rise)


@struct
class Oedema:
    """Swelling: dermal water over rest times thickness, ΔH = s W̄ H."""

    CARD: ClassVar[Card] = Card("oedema", "Swelling (added thickness)", "m", "um", 0.0, 2e-3, 0.0, "up")

    # fmt: off
    swelling: float = param(default=0.05, unit="1", spread="0.01 .. 0.15", grade="assumed", note="share of dermal thickness per unit of oedema water; no measurement after needling", meaning="s, swelling per unit of water")
    noticeable: float = param(default="50 um", unit="m", spread="30 .. 100", grade="assumed", note="about the repeatability of skin ultrasound")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        thick = integral(skin.dermis, skin.step)
        return self.swelling * thick * over(state[Vessels].water, skin.dermis, skin)


@struct
class Perfusion:
    """Rise of papillary perfusion over rest."""

    CARD: ClassVar[Card] = Card("perfusion", "Rise of skin perfusion", "1", "1", 0.0, 10.0, 0.0)
    noticeable: float = param(
        default=0.1, unit="1", spread="0.05 .. 0.3", grade="assumed", note="laser Doppler varies by 10 to 30 % at rest"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(state[Vessels].perfusion, skin.papillary, skin)


@struct
class VesselDensity:
    """Vessel density of the dermis relative to rest."""

    CARD: ClassVar[Card] = Card("vessel_density", "Vessel density", "1", "1", 0.0, 3.0, 1.0)
    noticeable: float = param(
        default=0.03,
        unit="1",
        source="men_octa",
        where="repeatability CV 2.0-2.7 %",
        spread="0.02 .. 0.05",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(state[Vessels].density, skin.dermis, skin)
