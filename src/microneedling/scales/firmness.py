"""Firmness: how little skin gives way to suction."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.hydration import Hydration
from microneedling.scales.matrix import pool
from microneedling.scales.scale import Card
from microneedling.skin.components import Collagen
from microneedling.skin.skin import Skin


@struct
class Firmness:
    """Firmness relative to rest, F = c^n W^-h: one over how far a suction cup lifts skin (Cutometer R0).

    c is all collagen of the dermis and W the water of the stratum corneum, both over rest: more network gives way less,
    wet corneum more. Elastic fibre brings skin back and is read as elasticity, not here; swelling is left out, since
    with which sign it acts is not known.

    Source: form and sizes assumed; what an instrument makes of it: instruments.py.
    Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_firmness.py
    """

    CARD: ClassVar[Card] = Card("firmness", "Skin firmness over its start", "1", "1", 0.0, 10.0, 1.0, "down")

    # fmt: off
    network: float = param(default=1.0, unit="1", spread="0.5 .. 2.5", grade="assumed", note="stiffness in proportion to what bears the load; gels of collagen stiffen with more than that; no study pairs collagen with suction here", meaning="n, power of collagen")
    softening: float = param(default=0.1, unit="1", spread="0.02 .. 0.4", grade="assumed", note="wet corneum gives way more (direction is common knowledge of suction cups); the size is not at hand", meaning="h, power of water")
    noticeable: float = param(default=0.08, unit="1", spread="0.04 .. 0.15", grade="assumed", note="what a hand feels is not measured: somewhat more than the instrument repeats")
    # fmt: on
    water: Hydration = Hydration()

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = 1 + state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        collagen = pool(state, skin, "iii", "new", "mature", where=skin.dermis) / rest
        wet = self.water.read(state, skin) / skin.modifiers.hydration
        return jnp.maximum(collagen, 1e-3) ** self.network * jnp.maximum(wet, 1e-3) ** -self.softening
