"""Terminal hair: density, ratio to the start, standardised effect."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card
from microneedling.skin.components import Follicles
from microneedling.skin.skin import Skin


@struct
class HairCount:
    """What a count of terminal hairs sees of the follicles; shared by the scales below.

        N/N₀ = T (G + h (1 - G))/(T₀ (G₀ + h (1 - G₀)))

    A resting follicle holds its club hair for a while (h of its rest) and is then empty until it grows again.

    Checked by: tests/unit/scales/test_hair.py
    """

    # fmt: off
    club: float = param(default=0.5, unit="1", source="hair_cycle_pages", where="telogen 3 to 4 months, shedding and empty 2 to 3 months", spread="0.3 .. 0.9", grade="inferred", note="general reviews; the empty part is longer in alopecia (courtois1994)", meaning="h, share of the rest in which the club hair stands")
    # fmt: on

    def ratio(self, state: State) -> jax.Array:
        """Terminal hairs that stand, over those at the start; 1 where there is no terminal hair ()."""
        now = state[Follicles]
        stand = now.terminal * (now.growing + self.club * (1 - now.growing))
        first = now.terminal_at_rest * (now.growing_at_rest + self.club * (1 - now.growing_at_rest))
        return jnp.where(first > 0, stand / jnp.where(first > 0, first, 1.0), 1.0)

    def started(self, skin: Skin) -> jax.Array:
        """Terminal hairs per area at the start: the person's, a full head where none is given, none where none grow."""
        full, own = skin.site.terminal_hair, skin.baseline.hair_density
        return jnp.where(full > 0, jnp.where(own > 0, own, full), 0.0)


@struct
class HairDensity:
    """Terminal hairs that stand per skin area, N₀ · N/N₀."""

    CARD: ClassVar[Card] = Card("hair_density", "Terminal hair density", "m-2", "cm-2", 0.0, 1e7, worse="down")
    noticeable: float = param(
        default="10 cm-2",
        unit="m-2",
        spread="5 .. 20",
        grade="assumed",
        note="between counts of one area by one reader",
    )
    count: HairCount = HairCount()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.count.started(skin) * self.count.ratio(state)


@struct
class HairRatio:
    """Terminal hairs that stand over those at the start."""

    CARD: ClassVar[Card] = Card("hair_ratio", "Terminal hair over its start", "1", "1", 0.0, 20.0, 1.0, "down")
    noticeable: float = param(
        default=0.07, unit="1", spread="0.04 .. 0.15", grade="assumed", note="10 of 150 hairs per cm2, see hair_density"
    )
    count: HairCount = HairCount()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.count.ratio(state)


@struct
class HairEffect:
    """Change of terminal hair density in standard deviations of that change between people, (N - N₀)/s.

    The difference of two arms is the standardised mean difference of pooled trials.
    """

    CARD: ClassVar[Card] = Card("hair_effect", "Hair count, standardised effect", "1", "1", -20.0, 50.0, 0.0, "down")

    # fmt: off
    deviation: float = param(default="25.4 cm-2", unit="m-2", source="olsen2002", where="change of 18.6 (SD 25.4) hairs per cm2 with 5 % minoxidil, 139 men", spread="19 .. 26", grade="measured in people", note="SD 19.7 to 25.4 between arms and trials", meaning="s, standard deviation of the change")
    noticeable: float = param(default=0.5, unit="1", spread="0.2 .. 0.8", grade="assumed", note="a medium effect by custom")
    # fmt: on
    count: HairCount = HairCount()

    def read(self, state: State, skin: Skin) -> jax.Array:
        return self.count.started(skin) * (self.count.ratio(state) - 1) / self.deviation
