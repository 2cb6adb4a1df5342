"""Ultraviolet light on the skin."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin


@struct
class Exposure:
    """One exposure beyond the person's habit; what a sunscreen keeps off is the skin's affair (laws/pigment.py).

    Checked by: tests/unit/study/test_lighting.py, tests/oracles/test_pigment_chain.py
    """

    dose: float = param(default=0.0, unit="kg s-2", spread="exact", grade="inferred", note="as the study has it")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """The dose on the skin, weighted by what reddens."""
        return replace(no_event(skin, self.actives), lit=jnp.asarray(self.dose, dtype=skin.step.dtype))
