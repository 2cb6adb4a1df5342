"""How deep a needle goes, how wide it leaves the skin, and what it hurts."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax.scipy.special import erfc

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.treatments.device import Device


@struct
class Insertion:
    """Two depths per needle: inserted, and relaxed after withdrawal; spread between strokes.

        d_in = η L,   d_relaxed = ρ d_in,   S(z) = ½ erfc((z - d)/(√2 s d))
        r(z) = r_tip + (r_base - r_tip) max(0, d - z)/L_needle,   hole after recoil: ω r

    S is the share of strokes whose needle reaches z. The force balance behind η is the next level of detail.

    Source: see each number. Checked by: tests/contracts/test_treatments.py, validation/
    """

    # fmt: off
    pen: float = param(default=0.9, unit="1", source="sasaki2019", where="histology depth close to 0.5 and 1.5 mm settings", spread="0.6 .. 1.0", grade="in excised skin", note="one specimen, device not named; fast strokes leave skin little time to give way", meaning="η of pens, inserted over set depth")
    slow: float = param(default=0.5, unit="1", source="lam2008", where="buried length at most half of nominal below 1 mm", spread="0.25 .. 0.85", grade="in excised skin", note="pig skin and rubber; upper bound in the source, sasaki2019 is higher", meaning="η of rollers, stamps and patches")
    recoil: float = param(default=0.6, unit="1", source=("kalluri2011", "sasaki2019"), where="152.5 um channels of 770 um needles; histology close to nominal", spread="0.3 .. 1.0", grade="inferred", note="the two sources disagree five-fold; rat confocal against human histology", meaning="ρ, relaxed over inserted depth")
    scatter: float = param(default=0.15, unit="1", spread="0.05 .. 0.35", grade="assumed", note="between needles and strokes; kalluri2011 gives 6 % between channels of one roller", meaning="s, scatter of depth")
    hole: float = param(default=0.5, unit="1", source="kalluri2011", where="surface diameter 70.7 um for 140 um base", spread="0.3 .. 0.8", grade="in animals", meaning="ω, hole after recoil over needle width")
    reach: float = param(default="0.12 mm", unit="m", source="sohutskay_wound_code", where="signal reach sqrt(D/d_Q) 0.15 to 0.4 mm", spread="0.05 .. 0.25", grade="assumed", note="half-width of tissue wounded around a puncture; below the signal reach", meaning="halo around a puncture")
    debris: float = param(default=1.0, unit="1", spread="0.3 .. 3", grade="assumed", note="unit of debris: that of a 1.5 mm puncture; how it varies is unknown", meaning="debris in a halo")
    capillary_radius: float = param(default="7.5 um", unit="m", source="blicharz_montecarlo", where="capillary diameter 15 um (model input)", spread="4 .. 10", grade="inferred", note="input of another model", meaning="capillary radius")
    pain_reference: float = param(default=0.05, unit="1", source="gill2008", where="5 % of a 26G needle for the shortest single needle", spread="0.02 .. 0.12", grade="measured in people", varies="people", meaning="pain of one 480 um needle over a 26G needle")
    pain_length: float = param(default="480 um", unit="m", source="gill2008", where="shortest single needle", spread="exact", grade="measured in people", meaning="length the pain reference refers to")
    pain_length_power: float = param(default=1.77, unit="1", source="gill2008", where="7-fold for 3-fold length", spread="1.4 .. 2.1", grade="measured in people", meaning="exponent of length")
    pain_number_power: float = param(default=0.30, unit="1", source="gill2008", where="2-fold for 10-fold number", spread="0.15 .. 0.45", grade="measured in people", meaning="exponent of needle number")
    # fmt: on

    def inserted(self, depth: jax.Array | float, fast: bool) -> jax.Array:
        """Mean depth the tips reach [m] for a set depth [m]; `fast` for motor pens."""
        return jnp.asarray((self.pen if fast else self.slow) * depth)

    def reaching(self, z: jax.Array, mean: jax.Array) -> jax.Array:
        """Share of needles that reach depth z [1]."""
        wide = jnp.sqrt(2.0) * self.scatter * mean
        return jnp.where(wide > 0, 0.5 * erfc((z - mean) / jnp.where(wide > 0, wide, 1.0)), 0.0)

    def needle_radius(self, z: jax.Array, mean: jax.Array, device: Device) -> jax.Array:
        """Radius of the needle at depth z [m] when its tip is at `mean`."""
        taper = jnp.maximum(0.0, mean - z) / device.needle_length
        return device.tip_radius + (device.base_radius - device.tip_radius) * jnp.minimum(1.0, taper)

    def pain(self, length: jax.Array | float, needles: jax.Array | float) -> jax.Array:
        """Pain relative to a 26G needle, p₀ (L/480 µm)^1.77 N^0.30 [1]; measured for 480-1450 µm and 5-50 needles."""
        return (
            self.pain_reference
            * (length / self.pain_length) ** self.pain_length_power
            * needles**self.pain_number_power
        )
