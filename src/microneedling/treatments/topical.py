"""Laying a formulation on, wiping it off, covering and uncovering it."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.formulation.vehicle import Vehicle
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin


@struct
class Topical:
    """A film of a vehicle with actives: dose per area = concentration times film thickness."""

    vehicle: Vehicle
    film: float = param(unit="m", meaning="film thickness")
    concentrations: tuple[float, ...] = param(unit="mol m-3", meaning="concentration of each active of the study")
    covered: float = param(default=0.0, unit="1", spread="exact", grade="inferred", note="1: a cover is put on with it")

    def onto(self, skin: Skin) -> Event:
        """Film and doses laid on."""
        volatile = jnp.clip(self.vehicle.volatile, 0.0, 1.0)
        return replace(
            no_event(skin, len(self.concentrations)),
            dosed=tuple(jnp.asarray(c * self.film, dtype=skin.step.dtype) for c in self.concentrations),
            film=jnp.asarray(self.film * volatile),
            residue=jnp.asarray(self.film * (1 - volatile)),
            evaporation=jnp.asarray(self.vehicle.evaporation),
            covered=jnp.maximum(self.covered, jnp.clip(self.vehicle.occlusion, 0.0, 1.0)),
        )


@struct
class Wipe:
    """Wiping off what lies on the skin; a share stays."""

    share: float = param(
        default=0.95, unit="1", spread="0.8 .. 1.0", grade="assumed", note="what a careful wipe takes off"
    )
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """Film and actives taken off."""
        return replace(no_event(skin, self.actives), wiped=jnp.clip(self.share, 0.0, 1.0))


@struct
class Uncover:
    """Taking a cover off."""

    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """Occlusion ends."""
        return replace(no_event(skin, self.actives), covered=jnp.asarray(-1.0))
