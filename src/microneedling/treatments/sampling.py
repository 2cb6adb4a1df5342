"""Taking a sample from the receptor of a diffusion cell."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin


@struct
class Sample:
    """A share of the receptor fluid replaced by fresh fluid; what it held is taken along.

    Checked by: tests/unit/treatments/test_deposit.py, tests/contracts/test_treatments.py
    """

    share: float = param(default=0.0, unit="1", spread="exact", grade="inferred", note="sampled over receptor volume")
    actives: int = static(default=0)

    def onto(self, skin: Skin) -> Event:
        """The receptor is thinner by that share."""
        return replace(no_event(skin, self.actives), sampled=jnp.clip(self.share, 0.0, 1.0))
