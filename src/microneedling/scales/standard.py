"""The scales every run reads unless told otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from microneedling.core.sourced import Sourced, sourced
from microneedling.scales import (
    appearance,
    assays,
    cells,
    channels,
    clinical,
    clinical_series,
    closure,
    downtime,
    epidermal,
    firmness,
    hair,
    hydration,
    instruments,
    matrix,
    pigment,
    punctures,
    radiance,
    relief,
    roughness,
    scar,
    tewl,
    vascular,
)
from microneedling.scales.amounts import PLACES, amounts
from microneedling.scales.optics import SkinOptics
from microneedling.scales.scale import Card
from microneedling.scales.vellus import VellusHair
from microneedling.skin.oxygen import OxygenBalance

SCALES: tuple[type[Any], ...] = (
    tewl.Tewl,
    vascular.Erythema,
    vascular.Oedema,
    vascular.Perfusion,
    vascular.DeepPerfusion,
    vascular.TissueOxygen,
    vascular.VesselDensity,
    punctures.Pain,
    punctures.Bleeding,
    channels.OpenArea,
    channels.PermeableArea,
    channels.VisiblePores,
    punctures.InsertedDepth,
    punctures.ChannelDepth,
    punctures.PunctureDensity,
    epidermal.EpidermalThickness,
    epidermal.ScThickness,
    epidermal.ScLayers,
    epidermal.TurnoverTime,
    epidermal.ScTurnoverTime,
    epidermal.DyeLossTime,
    epidermal.CorneocyteArea,
    epidermal.Proliferation,
    epidermal.PapillaAmplitude,
    epidermal.CorneocyteLoss,
    hydration.Hydration,
    VellusHair,
    cells.Neutrophils,
    cells.Macrophages,
    cells.InflammatorySignal,
    matrix.CollagenNew,
    matrix.CollagenStain,
    matrix.Reticulin,
    matrix.UltrasoundDensity,
    matrix.ElasticFibre,
    matrix.Tropoelastin,
    matrix.Elasticity,
    firmness.Firmness,
    assays.AntibodyOne,
    assays.AntibodyThree,
    assays.CollagenMass,
    assays.Protease,
    assays.EpidermalClosure,
    scar.AcneScarVolume,
    pigment.MelaninIndex,
    pigment.PigmentContrast,
    pigment.PigmentAfter,
    pigment.DarkeningRisk,
    pigment.DermalMelanin,
    scar.RollingScarVolume,
    scar.BoxcarScarVolume,
    scar.IcepickScarVolume,
    relief.LineDepth,
    relief.StriaWidth,
    relief.PorePlug,
    relief.PoreArea,
    hair.HairDensity,
    hair.HairRatio,
    hair.HairEffect,
    appearance.Lightness,
    appearance.Redness,
    appearance.Yellowness,
    roughness.Roughness,
    roughness.RoughnessDepth,
    roughness.Gloss,
    radiance.Radiance,
)
# numbers several scales use together
SHARED: tuple[type, ...] = (scar.ScarFilling, hair.HairCount, SkinOptics, appearance.Colouring, roughness.Profile)
# scales that others read too
INNER: tuple[type, ...] = (relief.LineDepth, relief.PoreArea, hydration.Hydration)


def numbers() -> tuple[Sourced[Any], ...]:
    """Every scale and shared record with its default numbers and their provenance."""
    return tuple(sourced(cls()) for cls in (*SCALES, *SHARED, clinical.ClinicalMap, instruments.Instruments))


def standard(records: Mapping[str, Any] | None = None, *, actives: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """The scales with given numbers (by class name), and one amount per active and place.

    Records shared by several scales (scars, hair, oxygen) are one and the same in all.
    """
    given = dict(records or {})
    inner = {cls: given.get(cls.__name__, cls()) for cls in (*INNER, OxygenBalance)}
    shared = inner | {cls: _with(given.get(cls.__name__, cls()), inner) for cls in SHARED}
    return tuple(_with(given.get(cls.__name__, cls()), shared) for cls in SCALES) + amounts(actives)


def _with(scale: Any, shared: Mapping[type, Any]) -> Any:
    nested = {f.name: getattr(scale, f.name) for f in dataclasses.fields(scale)}
    return dataclasses.replace(
        scale, **{name: shared[type(one)] for name, one in nested.items() if type(one) in shared}
    )


def known() -> tuple[str, ...]:
    """Names a study may ask for; amounts are written place.active."""
    return (*(card.name for card in cards()), *PLACES)


def cards(actives: tuple[str, ...] = ()) -> tuple[Card, ...]:
    """Card of every scale."""
    of_courses = (downtime.CARD, appearance.TYPOLOGY, *closure.CARDS.values(), *clinical_series.cards())
    return (*(cls.CARD for cls in SCALES), *of_courses, *(scale.CARD for scale in amounts(actives)))
