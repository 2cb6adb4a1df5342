"""From an active's few numbers to transport in every depth cell."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.formulation.active import Active
from microneedling.laws.brick import brick, hindrance, solute_radius, water_diffusivity
from microneedling.laws.correlation import LayerCorrelations
from microneedling.numerics.flux import integral
from microneedling.skin.skin import Skin, uppermost_living


@struct
class SoluteTransport:
    """What the drug law needs of one active, by depth. Potential u: un-ionised concentration in water.

    Built by `transport_of`; nothing here has a source of its own.
    """

    mobility: jax.Array = param(unit="m2 s-1", meaning="D K of tissue, lamellar path in the stratum corneum (depth,)")
    capacity: jax.Array = param(unit="1", meaning="K, total concentration over u (depth,)")
    water_mobility: jax.Array = param(unit="m2 s-1", meaning="D times total over aqueous concentration (depth,)")
    leak: jax.Array = param(
        unit="1", meaning="area fraction of the polar leak, in the stratum corneum and the cell below (depth,)"
    )
    in_water: jax.Array = param(unit="m2 s-1", meaning="diffusivity in channel fluid")
    donor: jax.Array = param(unit="1", meaning="u over total concentration in the film")
    in_tissue: jax.Array = param(unit="1", meaning="u over total aqueous concentration in tissue")
    binding: jax.Array = param(unit="1", meaning="total over unbound in tissue water")
    uptake: jax.Array = param(unit="s-1", meaning="capillary permeability times surface of unbound solute (depth,)")
    flow: jax.Array = param(unit="s-1", meaning="flow-limited uptake at rest (depth,)")
    lymph: jax.Array = param(unit="s-1", meaning="lymph clearance (depth,)")
    joins: jax.Array = param(unit="m-2", meaning="coupling of the leak to the tissue it ends in (depth,)")
    metabolism: jax.Array = param(unit="s-1", meaning="first-order metabolism of living skin (depth,)")
    saturation: jax.Array = param(unit="mol m-3", meaning="most the film dissolves; endless when not known")


def unionised(active: Active, ph: jax.Array | float) -> jax.Array | float:
    """Uncharged fraction f = 1 - (a + b) + 2 a b, a = 1/(1 + 10^(pH - pKa)), b = 1/(1 + 10^(pKb - pH)) [1].

    A missing acid or base counts as 1 (always uncharged).

    Source: osp_skin. Checked by: tests/unit/laws/test_solute.py
    """
    a = 1 / (1 + 10 ** (ph - active.pka_acid))
    b = 1 / (1 + 10 ** (active.pka_base - ph))
    return 1 - (a + b) + 2 * a * b


def brick_permeability(active: Active, k: LayerCorrelations, wet: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Lamellar permeability of the stratum corneum for un-ionised solute [m s-1], and its storage K_SC [1].

        P = P̂(R, σ) D_lip K_lip/h,   R = k_trans l²/(δ D_lip),   σ = D_lip K_lip/(D_cor K_cor)

    P̂ in closed form above R = 1000, a table below R = 100, blended between. `wet` 1 fully, 0 partly hydrated.

    Source: osp_skin (dancik2013 and the papers behind it). Checked by: tests/unit/laws/test_solute.py
    """
    found = brick(active, k, wet)
    return found.permeability, found.storage


def permeability_shift(active: Active, k: LayerCorrelations) -> jax.Array:
    """Shift of log10 of the stratum corneum permeability [1]: the active's own, and the model's bias for lipophiles.

        s = s_active + s_lip min(1, max(0, logKow - x₄ + ½))

    The bias is that of all substances above logKow 4; it sets in over one unit, so that a partition drawn near 4 does
    not jump tenfold.

    Source: open_permeability. Checked by: tests/unit/laws/test_solute.py
    """
    return active.permeability_shift + k.lipophile_shift * jnp.clip(active.log_kow - k.lipophile + 0.5, 0.0, 1.0)


def whole_shift(active: Active, skin: Skin, k: LayerCorrelations) -> jax.Array:
    """Shift of log10 permeability with that of partly hydrated skin, which nobody has measured against the model [1]."""
    return permeability_shift(active, k) + (1 - skin.hydrated) * k.partly_shift


def binding(active: Active, k: LayerCorrelations) -> jax.Array:
    """Total over unbound in tissue water, BF = (1 - φ_a) + φ_a/f_u + φ_lip f_non Kow [1], and f_u [1].

    f_u measured, or (active.fu < 0) f_u = 1/(1 + A e^(log D) + B) from log10 D = log10(f_non Kow) at tissue pH: the source's
    exponential of a decadic logarithm.

    Source: osp_skin. Checked by: tests/unit/laws/test_solute.py
    """
    free = unionised(active, k.tissue_ph)
    kow = 10.0**active.log_kow
    distribution = jnp.exp(jnp.log10(free * kow))
    acid = active.pka_acid < 14
    a = jnp.where(acid, k.albumin_acid_a, k.albumin_a) * distribution + jnp.where(acid, k.albumin_acid_b, k.albumin_b)
    fu = jnp.where(active.fu < 0, 1 - a / (a + 1), active.fu)
    factor = (1 - k.albumin_space) + k.albumin_space / fu + k.lipid_share * free * kow
    return jnp.stack([factor, fu])


@struct
class Tissue:
    """What a solute finds in viable tissue. Built by `tissue`."""

    # fmt: off
    binding: jax.Array = param(unit="1", meaning="BF, total over unbound in tissue water")
    unbound: jax.Array = param(unit="1", meaning="f_u, unbound in 2.7 % albumin")
    free: jax.Array = param(unit="m2 s-1", meaning="D of free solute")
    layer: jax.Array = param(unit="m2 s-1", meaning="D of free and bound solute together, over the total")
    capacity: jax.Array = param(unit="1", meaning="total in tissue over total in water at tissue pH")
    # fmt: on


def tissue(active: Active, k: LayerCorrelations) -> Tissue:
    """Diffusivity and partition in viable epidermis and dermis.

        D = (D_free + φ_a D_bound (1 - f_u)/f_u)/BF,   K = φ_aq BF;   D_free from molar mass, above 1 kDa from D_water

    Source: kretsos2008, osp_skin. Checked by: tests/unit/laws/test_solute.py
    """
    factor, fu = binding(active, k)
    small = k.tissue * (active.molar_mass / k.mass_unit) ** -k.tissue_power
    free = jnp.where(active.molar_mass > k.large_mass, k.large_share * water_diffusivity(active, k), small)
    layer = (free + k.albumin_space * k.bound * (1 - fu) / fu) / factor
    return Tissue(binding=factor, unbound=fu, free=free, layer=layer, capacity=k.water_share * factor)


def capillary_wall(active: Active, k: LayerCorrelations) -> tuple[jax.Array | float, jax.Array]:
    """Permeability of the capillary wall [m s-1]: through its cells, and through its pores.

    Source: dancik2013, potts1992 (cells); shibata1991 (pores). Checked by: tests/unit/laws/test_solute.py
    """
    cells = k.capillary * 10 ** (k.capillary_kow * active.log_kow - k.capillary_mass * active.molar_mass / k.mass_unit)
    narrow = hindrance(solute_radius(active, k) / k.pore_radius)
    return cells, k.capillary_pores * water_diffusivity(active, k) * narrow


def polar_leak(active: Active, k: LayerCorrelations) -> jax.Array:
    """Permeability of the polar leak through a stratum corneum of `layers` layers, C D_aq H(a_s/r) [m s-1].

    Source: open_permeability. Checked by: tests/unit/laws/test_solute.py
    """
    return k.leak * water_diffusivity(active, k) * hindrance(solute_radius(active, k) / k.leak_pore)


def blood_clearance(p: SoluteTransport, supply: jax.Array) -> jax.Array:
    """Uptake by blood k = (P S Q/(P S + Q))/BF of total solute [s-1]; the tiny term keeps bloodless layers finite."""
    both = p.uptake + supply
    return p.uptake * supply / jnp.where(both > 0, both, 1.0) / p.binding


def transport_of(
    active: Active, *, skin: Skin, ph: jax.Array | float, correlations: LayerCorrelations
) -> SoluteTransport:
    """Transport of one active in one skin, from a film of given pH.

    Args:
        active: the substance
        skin: grid and layers; living skin is partly hydrated, excised skin as its preparation says
        ph: of the film
        correlations: numbers of the layer model

    Returns: SoluteTransport.
    Source: laws/correlation.py. Checked by: tests/unit/laws/test_solute.py, validation/
    """
    k, wet = correlations, skin.hydrated
    shift = 10.0 ** whole_shift(active, skin, k)
    found, inner = brick(active, k, wet), tissue(active, k)
    thick = integral(skin.corneum, skin.step)
    swollen = wet * k.thickness_wet + (1 - wet) * k.thickness_dry
    path = found.permeability * shift * k.layers / skin.site.sc_layers * thick
    in_water = water_diffusivity(active, k)
    leaking = shift * polar_leak(active, k) * k.layers / skin.site.sc_layers
    tissue_f = effective(active, k.tissue_ph, k)
    slow = 1 + (k.viable_resistance - 1) * skin.epidermis
    aqueous = inner.layer / slow * inner.capacity
    cells, pores = capillary_wall(active, k)
    blooded = skin.dermis * skin.alive
    ends = uppermost_living(skin.step)
    return SoluteTransport(
        mobility=skin.corneum * path + skin.living * aqueous / tissue_f,
        capacity=skin.corneum * found.storage * swollen / thick + skin.living * inner.capacity / tissue_f,
        water_mobility=skin.living * aqueous,
        leak=(skin.corneum + ends * k.leak_mouth) * leaking * thick / in_water + k.leak_floor,
        in_water=in_water,
        donor=effective(active, ph, k),
        in_tissue=tissue_f,
        binding=inner.binding,
        uptake=blooded * (cells + pores) * k.capillary_surface,
        flow=blooded * k.flow_limit * skin.site.blood_flow,
        lymph=blooded * k.lymph,
        joins=ends / k.leak_spread**2,
        metabolism=skin.living * skin.alive * active.metabolism,
        saturation=jnp.where(active.solubility < 0, k.endless, active.solubility / active.molar_mass),
    )


def effective(active: Active, ph: jax.Array | float, k: LayerCorrelations) -> Any:
    """Share of the total that drives the lamellar path: f + κ (1 - f) [1]."""
    free = unionised(active, ph)
    return free + k.ionised * (1 - free)
