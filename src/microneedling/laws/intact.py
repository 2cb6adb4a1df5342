"""Steady permeability and lag of skin without channels, from the very transport numbers the drug law runs on."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.laws.solute import SoluteTransport, blood_clearance
from microneedling.numerics.flux import integral
from microneedling.skin.skin import Skin

LEAST = 0.01  # a path that carries less than this is not waited for: its lag may be centuries


@struct
class Intact:
    """Intact skin as resistances. Permeabilities are per total concentration in the film. Built by `intact`."""

    # fmt: off
    lamellar: jax.Array = param(unit="m s-1", meaning="lamellar path of the stratum corneum")
    leak: jax.Array = param(unit="m s-1", meaning="polar leak of the stratum corneum")
    epidermis: jax.Array = param(unit="m s-1", meaning="viable epidermis")
    dermis: jax.Array = param(unit="m s-1", meaning="dermis, with clearance where it is alive")
    clearance: jax.Array = param(unit="s-1", meaning="blood, lymph and metabolism together, of the total in dermis")
    permeability: jax.Array = param(unit="m s-1", meaning="whole skin, k_p")
    thick_epidermis: jax.Array = param(unit="m", meaning="thickness of the viable epidermis here")
    thick_dermis: jax.Array = param(unit="m", meaning="thickness of the dermis here")
    lag: jax.Array = param(unit="s", meaning="time lag of the stratum corneum and of the tissue below")
    # fmt: on


def intact(p: SoluteTransport, skin: Skin) -> Intact:
    """Steady flux over film concentration through skin without channels, and its time lag.

        k_p = w/R,   w = (P_lam f + P_leak)/(1/R + P_lam f_t + P_leak),   R = 1/P_ve + 1/P_de
        P_de = K D/h excised;  √(k K · K D) tanh(h √(k K/(K D))) alive: cleared on its way, nothing leaves below
        lag  = share of the lamellar path × h²/(6 D_SC), and h²/(6 D) of the tissue below

    w is the concentration below the stratum corneum over that of the film; f and f_t the shares that drive the lamellar
    path in film and tissue. The leak stores nothing, so it has no lag.

    Args:
        p: transport of one active in this skin
        skin: grid and layers, alive or excised

    Returns: Intact.
    Source: dancik2013 (layers in series); time lag of a slab.
    Checked by: tests/unit/laws/test_derived.py, tests/oracles/test_intact_skin.py
    """
    lamellar = 1 / _sum(skin.corneum / p.mobility, skin)
    leak = 1 / _sum(skin.corneum / (p.in_water * p.leak), skin)
    water = jnp.where(skin.living > 0, p.water_mobility, 1.0)
    epidermis = 1 / _sum(skin.epidermis / water, skin)
    held = p.capacity * p.in_tissue
    k = blood_clearance(p, p.flow)[-1] + p.lymph[-1] + p.metabolism[-1]
    thick, carried = _sum(skin.dermis, skin), water[-1]
    modulus = jnp.sqrt(jnp.maximum(k, 1e-30) * held[-1] / carried) * thick
    dermis = jnp.where(skin.alive > 0, carried / thick * modulus * jnp.tanh(modulus), carried / thick)
    below = 1 / (1 / epidermis + 1 / dermis)
    reached = (lamellar * p.donor + leak) / (below + lamellar * p.in_tissue + leak)
    share = lamellar * p.donor / (lamellar * p.donor + leak)
    corneum_lag = _sum(skin.corneum * p.capacity, skin) / lamellar / 6
    tissue_lag = _sum(skin.epidermis * held, skin) / (6 * epidermis) + thick**2 * held[-1] / (6 * carried)
    return Intact(
        lamellar=lamellar * p.donor,
        leak=leak,
        epidermis=epidermis,
        dermis=dermis,
        clearance=k,
        permeability=reached * below,
        thick_epidermis=_sum(skin.epidermis, skin),
        thick_dermis=thick,
        lag=jnp.where(share > LEAST, share * corneum_lag, 0.0) + tissue_lag,
    )


def _sum(field: jax.Array, skin: Skin) -> jax.Array:
    return integral(field, skin.step)
