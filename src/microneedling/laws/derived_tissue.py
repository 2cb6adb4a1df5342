"""The rows of derived properties below the stratum corneum, and of the skin as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from microneedling.laws import solute
from microneedling.laws.brick import hindrance, solute_radius, water_diffusivity
from microneedling.laws.intact import intact
from microneedling.laws.potts_guy import PottsGuy
from microneedling.laws.property import FITS, OSP, Case, Derived, Input, first, row

KINDS = ("kretsos2008", "osp_skin", "intracutaneous_mw")

# fmt: off


def tissue(c: Case) -> Iterator[Derived]:
    """Binding, diffusivity and partition in viable epidermis and dermis."""
    part, k, t = "Viable tissue", c.numbers, solute.tissue(c.active, c.numbers)
    kow, free = c.a("logKow", "log_kow"), c.of("f_t", solute.unionised(c.active, k.tissue_ph))
    space, unbound, held = c.k("φ_a", "albumin_space"), c.of("f_u", t.unbound), c.of("BF", t.binding)
    if first(c.active.fu) >= 0:
        yield row(part, "unbound in 2.7 % albumin", "f_u = given on the card", c.a("f_u", "fu"), gives=(t.unbound, "1", OSP))
    else:
        yield row(part, "unbound in 2.7 % albumin", "f_u = 1/(1 + A e^logD + B),  logD = log10(f_t Kow); A, B: 0.5578, 0.0188; acids 0.3127, 0.5121", kow, free, gives=(t.unbound, "1", OSP))
    yield row(part, "total over unbound in tissue water", "BF = (1 − φ_a) + φ_a/f_u + φ_lip f_t Kow", space, unbound, c.k("φ_lip", "lipid_share"), free, kow, gives=(t.binding, "1", OSP))
    yield row(part, "diffusivity of free solute", "D_free = 10^−4.15 M^−0.6555 up to 1 kDa, above it g D_aq  (cm²/s, g/mol)", c.a("M", "molar_mass", "kg mol-1"),
              c.k("10^−4.15", "tissue", "m2 s-1"), c.k("g", "large_share"), c.of("D_aq", water_diffusivity(c.active, k), "m2 s-1"), gives=(t.free, "m2 s-1", KINDS))
    yield row(part, "diffusivity in dermis, of the total", "D_de = (D_free + φ_a D_b (1 − f_u)/f_u)/BF", c.of("D_free", t.free, "m2 s-1"), space, c.k("D_b", "bound", "m2 s-1"),
              unbound, held, gives=(t.layer, "m2 s-1", OSP))
    yield row(part, "diffusivity in viable epidermis, of the total", "D_ve = D_de/F", c.of("D_de", t.layer, "m2 s-1"), c.k("F", "viable_resistance"),
              gives=(t.layer / k.viable_resistance, "m2 s-1", (*OSP, *FITS)))
    yield row(part, "tissue over water at tissue pH, totals", "K = φ_aq BF", c.k("φ_aq", "water_share"), held, gives=(t.capacity, "1", OSP))


def vessels(c: Case) -> Iterator[Derived]:
    """What blood and lymph take; nothing in excised skin."""
    if not c.is_alive:
        return
    part, (cells, pores) = "Vessels", solute.capillary_wall(c.active, c.numbers)
    p = solute.transport_of(c.active, skin=c.skin, ph=c.ph, correlations=c.numbers)
    water = c.of("D_aq", water_diffusivity(c.active, c.numbers), "m2 s-1")
    narrow = c.of("H", hindrance(solute_radius(c.active, c.numbers) / c.numbers.pore_radius))
    yield row(part, "capillary wall, through its cells", "P_cap = 100 · 10^(−2.7437 + 0.71 logKow − 0.0061 M)  (cm/h, g/mol)", c.a("logKow", "log_kow"),
              c.a("M", "molar_mass", "kg mol-1"), c.k("P₀", "capillary", "m s-1"), gives=(cells, "m s-1", ("dancik2013", "potts1992")))
    yield row(part, "capillary wall, through its pores", "P_pores = C_p D_aq H(a_s/r)", c.k("C_p", "capillary_pores", "m-1"), water, narrow, c.k("r", "pore_radius", "m"), gives=(pores, "m s-1", ("shibata1991",)))
    yield row(part, "what blood flow allows at rest", "Q = Q₀ b", c.k("Q₀", "flow_limit", "s-1"), Input("b", c.skin.site.blood_flow, "1", "site.blood_flow"), gives=(p.flow[-1], "s-1", ("dancik2013",)))
    yield row(part, "clearance by blood, of the total", "k_blood = 1/(BF (1/((P_cap + P_pores) S) + 1/Q))", c.of("P_cap", cells, "m s-1"), c.of("P_pores", pores, "m s-1"),
              c.k("S", "capillary_surface", "m-1"), c.of("Q", p.flow[-1], "s-1"), c.of("BF", p.binding), gives=(solute.blood_clearance(p, p.flow)[-1], "s-1", ("dancik2013", "shibata1991")))
    yield row(part, "clearance by lymph, of the total", "k_lymph = as measured", c.k("k_lymph", "lymph", "s-1"), gives=(p.lymph[-1], "s-1", ("lymph_tracer2001",)))


def whole(c: Case) -> Iterator[Derived]:
    """The layers put together."""
    part, p = "Whole intact skin", solute.transport_of(c.active, skin=c.skin, ph=c.ph, correlations=c.numbers)
    w = intact(p, c.skin)
    here = (c.k("15", "layers"), Input("n", c.skin.site.sc_layers, "1", "site.sc_layers"))
    lam, leak = c.of("P_lam", w.lamellar, "m s-1"), c.of("P_leak", w.leak, "m s-1")
    ve, de = c.of("P_ve", w.epidermis, "m s-1"), c.of("P_de", w.dermis, "m s-1")
    yield row(part, "lamellar path here, of the total in the film", "P_lam = f_e P_SC 10^s 15/n", c.of("f_e", p.donor), *here, gives=(w.lamellar, "m s-1", (*OSP, *FITS)))
    yield row(part, "polar leak here", "P_leak = P_pol 10^s 15/n", *here, gives=(w.leak, "m s-1", FITS))
    yield row(part, "viable epidermis", "P_ve = D_ve K/h", c.of("h", w.thick_epidermis, "m"), gives=(w.epidermis, "m s-1", OSP))
    rule = "√(k K · D_de K) tanh(h √(k/D_de))" if c.is_alive else "D_de K/h"
    clears = (c.of("k", w.clearance, "s-1"),) if c.is_alive else ()
    yield row(part, "dermis" + (", cleared on the way" if c.is_alive else ""), f"P_de = {rule}", c.of("h", w.thick_dermis, "m"), *clears, gives=(w.dermis, "m s-1", OSP))
    yield row(part, "permeability of intact skin", "k_p = (P_lam beside P_leak), then P_ve, then P_de", lam, leak, ve, de, gives=(w.permeability, "m s-1", (*OSP, *FITS)))
    yield row(part, "time lag", "lag = share of P_lam · h K_SC/(6 P_SC), then h²/(6 D) of viable epidermis and dermis", lam, leak, gives=(w.lag, "s", OSP))
    yield row(part, "Potts and Guy's line, for comparison", "P_PG = 10^(−2.74 + 0.71 logKow − 0.0061 M)  (cm/h, g/mol)", c.a("logKow", "log_kow"),
              c.a("M", "molar_mass", "kg mol-1"), gives=(PottsGuy().permeability(c.active), "m s-1", ("potts1992",)))
