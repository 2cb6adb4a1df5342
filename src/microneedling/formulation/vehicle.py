"""What carries an active on the skin: acidity and drying of its film."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct

AQUEOUS = ("aqueous solution", "gel")  # what the model takes every film for
TYPES = (*AQUEOUS, "emulsion", "ointment", "solution")


@struct
class Vehicle:
    """A vehicle; its film loses the volatile part by dv/dt = -evaporation v while nothing covers it.

    The acidities a card states are those within its spread; a film thicker than the spread of `thickest` runs off.
    """

    KIND: ClassVar[str] = "vehicles"
    TEXTS: ClassVar[Mapping[str, Text]] = {
        "type": Text(TYPES),
        "flags": Text(needed=False),
        "notes": Text(needed=False),
    }

    ph: float = param(unit="1", meaning="acidity of the film")
    volatile: float = param(unit="1", meaning="volume fraction of the film that evaporates")
    evaporation: float = param(unit="s-1", meaning="rate of loss of the volatile part, unoccluded")
    # fmt: off
    thickest: float = param(default="2 mm", unit="m", spread="1 .. 3 mm", grade="assumed", note="of a cream or gel spread on upright skin", meaning="thickest film that stays where it is put, uncovered")
    occlusion: float = param(default="0", unit="1", spread="exact", grade="assumed", note="water and gels let water pass", meaning="share of a full cover that the film itself makes")
    # fmt: on
