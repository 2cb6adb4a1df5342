"""Doses that needles bring below the surface: coated, dissolving, injected; and arrays that are a reservoir."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.device import Device
from microneedling.treatments.needling import Needling
from microneedling.treatments.topical import Topical

FORMS = ("coated", "dissolving", "injected", "hydrogel")
SOLID = {"coated": 1, "dissolving": 2}  # power of the needle's radius that a length of it carries


@struct
class Deposit:
    """Actives put below the surface at one instant, with or without the array that brings them.

        coated, dissolving:  placed(z) ∝ ∫ r(x)^p dx over the cell, x = d - z: distance from the tip, 0 ≤ x ≤ loaded length
        injected:            even over the height of the bolus around its depth

    d is the depth the tips reach, p is 1 for a coat and 2 for a needle that is itself the dose. What sits on the needles
    above the surface never enters: it stays on the needles. What would dissolve in the stratum corneum is put in the
    first living cell.

    Checked by: tests/unit/treatments/test_deposit.py, tests/contracts/test_treatments.py
    """

    needling: Needling | None
    doses: tuple[float, ...] = param(unit="mol m-2", meaning="dose of each active of the study, per skin area")
    dissolving: float = param(unit="s-1", meaning="how fast what is in the skin dissolves")
    depth: float = param(unit="m", meaning="depth of the middle of the bolus, or set at the needles")
    loaded: float = param(unit="m", meaning="length of needle that carries the dose, from the tip; height of the bolus")
    worn: float = param(default=0.0, unit="1", spread="exact", grade="inferred", note="1: the needles stay in the skin")
    form: str = static(default="injected")

    def onto(self, skin: Skin) -> Event:
        """Punctures, if there is an array, and the dose at its depths."""
        event = no_event(skin, len(self.doses)) if self.needling is None else self.needling.onto(skin)
        share, profile = self._profile(skin, event.inserted_depth)
        deep = tuple(dose * share * profile for dose in self.doses)
        rest = tuple(jnp.asarray(dose * (1 - share)) for dose in self.doses)
        given = {"injected": deep} if self.form == "injected" else {"placed": deep}
        worn = jnp.asarray(self.worn)
        pace = (jnp.asarray(self.dissolving),) * len(self.doses)
        return replace(event, dissolving=pace, outside=rest, held=worn, covered=worn, **given)

    def _profile(self, skin: Skin, tip: jax.Array) -> tuple[jax.Array, jax.Array]:
        """Share of the dose that enters [1], and what enters by depth (depth,) [m-1]."""
        above = skin.depth - 0.5 * skin.step
        if self.form == "injected":
            high, low = self.depth - 0.5 * self.loaded, self.depth + 0.5 * self.loaded
            inside = jnp.clip(above + skin.step, high, low) - jnp.clip(above, high, low)
            share = jnp.ones_like(tip)
        else:
            inside = self._carried(jnp.clip(tip - above, 0.0, self.loaded))
            inside = inside - self._carried(jnp.clip(tip - above - skin.step, 0.0, self.loaded))
            share = self._carried(jnp.minimum(tip, self.loaded)) / self._carried(jnp.asarray(self.loaded))
            share = share if self.needling is None else share * self.needling.piercing()
        first = skin.living * (jnp.cumsum(skin.living, axis=0) == 1)
        shifted = inside * skin.living + first * jnp.sum(inside * skin.corneum, axis=0)
        total = jnp.sum(shifted, axis=0)
        return share, shifted / skin.step / jnp.where(total > 0, total, 1.0)

    def _carried(self, length: jax.Array) -> jax.Array:
        """What a length of needle from its tip carries, ∫₀ˣ r^p dx, up to a factor; r = r_tip + g x."""
        if self.needling is None:
            return length
        device, power = self.needling.device, SOLID[self.form] + 1
        widening = (device.base_radius - device.tip_radius) / device.needle_length
        wide = widening > 0
        slope = jnp.where(wide, widening, 1.0)
        cone = ((device.tip_radius + slope * length) ** power - device.tip_radius**power) / (power * slope)
        return jnp.where(wide, cone, device.tip_radius ** (power - 1) * length)


@struct
class SwollenArray:
    """What is known of arrays that swell."""

    obstruction: float = param(
        default=0.5,
        unit="1",
        spread="0.1 .. 0.95",
        grade="assumed",
        note="gels differ, and large molecules lose more; no diffusivity in a swollen needle in the evidence",
        meaning="share of the diffusivity in water that is lost in the swollen needles",
    )


@struct
class Reservoir:
    """A hydrogel array: its swollen needles hold channels open and join skin and reservoir while it is worn.

    The reservoir is a film under a cover. Diffusion in the swollen needles is slower than in water.

    Checked by: tests/unit/treatments/test_deposit.py, tests/contracts/test_treatments.py
    """

    topical: Topical
    array: SwollenArray
    needling: Needling | None

    def onto(self, skin: Skin) -> Event:
        """Punctures, reservoir and cover."""
        laid = self.topical.onto(skin)
        if self.needling is None:
            return laid
        made = self.needling.onto(skin)
        kept = {name: getattr(laid, name) for name in ("dosed", "film", "residue", "evaporation", "covered")}
        return replace(made, **kept, held=jnp.ones_like(made.held), obstruction=jnp.asarray(self.array.obstruction))


@struct
class Removal:
    """Taking an array off: channels are let go, the cover ends, and the array takes along what is still on it.

    The undissolved leaves with coated and dissolving arrays, reservoir and swollen needles with hydrogel arrays.
    """

    hydrogel: float = param(default=0.0, unit="1", spread="exact", grade="inferred", note="1 for a hydrogel array")
    worn: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="0 when it had no needles")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """Needles and what they carry are gone."""
        gel = jnp.asarray(self.hydrogel)
        return replace(
            no_event(skin, self.actives),
            held=-jnp.asarray(self.worn),
            covered=jnp.asarray(-1.0),
            withdrawn=(1 - gel) * self.worn,
            emptied=gel * self.worn,
            wiped=gel,
        )


@struct
class Loading:
    """What needles that are themselves the dose can weigh."""

    density: float = param(
        default="1500 kg m-3",
        unit="kg m-3",
        spread="exact",
        grade="assumed",
        note="denser than most organic solids, so that only the impossible is refused",
    )

    def most(self, device: Device) -> float:
        """Mass of the needles per skin area [kg m-2], n ρ π ∫ r² dx over their length, r from tip to base."""
        r, R = device.tip_radius, device.base_radius
        volume = math.pi / 3 * (r * r + r * R + R * R) * device.needle_length
        return device.puncture_density_per_pass * self.density * volume
