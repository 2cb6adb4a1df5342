"""The form of everything people do to tissue: settings -> event."""

from __future__ import annotations

from typing import Protocol

from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


class Treatment(Protocol):
    """Settings of something done once."""

    def onto(self, skin: Skin) -> Event:
        """What it does to this skin at one instant."""
