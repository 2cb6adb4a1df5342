"""How well instruments repeat themselves on one person's skin: one number for each scale a clinic reads with one."""

from __future__ import annotations

from microneedling.core.param import param
from microneedling.core.struct import struct


@struct
class Instruments:
    """σ, the standard deviation of one reading of the same skin on another day, by the name of its scale.

    Two readings of unchanged skin differ by less than 1.96 √2 σ in 95 of 100 pairs; only a change beyond that, and beyond
    what is worth calling one, shows in one person (scales/grading.py, `least_shown`). The mean of a study shows less.
    What raters read has its σ on the scale's own card (cards/clinic).

    Checked by: tests/unit/scales/test_instruments.py
    """

    # fmt: off
    tewl: float = param(default="1.76 g m-2 h-1", unit="kg m-2 s-1", source="tewameter2016", where="Tewameter TM300, standard error of measurement 1.76 to 3.97 over scars and healthy skin, 55 people", spread="1 .. 4", grade="measured in people", note="the lower end, taken as healthy skin; two observers", meaning="σ of water loss")
    hydration: float = param(default=0.08, unit="1", source="skin_capacitance", where="variation within a person 7.2 and 8.7 %", spread="0.05 .. 0.15", grade="measured in people", meaning="σ of hydration over rest")
    erythema: float = param(default=31.0, unit="1", source=("sacral_skin2015", "luschan_mexameter"), where="intraclass correlation of redness 0.817 between two examiners; index 268.5 (SD 73.2) over 208 sites of 52 people", spread="10 .. 40", grade="inferred", note="σ = √(1 - 0.817) of that deviation; two examiners on the sacrum, one on the face does better", meaning="σ of the erythema index")
    melanin_index: float = param(default=15.0, unit="1", source="luschan_mexameter", where="index 230.4 (SD 74.4) over 208 sites of 52 people", spread="5 .. 32", grade="assumed", note="a fifth of that deviation: no repeatability with a number at hand, 32 with the correlation of redness", meaning="σ of the melanin index")
    pigment_contrast: float = param(default=15.0, unit="1", spread="5 .. 40", grade="assumed", note="as the melanin index; a difference of two readings has more, the same spot of a lesion found again less", meaning="σ of the contrast of a lesion")
    lightness: float = param(default=0.7, unit="1", spread="0.3 .. 1.5", grade="assumed", note="colorimeters repeat within one unit of L* on skin; retest correlations at hand print no size (0.95 to 0.99)", meaning="σ of L*")
    redness: float = param(default=0.7, unit="1", spread="0.3 .. 1.5", grade="assumed", note="as lightness; blood comes and goes, so rather more than less", meaning="σ of a*")
    radiance: float = param(default=1.0, unit="1", spread="0.5 .. 2", grade="assumed", note="lightness and gloss together; photographs under one light", meaning="σ of radiance")
    gloss: float = param(default=0.1, unit="1", spread="0.05 .. 0.3", grade="assumed", note="repeatability of gloss meters on skin not at hand", meaning="σ of gloss over its start")
    roughness: float = param(default="2 um", unit="m", source="primos2011", where="fringe projection, intraclass correlation above 0.85 for Ra, 60 people", spread="0.5 .. 4", grade="inferred", note="√(1 - 0.85) of a standard deviation between people assumed to be 5 um", meaning="σ of Ra")
    roughness_depth: float = param(default="9 um", unit="m", source="primos2011", where="fringe projection, intraclass correlation above 0.88 for Rz, 60 people", spread="2 .. 18", grade="inferred", note="√(1 - 0.88) of a standard deviation between people assumed to be 25 um", meaning="σ of Rz")
    line_depth: float = param(default="12 um", unit="m", source="visia_precision2024", where="photographs a week apart, wrinkles: about 6 %", spread="5 .. 25", grade="inferred", note="of a line of 0.2 mm; within one session 3.4 % (henseler2023); fringe projection is taken to repeat as photographs", meaning="σ of the depth of lines")
    pore_area: float = param(default=0.0015, unit="1", source="visia_precision2024", where="photographs a week apart, pores: 2 to 4 %", spread="0.001 .. 0.003", grade="inferred", note="of 5 % of the skin, at 3 %", meaning="σ of visible pore area")
    stria_width: float = param(default="0.3 mm", unit="m", spread="0.15 .. 0.6", grade="assumed", note="a ruler or a photograph with a scale; the edge of a stria is not sharp", meaning="σ of the width of a stria")
    elasticity: float = param(default=0.05, unit="1", source="fujimoto2023", where="Cutometer R2, intraclass correlation within a rater above 0.90, 10 people", spread="0.02 .. 0.1", grade="inferred", note="√(1 - 0.90) of a standard deviation between people assumed to be 15 % of R2", meaning="σ of elasticity (R2) over rest")
    firmness: float = param(default=0.08, unit="1", source="fujimoto2023", where="Cutometer R0, intraclass correlation within a rater above 0.90, 10 people", spread="0.03 .. 0.15", grade="inferred", note="√(1 - 0.90) of a standard deviation between people assumed to be 25 % of R0", meaning="σ of firmness (1/R0) over its start")
    oedema: float = param(default="60 um", unit="m", source="aged_care_retest", where="ultrasound of skin thickness, intraclass correlation 0.95 to 0.99", spread="20 .. 120", grade="inferred", note="√(1 - 0.97) of a standard deviation between people assumed to be 0.35 mm", meaning="σ of swelling")
    ultrasound_density: float = param(default=0.05, unit="1", spread="0.03 .. 0.1", grade="assumed", note="typical repeatability of skin ultrasound; no row with a number", meaning="σ of echo density over rest")
    hair_density: float = param(default="7 cm-2", unit="m-2", source="phototrichogram_headband", where="counts of one reader: coefficient of variation 2.6 to 9.8 %", spread="4 .. 15", grade="inferred", note="of 150 hairs per cm2, between the ends", meaning="σ of a hair count")
    hair_ratio: float = param(default=0.047, unit="1", source="phototrichogram_headband", where="counts of one reader: coefficient of variation 2.6 to 9.8 %", spread="0.026 .. 0.098", grade="measured in people", note="between the ends", meaning="σ of hairs over their start")
    vessel_density: float = param(default=0.024, unit="1", source="men_octa", where="repeatability CV 2.0-2.7 %", spread="0.02 .. 0.03", grade="measured in people", meaning="σ of vessel density over rest")
    # fmt: on
