"""From an active's few numbers to transport in every depth cell."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.formulation.active import Active
from microneedling.laws.correlation import LayerCorrelations
from microneedling.numerics.flux import integral
from microneedling.skin.skin import Skin


@struct
class SoluteTransport:
    """What the drug law needs of one active, by depth. Potential u: un-ionised concentration in water.

    Built by `transport_of`; nothing here has a source of its own.
    """

    mobility: jax.Array = param(unit="m2 s-1", meaning="D K of tissue, lamellar path in the stratum corneum (depth,)")
    capacity: jax.Array = param(unit="1", meaning="K, total concentration over u (depth,)")
    water_mobility: jax.Array = param(unit="m2 s-1", meaning="D times total over aqueous concentration (depth,)")
    leak: jax.Array = param(unit="1", meaning="area fraction of the polar leak (depth,)")
    in_water: jax.Array = param(unit="m2 s-1", meaning="diffusivity in channel fluid")
    donor: jax.Array = param(unit="1", meaning="u over total concentration in the film")
    in_tissue: jax.Array = param(unit="1", meaning="u over total aqueous concentration in tissue")
    binding: jax.Array = param(unit="1", meaning="total over unbound in tissue water")
    uptake: jax.Array = param(unit="s-1", meaning="capillary permeability times surface of unbound solute (depth,)")
    flow: jax.Array = param(unit="s-1", meaning="flow-limited uptake at rest (depth,)")
    lymph: jax.Array = param(unit="s-1", meaning="lymph clearance (depth,)")
    joins: jax.Array = param(unit="m-2", meaning="coupling of the leak to tissue (depth,)")


def unionised(active: Active, ph: jax.Array | float) -> jax.Array:
    """Uncharged fraction f = 1 - (a + b) + 2 a b, a = 1/(1 + 10^(pH - pKa)), b = 1/(1 + 10^(pKb - pH)) [1].

    A missing acid or base counts as 1 (always uncharged).

    Source: osp_skin. Checked by: tests/unit/laws/test_solute.py
    """
    a = 1 / (1 + 10 ** (ph - active.pka_acid))
    b = 1 / (1 + 10 ** (active.pka_base - ph))
    return 1 - (a + b) + 2 * a * b


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


def brick_permeability(active: Active, k: LayerCorrelations, wet: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Lamellar permeability of the stratum corneum for un-ionised solute [m s-1], and its storage K_SC [1].

        P = P̂(R, σ) D_lip K_lip/h,   R = k_trans l²/(δ D_lip),   σ = D_lip K_lip/(D_cor K_cor)

    P̂ in closed form above R = 1000, a table below R = 100, blended between. `wet` 1 fully, 0 partly hydrated.

    Source: osp_skin (dancik2013 and the papers behind it). Checked by: tests/unit/laws/test_solute.py
    """

    def pick(full: float, part: float) -> jax.Array:
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
    inside = water_diffusivity(active, k) * (1 - taken) * jnp.maximum(1e-4, pick(wet_f, dry_f))
    sigma = lateral * lipid / (inside * (1 - taken))
    permeability = _path(R, sigma, wet) * lateral * lipid / pick(k.thickness_wet, k.thickness_dry)
    water, share = pick(k.water_wet, k.water_dry), pick(k.cells_wet, k.cells_dry)
    cells = (0.9 * k.keratin * kow**k.keratin_power + water) / (0.9 / 1.37 + water)
    return permeability, (1 - share) * lipid + share * cells


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


def binding(active: Active, k: LayerCorrelations) -> jax.Array:
    """Total over unbound in tissue water, BF = (1 - φ_a) + φ_a/f_u + φ_lip f_non Kow [1], and f_u [1].

    f_u measured, or (active.fu < 0) from log D at tissue pH.

    Source: osp_skin. Checked by: tests/unit/laws/test_solute.py
    """
    free = unionised(active, k.tissue_ph)
    kow = 10.0**active.log_kow
    distribution = free * kow
    acid = active.pka_acid < 14
    a = jnp.where(acid, k.albumin_acid_a, k.albumin_a) * distribution + jnp.where(acid, k.albumin_acid_b, k.albumin_b)
    fu = jnp.where(active.fu < 0, 1 - a / (a + 1), active.fu)
    factor = (1 - k.albumin_space) + k.albumin_space / fu + k.lipid_share * free * kow
    return jnp.stack([factor, fu])


def transport_of(
    active: Active, *, skin: Skin, ph: jax.Array | float, correlations: LayerCorrelations
) -> SoluteTransport:
    """Transport of one active in one skin, from a film of given pH.

    Args:
        active: the substance
        skin: grid and layers; excised skin counts as hydrated, living skin as partly hydrated
        ph: of the film
        correlations: numbers of the layer model

    Returns: SoluteTransport.
    Source: laws/correlation.py. Checked by: tests/unit/laws/test_solute.py, validation/
    """
    k, wet = correlations, 1 - skin.alive
    shift = 10.0**active.permeability_shift
    permeability, storage = brick_permeability(active, k, wet)
    thick = integral(skin.corneum, skin.step)
    swollen = wet * k.thickness_wet + (1 - wet) * k.thickness_dry
    path = permeability * shift * k.layers / skin.site.sc_layers * thick
    in_water, radius = water_diffusivity(active, k), solute_radius(active, k)
    leaking = shift * k.leak * in_water * hindrance(radius / k.leak_pore) * k.layers / skin.site.sc_layers
    factor, fu = binding(active, k)
    mass = active.molar_mass / k.mass_unit
    small = k.tissue * mass**-k.tissue_power
    free = jnp.where(active.molar_mass > k.large_mass, k.large_share * in_water, small)
    layer = (free + k.albumin_space * k.bound * (1 - fu) / fu) / factor
    tissue_f = _effective(active, k.tissue_ph, k)
    slow = 1 + (k.viable_resistance - 1) * skin.epidermis
    aqueous = layer / slow * k.water_share * factor
    wall = k.capillary * 10 ** (k.capillary_kow * active.log_kow - k.capillary_mass * mass)
    wall = wall + k.capillary_pores * in_water * hindrance(radius / k.pore_radius)
    blooded = skin.dermis * skin.alive
    return SoluteTransport(
        mobility=skin.corneum * path + skin.living * aqueous / tissue_f,
        capacity=skin.corneum * storage * swollen / thick + skin.living * k.water_share * factor / tissue_f,
        water_mobility=skin.living * aqueous,
        leak=skin.corneum * (leaking * thick / in_water + k.leak_floor) + skin.living * k.leak_area,
        in_water=in_water,
        donor=_effective(active, ph, k),
        in_tissue=tissue_f,
        binding=factor,
        uptake=blooded * wall * k.capillary_surface,
        flow=blooded * k.flow_limit * skin.site.blood_flow,
        lymph=blooded * k.lymph,
        joins=skin.living / k.leak_spread**2,
    )


def _effective(active: Active, ph: jax.Array | float, k: LayerCorrelations) -> jax.Array:
    """Share of the total that drives the lamellar path: f + κ (1 - f)."""
    free = unionised(active, ph)
    return free + k.ionised * (1 - free)
