"""One substance that is put on skin: size, partition, charge, binding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from microneedling.core.card import Text
from microneedling.core.param import param
from microneedling.core.struct import struct

NO_ACID = 99.0  # pKa of an acid group that is not there: never charged
NO_BASE = -99.0  # pKa of a base group that is not there: never charged
FU_ESTIMATE = -1.0  # fraction unbound not measured: the law uses its estimate from partition


@struct
class Active:
    """One active ingredient; the numbers come from a card. What is not known stands in the card's `missing`."""

    KIND: ClassVar[str] = "actives"
    APART: ClassVar[tuple[str, ...]] = ("effects",)  # see formulation/effects.py
    TEXTS: ClassVar[Mapping[str, Text]] = {
        "formula": Text(needed=False),
        "smiles": Text(needed=False),
        "class": Text(needed=False),
        "flags": Text(needed=False),
        "evidence": Text(needed=False),
        "missing": Text(needed=False),
    }

    # fmt: off
    molar_mass: float = param(unit="kg mol-1", meaning="molar mass")
    log_kow: float = param(unit="1", meaning="log10 of the octanol-water partition coefficient, uncharged")
    molar_volume: float = param(unit="m3 mol-1", meaning="molar volume at the boiling point, Schroeder increments")
    pka_acid: float = param(default="99", unit="1", spread="exact", grade="assumed", note="no acid group is given: taken as not there", meaning="pKa of the acid group; 99 when there is none")
    pka_base: float = param(default="-99", unit="1", spread="exact", grade="assumed", note="no base group is given: taken as not there", meaning="pKa of the base group's conjugate acid; -99 when there is none")
    fu: float = param(default="-1", unit="1", spread="exact", grade="assumed", note="binding not measured: the estimate of the law is used", meaning="fraction unbound in 2.7 % albumin; -1 when the estimate is to be used")
    permeability_shift: float = param(default="0", unit="1", source="open_permeability", where="residuals of the layer model", spread="-1.49 .. 1.49", shape="student 4", grade="fitted", note="Student t, 4 degrees of freedom, scale 0.7; calibration rows of validation/intact_permeability give 0.53 (0.46 to 0.62), but rows of one laboratory are not independent, and the interval score there is no worse", meaning="log10 of the stratum corneum permeability over the model's for this partition")
    solubility: float = param(default="-1 kg m-3", unit="kg m-3", spread="exact", grade="assumed", note="not given: the film dissolves whatever is put on", meaning="solubility in water; -1 when not known")
    metabolism: float = param(default="0 s-1", unit="s-1", spread="exact", grade="assumed", note="not given: nothing is metabolised", meaning="first-order metabolism in living epidermis and dermis")
    # fmt: on
