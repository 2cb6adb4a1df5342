"""What antibodies, a scale and an activity test say of matrix and epidermis. Stains and echo stand in matrix.py.

Stained area, antibody, mass and activity are different read-outs of one tissue; each has its own numbers here.
"""

from __future__ import annotations

from typing import ClassVar

import jax

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.scales.matrix import pool
from microneedling.scales.scale import Card, area_mean, over
from microneedling.skin.components import Collagen, Elastin, Epidermis
from microneedling.skin.skin import Skin

SECTIONS = "spread of stained area between sections"


@struct
class AntibodyOne:
    """Collagen I by immunohistochemistry, papillary dermis, relative to rest.

        (C₁ + a C_m)/(C₁⁰ + a)

    An antibody to collagen I binds new and mature fibrils alike, but packed and cross-linked ones show it few of their
    epitopes: a is the share they show. a = 1 would be mass, which moves by a few per cent where sections change by tens.

    Checked by: tests/unit/scales/test_assays.py, tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("immunostain_i", "Collagen I by antibody, papillary", "1", "1", 0.0, 20.0, 1.0, "down")

    # fmt: off
    shown: float = param(default=0.006, unit="1", spread="0.001 .. 0.1", grade="assumed", note="nobody has paired an antibody with mass here; what the gain of the Masson stain implies, C₁⁰ (1/γ - 1), with a wide spread", meaning="a, share of its epitopes that mature collagen shows")
    noticeable: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note=SECTIONS)
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        new, mature = (pool(state, skin, name, where=skin.papillary) for name in ("new", "mature"))
        return (new + self.shown * mature) / (state[Collagen].new_at_rest + self.shown)


@struct
class AntibodyThree:
    """Collagen III by immunohistochemistry, papillary dermis, relative to rest, 1 + γ (C₃/C₃⁰ - 1).

    It reads the pool of new III. The III that sits in mature fibrils stains too and dilutes the change: γ carries that,
    and is not the gain of the silver stain, which takes up all thin fibres.

    Checked by: tests/unit/scales/test_assays.py, tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("immunostain_iii", "Collagen III by antibody, papillary", "1", "1", 0.0, 200.0, 1.0)

    # fmt: off
    gain: float = param(default=0.5, unit="1", spread="0.1 .. 1", grade="assumed", note="the two studies print directions only; below 1, as III of mature fibrils stains too", meaning="γ, stain per collagen III")
    noticeable: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note=SECTIONS)
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        return 1 + self.gain * (pool(state, skin, "iii", where=skin.papillary) / state[Collagen].iii_at_rest - 1)


@struct
class CollagenMass:
    """Mass of all collagen of the dermis relative to rest, C̄/C₀ = (C₃ + C₁ + C_m)/(C₃⁰ + C₁⁰ + 1), without any gain.

    What hydroxyproline of a biopsy would say. It has no gain, so it is what a "rise of collagen" is in substance.

    Checked by: tests/unit/scales/test_assays.py, tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("collagen_mass", "Collagen mass of the dermis", "1", "1", 0.0, 2.0, 1.0, "down")
    noticeable: float = param(
        default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="hydroxyproline of two biopsies of one site"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        rest = 1 + state[Collagen].iii_at_rest + state[Collagen].new_at_rest
        return pool(state, skin, "iii", "new", "mature", where=skin.dermis) / rest


@struct
class Protease:
    """Collagen-cutting protease of the papillary dermis over rest, net of inhibitor: P̄, a fold.

    Zymography or an MMP-1 antibody, of which this state is the net activity; one kind is not told from another.

    Checked by: tests/unit/scales/test_assays.py, tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("protease", "Matrix protease over rest", "1", "1", 0.0, 20.0, 1.0, "up")
    noticeable: float = param(
        default=0.3, unit="1", spread="0.1 .. 0.6", grade="assumed", note="blots tell less than a third apart badly"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return over(area_mean(state, state[Elastin].columns, "protease"), skin.papillary, skin)


@struct
class EpidermalClosure:
    """Share of the needled epidermis that is closed by cells again, 1 - u (laws/epidermis.py).

    Checked by: tests/unit/scales/test_assays.py, tests/contracts/test_scales.py
    """

    CARD: ClassVar[Card] = Card("epidermal_closure", "Closed epidermis", "1", "%", 0.0, 1.0, 1.0, "down")
    noticeable: float = param(
        default=0.05, unit="1", spread="0.02 .. 0.1", grade="assumed", note="gaps counted in a few sections"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return 1 - state[Epidermis].gap
