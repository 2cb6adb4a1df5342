"""Lines, striae and pores: what the person brought, filled by matrix, softened by epidermis and water, plugged or not."""

from __future__ import annotations

from typing import ClassVar

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.numerics.flux import integral
from microneedling.scales.scale import Card, area_mean, over
from microneedling.scales.scar import Groove, lifted
from microneedling.skin import renewal
from microneedling.skin.components import Elastin, Epidermis, Pores, Relief, Vessels
from microneedling.skin.skin import Skin

ROOM = {
    "unit": "1",
    "source": "branchet_fibers",
    "where": "collagen area 89 to 93 % of dermis",
    "spread": "0.07 .. 0.25",
    "grade": "inferred",
    "note": "C_x - 1: the room left in a full dermis",
}


@struct
class LineDepth:
    """Depth of lines: filled by the matrix they lie in, made shallower by whatever thickens the skin around them.

        d = max(0, d₀ exp(-k ḡ/r) - Δ (√(1 + (2 d₀/w)²) - 1)),   Δ = ΔH_epidermis + s W̄ H_dermis

    ḡ is the matrix gained down to the reach of the line. The second term is geometry: walls of a V that grow by Δ along
    their normal close it from below by more than the plain beside it rises. Swelling passes in days, epidermis in weeks.

    Source: form assumed for matrix, exact for the V; depths by age: see the person.
    Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_relief.py
    """

    CARD: ClassVar[Card] = Card("line_depth", "Depth of lines", "m", "um", 0.0, 1e-2, worse="up")

    # fmt: off
    filling: float = param(default=3.0, unit="1", spread="0.5 .. 8", grade="assumed", note="as scars whose surface follows nearly freely; no study pairs collagen with the depth of lines", meaning="k, filling per room taken")
    room: float = param(default=0.11, unit=ROOM["unit"], source=ROOM["source"], where=ROOM["where"], spread=ROOM["spread"], grade=ROOM["grade"], note=ROOM["note"], meaning="r, room of a full dermis")
    reach: float = param(default="0.6 mm", unit="m", spread="0.3 .. 1.2", grade="assumed", note="papillary and upper reticular dermis, where lines differ from the skin beside them", meaning="depth of the dermis a line rests on")
    swelling: float = param(default=0.05, unit="1", spread="0.01 .. 0.15", grade="assumed", note="as the oedema scale: share of dermal thickness per unit of oedema water", meaning="s, swelling per unit of water")
    noticeable: float = param(default="20 um", unit="m", spread="10 .. 50", grade="assumed", note="a tenth of a shallow line of 0.2 mm; no repeatability at hand")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        d, w = skin.baseline.line_depth, skin.baseline.line_width
        steep = 2 * d / jnp.where(w > 0, w, 1.0)
        closes = jnp.where(w > 0, jnp.sqrt(1 + steep**2) - 1, 0.0)
        filled = d * jnp.exp(-self.filling * lifted(state, skin, self.reach) / self.room)
        return jnp.maximum(0.0, filled - self.thickened(state, skin) * closes)

    def thickened(self, state: State, skin: Skin) -> jax.Array:
        """Δ, what epidermis and water add to the thickness of skin [m]."""
        viable, horny = integral(skin.epidermis, skin.step), integral(skin.corneum, skin.step)
        now = state[Epidermis]
        grown = viable * (renewal.suprabasal(now) - 1) + horny * (renewal.layers(now) - 1)
        return grown + self.swelling * integral(state[Vessels].water * skin.dermis, skin.step)

    def groove(self, state: State, skin: Skin) -> Groove:
        """Amplitude and wavelength of lines, for whoever turns relief into roughness; the area share is not known."""
        return Groove(depth=self.read(state, skin), width=jnp.asarray(skin.baseline.line_width), share=jnp.zeros(()))


@struct
class StriaWidth:
    """Width of striae, w₀ exp(-k ḡ/r) with the matrix gained in all of the dermis.

    Source: form and size assumed: trials print grades; that the dermis under striae is thin: striae_ultrasound2020.
    Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_relief.py
    """

    CARD: ClassVar[Card] = Card("stria_width", "Width of striae", "m", "mm", 0.0, 0.1, worse="up")

    # fmt: off
    filling: float = param(default=2.0, unit="1", spread="0.3 .. 6", grade="assumed", note="less than scars: striae narrow from their edges; no study pairs collagen with width", meaning="k, narrowing per room taken")
    room: float = param(default=0.11, unit=ROOM["unit"], source=ROOM["source"], where=ROOM["where"], spread=ROOM["spread"], grade=ROOM["grade"], note=ROOM["note"], meaning="r, room of a full dermis")
    noticeable: float = param(default="0.5 mm", unit="m", spread="0.3 .. 1", grade="assumed", note="what a ruler shows")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        gained = lifted(state, skin, integral(skin.corneum + skin.living, skin.step))
        return skin.baseline.stria_width * jnp.exp(-self.filling * gained / self.room)


@struct
class PorePlug:
    """Volume of follicular plugs relative to rest."""

    CARD: ClassVar[Card] = Card("pore_plug", "Follicular plugs", "1", "1", 0.0, 10.0, 1.0, "up")
    noticeable: float = param(
        default=0.2, unit="1", spread="0.1 .. 0.5", grade="assumed", note="no instrument reads plug volume"
    )

    def read(self, state: State, skin: Skin) -> jax.Array:
        return state[Pores].plug


@struct
class PoreArea:
    """Visible pore area as a fraction of skin: held open by plugs, held shut by firm dermis around them.

        A = A₀ (1 - p + p B) F^-q,   F = √(E L), elastic fibre and matrix of the papillary dermis

    Source: sebum output and pore size go together with r 0.38 to 0.47 (roh2006); more elasticity, fewer pores
    (kim_pores2013). Checked by: tests/contracts/test_scales.py, tests/unit/scales/test_relief.py
    """

    CARD: ClassVar[Card] = Card("pore_area", "Visible pore area", "1", "%", 0.0, 2.0, worse="up")

    # fmt: off
    by_plug: float = param(default=0.4, unit="1", source="roh2006", where="r 0.47 in men, 0.38 in women, of sebum output with pore size", spread="0.1 .. 0.8", grade="inferred", note="a correlation between people taken as the share a plug makes within one", meaning="p, share of the area that goes with the plug")
    by_firmness: float = param(default=1.0, unit="1", source="kim_pores2013", where="elasticity R7 negatively correlated with pores (direction)", spread="0.2 .. 3", grade="assumed", note="direction only; size unknown", meaning="q, power of firmness")
    noticeable: float = param(default=0.005, unit="1", spread="0.002 .. 0.01", grade="assumed", note="half a per cent of skin, about a tenth of visible pores; no repeatability at hand")
    size: float = param(default="300 um", unit="m", source="flament2015", where="pores of 250 um and more are counted", spread="250 .. 500", grade="inferred", note="just above the detection threshold", meaning="diameter of a visible pore at the start")
    # fmt: on

    def read(self, state: State, skin: Skin) -> jax.Array:
        fibre = over(area_mean(state, state[Elastin].columns, "fibre"), skin.papillary, skin)
        firm = jnp.sqrt(jnp.maximum(fibre, 1e-3) * jnp.maximum(state[Relief].papillary, 1e-3))
        held = 1 - self.by_plug + self.by_plug * state[Pores].plug
        return skin.baseline.pore_area * held * firm**-self.by_firmness

    def groove(self, state: State, skin: Skin) -> Groove:
        """Pores as hollows as deep as they are wide; they widen with the root of their area."""
        share, start = self.read(state, skin), skin.baseline.pore_area
        ratio = jnp.where(start > 0, share / jnp.where(start > 0, start, 1.0), 1.0)
        wide = self.size * jnp.sqrt(jnp.maximum(ratio, 1e-6))
        return Groove(depth=wide, width=wide, share=jnp.minimum(1.0, share))
