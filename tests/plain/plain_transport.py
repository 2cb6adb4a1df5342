"""Transport of a solute through skin a second time, naively, in the units the formulas were published in (cm, s).

Source of the formulas: the open skin permeation model after Dancik et al. 2013, doi:10.1016/j.addr.2012.01.006, and the
papers it names. The polar leak, the ionised share, the viable resistance and the capillary wall's pores are our fits.
"""

import math

import numpy as np

LOW_R = (1.0, 3.0, 10.0, 30.0, 100.0)
LOW_WET = (3.28e-5, 7.48e-5, 1.67e-4, 3.44e-4, 8.13e-4)
LOW_DRY = (1.10e-5, 2.53e-5, 5.62e-5, 1.15e-4, 2.64e-4)


def uncharged(ph, acid=None, base=None):
    """Share of molecules without charge: both single sites uncharged, or both charged (zwitterions count)."""
    a = 1.0 if acid is None else 1.0 / (1.0 + 10.0 ** (ph - acid))
    b = 1.0 if base is None else 1.0 / (1.0 + 10.0 ** (base - ph))
    return 1 - (a + b) + 2 * a * b


def renkin(x):
    return 0.0 if x >= 1 else (1 - x) ** 2 * (1 - 2.104 * x + 2.09 * x**3 - 0.95 * x**5)


def in_water(va):
    """cm2/s."""
    return 1.92e-4 * va**-0.6 if va < 445.2 else 3.78e-5 * va ** (-1 / 3)


def radius(va):
    """Angstrom."""
    return 0.145 * va**0.6 if va < 445.2 else 0.735 * va ** (1 / 3)


def path(R, sigma, wet):
    """Share of lateral lipid diffusivity that acts across: closed form, table, and a log blend between 100 and 1000."""

    def closed(r):
        return 7.611e-4 + 1 / (0.9685 * sigma + 1.827e5 / r) if wet else 2.935e-4 + 1 / (0.8979 * sigma + 5.536e5 / r)

    def table(r):
        if r < 1:
            return table(1.0) * r
        return math.exp(np.interp(math.log(min(r, 100.0)), np.log(LOW_R), np.log(LOW_WET if wet else LOW_DRY)))

    if R >= 1000:
        return closed(R)
    if R <= 100:
        return table(R)
    share = math.log10(R) - 2
    return math.exp((1 - share) * math.log(table(100.0)) + share * math.log(closed(1000.0)))


def stratum_corneum(mw, va, log_kow, wet):
    """(permeability for the uncharged form [cm/s], storage over its concentration in water [1])."""
    kow, slow = 10.0**log_kow, 1.0 if wet else 3.0
    K_lip = 0.43 * kow**0.81
    D_lip = (1.24e-7 * (100 / mw) ** 2.43 + 2.34e-9) / slow
    hop = 10 ** (-0.570 - 0.840 * mw ** (1 / 3)) / slow
    length, thick = (31.319e-4, 43e-4) if wet else (30.266e-4, 13e-4)
    lam = radius(va) / 35
    phi = min(0.999, (0.1928 if wet else 0.6044) * (1 + lam) ** 2)
    if wet:
        held = 0.9999 - 1.2762 * lam + 0.0718 * lam**2 + 0.1195 * lam**3
    else:
        held = 1.0001 - 2.4497 * lam + 1.141 * lam**2 + 0.5432 * lam**3
    D_cor, K_cor = in_water(va) * (1 - phi) * max(1e-4, held), 1 - phi
    R, sigma = hop * length**2 / (13e-7 * D_lip), D_lip * K_lip / (D_cor * K_cor)
    nu, cells = (2.75, 0.9684) if wet else (0.43, 0.9073)
    stored = (0.9 * 5.4 * kow**0.27 + nu) / (0.9 / 1.37 + nu)
    return path(R, sigma, wet) * D_lip * K_lip / thick, (1 - cells) * K_lip + cells * stored


def lipophile_bias(log_kow):
    """log10 of what the layer model predicts too much: one above logKow 4.5, none below 3.5."""
    return -min(1.0, max(0.0, log_kow - 3.5))


def leak(va):
    """Polar leak of the stratum corneum, all charge forms [cm/s]."""
    return 1.8e-3 * in_water(va) * renkin(radius(va) / 20)


def tissue(mw, va, log_kow, *, acid=None, base=None, fu=None):
    """(diffusivity of the total [cm2/s], total over unbound BF [1]) in viable tissue at pH 7.4."""
    free = uncharged(7.4, acid, base)
    line = (0.3127, 0.5121) if acid is not None else (0.5578, 0.0188)
    bound = line[0] * math.exp(math.log10(free) + log_kow) + line[1]  # e to a decadic logarithm, as published
    fu = 1 - bound / (bound + 1) if fu is None else fu
    factor = 1 - 0.32 + 0.32 / fu + 0.001 * free * 10.0**log_kow
    D = 10 ** (-4.15 - 0.6555 * math.log10(mw)) if mw <= 1000 else 0.27 * in_water(va)
    return (D + 0.32 * 1e-7 * (1 - fu) / fu) / factor, factor


def wall(mw, va, log_kow):
    """Permeability of the capillary wall [cm/s]: 100 times the stratum-corneum line, and pores of 50 angstrom."""
    return 10 ** (-2.7437 + 0.71 * log_kow - 0.0061 * mw + 2) / 3600 + 1.42 * in_water(va) * renkin(radius(va) / 50)
