"""A medicine against inflammation, taken for a span."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.skin.components import Medicine
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class MedicineSpans:
    """What is taken acts from its first to its last day, at full strength, and leaves nothing behind.

        L⁺ = L + l,   L' = 0;   the inflammatory signal made is multiplied by exp(-L)

    A logarithm, so that several medicines multiply and each can be taken off again exactly. Level in blood, onset and
    wash-out of hours are short against the days of inflammation and are left out.

    Checked by: tests/contracts/test_laws.py, tests/unit/laws/test_modifiers.py
    """

    owns = Medicine

    def start(self, skin: Skin) -> Medicine:
        return Medicine(calming=jnp.zeros(()))

    def jump(self, state: State, event: Event, skin: Skin) -> Medicine:
        return Medicine(calming=state[Medicine].calming + event.calmed)

    def rate(self, state: State, skin: Skin) -> Medicine:
        return Medicine(calming=jnp.zeros(()))
