"""Pigment as it is read off: melanin index, contrast of a lesion, what inflammation leaves, melanin in the dermis."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.scale import Card
from microneedling.skin import renewal
from microneedling.skin.complexion import contrast_at_rest, index_at_rest, lesion_at_rest, melanin_at_rest
from microneedling.skin.components import Epidermis, Melanin, Pigment
from microneedling.skin.skin import Skin

SIGHT = 1e-12  # an index that far above zero is none


def carried(melanin: Melanin, state: State, skin: Skin) -> jax.Array:
    """Melanin per area of all epidermal layers together, relative to rest () [1].

        m = q_b b + (1 - q_b - q_c) S y + q_c C z

    Melanin per cell (y, z) times cells (S, C): what is taken off with corneocytes is gone.

    Checked by: tests/unit/scales/test_pigment.py
    """
    at_base, at_top = skin.complexion.basal_share, skin.complexion.corneum_share
    living = (1 - at_base - at_top) * renewal.suprabasal(state[Epidermis]) * melanin.suprabasal
    return at_base * melanin.basal + living + at_top * renewal.layers(state[Epidermis]) * melanin.corneum


def epidermal(skin: Skin, state: State) -> jax.Array:
    """Epidermal melanin, a lesion's excess included, relative to the person's unaffected skin at rest () [1].

    Checked by: tests/unit/scales/test_pigment.py
    """
    now = state[Pigment]
    return carried(now.own, state, skin) + lesion_at_rest(skin) * carried(now.lesional, state, skin)


def melanin_fraction(skin: Skin, state: State) -> jax.Array:
    """Melanosome volume fraction of the epidermis () [1], averaged over its thickness at rest.

    Checked by: tests/unit/scales/test_pigment.py
    """
    return melanin_at_rest(skin) * epidermal(skin, state)


def _risen(state: State, skin: Skin) -> jax.Array:
    """Melanin index above the same skin at rest, without a lesion's excess () [1]."""
    now = state[Pigment]
    shown = carried(now.own, state, skin) - 1 + skin.complexion.dermal_seen * now.dermal
    return index_at_rest(skin) * shown


@struct
class MelaninIndex:
    """What melanin adds to a melanin index, M = g h f₀ (m + s D); units of a two-colour meter, makes differ.

    Source: gain and range of melanosomes in skin/complexion.py. Checked by: tests/unit/scales/test_pigment.py
    """

    CARD: ClassVar[Card] = Card("melanin_index", "Melanin index (melanin's share)", "1", "1", 0.0, 3000.0)
    noticeable: float = param(
        default=10.0,
        unit="1",
        source="farshi2020",
        where="fall of 9.2 to 14.9 units called a change after two sessions",
        spread="5 .. 20",
        grade="inferred",
        note="what a study of 20 could tell from nothing; what an eye sees is not stated",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        deep = skin.complexion.dermal_seen * state[Pigment].dermal
        return index_at_rest(skin) * (epidermal(skin, state) + deep)


@struct
class PigmentContrast:
    """Lesion minus the skin around it, both treated alike, ΔM = ΔM₀ m_ℓ; zero for a person without a lesion.

    Source: ΔM₀ is the person's own. Checked by: tests/unit/scales/test_pigment.py
    """

    CARD: ClassVar[Card] = Card("pigment_contrast", "Pigment contrast (lesion)", "1", "1", 0.0, 1500.0, worse="up")
    noticeable: float = param(
        default=10.0,
        unit="1",
        source="farshi2020",
        where="fall of 9.2 to 14.9 units called a change after two sessions",
        spread="5 .. 20",
        grade="inferred",
        note="what a study of 20 could tell from nothing; what an eye sees is not stated",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return contrast_at_rest(skin) * carried(state[Pigment].lesional, state, skin)


@struct
class PigmentAfter:
    """Treated skin minus the same skin untreated, M₀ (m - 1 + s D): above zero, what inflammation or light has left.

    Source: form only. Checked by: tests/unit/scales/test_pigment.py
    """

    CARD: ClassVar[Card] = Card("pigment_after", "Pigment over untreated skin", "1", "1", -1500.0, 3000.0, 0.0)
    noticeable: float = param(
        default=10.0, unit="1", spread="5 .. 20", grade="assumed", note="as for the melanin index"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return _risen(state, skin)


@struct
class DarkeningRisk:
    """Probability that a clinician writes down pigment after inflammation, P = x⁴/(1 + x⁴), x = ΔM/ΔM_t.

    The threshold carries how strongly melanocytes answer inflammation, which no study has measured after needling: it
    is set so that one in six of phototypes 4 and 5 have it after five monthly rollings.

    Source: dogra2014. Checked by: tests/unit/scales/test_pigment.py
    """

    CARD: ClassVar[Card] = Card(
        "darkening_risk", "Probability of visible pigment after inflammation", "1", "%", 0.0, 1.0, 0.0, "up"
    )

    # fmt: off
    threshold: float = param(default=5.5, unit="1", source="dogra2014", where="pigment after inflammation in 5 of 30, phototypes 4 and 5", spread="2.2 .. 14", grade="fitted", note="one study of 30; device settings partly assumed", meaning="ΔM_t, melanin index seen by half of the clinicians")
    noticeable: float = param(default=0.05, unit="1", spread="0.02 .. 0.1", grade="assumed", note="one in twenty")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        x = (jnp.maximum(_risen(state, skin), SIGHT) / self.threshold) ** 4
        return x / (1 + x)


@struct
class DermalMelanin:
    """Melanin in the dermis, relative to that of the person's unaffected epidermis at rest.

    Source: form only. Checked by: tests/unit/scales/test_pigment.py
    """

    CARD: ClassVar[Card] = Card("dermal_melanin", "Melanin in the dermis", "1", "%", 0.0, 3.0, 0.0, "up")
    noticeable: float = param(
        default=0.05, unit="1", spread="0.02 .. 0.2", grade="assumed", note="less than the index can tell"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Pigment].dermal
