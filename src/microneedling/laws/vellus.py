"""Vellus hair: cut at the surface by a blade, and grown again."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.skin.components import Vellus
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class VellusRegrowth:
    """The mean length of vellus hairs out of the skin returns to that at rest.

        L⁺ = L (1 - cut),   L' = r φ v (1 - L)/L₀

    L mean length over that at rest L₀, v growth of the growing hairs, φ their share: only they come out again at once,
    the others wait for their turn, and long ones are shed as fast as they grow. r is the person's growth of follicles.
    A cut hair is no thicker when it returns: nothing here knows that it was cut.

    Source: blume1991. Checked by: tests/contracts/test_laws.py, tests/unit/laws/test_vellus.py, tests/plain
    """

    # fmt: off
    growth: float = param(default="0.03 mm/d", unit="m s-1", source="blume1991", where="0.03 mm a day on the forehead, 0.13 on the back", spread="0.02 .. 0.13", grade="measured in people", note="the face is what blades are used on; the upper end stands for the trunk", varies="people", meaning="v, growth of a growing vellus hair")
    growing: float = param(default=0.49, unit="1", source="blume1991", where="49 % growing on the forehead, 31.5 % on the back", spread="0.3 .. 0.55", grade="measured in people", varies="people", meaning="φ, share of vellus hairs that grow")
    length: float = param(default="1 mm", unit="m", spread="0.4 .. 2", grade="assumed", note="vellus hairs are shorter than 2 mm by common description; no mean length was found", varies="people", meaning="L₀, mean length out of the skin at rest")
    # fmt: on

    owns = Vellus

    def start(self, skin: Skin) -> Vellus:
        return Vellus(standing=jnp.ones(()))

    def jump(self, state: State, event: Event, skin: Skin) -> Vellus:
        return Vellus(standing=state[Vellus].standing * (1 - event.vellus_cut))

    def rate(self, state: State, skin: Skin) -> Vellus:
        pace = skin.alive * skin.modifiers.hair * self.growing * self.growth / self.length
        return Vellus(standing=pace * (1 - state[Vellus].standing))
