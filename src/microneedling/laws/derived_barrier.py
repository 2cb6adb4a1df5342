"""The rows of derived properties from the film through the stratum corneum."""

from __future__ import annotations

from collections.abc import Iterator

from microneedling.laws import solute
from microneedling.laws.brick import Brick, brick, solute_radius, water_diffusivity
from microneedling.laws.property import FITS, OSP, Case, Derived, Input, row

ACROSS = {
    True: "P̂ = 7.611e-4 + 1/(0.9685 σ + 1.827e5/R) above R = 1000; a table below 100; blended between",
    False: "P̂ = 2.935e-4 + 1/(0.8979 σ + 5.536e5/R) above R = 1000; a table below 100; blended between",
}

# fmt: off


def charge(c: Case) -> Iterator[Derived]:
    """Uncharged shares in film and tissue."""
    part, k = "Charge", c.numbers
    pka = (c.a("pKa", "pka_acid"), c.a("pKb", "pka_base"))
    rule = "1 − (a + b) + 2 a b,  a = 1/(1 + 10^(pH − pKa)), b = 1/(1 + 10^(pKb − pH))"
    free, inside = solute.unionised(c.active, c.ph), solute.unionised(c.active, k.tissue_ph)
    yield row(part, "uncharged share in the film", f"f_non = {rule}", Input("pH", c.ph, "1", "vehicle.ph"), *pka, gives=(free, "1", OSP))
    yield row(part, "uncharged share in tissue", f"f_t = {rule}", c.k("pH", "tissue_ph"), *pka, gives=(inside, "1", OSP))
    yield row(part, "share of the film that drives the lamellar path", "f_e = f_non + κ (1 − f_non)",
              c.of("f_non", free), c.k("κ", "ionised"), gives=(solute.effective(c.active, c.ph, k), "1", FITS))


def size(c: Case) -> Iterator[Derived]:
    """What follows from the molar volume."""
    both = (c.a("V_A", "molar_volume", "m3 mol-1"), c.k("switch", "water_switch"))
    yield row("Size", "diffusivity in water", "D_aq = 1.92e-4 V_A^−0.6 below 445.2, else 3.78e-5 V_A^−1/3  (cm²/s, cm³/mol)",
              *both, gives=(water_diffusivity(c.active, c.numbers), "m2 s-1", OSP))
    yield row("Size", "solute radius", "a_s = 0.145 V_A^0.6 below 445.2, else 0.735 V_A^1/3  (Å, cm³/mol)",
              *both, gives=(solute_radius(c.active, c.numbers), "m", OSP))


def corneum(c: Case) -> Iterator[Derived]:
    """The two paths through the stratum corneum."""
    part = "Stratum corneum"
    b = brick(c.active, c.numbers, c.skin.hydrated)
    yield from _lipid(c, b)
    yield from _corneocyte(c, b)
    yield row(part, "share of D_lip that acts across", ACROSS[c.is_hydrated], c.of("R", b.resistance), c.of("σ", b.sigma), gives=(b.path, "1", OSP))
    yield row(part, "whole stratum corneum over water", "K_SC = (1 − φ_cor) K_lip + φ_cor K_cor,tot,  K_cor,tot = (0.9 · 5.4 Kow^0.27 + ν)/(0.9/1.37 + ν)",
              c.of("K_lip", b.lipid), c.of("K_cor,tot", b.cells), c.k("φ_cor", _state("cells", c)), gives=(b.storage, "1", OSP))
    yield row(part, "lamellar path, un-ionised, 15 layers", "P_SC = P̂ D_lip K_lip/h", c.of("P̂", b.path), c.of("D_lip", b.lateral, "m2 s-1"),
              c.of("K_lip", b.lipid), c.k("h", _state("thickness", c), "m"), gives=(b.permeability, "m s-1", OSP))
    water = c.of("D_aq", water_diffusivity(c.active, c.numbers), "m2 s-1")
    yield row(part, "polar leak, all charge forms, 15 layers", "P_pol = C D_aq H(a_s/r),  H(x) = (1 − x)² (1 − 2.104 x + 2.09 x³ − 0.95 x⁵)",
              c.k("C", "leak", "m-1"), water, c.k("r", "leak_pore", "m"), gives=(solute.polar_leak(c.active, c.numbers), "m s-1", FITS))
    yield row(part, "shift of log10 of both paths", "s = s_active + s_lip min(1, max(0, logKow − x₄ + ½)) + s_dry when partly hydrated", c.a("s_active", "permeability_shift"), c.a("logKow", "log_kow"),
              c.k("s_lip", "lipophile_shift"), c.k("x₄", "lipophile"), c.k("s_dry", "partly_shift"), gives=(solute.whole_shift(c.active, c.skin, c.numbers), "1", FITS))


def _lipid(c: Case, b: Brick) -> Iterator[Derived]:
    part, mass = "Stratum corneum", c.a("M", "molar_mass", "kg mol-1")
    slow = c.k("n", "dry_slowing")
    yield row(part, "lipid over water", "K_lip = 0.43 Kow^0.81", c.a("logKow", "log_kow"), gives=(b.lipid, "1", OSP))
    yield row(part, "diffusivity along the lamellae", "D_lip = [1.24e-7 (100/M)^2.43 + 2.34e-9]/(n when partly hydrated)  (cm²/s, g/mol)", mass, slow, gives=(b.lateral, "m2 s-1", OSP))
    yield row(part, "hop across a bilayer", "k_trans = 10^(−0.570 − 0.840 M^1/3)/(n when partly hydrated)  (cm/s, g/mol)", mass, slow, gives=(b.hop, "m s-1", OSP))
    yield row(part, "hopping against gliding", "R = k_trans l²/(δ D_lip)", c.of("k_trans", b.hop, "m s-1"), c.k("l", _state("corneocyte", c), "m"),
              c.k("δ", "bilayer", "m"), c.of("D_lip", b.lateral, "m2 s-1"), gives=(b.resistance, "1", OSP))


def _corneocyte(c: Case, b: Brick) -> Iterator[Derived]:
    part = "Stratum corneum"
    ratio = (c.of("a_s", solute_radius(c.active, c.numbers), "m"), c.k("a_f", "fibril", "m"), c.k("φ_f", _state("fibres", c)))
    yield row(part, "free solute in the corneocyte over water", "K_cor = 1 − φ',  φ' = min(0.999, φ_f (1 + a_s/a_f)²)", *ratio, gives=(b.free, "1", OSP))
    yield row(part, "diffusivity in the corneocyte", "D_cor = D_aq (1 − φ') f_h(a_s/a_f)", c.of("D_aq", water_diffusivity(c.active, c.numbers), "m2 s-1"),
              c.of("φ'", b.taken), c.of("f_h", b.slowed), gives=(b.inside, "m2 s-1", OSP))
    yield row(part, "lipid against corneocyte", "σ = D_lip K_lip/(D_cor K_cor)", c.of("D_lip", b.lateral, "m2 s-1"), c.of("K_lip", b.lipid),
              c.of("D_cor", b.inside, "m2 s-1"), c.of("K_cor", b.free), gives=(b.sigma, "1", OSP))


def _state(name: str, c: Case) -> str:
    return f"{name}_{'wet' if c.is_hydrated else 'dry'}"
