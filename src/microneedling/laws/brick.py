"""The stratum corneum as bricks in lipid: what a solute of given size and partition finds there."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.formulation.active import Active
from microneedling.laws.correlation import LayerCorrelations


@struct
class Brick:
    """Every step from size and partition to the permeability of the lamellar path, for un-ionised solute.

    Built by `brick`; nothing here has a source of its own.
    """

    # fmt: off
    lipid: jax.Array = param(unit="1", meaning="K_lip, lipid over water")
    lateral: jax.Array = param(unit="m2 s-1", meaning="D_lip, along the lamellae")
    hop: jax.Array = param(unit="m s-1", meaning="k_trans, across a bilayer")
    resistance: jax.Array = param(unit="1", meaning="R = k_trans l²/(δ D_lip)")
    ratio: jax.Array = param(unit="1", meaning="λ, solute over keratin fibril radius")
    taken: jax.Array = param(unit="1", meaning="φ', share of the corneocyte closed to the solute")
    slowed: jax.Array = param(unit="1", meaning="f_h, hydrodynamic hindrance between fibrils")
    inside: jax.Array = param(unit="m2 s-1", meaning="D_cor, free solute in the corneocyte")
    free: jax.Array = param(unit="1", meaning="K_cor, free solute in the corneocyte over water")
    sigma: jax.Array = param(unit="1", meaning="σ = D_lip K_lip/(D_cor K_cor)")
    path: jax.Array = param(unit="1", meaning="P̂(R, σ)")
    permeability: jax.Array = param(unit="m s-1", meaning="P̂ D_lip K_lip/h")
    cells: jax.Array = param(unit="1", meaning="K_cor,tot, corneocyte with keratin over water")
    storage: jax.Array = param(unit="1", meaning="K_SC, whole stratum corneum over water")
    # fmt: on


def hindrance(ratio: jax.Array) -> jax.Array:
    """Renkin hindrance H(x) = (1-x)² (1 - 2.104 x + 2.09 x³ - 0.95 x⁵) for solute over pore radius x; 0 from x = 1."""
    x = jnp.clip(ratio, 0.0, 1.0)
    return (1 - x) ** 2 * (1 - 2.104 * x + 2.09 * x**3 - 0.95 * x**5)


def water_diffusivity(active: Active, k: LayerCorrelations) -> jax.Array:
    """Diffusivity in water [m2 s-1]: 1.92e-4 VA^-0.6 below VA 445, else 3.78e-5 VA^-1/3 (cm2/s, cm3/mol)."""
    v = active.molar_volume / k.volume_unit
    return jnp.where(v < k.water_switch, k.water_small * v**-k.water_small_power, k.water_large * v ** (-1 / 3))


def solute_radius(active: Active, k: LayerCorrelations) -> jax.Array:
    """Solute radius [m]: 0.145 VA^0.6 below VA 445, else 0.735 VA^1/3 (angstrom, cm3/mol)."""
    v = active.molar_volume / k.volume_unit
    small = v < k.water_switch
    return jnp.where(small, k.radius_small * v**k.water_small_power, k.radius_large * v ** (1 / 3))


def brick(active: Active, k: LayerCorrelations, wet: jax.Array) -> Brick:
    """The lamellar path of the stratum corneum, step by step. `wet` 1 fully, 0 partly hydrated.

        P = P̂(R, σ) D_lip K_lip/h,   R = k_trans l²/(δ D_lip),   σ = D_lip K_lip/(D_cor K_cor)

    P̂ in closed form above R = 1000, a table below R = 100, blended between.

    Source: osp_skin (dancik2013 and the papers behind it). Checked by: tests/unit/laws/test_solute.py
    """

    def pick(full: jax.Array | float, part: jax.Array | float) -> jax.Array:
        return wet * full + (1 - wet) * part

    mass, slow = active.molar_mass / k.mass_unit, pick(1.0, 1 / k.dry_slowing)
    kow = 10.0**active.log_kow
    lipid = k.lipid * kow**k.lipid_power
    lateral = slow * (k.lamella * (100.0 / mass) ** k.lamella_power + k.lamella_floor)
    hop = slow * k.hop * 10 ** (-k.hop_power * mass ** (1 / 3))
    R = hop * pick(k.corneocyte_wet, k.corneocyte_dry) ** 2 / (k.bilayer * lateral)
    ratio = solute_radius(active, k) / k.fibril
    taken = jnp.minimum(0.999, pick(k.fibres_wet, k.fibres_dry) * (1 + ratio) ** 2)
    wet_f = 0.9999 - 1.2762 * ratio + 0.0718 * ratio**2 + 0.1195 * ratio**3
    dry_f = 1.0001 - 2.4497 * ratio + 1.141 * ratio**2 + 0.5432 * ratio**3
    slowed = jnp.maximum(1e-4, pick(wet_f, dry_f))
    inside = water_diffusivity(active, k) * (1 - taken) * slowed
    sigma = lateral * lipid / (inside * (1 - taken))
    path = _path(R, sigma, wet)
    water, share = pick(k.water_wet, k.water_dry), pick(k.cells_wet, k.cells_dry)
    cells = (0.9 * k.keratin * kow**k.keratin_power + water) / (0.9 / 1.37 + water)
    return Brick(
        lipid=lipid,
        lateral=lateral,
        hop=hop,
        resistance=R,
        ratio=ratio,
        taken=taken,
        slowed=slowed,
        inside=inside,
        free=1 - taken,
        sigma=sigma,
        path=path,
        permeability=path * lateral * lipid / pick(k.thickness_wet, k.thickness_dry),
        cells=cells,
        storage=(1 - share) * lipid + share * cells,
    )


def _path(R: jax.Array, sigma: jax.Array, wet: jax.Array) -> jax.Array:
    """P̂(R, σ): how much of the lamellar diffusivity acts across the stratum corneum [1]."""
    R = jnp.maximum(R, 1e-300)
    high_R = jnp.maximum(R, 1000.0)
    wet_high = 7.611e-4 + 1 / (0.9685 * sigma + 1.827e5 / high_R)
    dry_high = 2.935e-4 + 1 / (0.8979 * sigma + 5.536e5 / high_R)
    points = jnp.log(jnp.array([1.0, 3.0, 10.0, 30.0, 100.0]))
    at = jnp.clip(jnp.log(R), points[0], points[-1])
    wet_low = jnp.interp(at, points, jnp.log(jnp.array([3.28e-5, 7.48e-5, 1.67e-4, 3.44e-4, 8.13e-4])))
    dry_low = jnp.interp(at, points, jnp.log(jnp.array([1.10e-5, 2.53e-5, 5.62e-5, 1.15e-4, 2.64e-4])))
    below = jnp.minimum(jnp.log(R), 0.0)  # slope one in R below R = 1
    low = wet * wet_low + (1 - wet) * dry_low + below
    high = wet * jnp.log(wet_high) + (1 - wet) * jnp.log(dry_high)
    blend = jnp.clip((jnp.log10(R) - 2.0) / 1.0, 0.0, 1.0)
    return jnp.exp((1 - blend) * low + blend * high)
