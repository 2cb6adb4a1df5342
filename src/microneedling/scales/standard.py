"""The scales every run reads unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from microneedling.core.sourced import Sourced, sourced
from microneedling.scales import (
    cells,
    channels,
    closure,
    downtime,
    epidermal,
    hydration,
    matrix,
    pigment,
    punctures,
    scar,
    tewl,
    vascular,
)
from microneedling.scales.amounts import PLACES, amounts
from microneedling.scales.scale import Card
from microneedling.scales.vellus import VellusHair

SCALES: tuple[type, ...] = (
    tewl.Tewl,
    vascular.Erythema,
    vascular.Oedema,
    vascular.Perfusion,
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
    scar.AcneScarVolume,
    pigment.MelaninIndex,
    pigment.PigmentContrast,
    pigment.PigmentAfter,
    pigment.DarkeningRisk,
    pigment.DermalMelanin,
)


def numbers() -> tuple[Sourced[Any], ...]:
    """Every scale with its default numbers and their provenance."""
    return tuple(sourced(cls()) for cls in SCALES)


def standard(records: Mapping[str, Any] | None = None, *, actives: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """The scales with given numbers (by class name), and one amount per active and place."""
    given = dict(records or {})
    return tuple(given.get(cls.__name__, cls()) for cls in SCALES) + amounts(actives)


def known() -> tuple[str, ...]:
    """Names a study may ask for; amounts are written place.active."""
    return (*(card.name for card in cards()), *PLACES)


def cards(actives: tuple[str, ...] = ()) -> tuple[Card, ...]:
    """Card of every scale."""
    of_courses = (downtime.CARD, *closure.CARDS.values())
    return (*(cls.CARD for cls in SCALES), *of_courses, *(scale.CARD for scale in amounts(actives)))
