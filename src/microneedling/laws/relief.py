"""The surface follows the matrix beneath it, slowly."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import mean
from microneedling.numerics.flux import integral
from microneedling.skin.components import Collagen, Relief, Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class SurfaceFollowing:
    """Lines, scars and striae rest on three layers of dermis; each layer's matrix lifts what lies above it.

        L' = (C̄/C₀ - L)/τ_L      in the papillary, the upper and the lower half of the reticular dermis

    C is all collagen of a layer, C₀ its rest. The lag is the history relief has beside the matrix: edges are remodelled
    and fibres contract for months after synthesis is over. What a layer's gain does to a line, a scar of each type or a
    stria is geometry and stands with the read-outs (scales/scar.py, scales/relief.py).

    Source: alam2014 (scores go on falling from the third to the sixth month, sessions end in the first).
    Checked by: tests/contracts/test_laws.py, tests/plain, tests/oracles/test_surface.py
    """

    # fmt: off
    lag: float = param(default="60 d", unit="s", source="alam2014", where="score -2.4 at 3 months, -3.4 at 6 months, last session at 1 month", spread="20 .. 150", grade="inferred", note="direction only: both intervals are as wide as the change; the value lets relief reach its best some three months after the last session", meaning="τ_L, time the surface takes to follow its matrix")
    # fmt: on

    owns = Relief

    def start(self, skin: Skin) -> Relief:
        one = jnp.ones(())
        return Relief(papillary=one, reticular=one, deep=one)

    def jump(self, state: State, event: Event, skin: Skin) -> Relief:
        return state[Relief]

    def rate(self, state: State, skin: Skin) -> Relief:
        now, matrix = state[Relief], self.matrix(state)
        pace = skin.alive / self.lag
        upper = skin.reticular * (skin.depth < middle_of_reticular(skin))

        def towards(layer: jax.Array, followed: jax.Array) -> jax.Array:
            return pace * (integral(matrix * layer, skin.step) / integral(layer, skin.step) - followed)

        return Relief(
            papillary=towards(skin.papillary, now.papillary),
            reticular=towards(upper, now.reticular),
            deep=towards(skin.reticular - upper, now.deep),
        )

    def matrix(self, state: State) -> jax.Array:
        """All collagen by depth, area mean, relative to rest (depth,)."""
        now = state[Collagen]
        fibres = mean(now.columns, state[Wound].fraction)
        return (fibres.iii + fibres.new + fibres.mature) / (1 + now.iii_at_rest + now.new_at_rest)


def middle_of_reticular(skin: Skin) -> jax.Array:
    """Depth of the middle of the reticular dermis [m].

    Checked by: tests/oracles/test_surface.py
    """
    return integral(1 - 0.5 * skin.reticular, skin.step)
