"""What a needling device is: needles, head, dial."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct

FAMILIES = ("pen", "roller", "stamp", "patch")


@struct
class Device:
    """A needling device as its maker or a study describes it; the numbers come from a card.

    Pens strike `frequency` times a second with all `needles`; rollers and stamps pierce
    `puncture_density_per_pass` at each pass or press.
    """

    KIND: ClassVar[str] = "devices"
    TEXTS: ClassVar[Mapping[str, Text]] = {
        "family": Text(FAMILIES),
        "maker": Text(),
        "clearance": Text(),
        "notes": Text(needed=False),
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
