"""All that can happen to skin at one instant; absent means zero."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.skin.skin import Skin


@struct
class Event:
    """Punctures, loss, doses, covers and samples of one instant. The zero event changes nothing."""

    pierced: jax.Array = param(unit="1", meaning="area fraction held open by needles, by depth")
    relaxed: jax.Array = param(unit="1", meaning="area fraction still open after elastic recoil, by depth")
    radius: jax.Array = param(unit="m", meaning="radius of a relaxed channel, by depth")
    halo: jax.Array = param(unit="1", meaning="area fraction wounded around the punctures, by depth")
    debris: jax.Array = param(unit="1", meaning="debris and clot left in the wounded columns, by depth")
    punctures: jax.Array = param(unit="m-2", meaning="punctures per skin area")
    inserted_depth: jax.Array = param(unit="m", meaning="mean depth the tips reach")
    relaxed_depth: jax.Array = param(unit="m", meaning="mean depth of the channels left")
    pain: jax.Array = param(unit="1", meaning="pain relative to a 26G hypodermic needle")
    bleeding: jax.Array = param(unit="1", meaning="probability that a puncture meets a capillary")
    layers_lost: jax.Array = param(unit="1", meaning="share of the stratum corneum's layers taken off")
    lipids_lost: jax.Array = param(unit="1", meaning="share of barrier lipids taken out")
    cohesion_lost: jax.Array = param(unit="1", meaning="share of the corneocytes' cohesion taken")
    plug_lost: jax.Array = param(unit="1", meaning="share of the follicles' plugs taken out")
    vellus_cut: jax.Array = param(unit="1", meaning="share of vellus hairs cut at the surface")
    lit: jax.Array = param(unit="kg s-2", meaning="ultraviolet dose on the skin, weighted by what reddens")
    shielded: jax.Array = param(
        unit="1", meaning="change of the share of ultraviolet kept off: + a sunscreen is put on"
    )
    calmed: jax.Array = param(
        unit="1",
        meaning="change of -ln of the factor on the inflammatory signal: + a medicine is begun, - it is ended",
    )
    cooled: jax.Array = param(unit="1", meaning="change of cold: +1 cold is put on, -1 taken off")
    dosed: tuple[jax.Array, ...] = param(unit="mol m-2", meaning="amount laid on the skin, by active")
    film: jax.Array = param(unit="m", meaning="film thickness laid on, the part that evaporates")
    residue: jax.Array = param(unit="m", meaning="film thickness laid on, the part that stays")
    evaporation: jax.Array = param(unit="s-1", meaning="how fast the volatile part of this film evaporates")
    wiped: jax.Array = param(unit="1", meaning="fraction wiped off of what lies on the skin")
    covered: jax.Array = param(unit="1", meaning="change of occlusion: +1 puts a cover on, -1 takes it off")
    placed: tuple[jax.Array, ...] = param(unit="mol m-3", meaning="undissolved amount put at each depth, by active")
    dissolving: tuple[jax.Array, ...] = param(unit="s-1", meaning="how fast what is placed dissolves, by active")
    injected: tuple[jax.Array, ...] = param(unit="mol m-3", meaning="dissolved amount put at each depth, by active")
    outside: tuple[jax.Array, ...] = param(unit="mol m-2", meaning="dose that stays on the needles, by active")
    held: jax.Array = param(unit="1", meaning="+1: the needles stay in the skin, -1: they are taken out")
    obstruction: jax.Array = param(unit="1", meaning="share of diffusivity lost in what fills channels while held")
    withdrawn: jax.Array = param(unit="1", meaning="share of the undissolved that is taken out with the needles")
    emptied: jax.Array = param(unit="1", meaning="share of what stands in channels that is taken out with the needles")
    sampled: jax.Array = param(unit="1", meaning="share of the receptor fluid replaced by fresh fluid")


DEEP = frozenset({"pierced", "relaxed", "radius", "halo", "debris", "placed", "injected"})
BY_ACTIVE = frozenset({"dosed", "placed", "dissolving", "injected", "outside"})


def no_event(skin: Skin, actives: int) -> Event:
    """The event in which nothing happens."""
    none, flat = jnp.zeros_like(skin.step), jnp.zeros(())
    values: dict[str, Any] = {name: none if name in DEEP else flat for name in Event.__dataclass_fields__}
    return Event(**(values | {name: (values[name],) * actives for name in BY_ACTIVE}))
