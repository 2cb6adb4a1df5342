"""What carries an active on the skin: acidity and drying of its film."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct


@struct
class Vehicle:
    """A vehicle; its film loses the volatile part by dv/dt = -evaporation v while nothing covers it."""

    KIND: ClassVar[str] = "vehicles"
    TEXTS: ClassVar[Mapping[str, Text]] = {"type": Text(), "flags": Text(), "notes": Text(needed=False)}

    ph: float = param(unit="1", meaning="acidity of the film")
    volatile: float = param(unit="1", meaning="volume fraction of the film that evaporates")
    evaporation: float = param(unit="s-1", meaning="rate of loss of the volatile part, unoccluded")
