"""Planing with a blade: dermaplaning, shaving."""

from __future__ import annotations

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.exfoliant import Exfoliant, layers_taken, repeated


@struct
class Planing:
    """Strokes of a blade over the whole area: corneocytes, and the vellus hairs that stand out of the skin."""

    exfoliant: Exfoliant
    strokes: float = param(unit="1", meaning="strokes over the same area")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """Layers and lipids lost, vellus hairs cut."""
        what = self.exfoliant
        return replace(
            no_event(skin, self.actives),
            layers_lost=layers_taken(self.strokes, what.layers, skin),
            lipids_lost=repeated(what.lipids, self.strokes),
            plug_lost=repeated(what.plugs, self.strokes),
            vellus_cut=repeated(what.vellus, self.strokes),
        )
