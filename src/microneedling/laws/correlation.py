"""Layer properties of a solute from its size, partition and charge: the correlations and their numbers."""

from __future__ import annotations

from microneedling.core.param import param
from microneedling.core.struct import struct

OSP = "osp_skin"


@struct
class LayerCorrelations:
    """Numbers of the Dancik-Kasting layer model, with a polar leak through the stratum corneum beside it.

    Formulas stand in laws/solute.py. Pairs are (fully hydrated, partly hydrated).

    Source: dancik2013, kretsos2008 as implemented in osp_skin; polar leak and ionised fraction fitted to open permeabilities.
    Checked by: tests/unit/laws/test_solute.py (four permeabilities printed in the model's guide)
    """

    # fmt: off
    mass_unit: float = param(default="1 g mol-1", unit="kg mol-1", spread="exact", grade="inferred", note="reference of the fits")
    volume_unit: float = param(default="1 cm3 mol-1", unit="m3 mol-1", spread="exact", grade="inferred", note="reference of the fits")
    water_small: float = param(default="1.92e-4 cm2 s-1", unit="m2 s-1", source=OSP, where="D_aq", spread="exact", grade="on the bench", meaning="water diffusivity, small solutes, at unit volume")
    water_small_power: float = param(default=0.6, unit="1", source=OSP, where="D_aq", spread="exact", grade="on the bench")
    water_large: float = param(default="3.78e-5 cm2 s-1", unit="m2 s-1", source=OSP, where="D_aq", spread="exact", grade="on the bench", meaning="water diffusivity, large solutes, at unit volume")
    water_switch: float = param(default=445.2, unit="1", source=OSP, where="D_aq", spread="exact", grade="on the bench", meaning="molar volume where the two meet, in cm3/mol")
    tissue: float = param(default="7.079e-5 cm2 s-1", unit="m2 s-1", source=("kretsos2008", OSP), where="log10 D = -4.15 - 0.6555 log10 MW", spread="4.5e-5 .. 1.1e-4", grade="in excised skin", meaning="diffusivity in viable tissue at unit mass")
    tissue_power: float = param(default=0.6555, unit="1", source=("kretsos2008", OSP), where="same line", spread="exact", grade="in excised skin")
    large_mass: float = param(default="1000 g mol-1", unit="kg mol-1", source="intracutaneous_mw", where="flat up to 4 kDa", spread="exact", grade="inferred", note="above it the small-molecule line is left")
    large_share: float = param(default=0.27, unit="1", source=("intracutaneous_mw", OSP), where="D above 1 kDa over D in water: dextran of 4 kDa 0.9, albumin-bound solute 0.11", spread="0.09 .. 0.9", grade="inferred", note="half a log unit each way; rows of albumin patches on rat skin agree with 0.1 to 0.4 and cannot tell it from where the needles stand", meaning="tissue over water diffusivity above 1 kDa")
    bound: float = param(default="1e-7 cm2 s-1", unit="m2 s-1", source=OSP, where="D_bound", spread="exact", grade="inferred", note="diffusivity of albumin", meaning="diffusivity of albumin-bound solute")
    albumin_space: float = param(default=0.32, unit="1", source=OSP, where="phi_a", spread="exact", grade="in excised skin")
    lipid_share: float = param(default=0.001, unit="1", source=OSP, where="phi_lip", spread="exact", grade="inferred", note="model constant")
    water_share: float = param(default=0.6, unit="1", source=OSP, where="phi_aq", spread="0.5 .. 0.7", grade="in excised skin", meaning="aqueous volume of tissue")
    albumin_a: float = param(default=0.5578, unit="1", source=OSP, where="f_u, neutral or base", spread="exact", grade="on the bench")
    albumin_b: float = param(default=0.0188, unit="1", source=OSP, where="f_u, neutral or base", spread="exact", grade="on the bench")
    albumin_acid_a: float = param(default=0.3127, unit="1", source=OSP, where="f_u, acid or zwitterion", spread="exact", grade="on the bench")
    albumin_acid_b: float = param(default=0.5121, unit="1", source=OSP, where="f_u, acid or zwitterion", spread="exact", grade="on the bench")
    tissue_ph: float = param(default=7.4, unit="1", source=OSP, where="pH of tissue", spread="exact", grade="inferred", note="interstitial fluid")
    lipid: float = param(default=0.43, unit="1", source=OSP, where="K_lip = 0.43 Kow^0.81", spread="exact", grade="on the bench")
    lipid_power: float = param(default=0.81, unit="1", source=OSP, where="K_lip", spread="exact", grade="on the bench")
    keratin: float = param(default=5.4, unit="1", source=OSP, where="PC_pro = 5.4 Kow^0.27", spread="exact", grade="on the bench")
    keratin_power: float = param(default=0.27, unit="1", source=OSP, where="PC_pro", spread="exact", grade="on the bench")
    lamella: float = param(default="1.24e-7 cm2 s-1", unit="m2 s-1", source=OSP, where="D_lip", spread="exact", grade="on the bench", meaning="lateral lipid diffusivity at 100 g/mol")
    lamella_power: float = param(default=2.43, unit="1", source=OSP, where="D_lip", spread="exact", grade="on the bench")
    lamella_floor: float = param(default="2.34e-9 cm2 s-1", unit="m2 s-1", source=OSP, where="D_lip", spread="exact", grade="on the bench")
    hop: float = param(default="0.2692 cm s-1", unit="m s-1", source=OSP, where="log10 k_trans = -0.570 - 0.840 MW^1/3", spread="exact", grade="fitted", note="fitted by the source", meaning="trans-bilayer hop at zero mass")
    hop_power: float = param(default=0.840, unit="1", source=OSP, where="k_trans", spread="exact", grade="fitted", note="fitted by the source")
    dry_slowing: float = param(default=3.0, unit="1", source=OSP, where="k_trans and D_lip divided by 3 when partly hydrated", spread="exact", grade="inferred", note="model constant")
    bilayer: float = param(default="13 nm", unit="m", source=OSP, where="delta", spread="exact", grade="in excised skin")
    corneocyte_wet: float = param(default="31.319 um", unit="m", source=OSP, where="l_x, hydrated", spread="exact", grade="in excised skin")
    corneocyte_dry: float = param(default="30.266 um", unit="m", source=OSP, where="l_x, partly hydrated", spread="exact", grade="in excised skin")
    thickness_wet: float = param(default="43 um", unit="m", source=OSP, where="h_sc, hydrated", spread="exact", grade="in excised skin")
    thickness_dry: float = param(default="13 um", unit="m", source=OSP, where="h_sc, partly hydrated", spread="exact", grade="in excised skin")
    layers: float = param(default=15.0, unit="1", source="yaxian1999", where="extremities 15, trunk 13 layers", spread="13 .. 17", grade="inferred", note="layers of the skin behind the correlations, mostly trunk and limbs")
    cells_wet: float = param(default=0.9684, unit="1", source=OSP, where="phi_cor, hydrated", spread="exact", grade="in excised skin")
    cells_dry: float = param(default=0.9073, unit="1", source=OSP, where="phi_cor, partly hydrated", spread="exact", grade="in excised skin")
    fibril: float = param(default="3.5 nm", unit="m", source=OSP, where="a_f", spread="exact", grade="in excised skin")
    fibres_wet: float = param(default=0.1928, unit="1", source=OSP, where="phi_f, hydrated", spread="exact", grade="in excised skin")
    fibres_dry: float = param(default=0.6044, unit="1", source=OSP, where="phi_f, partly hydrated", spread="exact", grade="in excised skin")
    water_wet: float = param(default=2.75, unit="1", source=OSP, where="nu, hydrated", spread="exact", grade="in excised skin")
    water_dry: float = param(default=0.43, unit="1", source=OSP, where="nu, partly hydrated", spread="exact", grade="in excised skin")
    radius_small: float = param(default="0.145 angstrom", unit="m", source=OSP, where="a_s = 0.145 VA^0.6", spread="exact", grade="on the bench")
    radius_large: float = param(default="0.735 angstrom", unit="m", source=OSP, where="a_s = 0.735 VA^1/3", spread="exact", grade="on the bench")
    leak: float = param(default="1.8e-3 cm-1", unit="m-1", source="open_permeability", where="calibration rows of validation/intact_permeability: log10 C = -2.75 (-3.06 to -2.45)", spread="0.87e-3 .. 3.6e-3", grade="fitted", note="likelihood of Student t, rows of one compound weighing the root of their number; evaluation/refit.py finds it again", meaning="C, polar leak of the stratum corneum")
    leak_pore: float = param(default="20 angstrom", unit="m", source="open_permeability", where="12 angstrom to infinity fits equally", spread="exact", grade="fitted", note="with C; the two cannot be told apart", meaning="radius of the leak")
    ionised: float = param(default=0.02, unit="1", source="open_permeability", where="calibration series over pH of lidocaine, fentanyl and sufentanil: 0.0205 (0.014 to 0.030)", spread="0.008 .. 0.06", grade="fitted", note="level and pK of each series free (evaluation/refit.py); wider than the fit since three bases stand for all", meaning="κ, lamellar permeability of the ionised form")
    lipophile: float = param(default=4.0, unit="1", source="open_permeability", where="classes of residuals by logKow", spread="exact", grade="fitted", note="class limit of the residual table", meaning="logKow above which the layer model over-predicts")
    lipophile_shift: float = param(default=-1.0, unit="1", source="open_permeability", where="calibration rows of validation/intact_permeability: -0.78 (-1.56 to 0.34)", spread="-1.6 .. -0.2", grade="fitted", note="few rows: the value expected from all open rows, -0.98, is kept; evaluation/refit.py gives the interval", meaning="shift of log10 permeability for lipophiles")
    viable_resistance: float = param(default=5.0, unit="1", source="open_permeability", where="factor 1 to 10", spread="1 .. 10", grade="inferred", note="bare-epidermis rows say 10; rows of intact skin do not tell 1 from 20 apart", meaning="viable-epidermis resistance over the line's")
    capillary: float = param(default="0.1804 cm h-1", unit="m s-1", source=("dancik2013", "potts1992"), where="log10 P_cap = -2.7437 + 0.71 logKow - 0.0061 MW + 2", spread="0.06 .. 0.5", grade="inferred", note="stratum-corneum slopes times 100", meaning="capillary wall, at unit partition and zero mass")
    capillary_kow: float = param(default=0.71, unit="1", source="potts1992", where="slope", spread="exact", grade="in excised skin")
    capillary_mass: float = param(default=0.0061, unit="1", source="potts1992", where="slope per g/mol", spread="exact", grade="in excised skin")
    capillary_pores: float = param(default="1.42 cm-1", unit="m-1", source="shibata1991", where="Cr-EDTA and sucrose in muscle, 6.0e-6 cm/s", spread="0.5 .. 4", grade="in animals", note="muscle capillaries", meaning="pores of the capillary wall")
    pore_radius: float = param(default="50 angstrom", unit="m", source="shibata1991", where="hindered scaling", spread="exact", grade="inferred", note="cross-over from blood to lymph near 10 kDa comes out")
    capillary_surface: float = param(default="100 cm-1", unit="m-1", source="dancik2013", where="S", spread="60 .. 170", grade="inferred", note="model constant", meaning="capillary surface per dermis volume")
    flow_limit: float = param(default="0.0022 s-1", unit="s-1", source="dancik2013", where="Q, 13 mL/min per 100 mL", spread="0.0008 .. 0.006", grade="inferred", note="model constant; skin flow varies several-fold", varies="people", meaning="flow-limited clearance")
    lymph: float = param(default="0.059 h-1", unit="s-1", source="lymph_tracer2001", where="150 kDa dextran falls 4.1-fold in a day", spread="0.02 .. 0.12", grade="measured in people", varies="people", meaning="lymph clearance")
    partly_shift: float = param(default=0.0, unit="1", source="osp_skin", where="partly hydrated against fully hydrated constants", spread="-0.4 .. 0.4", grade="inferred", note="how much lower partly hydrated skin lies is unverified: 0.4 log units either way", meaning="shift of log10 of the permeability of partly hydrated stratum corneum")
    endless: float = param(default="1e12 mol m-3", unit="mol m-3", spread="exact", grade="inferred", note="no film ever comes near", meaning="saturation of a film where the solubility is not known")
    leak_spread: float = param(default="10 um", unit="m", spread="exact", grade="inferred", note="length over which the leak joins the tissue below; small against all other resistances")
    leak_mouth: float = param(default=100.0, unit="1", spread="exact", grade="inferred", note="the leak widens below the stratum corneum, so that the half cell it runs on there adds less than a hundredth to its way")
    leak_floor: float = param(default=1e-12, unit="1", spread="exact", grade="inferred", note="keeps a closed path finite, leak or channel; carries nothing")
    # fmt: on
