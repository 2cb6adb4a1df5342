"""Needling with a pen, roller, stamp or patch, and its sham."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.numerics.flux import integral
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.device import Device
from microneedling.treatments.insertion import Insertion, tip_speed
from microneedling.treatments.penetration import Push


@struct
class Needling:
    """One visit with a device over an area.

        n = needles · strokes per second · dwell · success / area        (pens)
        n = passes · punctures per pass and area                          (rollers, stamps, patches)
        pierced(z) = 1 - exp(-n S(z) π r²)                                punctures fall at random and may overlap

    Checked by: tests/contracts/test_treatments.py
    """

    device: Device
    insertion: Insertion
    depth: float = param(unit="m", meaning="depth set at the dial")
    dwell: float = param(unit="s", meaning="time spent on the area (pens)")
    passes: float = param(unit="1", meaning="passes or presses (rollers, stamps)")
    frequency: float = param(unit="Hz", meaning="strokes per second (pens)")
    area: float = param(unit="m2", meaning="area treated")
    family: str = static(default="pen")
    actives: int = static(default=0)

    def density(self) -> jax.Array:
        """Strokes and presses of single needles per area, whether they pierce or not [m-2]."""
        pen = self.device.needles * self.frequency * self.dwell * self.device.success / self.area
        return jnp.asarray(pen + self.passes * self.device.puncture_density_per_pass)

    def push(self) -> Push:
        """What pushes one needle in."""
        fast, drum = self.family == "pen", self.family == "roller"
        speed = tip_speed(self.device, self.frequency, fast)
        return self.insertion.push(self.device, speed, self.insertion.line if drum else 1.0)

    def set_length(self) -> jax.Array:
        """Length of the needles out of the head [m]."""
        return jnp.minimum(jnp.asarray(self.depth), self.device.needle_length)

    def piercing(self) -> jax.Array:
        """Share of the needles that break through the skin [1]; the others only dimple it."""
        return self.push().piercing(self.set_length())

    def onto(self, skin: Skin) -> Event:
        """Punctures, halo, debris, pain and bleeding in this skin."""
        how, device, push, length = self.insertion, self.device, self.push(), self.set_length()
        n = self.density() * self.piercing()
        mean, bottom = how.inserted(length, device, push), jnp.sum(skin.step, axis=0)
        here = how.reaching(skin.depth, mean, device.depth_tolerance)
        there = how.reaching(skin.depth / how.kept(), mean, device.depth_tolerance)
        wide = how.needle_radius(skin.depth, mean, device)
        narrow = how.hole_radius(skin.depth, mean, device)
        hurt = 1 - jnp.exp(-n * here * math.pi * (how.hole_radius(skin.depth, mean, device) + how.reach) ** 2)
        some = jnp.where(n > 0, 1.0, 0.0)
        return replace(
            no_event(skin, self.actives),
            pierced=1 - jnp.exp(-n * here * math.pi * wide**2),
            relaxed=1 - jnp.exp(-n * there * math.pi * narrow**2),
            radius=narrow * some,
            halo=hurt * skin.living,
            debris=some * how.debris * skin.living,
            punctures=n,
            inserted_depth=jnp.minimum(mean, bottom) * some,
            relaxed_depth=jnp.minimum(how.kept() * mean, bottom) * some,
            pain=how.pain(self.depth, device.needles) * some,
            bleeding=self._bleeding(skin, mean, wide) * some,
        )

    def _bleeding(self, skin: Skin, mean: jax.Array, wide: jax.Array) -> jax.Array:
        """P = 1 - exp(-strikes), strikes = capillaries per area times the widened section at the papillary loops."""
        loops = integral(skin.papillary * math.pi * (wide + self.insertion.capillary_radius) ** 2, skin.step)
        section = loops / integral(skin.papillary, skin.step)
        top_of_dermis = integral(skin.corneum + skin.epidermis, skin.step)
        reach = self.insertion.reaching(top_of_dermis, mean, self.device.depth_tolerance)
        return (1 - jnp.exp(-skin.site.capillary_density * section)) * reach


@struct
class Sham:
    """A visit at which nothing pierces the skin."""

    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """The zero event."""
        return no_event(skin, self.actives)
