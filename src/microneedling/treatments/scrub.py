"""Rubbing with grains in a cream, or with an abrasive pad."""

from __future__ import annotations

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.exfoliant import Exfoliant, layers_taken, repeated


@struct
class Scrubbing:
    """Rubs over the whole area: corneocytes, lipids that the wash takes, and what it takes out of follicles."""

    exfoliant: Exfoliant
    rubs: float = param(unit="1", meaning="times the whole area is rubbed over")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """Layers, lipids and plugs lost."""
        what = self.exfoliant
        return replace(
            no_event(skin, self.actives),
            layers_lost=layers_taken(self.rubs, what.layers, skin),
            lipids_lost=repeated(what.lipids, self.rubs),
            plug_lost=repeated(what.plugs, self.rubs),
        )
