"""What habits, illnesses and medicines do to named rates of one person."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct


def _factor(meaning: str) -> Any:
    return param(
        default=1.0,
        unit="1",
        spread="exact",
        grade="inferred",
        note="1: as the law or the site has it",
        meaning=meaning,
    )


@struct
class Modifiers:
    """Factors on rates, 1 where nothing is known or nothing applies. Each is felt by one named rate of one law.

    A person's factors come from cards (one per habit or condition), never from code.
    """

    closing: float = _factor("resealing of channels")
    reepithelialisation: float = _factor("closing of the epidermal gap")
    lipids: float = _factor("return of barrier lipids")
    renewal: float = _factor("epidermal renewal (speed of transit)")
    hydration: float = _factor("hydration of the stratum corneum at rest")
    water_loss: float = _factor("water loss at rest")
    signal: float = _factor("inflammatory signal made")
    synthesis: float = _factor("collagen synthesis of activated fibroblasts")
    protease: float = _factor("matrix protease made by inflammation")
    flow: float = _factor("rise of blood flow with inflammation")
    lymph: float = _factor("lymph drainage")
    melanin: float = _factor("answer of melanocytes to light and inflammation")
    hair: float = _factor("growth of follicles")


def unmodified() -> Modifiers:
    """Nobody's habits: every factor 1."""
    ones: dict[str, Any] = {name: jnp.ones(()) for name in Modifiers.__dataclass_fields__}
    return Modifiers(**ones)
