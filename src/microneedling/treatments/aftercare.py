"""Aftercare that lasts: begun and ended by an event."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin


@struct
class Aftercare:
    """One kind of aftercare put on or begun (`sign` +1), taken off or ended (-1).

    Checked by: tests/contracts/test_treatments.py, tests/unit/study/test_aftercare.py
    """

    factor: float = param(unit="1", meaning="share kept off, share of full cold, or factor on the inflammatory signal")
    acts_on: str = static(default="signal")
    sign: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="+1 begins, -1 ends")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """The change it makes; beginning and end cancel exactly."""
        none = no_event(skin, self.actives)
        if self.acts_on == "signal":
            return replace(none, calmed=-self.sign * jnp.log(jnp.asarray(self.factor)))
        share = self.sign * jnp.clip(jnp.asarray(self.factor), 0.0, 1.0)
        return replace(none, **{self.acts_on: share})
