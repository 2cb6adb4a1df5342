"""What outcomes are called in plain words, in which part of the report they stand, and what nobody has measured."""

from __future__ import annotations

from collections.abc import Iterable

from microneedling.report import spell
from microneedling.report.course import Outcome
from microneedling.scales import clinical_series

ACUTE = ("pain", "erythema", "tewl", "oedema", "open_area")
COLLAGEN = (
    *("collagen_stain", "reticulin", "immunostain_i", "immunostain_iii", "ultrasound_density", "collagen_mass"),
    *("collagen_new", "synthesis", "wound_synthesis", "collagen_iii_mrna"),
)
RELIEF = ("rolling_scar_volume", "boxcar_scar_volume", "icepick_scar_volume", "line_depth", "stria_width", "pore_area")
HAIR = ("hair_density", "hair_ratio", "hair_effect")
PIGMENT = ("melanin_index", "pigment_contrast")
LASTING = (*COLLAGEN, "elastin", "elasticity", "firmness", "acne_scar_volume", "epidermal_thickness")
LONG = (*LASTING, *RELIEF, *HAIR, *PIGMENT, "downtime")
FLOW = ("perfusion", "deep_perfusion", "oxygen", "lymph_flow", "vessel_density")
BIOLOGY = (*FLOW, "neutrophils", "macrophages", "inflammation", "tropoelastin", "protease")
EPIDERMIS = (
    "turnover_time",
    "proliferation",
    "sc_turnover_time",
    "dye_loss_time",
    "corneocyte_area",
    "papilla_amplitude",
)
SURFACE = (*EPIDERMIS, "epidermal_closure", "sc_layers", "sc_thickness", "corneocyte_loss", "hydration")
PUNCTURES = ("puncture_density", "inserted_depth", "channel_depth", "bleeding")
CLOSING = ("permeable_area", "visible_pores", "open_by_impedance", "open_by_dye", "open_by_tewl")
CLINICAL = tuple(card.name for card in clinical_series.cards())  # they have a table of their own
SCALED = tuple(dict.fromkeys(map(clinical_series.base, CLINICAL)))  # as a new controlled study would rate them
KNOWN = (*ACUTE, *LONG, *BIOLOGY, *SURFACE, *PUNCTURES, *CLOSING, *CLINICAL)
PASSING = (*ACUTE, *FLOW, *EPIDERMIS, *PUNCTURES, *CLOSING, "sc_layers", "sc_thickness", "hydration", "corneocyte_loss")
HARM = ("pain", "erythema", "oedema", "bleeding")  # what a visit costs, from its own height
TYPED = {"rolling_scar_volume", "boxcar_scar_volume", "icepick_scar_volume"}
CARED = ("acne_scar_volume", *RELIEF, *PIGMENT, *HAIR)  # what people come for
LABORATORY = (*COLLAGEN, "elastin")  # read in a biopsy or by an instrument that no mirror replaces
PLACES = ("flux", "receptor", "blood", "lymph", "dermis", "epidermis", "sc", "depot", "metabolised", "on_skin", "wiped")
BALANCE = "balance"

PLAIN = {
    "pain": "Pain",
    "erythema": "Redness",
    "tewl": "Water loss (the skin's barrier)",
    "oedema": "Swelling",
    "perfusion": "Blood flow in the upper dermis over rest",
    "deep_perfusion": "Blood flow in the lower dermis over rest",
    "oxygen": "Oxygen in the upper dermis, relative to rest",
    "lymph_flow": "Lymph flow, relative to rest",
    "open_area": "Open channels",
    "bleeding": "Pinpoint bleeding",
    "permeable_area": "Open channels, as impedance shows them",
    "visible_pores": "Pores, as a dye shows them",
    "open_by_impedance": "Time open so far, by impedance",
    "open_by_dye": "Time open so far, by dye",
    "open_by_tewl": "Time open so far, by water loss",
    "downtime": "Days with visible redness",
    "collagen_stain": "Collagen, as a stained section shows it",
    "reticulin": "Young collagen fibres, as a silver stain shows them",
    "ultrasound_density": "Density of the dermis, as ultrasound shows it",
    "collagen_new": "Pool of new collagen (no instrument reads it alone)",
    "immunostain_i": "Collagen I, as an antibody shows it",
    "immunostain_iii": "Collagen III, as an antibody shows it",
    "collagen_mass": "Mass of all collagen",
    "synthesis": "How fast collagen is made",
    "wound_synthesis": "How fast collagen is made beside the punctures",
    "collagen_iii_mrna": "Message for collagen III",
    "protease": "Enzymes that cut collagen",
    "epidermal_closure": "Epidermis closed over the punctures",
    "elastin": "Elastic fibre",
    "elasticity": "Elasticity of the skin",
    "firmness": "Firmness of the skin",
    "acne_scar_volume": "Volume of acne scars",
    "rolling_scar_volume": "Volume of rolling scars",
    "boxcar_scar_volume": "Volume of boxcar scars",
    "icepick_scar_volume": "Volume of ice-pick scars",
    "line_depth": "Depth of lines",
    "stria_width": "Width of stretch marks",
    "pore_area": "Visible pores, share of the skin",
    "pore_plug": "Plugs in the pores",
    "hair_density": "Terminal hairs per area",
    "hair_ratio": "Terminal hairs over those at the start",
    "hair_effect": "Gain of terminal hair beside how people differ",
    "epidermal_thickness": "Thickness of the epidermis",
    "sc_turnover_time": "Renewal time of the horny layer",
    "sc_layers": "Layers of the horny layer",
    "sc_thickness": "Thickness of the horny layer",
    "turnover_time": "Renewal time of the epidermis",
    "dye_loss_time": "Time in which a stain of the horny layer is lost",
    "proliferation": "Births of cells in the epidermis",
    "corneocyte_area": "Size of horn cells",
    "papilla_amplitude": "Height of the papillae under the epidermis",
    "hydration": "Water in the horny layer",
    "corneocyte_loss": "Horn cells taken off",
    "lightness": "Lightness of the skin, as a colorimeter reads it",
    "redness": "Redness of the skin, as a colorimeter reads it",
    "yellowness": "Yellowness of the skin, as a colorimeter reads it",
    "typology_angle": "Light or dark: the typology angle",
    "roughness": "Roughness of the skin",
    "roughness_depth": "Depth of the roughness",
    "gloss": "Gloss of the skin",
    "radiance": "Radiance of the skin (lightness with gloss)",
}
BRIEF = {  # for lists, where the plain words are long
    "tewl": "water loss",
    "collagen_stain": "stained collagen",
    "reticulin": "young collagen fibres",
    "ultrasound_density": "ultrasound density",
    "collagen_new": "pool of new collagen",
    "immunostain_i": "collagen I by antibody",
    "immunostain_iii": "collagen III by antibody",
    "collagen_mass": "collagen mass",
    "synthesis": "collagen synthesis",
    "wound_synthesis": "synthesis in the wound",
    "collagen_iii_mrna": "collagen III message",
    "perfusion": "upper flow",
    "deep_perfusion": "lower flow",
    "oxygen": "oxygen",
    "lymph_flow": "lymph flow",
    "elasticity": "elasticity",
}
WORDS_FOR_UNIT = {  # where the unit alone would not say what is counted
    "pain": "of the pain of a 26G needle",
    "erythema": "index points",
    "open_area": "% of the skin",
    "pigment_contrast": "points",
    "melanin_index": "points",
    "hair_density": "hairs per cm²",
    "hair_effect": "standard deviations",
    "bleeding": "% of the punctures",
    "permeable_area": "% of the skin",
    "open_by_impedance": "hours",
    "open_by_dye": "hours",
    "open_by_tewl": "hours",
    "downtime": "days",
    "turnover_time": "days",
    "sc_turnover_time": "days",
    "dye_loss_time": "days",
    "sc_layers": "layers",
}
UNMEASURED = {
    "bleeding": "A prediction: nobody has counted which punctures bleed.",
    "corneocyte_loss": "A prediction: nobody has measured how many horn cells needles take off.",
    "pore_area": "A prediction: no study has measured pores after needles alone.",
    "papilla_amplitude": "A prediction: nobody has measured papillae after needling.",
    "deep_perfusion": "A prediction: nobody has read the flow of the lower dermis alone after needling.",
    "oxygen": "A prediction: nobody has measured oxygen in the skin after needling.",
    "lymph_flow": "A prediction: nobody has measured lymph after needling.",
}
APART = (
    "Stained area, silver stain, antibodies, echo density, mass, the pool, the rate of synthesis and its message are "
    "different read-outs of one tissue. Each has its own gain; none stands for another, and a stained gain is not a "
    "gain in mass."
)


def place(name: str) -> str:
    """The place of an amount ("blood" of "blood.caffeine"), or nothing."""
    return name.split(".")[0] if "." in name else ""


def plain(name: str, title: str) -> str:
    """The outcome in plain words."""
    return PLAIN.get(name, title)


def brief(name: str, title: str) -> str:
    """The outcome in a word or two, for lists."""
    return BRIEF.get(name, title[:1].lower() + title[1:])


def unit(outcome: Outcome) -> str:
    """The unit in words where that reads better, else as written."""
    return WORDS_FOR_UNIT.get(outcome.name, spell.unit(outcome.unit))


def order(names: Iterable[str]) -> list[str]:
    """Amounts sorted by active, then place."""
    found = [n for n in names if place(n) in PLACES]
    return sorted(found, key=lambda n: (n.split(".", 1)[1], PLACES.index(place(n))))
