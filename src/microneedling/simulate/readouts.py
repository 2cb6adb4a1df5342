"""Read-outs that need a law's numbers beside the state."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.model import Model
from microneedling.laws.vessels import VesselResponse
from microneedling.scales.scale import Card, over
from microneedling.skin.components import Wound
from microneedling.skin.skin import Skin


@struct
class Synthesis:
    """Collagen synthesis of the papillary dermis relative to rest, (r + r_b)/r_q by area and depth mean."""

    CARD: ClassVar[Card] = Card("synthesis", "Collagen synthesis over rest", "1", "1", 0.0, 50.0, 1.0)

    law: CollagenTurnover
    noticeable: float = param(
        default=0.2, unit="1", spread="0.1 .. 0.5", grade="assumed", note="spread of tracer measurements"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        w = state[Wound].fraction
        hurt, calm = (sum(self.law.synthesis(state, skin, column)) for column in ("wounded", "rest"))
        return over(w * hurt + (1 - w) * calm, skin.papillary, skin) / self.law.r_q


@struct
class WoundSynthesis:
    """Collagen synthesis in the wounded columns of the papillary dermis relative to rest, (r_w + r_b,w)/r_q.

    What a tracer says of the wound itself; `synthesis` is the mean over all the skin, wound or not.

    Checked by: tests/unit/simulate/test_readouts.py
    """

    CARD: ClassVar[Card] = Card(
        "wound_synthesis", "Collagen synthesis in the wound, over rest", "1", "1", 0.0, 1e3, 1.0
    )

    law: CollagenTurnover
    noticeable: float = param(
        default=0.2, unit="1", spread="0.1 .. 0.5", grade="assumed", note="spread of tracer measurements"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        one, three = self.law.synthesis(state, skin, "wounded")
        return over(one + three, skin.papillary, skin) / self.law.r_q


@struct
class CollagenMessage:
    """Messenger RNA of collagen III in the papillary dermis, a fold over rest.

        (f r + f_q r_b)/(f_q r_q),   r by activated fibroblasts, r_b basal, by area and depth mean

    The message lives for hours and healing lasts days, so the rate at which III is made stands for it.

    Checked by: tests/unit/simulate/test_readouts.py
    """

    CARD: ClassVar[Card] = Card("collagen_iii_mrna", "Collagen III messenger over rest", "1", "1", 0.0, 500.0, 1.0)

    law: CollagenTurnover
    noticeable: float = param(
        default=0.5, unit="1", spread="0.2 .. 1", grade="assumed", note="a change below half is not trusted of an array"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        w, law = state[Wound].fraction, self.law
        pairs = (law.synthesis(state, skin, column) for column in ("wounded", "rest"))
        hurt, calm = (law.f * made + law.f_q * basal for made, basal in pairs)
        return over(w * hurt + (1 - w) * calm, skin.papillary, skin) / (law.f_q * law.r_q)


@struct
class LymphFlow:
    """Lymph flow of the dermis relative to rest, 1 + λ̄ (laws/vessels.py)."""

    CARD: ClassVar[Card] = Card("lymph_flow", "Lymph flow over rest", "1", "1", 0.0, 100.0, 1.0)

    law: VesselResponse
    noticeable: float = param(
        default=0.4,
        unit="1",
        source="psoriasis_lymph",
        where="20.8 against 29.1 h, told apart with n 9",
        spread="0.2 .. 0.8",
        grade="inferred",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(self.law.lymph(state, skin), skin.dermis, skin)


READOUTS: tuple[Any, ...] = (
    LymphFlow(law=VesselResponse()),
    Synthesis(law=CollagenTurnover()),
    WoundSynthesis(law=CollagenTurnover()),
    CollagenMessage(law=CollagenTurnover()),
)


def readouts(model: Model, records: Mapping[str, Any]) -> tuple[Any, ...]:
    """The read-outs of this file with the given numbers (by class name) and the model's own laws."""
    own = (records.get(type(one).__name__, one) for one in READOUTS)
    return tuple(dataclasses.replace(one, law=model.law(type(one.law).__name__)) for one in own)
