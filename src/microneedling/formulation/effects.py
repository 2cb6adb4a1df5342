"""What one active does to tissue: by how much it changes named rates, and at which concentration."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from microneedling.core.card import Card, CardError, card_of, read_table
from microneedling.core.param import param, provenance
from microneedling.core.struct import struct

NONE = "no effect on this rate is stated"
HALF = "only used where the effect is stated"


@struct
class Effects:
    """Relative change of each rate at saturation, and the tissue concentration of half of it; zero where not stated.

        rate -> rate · (1 + E c/(c½ + c)), c total concentration in the tissue where the rate acts

    E = -1 abolishes a rate, +1 doubles it. Cohesion is the one rate that is nothing at rest: there E is itself a rate. A card states them in its table `[effects]`; there is one field per rate
    that some law feels, so that a card cannot name an effect no law feels.
    """

    KIND: ClassVar[str] = "effects"

    # fmt: off
    melanin: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="melanin made by melanocytes, at saturation")
    melanin_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the epidermis at half of it")
    transfer: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="melanin handed to keratinocytes, at saturation")
    transfer_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the epidermis at half of it")
    birth: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="birth of keratinocytes, at saturation")
    birth_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the epidermis at half of it")
    shedding: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="shedding of corneocytes, at saturation")
    shedding_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="free acid in the film or the stratum corneum at half of it")
    lipids: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="return of barrier lipids, at saturation")
    lipids_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the epidermis at half of it")
    cohesion: float = param(default="0 d-1", unit="s-1", spread="exact", grade="assumed", note=NONE, meaning="rate at which the cohesion of corneocytes is lost, at saturation; a rate of its own, since there is none at rest")
    cohesion_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the stratum corneum at half of it")
    cohesion_charged: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note="0: only the free form in the lipids acts", meaning="what the charged form in the water of the stratum corneum adds to that concentration, over its own")
    signal: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="inflammatory signal made, at saturation")
    signal_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in tissue at half of it")
    synthesis: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="collagen synthesis of fibroblasts, at saturation")
    synthesis_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the dermis at half of it")
    hair: float = param(default=0.0, unit="1", spread="exact", grade="assumed", note=NONE, meaning="growth signal of follicles, at saturation")
    hair_half: float = param(default=1.0, unit="mol m-3", spread="exact", grade="assumed", note=HALF, meaning="concentration in the dermis at half of it")
    # fmt: on


NAMES = tuple(name for name in provenance(Effects) if not name.endswith(("_half", "_charged")))


def effects_of(path: Path) -> Card[Effects] | None:
    """What an active's card states of its effects, or None when it states none.

    Args:
        path: the active's card

    Returns: a card of kind "effects" with the active's name.
    Errors: CardError naming file and key; also when an effect has no half concentration, or takes away more than all.
    Checked by: tests/unit/formulation/test_effects.py
    """
    content = read_table(path)
    if "effects" not in content:
        return None
    place = f"{path.parent.name}/{path.name}: effects"
    if not isinstance(content["effects"], dict):
        raise CardError(
            f'{place}: found {content["effects"]!r}; a table is needed: [effects] with melanin = {{ value = "-0.5", ... }}'
        )
    made = card_of(path, {"title": content["title"], "effects": content["effects"]}, Effects)
    for name in NAMES:
        if (name in content["effects"]) != (f"{name}_half" in content["effects"]):
            raise CardError(f"{place}.{name}: an effect and its half concentration ({name}_half) stand together")
        least = 0.0 if name == "cohesion" else -1.0
        if getattr(made.known.record, name) < least:
            allowed = "0 or more" if name == "cohesion" else "-1 (none is left) or more"
            raise CardError(f"{place}.{name}: found {getattr(made.known.record, name):.4g}, allowed {allowed}")
        if getattr(made.known.record, f"{name}_half") <= 0:
            raise CardError(
                f"{place}.{name}_half: found {getattr(made.known.record, f'{name}_half'):g} mol m-3, allowed more than 0"
            )
    return made
