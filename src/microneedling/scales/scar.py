"""Acne scars by type: how much of their volume new matrix has filled, and the shape that is left."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.scales.scale import Card
from microneedling.skin.components import Relief
from microneedling.skin.skin import Skin

TYPES = ("rolling", "boxcar", "icepick")
SHARE = {"rolling": 0.5, "boxcar": 1.0, "icepick": 1.0 / 3.0}  # volume over opening times depth: dish, box, cone
DEPTHS = "scar_depths2025"
SHAPES = "scar_types2010"


def lifted(state: State, skin: Skin, down_to: jax.Array | float) -> jax.Array:
    """Matrix gained between the surface and a depth, per that depth: what can fill a structure that reaches so far.

        ḡ = max(0, Σ_layers (L - 1) h_in)/d,   h_in the part of a layer above d

    Below the dermis nothing is gained, so that what reaches into the fat is filled by less.

    Args:
        down_to: d, depth of the structure [m], > 0

    Returns: ḡ () [1].
    Checked by: tests/unit/scales/test_relief.py
    """
    now, total = state[Relief], jnp.zeros(())
    top = integral(skin.corneum + skin.epidermis, skin.step)
    half = integral(skin.reticular, skin.step) / 2
    for followed, thick in (
        (now.papillary, integral(skin.papillary, skin.step)),
        (now.reticular, half),
        (now.deep, half),
    ):
        total = total + (followed - 1) * jnp.clip(down_to - top, 0.0, thick)
        top = top + thick
    return jnp.maximum(0.0, total) / down_to


@struct
class Groove:
    """One kind of hollow of the surface: how deep, how wide, and which share of the area is hollow."""

    depth: jax.Array = param(unit="m", meaning="depth of the hollow")
    width: jax.Array = param(unit="m", meaning="width of the hollow, also the wavelength of lines")
    share: jax.Array = param(unit="1", meaning="share of the area that is hollow")


@struct
class ScarFilling:
    """What new matrix does to scars of each type; shared by the scales below.

        V/V₀ = exp(-k y ḡ(d)/r),   d the depth to which the scar's tissue reaches (see `lifted`)

    y is how freely the surface of a type can follow: a rolling scar is a dish held down by tethers, a boxcar scar has
    upright walls that stay, an ice-pick scar has hardly a floor to lift. That order is what clinicians report; the
    sizes are assumed and wide.

    Source: scar_depths2025 (depths), scar_types2010 (shapes).
    Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_relief.py
    """

    # fmt: off
    filling: float = param(default=5.0, unit="1", spread="0.8 .. 14", grade="assumed", note="no study pairs collagen with scar volume; wide on purpose", meaning="k, filling per room taken, where the surface follows freely")
    room: float = param(default=0.11, unit="1", source="branchet_fibers", where="collagen area 89 to 93 % of dermis", spread="0.07 .. 0.25", grade="inferred", note="C_x - 1: the room left in a full dermis", meaning="r, room of a full dermis")
    rolling_reach: float = param(default="1.36 mm", unit="m", source=DEPTHS, where="1357 ± 578 um, 7 biopsies", spread="0.6 .. 2.4", grade="measured in people", varies="people", meaning="depth of the tissue of rolling scars")
    boxcar_reach: float = param(default="1.33 mm", unit="m", source=DEPTHS, where="1328 ± 571 um, 32 biopsies", spread="0.6 .. 2.4", grade="measured in people", varies="people", meaning="depth of the tissue of boxcar scars")
    icepick_reach: float = param(default="1.93 mm", unit="m", source=DEPTHS, where="1933 ± 1118 um, 10 biopsies", spread="0.7 .. 4", grade="measured in people", varies="people", meaning="depth of the tissue of ice-pick scars")
    rolling_free: float = param(default=0.7, unit="1", source=SHAPES, where="tethered to the subcutis", spread="0.4 .. 1", grade="assumed", note="the share is not in the source", meaning="y of rolling scars: not held by tethers")
    boxcar_free: float = param(default=0.5, unit="1", source=SHAPES, where="sharp vertical edges", spread="0.2 .. 0.9", grade="assumed", note="the share is not in the source", meaning="y of boxcar scars: floor against walls")
    icepick_free: float = param(default=0.25, unit="1", source=SHAPES, where="narrow tracts to the deep dermis or subcutis", spread="0.05 .. 0.7", grade="assumed", note="the share is not in the source", meaning="y of ice-pick scars")
    rolling_depth: float = param(default="0.3 mm", unit="m", spread="0.1 .. 0.8", grade="assumed", note="shallow dish; no depth of the surface in the sources", meaning="surface depth of a rolling scar")
    boxcar_depth: float = param(default="0.4 mm", unit="m", source=SHAPES, where="shallow 0.1 to 0.5 mm, deep 0.5 mm and more", spread="0.1 .. 1", grade="inferred", note="between shallow and deep", meaning="surface depth of a boxcar scar")
    icepick_depth: float = param(default="1 mm", unit="m", source=SHAPES, where="into the deep dermis", spread="0.4 .. 2", grade="assumed", note="less than the depth of its tissue", meaning="surface depth of an ice-pick scar")
    rolling_width: float = param(default="4.5 mm", unit="m", source=SHAPES, where="wider than 4 to 5 mm", spread="4 .. 8", grade="inferred", note="lower end stated only", meaning="width of a rolling scar")
    boxcar_width: float = param(default="2.75 mm", unit="m", source=SHAPES, where="1.5 to 4 mm", spread="1.5 .. 4", grade="measured in people", varies="people", meaning="width of a boxcar scar")
    icepick_width: float = param(default="1.2 mm", unit="m", source=SHAPES, where="narrower than 2 mm", spread="0.5 .. 2", grade="inferred", note="upper end stated only", meaning="width of an ice-pick scar")
    # fmt: on

    def left(self, kind: str, state: State, skin: Skin) -> jax.Array:
        """V/V₀ of one type, "rolling", "boxcar" or "icepick" ()."""
        reach, free = getattr(self, f"{kind}_reach"), getattr(self, f"{kind}_free")
        return jnp.exp(-self.filling * free * lifted(state, skin, reach) / self.room)

    def groove(self, kind: str, state: State, skin: Skin) -> Groove:
        """The hollow a type leaves in the surface: its openings stay, its floor rises as it is filled."""
        depth, volume = getattr(self, f"{kind}_depth"), started(kind, skin)
        share = jnp.minimum(1.0, volume / (SHARE[kind] * depth))
        width = getattr(self, f"{kind}_width") * jnp.ones(())
        return Groove(depth=depth * self.left(kind, state, skin), width=width, share=share)


def started(kind: str, skin: Skin) -> jax.Array:
    """Scar volume per skin area of one type before any treatment [m]."""
    volume: jax.Array = getattr(skin.baseline, f"{kind}_scar_volume")
    return volume


@struct
class AcneScarVolume:
    """Volume of all acne scars relative to its start, Σ V/Σ V₀; of a person without a type, all types in equal parts.

    Source: see ScarFilling; clinical results differ five-fold between controlled and open studies.
    Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_relief.py
    """

    CARD: ClassVar[Card] = Card("acne_scar_volume", "Acne scar volume over its start", "1", "%", 0.0, 1.0, 1.0, "up")

    noticeable: float = param(
        default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="about the smallest change raters agree on"
    )
    scars: ScarFilling = ScarFilling()

    def read(self, state: State, skin: Skin) -> jax.Array:
        given = [started(kind, skin) for kind in TYPES]
        whole = given[0] + given[1] + given[2]
        total = jnp.zeros(())
        for kind, volume in zip(TYPES, given):
            weight = jnp.where(whole > 0, volume / jnp.where(whole > 0, whole, 1.0), 1.0 / len(TYPES))
            total = total + weight * self.scars.left(kind, state, skin)
        return total


SMALL = "a tenth of moderate scarring (12 um of rolling scars); no instrument's repeatability is at hand"


@struct
class RollingScarVolume:
    """Volume of rolling scars per skin area, V₀ exp(-k y ḡ/r)."""

    CARD: ClassVar[Card] = Card("rolling_scar_volume", "Rolling scars, volume", "m", "um", 0.0, 1e-3, worse="up")
    noticeable: float = param(default="1 um", unit="m", spread="0.5 .. 3", grade="assumed", note=SMALL)
    scars: ScarFilling = ScarFilling()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return started("rolling", skin) * self.scars.left("rolling", state, skin)


@struct
class BoxcarScarVolume:
    """Volume of boxcar scars per skin area, V₀ exp(-k y ḡ/r)."""

    CARD: ClassVar[Card] = Card("boxcar_scar_volume", "Boxcar scars, volume", "m", "um", 0.0, 1e-3, worse="up")
    noticeable: float = param(default="1 um", unit="m", spread="0.5 .. 3", grade="assumed", note=SMALL)
    scars: ScarFilling = ScarFilling()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return started("boxcar", skin) * self.scars.left("boxcar", state, skin)


@struct
class IcepickScarVolume:
    """Volume of ice-pick scars per skin area, V₀ exp(-k y ḡ/r)."""

    CARD: ClassVar[Card] = Card("icepick_scar_volume", "Ice-pick scars, volume", "m", "um", 0.0, 1e-3, worse="up")
    noticeable: float = param(default="1 um", unit="m", spread="0.5 .. 3", grade="assumed", note=SMALL)
    scars: ScarFilling = ScarFilling()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return started("icepick", skin) * self.scars.left("icepick", state, skin)
