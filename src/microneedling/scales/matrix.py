"""Collagen and elastin as different instruments see them. None stands for another."""

from __future__ import annotations

import functools
import operator
from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card, area_mean, over
from microneedling.skin.components import Collagen, Elastin
from microneedling.skin.skin import Skin


def pool(state: State, skin: Skin, *names: str, where: jax.Array) -> jax.Array:
    """Area and depth mean of the sum of some collagen pools, relative to mature collagen at rest."""
    columns = state[Collagen].columns
    return functools.reduce(operator.add, (over(area_mean(state, columns, name), where, skin) for name in names))


@struct
class CollagenNew:
    """New collagen (III and new I) of the papillary dermis relative to its rest."""

    CARD: ClassVar[Card] = Card("collagen_new", "New collagen pool, papillary", "1", "1", 0.0, 20.0, 1.0, "down")
    noticeable: float = param(
        default=0.1, unit="1", spread="0.05 .. 0.3", grade="assumed", note="no instrument reads the pool alone"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        return pool(state, skin, "iii", "new", where=skin.papillary) / rest


@struct
class CollagenStain:
    """Stained collagen area (Masson) of the papillary dermis relative to rest, 1 + γ (new/new₀ - 1)."""

    CARD: ClassVar[Card] = Card("collagen_stain", "Stained collagen, papillary", "1", "1", 0.0, 10.0, 1.0, "down")

    # fmt: off
    gain: float = param(default=0.65, unit="1", source="lotfi2013", where="+53.2 % eight weeks after five sessions", spread="0.35 .. 2.7", grade="fitted", note="fitted to the Masson row given the size of the halo; confounded with halo and persistence", meaning="γ, stain per new pool")
    noticeable: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="spread of stained area between sections")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        return 1 + self.gain * (pool(state, skin, "iii", "new", where=skin.papillary) / rest - 1)


@struct
class Reticulin:
    """Silver-stained new fibres of the papillary dermis relative to rest, 1 + γ (III/III₀ - 1)."""

    CARD: ClassVar[Card] = Card("reticulin", "Reticulin (silver stain), papillary", "1", "1", 0.0, 40.0, 1.0)

    # fmt: off
    gain: float = param(default=0.79, unit="1", source="lotfi2013", where="+65.4 % eight weeks after five sessions", spread="0.4 .. 2.8", grade="fitted", note="fitted to the silver row given the size of the halo", meaning="γ, stain per collagen III")
    noticeable: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="spread of stained area between sections")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        return 1 + self.gain * (pool(state, skin, "iii", where=skin.papillary) / state[Collagen].iii_at_rest - 1)


@struct
class UltrasoundDensity:
    """Echo density of the dermis relative to rest, 1 + γ (C/C₀ - 1) with total collagen."""

    CARD: ClassVar[Card] = Card(
        "ultrasound_density", "Ultrasound density of the dermis", "1", "1", 0.0, 3.0, 1.0, "down"
    )

    # fmt: off
    gain: float = param(default=3.0, unit="1", spread="1 .. 10", grade="assumed", note="echo per collagen: no paired measurement", meaning="γ, echo per total collagen")
    noticeable: float = param(default=0.05, unit="1", spread="0.03 .. 0.1", grade="assumed", note="typical repeatability of skin ultrasound")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = 1 + state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        return 1 + self.gain * (pool(state, skin, "iii", "new", "mature", where=skin.dermis) / rest - 1)


@struct
class ElasticFibre:
    """Elastic fibre of the dermis relative to rest."""

    CARD: ClassVar[Card] = Card("elastin", "Elastic fibre", "1", "1", 0.0, 3.0, 1.0, "down")
    noticeable: float = param(
        default=0.05, unit="1", spread="0.02 .. 0.15", grade="assumed", note="spread of stained area between sections"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(area_mean(state, state[Elastin].columns, "fibre"), skin.dermis, skin)


@struct
class Tropoelastin:
    """Tropoelastin of the dermis over rest (0), in its own unit."""

    CARD: ClassVar[Card] = Card("tropoelastin", "Tropoelastin over rest", "1", "1", 0.0, 20.0, 0.0)
    noticeable: float = param(
        default=0.01, unit="1", spread="0.005 .. 0.05", grade="assumed", note="own unit; immunostain reads a direction"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(area_mean(state, state[Elastin].columns, "tropoelastin"), skin.dermis, skin)


@struct
class Elasticity:
    """Gross elasticity relative to rest, E^p (C/C₀)^(1-p) with elastic fibre E and total collagen C."""

    CARD: ClassVar[Card] = Card("elasticity", "Skin elasticity", "1", "1", 0.0, 3.0, 1.0, "down")

    # fmt: off
    share: float = param(default=0.5, unit="1", spread="0.1 .. 0.9", grade="assumed", note="how much of recoil is elastin's is unknown here", meaning="p, share of elastic fibre")
    noticeable: float = param(default=0.05, unit="1", spread="0.03 .. 0.1", grade="assumed", note="repeatability of suction cups, about 5 %")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = 1 + state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        collagen = pool(state, skin, "iii", "new", "mature", where=skin.dermis) / rest
        fibre = over(area_mean(state, state[Elastin].columns, "fibre"), skin.dermis, skin)
        return jnp.maximum(fibre, 1e-3) ** self.share * jnp.maximum(collagen, 1e-3) ** (1 - self.share)
