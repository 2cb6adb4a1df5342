"""What needling leaves to be felt and counted: punctures, their depth, pain, bleeding."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.skin.components import Punctures
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class PunctureMemory:
    """Punctures stay countable until the epidermis has closed over them; pain fades.

        dn/dt = -n/τ_c;   dp/dt = -k_p p;   depths are those of the last needling

    Source: see each number.
    Checked by: tests/contracts/test_laws.py
    """

    # fmt: off
    closed: float = param(default="0.77 d-1", unit="s-1", source=("engelhardt1998", "blister_rat1978"), where="closure of small human wounds by day 4; blister base covered in 36 h", spread="0.5 .. 3", grade="inferred", note="1/1.3 d; both sources describe larger wounds, so an upper bound of the time", meaning="1/τ_c, closing of the epidermis over a puncture")
    fading: float = param(default="4 h-1", unit="s-1", spread="1 .. 20", grade="assumed", note="procedural pain ends in minutes to an hour; no course in the evidence", meaning="k_p, fading of pain")
    # fmt: on

    owns = Punctures

    def start(self, skin: Skin) -> Punctures:
        none = jnp.zeros(())
        return Punctures(density=none, inserted_depth=none, relaxed_depth=none, pain=none, bled=none)

    def jump(self, state: State, event: Event, skin: Skin) -> Punctures:
        now = state[Punctures]
        needled = event.punctures > 0

        def last(new: jax.Array, old: jax.Array) -> jax.Array:
            return jnp.where(needled, new, old)

        return Punctures(
            density=now.density + event.punctures,
            inserted_depth=last(event.inserted_depth, now.inserted_depth),
            relaxed_depth=last(event.relaxed_depth, now.relaxed_depth),
            pain=jnp.maximum(now.pain, event.pain * skin.alive),
            bled=last(event.bleeding * skin.alive, now.bled),
        )

    def rate(self, state: State, skin: Skin) -> Punctures:
        now = state[Punctures]
        none = jnp.zeros(())
        return Punctures(
            density=-self.closed * now.density * skin.alive,
            inserted_depth=none,
            relaxed_depth=none,
            pain=-self.fading * now.pain,
            bled=-self.closed * now.bled,
        )
