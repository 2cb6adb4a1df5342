"""A person's skin from drawn numbers: site, age, baseline, complexion, habits; or a piece of skin in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from microneedling.core.struct import replace
from microneedling.skin.baseline import baseline_of
from microneedling.skin.site import Site
from microneedling.skin.skin import Preparation, Skin, skin_of
from microneedling.study import aftercare
from microneedling.study.lighting import complexion_of
from microneedling.study.numbers import Cards
from microneedling.study.plain import InVitro, PlainStudy

NO_LAYER = 1e-6  # the thinnest layer the grid takes [m]


def drawn_skin(study: PlainStudy, cards: Cards, numbers: Mapping[str, Any], *, refined: int = 1) -> Skin:
    """One person's skin, alive or in its cell, from drawn numbers.

    Args:
        study: person, place and cell
        cards: site and habits
        numbers: of that person, by record name
        refined: pieces each cell of the grid is cut into

    Checked by: tests/unit/study/test_build.py, tests/unit/study/test_in_vitro.py
    """
    site = numbers[cards.site.known.name]
    male = 1.0 if study.person.sex == "male" else 0.0
    shared: dict[str, Any] = {"age": study.person.age, "male": male, "phototype": float(study.person.phototype)}
    shared["refined"] = refined
    if study.in_vitro is None:
        treated = baseline_of(study.person.baseline)
        complexion = complexion_of(study.person, numbers["Complexion"])
        modifiers = aftercare.modifiers(study, cards, numbers)
        return skin_of(site, baseline=treated, complexion=complexion, modifiers=modifiers, **shared)
    cell = study.in_vitro
    volume = 1e6 if cell.receptor_volume is None else cell.receptor_volume / cell.area
    wet = 1.0 if cell.hydrated else 0.0
    mount = Preparation(thickness=cell.thickness, receptor_volume=volume, alive=0.0, hydrated=wet)
    return skin_of(_cut(site, cell), preparation=mount, **shared)


def _cut(site: Site, cell: InVitro) -> Site:
    """The site's layers as the cell holds them: the measured thickness decides, and what is left is the lowest layer.

    Full and dermatomed skin end in reticular dermis; separated epidermis has no dermis (a micrometre stands for none).
    """
    ample = 10 * cell.thickness
    if cell.layer == "epidermis":
        return replace(site, epidermis=ample, papillary=NO_LAYER, reticular=NO_LAYER)
    return replace(site, reticular=ample)
