"""A place on the body (or an animal's skin): layers, renewal, vessels, resealing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct

SPECIES = ("human", "rat", "pig")
REGIONS = ("face", "body", "animal")


@struct
class Site:
    """Skin at one site at age 35 and at rest; the numbers come from a card."""

    KIND: ClassVar[str] = "sites"
    TEXTS: ClassVar[Mapping[str, Text]] = {
        "species": Text(SPECIES),
        "region": Text(REGIONS),
        "notes": Text(needed=False),
    }

    sc_layers: float = param(unit="1", meaning="corneocyte layers of the stratum corneum")
    sc_thickness: float = param(unit="m", meaning="thickness of the stratum corneum, dry, in vivo")
    epidermis: float = param(unit="m", meaning="mean thickness of the viable epidermis")
    papilla_amplitude: float = param(unit="m", meaning="height of the dermal papillae, from trough to tip")
    papillary: float = param(unit="m", meaning="thickness of the papillary dermis")
    reticular: float = param(unit="m", meaning="thickness of the reticular dermis")
    tewl: float = param(unit="kg m-2 s-1", meaning="transepidermal water loss at rest")
    sc_transit: float = param(unit="s", meaning="time a corneocyte takes through the stratum corneum")
    corneocyte_area: float = param(unit="m2", meaning="projected area of a corneocyte")
    germinative_time: float = param(unit="s", meaning="time in the germinative layer")
    viable_transit: float = param(unit="s", meaning="time through the suprabasal viable epidermis")
    blood_flow: float = param(unit="1", meaning="skin blood flow at rest relative to the volar forearm")
    capillary_density: float = param(unit="m-2", meaning="capillary loops per skin area")
    follicle_density: float = param(unit="m-2", meaning="hair follicles per skin area")
    erythema_index: float = param(unit="1", meaning="erythema index at rest")
    epidermis_per_decade_women: float = param(unit="1", meaning="relative change of epidermis per decade, women")
    epidermis_per_decade_men: float = param(unit="1", meaning="relative change of epidermis per decade, men")
    papilla_per_decade: float = param(unit="1", meaning="relative change of the papillae's height per decade")
    dermis_per_decade: float = param(unit="1", meaning="relative change of dermis per decade")
    transit_slowing: float = param(unit="1", meaning="relative lengthening of the transit per decade after 35")
    corneocyte_growth: float = param(unit="1", meaning="relative change of a corneocyte's area per decade after 35")
    closing_half_life: float = param(unit="s", meaning="half-life of the open area of channels, as measured")
    closing_cover: float = param(unit="1", meaning="cover under which that was measured: 0 open air, 1 occluded")
    terminal_hair: float = param(
        default="0 m-2",
        unit="m-2",
        spread="exact",
        grade="assumed",
        note="0: only vellus hair grows here",
        meaning="terminal hairs per skin area of a full head of hair",
    )
