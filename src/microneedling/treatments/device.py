"""What a needling device is: needles, head, dial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import jax.numpy as jnp

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct

FAMILIES = ("pen", "roller", "stamp", "patch")
NEEDLES = ("solid", "coated", "dissolving", "hydrogel", "hollow")
PATTERNS = ("grid", "ring")


@struct
class Device:
    """A needling device as its maker or a study describes it; the numbers come from a card.

    Pens strike `frequency` times a second with all `needles`; rollers and stamps pierce
    `puncture_density_per_pass` at each pass or press. What a card leaves out stands here, graded "assumed". Where a dose
    starts depends on the kind of needle: solid needles only make the channel, coated ones carry it on their last
    `coated_length`, dissolving ones in their whole body, hydrogel ones swell and let it through, hollow ones through a bore.
    """

    KIND: ClassVar[str] = "devices"
    TEXTS: ClassVar[Mapping[str, Text]] = {
        "family": Text(FAMILIES),
        "maker": Text(),
        "clearance": Text(),
        "notes": Text(needed=False),
        "needle_kind": Text(NEEDLES, needed=False),
        "pattern": Text(PATTERNS, needed=False),
        "not_given": Text(needed=False),
    }

    needle_length: float = param(unit="m", meaning="greatest length of the needles out of the head")
    depth_min: float = param(unit="m", meaning="smallest length the dial sets")
    depth_max: float = param(unit="m", meaning="greatest length the dial sets")
    needles: float = param(unit="1", meaning="needles on the head, or on the whole drum")
    tip_radius: float = param(unit="m", meaning="radius of the needle's tip")
    base_radius: float = param(unit="m", meaning="radius of the needle at its full length")
    frequency: float = param(unit="Hz", meaning="strokes per second; 0 for rollers, stamps and patches")
    success: float = param(unit="1", meaning="fraction of strokes that make a new puncture")
    head_area: float = param(unit="m2", meaning="skin area under the head")
    puncture_density_per_pass: float = param(unit="m-2", meaning="punctures per area in one pass or press; 0 for pens")
    depth_tolerance: float = param(unit="m", meaning="scatter of the length set at the dial")

    # fmt: off
    inner_radius: float = param(default="0 m", unit="m", grade="assumed", note="0: no bore", meaning="radius of the bore of a hollow needle")
    coated_length: float = param(default="0 m", unit="m", grade="assumed", note="0: no coat", meaning="length of the coat from the tip upwards")
    spacing: float = param(default="0 m", unit="m", grade="assumed", note="0: not given, then that of an even grid", meaning="distance between needles")
    stroke: float = param(default="2.5 mm", unit="m", spread="1.5 .. 4 mm", grade="assumed", note="no maker states it; the needle bar must reach the greatest dial and draw back into the cap", meaning="travel of the needle bar from end to end (pens)")
    approach: float = param(default="20 mm/s", unit="m s-1", spread="8 .. 50 mm/s", grade="assumed", note="hand speed of pressing, and of a needle turning into skin under a rolling drum", meaning="speed of the tips without a motor")
    contact_force: float = param(default="4.9 N", unit="kg m s-2", source="kim_tilted2021", where="application force of one patch", spread="2 .. 12 N", grade="inferred", note="set force of another device; what a hand uses is not recorded", meaning="force that holds the head against the skin")
    # fmt: on

    def share(self) -> Any:
        """Area under the head that falls to one needle [m2]: of one pass or press, for pens of the opening."""
        laid = self.puncture_density_per_pass
        return jnp.where(laid > 0, 1 / jnp.where(laid > 0, laid, 1.0), self.head_area / self.needles)

    def pitch(self) -> Any:
        """Distance between neighbouring needles [m]: as given, or that of an even grid."""
        return jnp.where(self.spacing > 0, self.spacing, jnp.sqrt(self.share()))
