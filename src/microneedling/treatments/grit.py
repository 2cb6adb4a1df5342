"""Microdermabrasion: a jet of crystals or a rough tip under suction wears tissue off."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax.scipy.special import erfc

from microneedling.core.param import param
from microneedling.core.struct import replace, static, struct
from microneedling.numerics.flux import integral
from microneedling.skin.event import Event, no_event
from microneedling.skin.skin import Skin
from microneedling.treatments.exfoliant import Exfoliant, repeated


@struct
class Abrasion:
    """Passes of an abrasive tip over the whole area.

        d = v φ (p/p₀)^m n t        T(z) = ½ erfc((z - d)/(√2 u d))

    d is the mean depth worn off by n passes of t seconds on each spot, φ the flow of crystals over the full one and p
    the suction; T is the share of the area worn off down to z. Wear that grows with time and flow and hardly with
    suction is what was found in excised skin. Below the corneum it wounds.

    Source: andrews2011_grit (time, flow, suction), gill2009_grit (passes; whole stratum corneum at moderate settings).
    Checked by: tests/unit/treatments/test_exfoliants.py, tests/contracts/test_treatments.py
    """

    exfoliant: Exfoliant
    passes: float = param(unit="1", meaning="passes over the same area")
    contact: float = param(unit="s", meaning="time one pass stays on each spot")
    suction: float = param(unit="kg m-1 s-2", meaning="suction that draws the skin to the tip")
    flow: float = param(default=1.0, unit="1", spread="exact", grade="inferred", note="1: the machine's full flow")
    actives: int = static(default=0)

    def depth(self) -> jax.Array:
        """Mean depth worn off, d [m]."""
        what = self.exfoliant
        drawn = (jnp.asarray(self.suction) / what.suction) ** what.suction_power
        return what.abrasion * self.flow * drawn * self.passes * self.contact

    def worn(self, skin: Skin) -> jax.Array:
        """Share of the area worn off, by depth, T (depth,) [1]."""
        d = self.depth()
        some = d > 0
        safe = jnp.where(some, d, 1.0)
        reach = (skin.depth - safe) / (jnp.sqrt(2.0) * self.exfoliant.unevenness * safe)
        return jnp.where(some, 0.5 * erfc(reach), 0.0)

    def onto(self, skin: Skin) -> Event:
        """Stratum corneum worn off, and living tissue wounded where the tip gets through it."""
        what, worn = self.exfoliant, self.worn(skin)
        return replace(
            no_event(skin, self.actives),
            layers_lost=integral(worn * skin.corneum, skin.step) / integral(skin.corneum, skin.step),
            lipids_lost=repeated(what.lipids, self.passes),
            plug_lost=repeated(what.plugs, self.passes),
            halo=worn * skin.living,
            debris=jnp.where(self.depth() > 0, what.debris, 0.0) * skin.living,
        )
