"""Stripping with adhesive tape."""

from __future__ import annotations

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.exfoliant import Exfoliant, layers_taken, repeated


@struct
class Stripping:
    """Strips of tape, one after the other on the same area: corneocytes, and what the tape draws out of follicles.

    Lipids between corneocytes go with them, so what is left of the corneum keeps its own.
    """

    exfoliant: Exfoliant
    strips: float = param(unit="1", meaning="strips on the same area")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """Layers and plugs lost."""
        what = self.exfoliant
        return replace(
            no_event(skin, self.actives),
            layers_lost=layers_taken(self.strips, what.layers, skin),
            lipids_lost=repeated(what.lipids, self.strips),
            plug_lost=repeated(what.plugs, self.strips),
        )
