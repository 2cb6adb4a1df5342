"""An exfoliation as written becomes the treatment of its family."""

from __future__ import annotations

from microneedling.protocol.protocol import ExfoliationUse
from microneedling.treatments.blade import Planing
from microneedling.treatments.exfoliant import Exfoliant
from microneedling.treatments.grit import Abrasion
from microneedling.treatments.scrub import Scrubbing
from microneedling.treatments.tape import Stripping
from microneedling.treatments.treatment import Treatment

AMOUNTS = {"tape": "strips", "scrub": "rubs", "blade": "strokes", "grit": "passes"}  # the study's key by family


def exfoliating(use: ExfoliationUse, family: str, exfoliant: Exfoliant, *, actives: int) -> Treatment:
    """The treatment behind one exfoliation.

    Args:
        use: amount and settings, in SI
        family: of the exfoliant's card
        exfoliant: its numbers
        actives: number of actives of the study

    Checked by: tests/unit/study/test_exfoliating.py
    """
    if family == "tape":
        return Stripping(exfoliant=exfoliant, strips=use.amount, actives=actives)
    if family == "scrub":
        return Scrubbing(exfoliant=exfoliant, rubs=use.amount, actives=actives)
    if family == "blade":
        return Planing(exfoliant=exfoliant, strokes=use.amount, actives=actives)
    return Abrasion(
        exfoliant=exfoliant,
        passes=use.amount,
        contact=use.contact or exfoliant.contact,
        suction=use.suction or exfoliant.suction,
        flow=use.flow,
        actives=actives,
    )
