"""Where each active is: on the skin, in each layer, in blood, lymph or a receptor; per area of skin."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import static, struct
from microneedling.numerics.flux import integral
from microneedling.scales.scale import Card
from microneedling.skin.components import Drug
from microneedling.skin.skin import Skin

PLACES = {
    "on_skin": "on the skin",
    "sc": "in the stratum corneum",
    "epidermis": "in the viable epidermis",
    "dermis": "in the dermis",
    "depot": "undissolved in the skin",
    "blood": "taken up by blood",
    "lymph": "taken up by lymph",
    "metabolised": "metabolised",
    "receptor": "in the receptor, with what was sampled",
    "wiped": "wiped off or taken away",
    "balance": "missing from the balance, share of what was applied",
}


@struct
class Amount:
    """Amount of one active in one place per skin area [mol m-2]; "balance" is what no place accounts for [1]."""

    noticeable: float = param(
        default="1 nmol cm-2",
        unit="mol m-2",
        spread="0.1 .. 10",
        grade="assumed",
        note="assays differ; a typical limit of quantification",
    )
    place: str = static(default="blood")
    active: str = static(default="")
    index: int = static(default=0)

    @property
    def CARD(self) -> Card:
        """Named place.active."""
        unit = ("1", "1") if self.place == "balance" else ("mol m-2", "nmol cm-2")
        title = f"{self.active.replace('_', ' ')} {PLACES[self.place]}"
        return Card(f"{self.place}.{self.active}", title, *unit, 0.0, jnp.inf, 0.0)

    def read(self, state: State, skin: Skin) -> jax.Array:
        s = state[Drug].solutes[self.index]
        inside = s.tissue + s.channel + s.polar + s.depot
        layers = {"sc": skin.corneum, "epidermis": skin.epidermis, "dermis": skin.dermis}
        if self.place in layers:
            return integral(inside * layers[self.place], skin.step)
        if self.place == "depot":
            return integral(s.depot, skin.step)
        if self.place != "balance":
            return getattr(s, self.place)
        found = s.on_skin + integral(inside, skin.step) + s.blood + s.lymph + s.metabolised + s.receptor + s.wiped
        return (s.applied - found) / jnp.where(s.applied > 0, s.applied, 1.0)


def amounts(names: tuple[str, ...]) -> tuple[Amount, ...]:
    """One scale per active and place."""
    return tuple(Amount(place=place, active=name, index=i) for i, name in enumerate(names) for place in PLACES)
