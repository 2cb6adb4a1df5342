"""The form of a scale, and averages over layers that several share."""

from __future__ import annotations

import dataclasses
from typing import Any, Protocol

import jax
import jax.numpy as jnp

from microneedling.core.state import State
from microneedling.numerics.flux import integral
from microneedling.skin.components import Columns, Wound
from microneedling.skin.skin import Skin


@dataclasses.dataclass(frozen=True)
class Card:
    """What a scale is called and how it is shown: name, title, SI unit, the unit people write, published range (SI).

    `healthy` is the value at rest where it is the same for everybody; `worse` is "up", "down" or "" (neither).
    """

    name: str
    title: str
    unit: str
    shown: str
    low: float
    high: float
    healthy: float | None = None
    worse: str = ""


class Scale(Protocol):
    """A pure function of state and skin: what an instrument or a clinician would read.

    Numbers it needs (gains, thresholds, smallest noticeable change) are its own fields with provenance.
    """

    CARD: Card
    noticeable: Any

    def read(self, state: State, skin: Skin) -> jax.Array:
        """The value now () in the card's SI unit."""


def over(field: jax.Array, where: jax.Array, skin: Skin) -> jax.Array:
    """Average of a depth field over the cells where `where` is 1, weighted by thickness."""
    return integral(field * where, skin.step) / jnp.maximum(integral(where, skin.step), 1e-12)


def area_mean(state: State, columns: Columns[Any], name: str) -> jax.Array:
    """Area mean of one healing field over wounded and rest columns (depth,)."""
    w = state[Wound].fraction
    return w * getattr(columns.wounded, name) + (1 - w) * getattr(columns.rest, name)
