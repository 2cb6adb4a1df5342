"""Redness, puffiness, flow and oxygen."""

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
from microneedling.skin.oxygen import OxygenBalance, flow
from microneedling.skin.skin import Skin


@struct
class Erythema:
    """Erythema index: rest plus gain times the rise of papillary blood volume above an absolute threshold.

        EI = EI₀ + g max(0, B̄ - 1 - t)      B = q^α, volume of the vessels there were (skin/oxygen.py)

    Vessels grown over weeks are left out: whether they show, and with which sign flow differs then, nobody has measured.

    Source: EI₀ homeostasis_caucasian through the site card. Checked by: tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("erythema", "Erythema index", "1", "1", 0.0, 1500.0, worse="up")

    # fmt: off
    gain: float = param(default=150.0, unit="1", source="alam_fabbrocini_summary", where="redness for one to three days", spread="60 .. 350", grade="assumed", note="index units for a doubled blood volume; less than the index skin has at rest (250 to 410), of which melanin is a part. With the threshold it lets a session of a roller show for one to three days; no paired measurement", meaning="g, index per rise of blood volume")
    threshold: float = param(default=0.02, unit="1", spread="0.005 .. 0.08", grade="assumed", note="absolute: light treatments must fade sooner than deep ones", meaning="t, least rise of blood volume that shows")
    noticeable: float = param(default=30.0, unit="1", spread="15 .. 60", grade="assumed", note="a visible pink; instrument repeatability is smaller")
    # fmt: on
    oxygen: OxygenBalance = OxygenBalance()

    def read(self, state: State, skin: Skin) -> jax.Array:
        rise = over(flow(state) ** self.oxygen.dilation, skin.papillary, skin) - 1 - self.threshold
        return skin.site.erythema_index + self.gain * jnp.maximum(0.0, rise)


@struct
class Oedema:
    """Swelling (puffiness): the dermis's water over rest as a layer, ΔH = s W̄ H."""

    CARD: ClassVar[Card] = Card("oedema", "Swelling (added thickness)", "m", "um", 0.0, 2e-3, 0.0, "up")

    # fmt: off
    swelling: float = param(default=0.6, unit="1", source="groth_rat1998", where="skin 38 % thicker after a cannula", spread="0.4 .. 0.75", grade="inferred", note="interstitial water as a share of the dermis; the amount of water itself was fitted to that rise", meaning="s, interstitial water over dermis")
    noticeable: float = param(default="0.2 mm", unit="m", source="serup_patch1984", where="doubtful patch test reactions are at most 0.2 mm thicker than skin beside them, weak positive ones 0.3 to 0.7", spread="0.14 .. 0.3", grade="measured in people", note="allergic oedema of the back; an observer calls less than this doubtful")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        thick = integral(skin.dermis, skin.step)
        return self.swelling * thick * over(state[Vessels].water, skin.dermis, skin)


@struct
class Perfusion:
    """Rise of papillary blood flow over rest, q v - 1: what a laser Doppler sees of the upper dermis."""

    CARD: ClassVar[Card] = Card("perfusion", "Rise of skin perfusion", "1", "1", -1.0, 30.0, 0.0)
    # fmt: off
    noticeable: float = param(default=0.25, unit="1", source="doppler_survey", where="forearm 6.7 ± 1.95 perfusion units", spread="0.1 .. 0.5", grade="inferred", note="resting flow differs by that much between readings of many people")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(flow(state) * state[Vessels].density, skin.papillary, skin) - 1


@struct
class DeepPerfusion:
    """Rise of reticular blood flow over rest, q v - 1."""

    CARD: ClassVar[Card] = Card(
        "deep_perfusion", "Rise of perfusion in the reticular dermis", "1", "1", -1.0, 30.0, 0.0
    )
    # fmt: off
    noticeable: float = param(default=0.25, unit="1", source="doppler_survey", where="forearm 6.7 ± 1.95 perfusion units", spread="0.1 .. 0.5", grade="inferred", note="that of the upper dermis; nobody reads the lower alone")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(flow(state) * state[Vessels].density, skin.reticular, skin) - 1


@struct
class TissueOxygen:
    """Oxygen of the papillary dermis relative to rest, area mean."""

    CARD: ClassVar[Card] = Card("oxygen", "Oxygen in the upper dermis", "1", "1", 0.0, 4.0, 1.0)
    # fmt: off
    noticeable: float = param(default=0.15, unit="1", source="wang2003", where="40.0 ± 4.8 and 30.4 ± 5.2 mmHg, SE, n 6", spread="0.1 .. 0.3", grade="inferred", note="one standard error of the microelectrode over its mean; people differ by more")
    # fmt: on
    oxygen: OxygenBalance = OxygenBalance()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(self.oxygen.mean(state, skin), skin.papillary, skin)


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
