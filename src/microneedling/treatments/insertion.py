"""How deep a needle goes, how wide it leaves the skin, and what it hurts."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp
from jax.scipy.special import erfc

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.treatments.device import Device
from microneedling.treatments.penetration import Push, Resistance


@struct
class Insertion:
    """From the length set at the head to the depth reached, and to what is left after withdrawal.

        F_p = (F₀ + g π (r_t² - r_i²)) max(1, s₀/s)     force at which a needle breaks through; others only dimple the skin
        F(d) = K (L - d)                                 the needle's resistance against the skin pushed in by L - d
        K = K₀ b (1 + v/v₀) (1 + p/p₀)/max(1, s₀/s)     stiffer under a fast tip (v = π f · stroke) and a head pressed on
        N F(d) ≤ hand's force                            or the head is lifted off: then d is where they are equal
        S(z) = ½ erfc((z - d)/(√2 σ)),  σ² = (s d)² + tolerance²      share of needles that reach z
        hole after recoil:  r_h(z) = ω r(z/ρ)            shorter by ρ and narrower by ω

    Fitted to calibration rows: histology at the set depth (sasaki2019, fast pens), half of it at most (lam2008, slow
    needles), 0.02 to 0.03 N per needle (olatunji2013), and the hole of a 770 µm roller (kalluri2011).

    Source: threshold davis2004; balance of work shergold_fleck2004; see each number.
    Checked by: tests/unit/treatments/test_insertion.py, tests/contracts/test_treatments.py, validation/
    """

    # fmt: off
    threshold: float = param(default="5 mN", unit="kg m s-2", source="olatunji2013", where="0.0214 to 0.030 N per needle", spread="2 .. 12 mN", grade="fitted", note="what is left of the measured force for a tip of no area; tips of 10 um taken", meaning="F₀, force to break through with a tip of no area")
    strength: float = param(default="64 MPa", unit="kg m-1 s-2", source=("olatunji2013", "davis2004", "ranamukhaarachchi_thesis"), where="force per needle; linear in tip area; modulus 117 MPa of the stratum corneum", spread="30 .. 130 MPa", grade="fitted", note="20 mN over a tip of 10 um; with it the 0.1 to 3 N of davis2004 are tips of 22 to 122 um", meaning="g, threshold per tip area")
    threshold_scatter: float = param(default=0.5, unit="1", spread="0.2 .. 0.9", grade="assumed", note="skin and tips differ from spot to spot; forces of 107 ± 17 and 96 ± 23 mN within one device give 0.16 to 0.24", meaning="σ, scatter of the threshold (logarithm)")
    crowding: float = param(default="150 um", unit="m", source="olatunji2013", where="spacing below which force rises", spread="100 .. 250 um", grade="in excised skin", meaning="s₀, spacing below which needles share a dimple")
    tearing: float = param(default="10 J/m2", unit="kg s-2", source="meliga2017", where="characteristic fracture energy", spread="3 .. 200 J/m2", grade="in animals", note="order of magnitude, mouse ear; the same source cites earlier values far above 100", meaning="J, fracture energy")
    crack: float = param(default=1.0, unit="1", spread="0.6 .. 1.4", grade="assumed", note="a needle tears a slit about as wide as itself", meaning="k, width of the crack over the needle's")
    modulus: float = param(default="0.5 MPa", unit="kg m-1 s-2", source="geerligs2011", where="1 to 2 MPa across the layers, over three", spread="0.3 .. 0.8 MPa", grade="in excised skin", note="shear modulus of the upper layers; whole skin is quoted from 0.005 to 140 MPa", meaning="µ, shear modulus")
    wedging: float = param(default=6.3, unit="1", spread="4 .. 9", grade="assumed", note="2π for a round hole widened to twice its radius in linear elasticity; hardening adds, a slit takes away", meaning="strain energy per length over µ r²")
    friction: float = param(default=0.4, unit="1", spread="0.25 .. 0.65", grade="assumed", note="metal or polymer on moist tissue; not measured for such needles", meaning="friction of the flank")
    stiffness: float = param(default="30 N/m", unit="kg s-2", source=("lam2008", "kalluri2011"), where="at most half of nominal buried below 1 mm; 70.7 um wide hole of a needle with a 140 um base", spread="18 .. 50 N/m", grade="fitted", note="so that slow needles bury about half of their length; with the resistance, whose numbers are as short, the spread gives the 0.25 to 0.85 that sources allow", meaning="K₀, stiffness of unpressed skin under a slow needle")
    support: float = param(default=1.0, unit="1", spread="0.6 .. 1.6", grade="assumed", note="bone or muscle below, stretched or loose; no measurement at hand", varies="people", meaning="b, what lies under the skin")
    quickness: float = param(default="60 mm/s", unit="m s-1", source="sasaki2019", where="histology depth close to 0.5 and 1.5 mm settings", spread="30 .. 120 mm/s", grade="fitted", note="so that pens bury nine tenths; fracture before the backing is loaded at 10 m/s (meliga2017) is the same effect; slow force-speed data are not used", meaning="v₀, tip speed that doubles the stiffness")
    tautness: float = param(default="50 kPa", unit="kg m-1 s-2", spread="25 .. 100 kPa", grade="assumed", note="a head pressed on stretches the skin in its opening; no measurement at hand", meaning="p₀, contact pressure that doubles the stiffness")
    line: float = param(default=0.083, unit="1", source="schwarz2011", where="15 degrees between rows round the drum", spread="0.042 .. 0.13", grade="inferred", note="two of 24 rows touch at a time", meaning="share of a drum's needles under load")
    recoil: float = param(default=0.6, unit="1", source=("kalluri2011", "sasaki2019"), where="152.5 um channels of 770 um needles; histology close to nominal", spread="0.3 .. 1.0", grade="inferred", note="rat confocal gives 0.37, human histology about 1: their geometric mean", meaning="ρ, relaxed over inserted depth")
    scatter: float = param(default=0.15, unit="1", spread="0.05 .. 0.35", grade="assumed", note="between needles and strokes; kalluri2011 gives 6 % between channels of one roller", meaning="s, scatter of depth")
    hole: float = param(default=0.95, unit="1", source="kalluri2011", where="surface diameter 70.7 um, 140 um base", spread="0.5 .. 1.0", grade="in animals", note="the needle is 74 um wide where it stands in the surface when half of it is in", meaning="ω, hole after recoil over needle width")
    reach: float = param(default="0.12 mm", unit="m", source="sohutskay_wound_code", where="signal reach sqrt(D/d_Q) 0.15 to 0.4 mm", spread="0.05 .. 0.25", grade="assumed", note="half-width of tissue wounded around a puncture; below the signal reach", meaning="halo around a puncture")
    debris: float = param(default=1.0, unit="1", spread="0.3 .. 3", grade="assumed", note="unit of debris: that of a 1.5 mm puncture; how it varies is unknown", meaning="debris in a halo")
    capillary_radius: float = param(default="7.5 um", unit="m", source="blicharz_montecarlo", where="capillary diameter 15 um (model input)", spread="4 .. 10", grade="inferred", note="input of another model", meaning="capillary radius")
    pain_reference: float = param(default=0.05, unit="1", source="gill2008", where="5 % of a 26G needle for the shortest single needle", spread="0.02 .. 0.12", grade="measured in people", varies="people", meaning="pain of one 480 um needle over a 26G needle")
    pain_length: float = param(default="480 um", unit="m", source="gill2008", where="shortest single needle", spread="exact", grade="measured in people", meaning="length the pain reference refers to")
    pain_length_power: float = param(default=1.77, unit="1", source="gill2008", where="7-fold for 3-fold length", spread="1.4 .. 2.1", grade="measured in people", meaning="exponent of length")
    pain_number_power: float = param(default=0.30, unit="1", source="gill2008", where="2-fold for 10-fold number", spread="0.15 .. 0.45", grade="measured in people", meaning="exponent of needle number")
    # fmt: on

    def resistance(self, device: Device) -> Resistance:
        """What one needle of this device meets."""
        return Resistance(
            tip_radius=device.tip_radius,
            taper=jnp.maximum(0.0, device.base_radius - device.tip_radius) / device.needle_length,
            tearing=2 * self.crack * self.tearing,
            wedging=self.wedging * self.modulus,
            friction=self.friction,
        )

    def push(self, device: Device, speed: jax.Array | float, loaded: jax.Array | float) -> Push:
        """What pushes one needle in.

        Args:
            device: the device
            speed: of its tips [m s-1], see `tip_speed`
            loaded: share of its needles under load at a time [1]
        """
        force = device.contact_force / (device.needles * loaded)
        pressure = force / device.share()
        stiff = self.stiffness * self.support * (1 + speed / self.quickness) * (1 + pressure / self.tautness)
        bore = jnp.where(
            device.inner_radius < device.tip_radius, device.inner_radius, 0.0
        )  # else it opens beside the tip
        area = math.pi * (device.tip_radius**2 - bore**2)
        crowd = jnp.maximum(1.0, self.crowding / device.pitch())
        return Push(
            stiffness=stiff / crowd,
            force=jnp.asarray(force),
            threshold=(self.threshold + self.strength * area) * crowd,
            scatter=jnp.asarray(self.threshold_scatter),
        )

    def inserted(self, depth: jax.Array | float, device: Device, push: Push) -> jax.Array:
        """Mean depth the tips of piercing needles reach [m] for a set depth [m]."""
        resistance = self.resistance(device)
        against = resistance.depth_against(push.stiffness, jnp.asarray(depth))
        return jnp.minimum(against, resistance.depth_pushed(push.force))

    def reaching(self, z: jax.Array, mean: jax.Array, tolerance: jax.Array | float) -> jax.Array:
        """Share of needles that reach depth z [1]; `tolerance` of the length set at the dial [m]."""
        square = (self.scatter * mean) ** 2 + jnp.asarray(tolerance) ** 2
        some = (mean > 0) & (square > 0)
        wide = jnp.sqrt(2.0 * jnp.where(some, square, 1.0))
        return jnp.where(some, 0.5 * erfc((z - mean) / wide), 0.0)

    def needle_radius(self, z: jax.Array, mean: jax.Array, device: Device) -> jax.Array:
        """Radius of the needle at depth z [m] when its tip is at `mean`."""
        taper = jnp.maximum(0.0, mean - z) / device.needle_length
        return device.tip_radius + (device.base_radius - device.tip_radius) * jnp.minimum(1.0, taper)

    def hole_radius(self, z: jax.Array, mean: jax.Array, device: Device) -> jax.Array:
        """Radius at depth z [m] of what is left of a puncture of depth `mean` after recoil."""
        return jnp.minimum(self.hole, 1.0) * self.needle_radius(z / self.kept(), mean, device)

    def kept(self) -> jax.Array:
        """Relaxed over inserted depth [1]; never above one, however wide the draw."""
        return jnp.minimum(jnp.asarray(self.recoil), 1.0)

    def pain(self, length: jax.Array | float, needles: jax.Array | float) -> jax.Array:
        """Pain relative to a 26G needle, p₀ (L/480 µm)^1.77 N^0.30 [1]; measured for 480-1450 µm and 5-50 needles."""
        return (
            self.pain_reference
            * (length / self.pain_length) ** self.pain_length_power
            * needles**self.pain_number_power
        )


def tip_speed(device: Device, frequency: jax.Array | float, fast: bool) -> jax.Array:
    """Greatest speed of the tips [m s-1]: π f · stroke for pens (sine, end to end), else that of the hand.

    Checked by: tests/unit/treatments/test_insertion.py
    """
    return jnp.asarray(math.pi * frequency * device.stroke if fast else device.approach)
