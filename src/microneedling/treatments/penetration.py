"""What resists a needle on its way into skin, and what pushes it: forces, works, and the depth where they balance."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax.scipy.special import erfc

from microneedling.core.param import param
from microneedling.core.struct import struct


@struct
class Resistance:
    """Force on one tapered needle whose tip is at depth d, by steady work balance.

        F(d) = 2 k J r₀ + W r₀² + 2 m W ∫r dz,   r(z) = r_t + c (d - z),  r₀ = r(0)

    A crack of width 2 k r is torn (J per area), the tissue beside it is wedged open (energy W r² per length, which is a
    wall pressure W/π), and the flank slides against that pressure (friction m). For a cone every term is a polynomial.

    Source: form of shergold_fleck2004 (fracture work plus stored strain energy); the cone and its flank are worked out here.
    Checked by: tests/unit/treatments/test_penetration.py
    """

    tip_radius: float = param(unit="m", meaning="radius at the tip, r_t")
    taper: jax.Array | float = param(unit="1", meaning="radius gained per length, c")
    tearing: float = param(unit="kg s-2", meaning="crack width over radius times fracture energy, 2 k J")
    wedging: float = param(unit="kg m-1 s-2", meaning="strain energy per length over radius squared, W")
    friction: float = param(unit="1", meaning="coefficient of friction of the flank, m")

    def radius(self, d: jax.Array) -> jax.Array:
        """Radius of the needle at the surface, r₀ [m], when its tip is at depth d [m]."""
        return self.tip_radius + self.taper * d

    def flank(self, d: jax.Array) -> jax.Array:
        """Flank in the skin over 2π, ∫r dz = r_t d + c d²/2 [m2]."""
        return self.tip_radius * d + 0.5 * self.taper * d**2

    def force(self, d: jax.Array) -> jax.Array:
        """Force on the needle at depth d [kg m s-2]."""
        slide = 2 * self.friction * self.wedging * self.flank(d)
        return self.tearing * self.radius(d) + self.wedging * self.radius(d) ** 2 + slide

    def works(self, d: jax.Array) -> tuple[jax.Array, jax.Array, jax.Array]:
        """Work of tearing, energy stored, and work of friction down to depth d [kg m2 s-2]."""
        r, c = self.tip_radius, self.taper
        stored = self.wedging * (r**2 * d + r * c * d**2 + c**2 * d**3 / 3)
        slid = 2 * self.friction * self.wedging * (r * d**2 / 2 + c * d**3 / 6)
        return self.tearing * self.flank(d), stored, slid

    def depth_pushed(self, force: jax.Array) -> jax.Array:
        """Depth at which F(d) equals `force` [m]; 0 where the force does not even tear the tip in."""
        return self._root(jnp.maximum(0.0, force - self.force(jnp.zeros(()))), 0.0)

    def depth_against(self, stiffness: jax.Array, length: jax.Array) -> jax.Array:
        """Depth at which F(d) equals what the dimpled skin gives back, K (L - d) [m]; 0 where it all goes into the dimple."""
        return self._root(jnp.maximum(0.0, stiffness * length - self.force(jnp.zeros(()))), stiffness)

    def _root(self, spare: jax.Array, stiffness: jax.Array | float) -> jax.Array:
        """d ≥ 0 with (F(d) - F(0)) + K d = spare: the stable form of the quadratic's root."""
        r, c = self.tip_radius, self.taper
        slope = self.tearing * c + 2 * self.wedging * r * (c + self.friction) + stiffness
        bend = self.wedging * c * (c + self.friction)
        return 2 * spare / (slope + jnp.sqrt(slope**2 + 4 * bend * spare))


@struct
class Push:
    """What pushes one needle in: the skin's stiffness below it, the force the hand leaves it, the force to break through.

        share that pierces = ½ erfc(ln(F_p/F)/(√2 σ)),   F = min(K L, F_hand)

    Checked by: tests/unit/treatments/test_penetration.py
    """

    stiffness: jax.Array = param(unit="kg s-2", meaning="force per depth of the dimple under one needle, K")
    force: jax.Array = param(unit="kg m s-2", meaning="contact force per needle under load, F_hand")
    threshold: jax.Array = param(unit="kg m s-2", meaning="force at which the needle breaks through, F_p")
    scatter: jax.Array = param(unit="1", meaning="scatter of the threshold between needles, as a logarithm, σ")

    def piercing(self, length: jax.Array) -> jax.Array:
        """Share of the needles of this length [m] that reach their threshold [1]."""
        most = jnp.minimum(self.stiffness * length, self.force)
        odds = jnp.log(jnp.maximum(most / self.threshold, 1e-12)) / self.scatter
        return 0.5 * erfc(-odds / jnp.sqrt(2.0))
