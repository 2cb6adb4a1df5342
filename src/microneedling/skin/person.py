"""What a clinician writes down about a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, kw_only=True)
class Person:
    """Age [s], sex, phototype and history; no simulation in it.

    `conditions`, `medicines` and `habits` hold words of the vocabulary in safety/vocabulary.toml;
    `baseline` holds what is to be treated, as SI numbers by name (see BASELINE).
    """

    age: float
    sex: str
    phototype: int
    pregnant: bool = False
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    habits: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    ultraviolet: float | None = None  # habitual dose [kg s-3]; None: not told
    baseline: Mapping[str, float] = dataclasses.field(default_factory=dict)


SEXES = ("female", "male")
PHOTOTYPES = (1, 2, 3, 4, 5, 6)

# what can be treated: name -> (SI unit, meaning, the most that is believed)
BASELINE = {
    "line_depth": ("m", "depth of the lines treated", "5 mm"),
    "line_width": ("m", "width of the lines treated", "20 mm"),
    "rolling_scar_volume": ("m", "rolling scar volume per skin area", "1 mm"),
    "boxcar_scar_volume": ("m", "boxcar scar volume per skin area", "1 mm"),
    "icepick_scar_volume": ("m", "ice-pick scar volume per skin area", "1 mm"),
    "pore_area": ("1", "visible pore area fraction", "1"),
    "stria_width": ("m", "width of striae", "50 mm"),
    "melanin_index": ("1", "melanin index above the person's own rest", "1000"),
    "hair_density": ("m-2", "terminal hair density", "1000 cm-2"),
}
