"""Thickness, layers, renewal and loss of the epidermis."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.scales.scale import Card
from microneedling.skin import renewal
from microneedling.skin.components import Cover, Epidermis
from microneedling.skin.skin import Skin

DAY = "d"
SOON = 0.05  # [1] of the inflow at rest: slower than any skin alive; keeps a time finite


@struct
class EpidermalThickness:
    """Viable epidermis plus stratum corneum, H = h_v (q g + (1 - q) s̄)(1 + p y/(1 + y)) + h_SC c̄.

    y is new collagen of the papillary dermis over its rest: over it the epidermis of a section is thicker for months,
    long after births are back at rest. Whether more cells stay or each takes more room nobody has counted.
    """

    CARD: ClassVar[Card] = Card("epidermal_thickness", "Epidermal thickness", "m", "um", 0.0, 6e-4)

    # fmt: off
    basal_share: float = param(default=0.25, unit="1", source="genomebiol2012", where="basal layer about a third of thickness at 24 h after stripping, less at rest", spread="0.15 .. 0.33", grade="inferred", note="an upper bound read at 24 h; rest taken below it", meaning="q, share of the germinative layer")
    bedded: float = param(default=1.35, unit="1", source="lotfi2013", where="epidermis +50 % eight weeks after five sessions, stained collagen +53 %", spread="0.2 .. 3", grade="fitted", note="to one biopsied study, given the new pool: a tie of two readings of the same sections, not a mechanism", meaning="p, thickening over new papillary matrix")
    noticeable: float = param(default="6 um", unit="m", spread="4 .. 10", grade="assumed", note="spread between histological sections")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        now, viable = state[Epidermis], integral(skin.epidermis, skin.step)
        cells = self.basal_share * now.germinative + (1 - self.basal_share) * renewal.suprabasal(now)
        y = renewal.young_matrix(state, skin)
        room = 1 + self.bedded * y / (1 + y)
        return viable * cells * room + integral(skin.corneum, skin.step) * renewal.layers(now)


@struct
class ScThickness:
    """Thickness of the stratum corneum, h_SC c̄ (1 + q o): layers, and the water they take up under a cover o."""

    CARD: ClassVar[Card] = Card("sc_thickness", "Stratum corneum thickness", "m", "um", 0.0, 2e-4, worse="down")
    # fmt: off
    swelling: float = param(default=0.5, unit="1", source="egawa2007", where="up to twofold after 90 min of water, less after shorter times", spread="0.1 .. 1", grade="inferred", note="a cover wets less than water; the upper end is water", meaning="q, thickening under a full cover")
    noticeable: float = param(default="2.6 um", unit="m", source="raman_sc2018", where="SD 2.6 um", spread="2 .. 4", grade="measured in people")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        wet = 1 + self.swelling * state[Cover].occlusion
        return integral(skin.corneum, skin.step) * renewal.layers(state[Epidermis]) * wet


@struct
class ScLayers:
    """Corneocyte layers, n c̄."""

    CARD: ClassVar[Card] = Card("sc_layers", "Corneocyte layers", "1", "1", 0.0, 120.0, worse="down")
    noticeable: float = param(
        default=2.0,
        unit="1",
        source="yaxian1999",
        where="SD 2 layers (face)",
        spread="1 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return skin.site.sc_layers * renewal.layers(state[Epidermis])


@struct
class TurnoverTime:
    """Time from birth to shedding at the present birth rate, (τ_g g + τ_v s̄ + τ_c c̄)/(R b)."""

    CARD: ClassVar[Card] = Card("turnover_time", "Epidermal turnover time", "s", "d", 0.0, 2e7)
    noticeable: float = param(
        default="2 d",
        unit="s",
        source="grove_kligman",
        where="SE 1.4 to 2.7 d of transit",
        spread="1 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        now, site = state[Epidermis], skin.site
        viable = site.germinative_time * now.germinative + site.viable_transit * renewal.suprabasal(now)
        held = viable + site.sc_transit * renewal.layers(now)
        return held / (skin.modifiers.renewal * jnp.maximum(now.birth, SOON))


@struct
class ScTurnoverTime:
    """Time in which the stratum corneum is renewed at the present inflow, τ_c c̄/(R f)."""

    CARD: ClassVar[Card] = Card("sc_turnover_time", "Stratum corneum turnover time", "s", "d", 0.0, 2e7)
    noticeable: float = param(
        default="2 d",
        unit="s",
        source="grove_kligman",
        where="SE 1.4 to 2.7 d of transit",
        spread="1 .. 4",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return renewal_time(state, skin) * renewal.layers(state[Epidermis])


@struct
class DyeLossTime:
    """Mean time in which a dye that stains the whole stratum corneum now is lost with the cells that hold it.

        T = Σ c_i t_i/Σ c_i,   t_i = τ_c/(4 R f) (4 - i + min(c_4/c_3, 2)),   i = 1 (deep) .. 4 (outer)

    At rest 0.625 τ_c. Each stage takes a quarter of the transit; the outermost holds as much less as it is shed faster.
    """

    CARD: ClassVar[Card] = Card("dye_loss_time", "Mean time to lose a stain", "s", "d", 0.0, 2e7)
    noticeable: float = param(
        default="1 d",
        unit="s",
        source="grove_kligman",
        where="SE 1.4 to 2.7 d of transit",
        spread="0.5 .. 3",
        grade="inferred",
        note="0.6 of what is noticed of the transit",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        cells = state[Epidermis].corneocytes
        outer = jnp.minimum(cells[-1] / jnp.maximum(cells[-2], SOON), 2.0)
        held = sum(c * (len(cells) - 1 - n + outer) for n, c in enumerate(cells))
        return renewal_time(state, skin) / len(cells) * held / jnp.maximum(sum(cells), SOON)


@struct
class CorneocyteArea:
    """Mean projected area of corneocytes, A m: cells made in haste are small."""

    CARD: ClassVar[Card] = Card("corneocyte_area", "Corneocyte area", "m2", "um2", 0.0, 3e-9, worse="down")
    noticeable: float = param(
        default="46 um2",
        unit="m2",
        source="grove_kligman",
        where="Table III, SE 17 to 46 um2",
        spread="20 .. 90",
        grade="measured in people",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return skin.site.corneocyte_area * state[Epidermis].maturity


@struct
class Proliferation:
    """Births in the epidermis relative to rest, b: what counts of dividing cells and their fluorescence follow."""

    CARD: ClassVar[Card] = Card("proliferation", "Births in the epidermis", "1", "1", 0.0, 40.0, 1.0)
    noticeable: float = param(
        default=0.2, unit="1", spread="0.1 .. 0.5", grade="assumed", note="counts of dividing cells scatter; no row"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Epidermis].birth


@struct
class PapillaAmplitude:
    """Height of the dermal papillae from trough to tip, A (1 + λ (v - 1)), v viable cells relative to rest."""

    CARD: ClassVar[Card] = Card("papilla_amplitude", "Height of the papillae", "m", "um", 0.0, 5e-4, worse="down")

    # fmt: off
    deepening: float = param(default=1.0, unit="1", spread="0 .. 2", grade="assumed", note="a thicker epidermis is taken to reach down by as much; 0 would be no change of the papillae", meaning="λ, deepening with thickness")
    noticeable: float = param(default="4.5 um", unit="m", source="harmonic_papillae2013", where="SD over people of the epidermis over the papillae, volar forearm", spread="2 .. 10", grade="measured in people")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        rise = renewal.suprabasal(state[Epidermis]) - 1
        return skin.site.papilla_amplitude * jnp.maximum(0.0, 1 + self.deepening * rise)


@struct
class CorneocyteLoss:
    """Corneocytes taken off by treatments so far, per area: layers removed over the area of a cell at rest."""

    CARD: ClassVar[Card] = Card("corneocyte_loss", "Corneocytes removed", "m-2", "cm-2", 0.0, 2e11, 0.0)
    noticeable: float = param(
        default="1e5 cm-2",
        unit="m-2",
        spread="3e4 .. 3e5",
        grade="assumed",
        note="about one layer: what one tape strip takes",
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Epidermis].removed * skin.site.sc_layers / skin.site.corneocyte_area


def renewal_time(state: State, skin: Skin) -> jax.Array:
    """Time in which as many cells cornify as the stratum corneum holds at rest, τ_c/(R f) [s].

    Checked by: tests/unit/scales/test_epidermal.py
    """
    return skin.site.sc_transit / (skin.modifiers.renewal * jnp.maximum(renewal.inflow(state[Epidermis]), SOON))
