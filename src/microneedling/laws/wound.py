"""Wounded columns return to rest as they heal."""

from __future__ import annotations

import jax.numpy as jnp

from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.columns import ColumnTraffic
from microneedling.skin.components import Wound
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class WoundReturn:
    """Needling wounds a halo around each puncture; healed halo becomes rest again.

        event: w' = w + w_n - w w_n;   between: dw/dt = -k_w w

    Source: closure derived in docs/decisions.md (union of columns).
    Checked by: tests/contracts/test_laws.py, tests/unit/laws/test_columns.py
    """

    columns: ColumnTraffic = ColumnTraffic()

    owns = Wound

    def start(self, skin: Skin) -> Wound:
        return Wound(fraction=jnp.zeros_like(skin.step))

    def jump(self, state: State, event: Event, skin: Skin) -> Wound:
        w = state[Wound].fraction
        return Wound(fraction=w + event.halo * skin.alive * (1 - w))

    def rate(self, state: State, skin: Skin) -> Wound:
        return Wound(fraction=-self.columns.returning * state[Wound].fraction)
