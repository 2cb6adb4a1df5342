"""The list of laws used unless told otherwise, and how a model is put together from sampled numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any

from microneedling.core.sourced import Sourced, sourced
from microneedling.laws.channels import ChannelClosure
from microneedling.laws.collagen import CollagenTurnover
from microneedling.laws.columns import ColumnTraffic
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.cover import FilmDrying
from microneedling.laws.drug import Permeation
from microneedling.laws.effects import ActiveEffects
from microneedling.laws.elastin import ElasticTurnover
from microneedling.laws.epidermis import EpidermalRenewal
from microneedling.laws.follicles import FollicleCycle
from microneedling.laws.inflammation import InflammatoryCircuit
from microneedling.laws.medicine import MedicineSpans
from microneedling.laws.model import Model
from microneedling.laws.pigment import MelaninTurnover
from microneedling.laws.pores import PlugTurnover
from microneedling.laws.punctures import PunctureMemory
from microneedling.laws.relief import SurfaceFollowing
from microneedling.laws.repair import FibroblastActivation
from microneedling.laws.solute import SoluteTransport
from microneedling.laws.vellus import VellusRegrowth
from microneedling.laws.vessels import VesselResponse
from microneedling.laws.wound import WoundReturn
from microneedling.skin.oxygen import OxygenBalance

LAWS: tuple[type[Any], ...] = (
    WoundReturn,
    ChannelClosure,
    PunctureMemory,
    FilmDrying,
    MedicineSpans,
    Permeation,
    EpidermalRenewal,
    VellusRegrowth,
    InflammatoryCircuit,
    FibroblastActivation,
    CollagenTurnover,
    ElasticTurnover,
    VesselResponse,
    MelaninTurnover,
    SurfaceFollowing,
    PlugTurnover,
    FollicleCycle,
)
SHARED: tuple[type, ...] = (ColumnTraffic, OxygenBalance, LayerCorrelations)

# laws of what does not move between events in excised skin (no blood, no cells that answer), or while nothing pierces
HEALING: tuple[type[Any], ...] = (
    WoundReturn,
    PunctureMemory,
    EpidermalRenewal,
    VellusRegrowth,
    InflammatoryCircuit,
    FibroblastActivation,
    CollagenTurnover,
    ElasticTurnover,
    VesselResponse,
    MelaninTurnover,
    SurfaceFollowing,
)


def numbers() -> tuple[Sourced[Any], ...]:
    """Every law and shared record with its default numbers and their provenance."""
    return tuple(sourced(cls()) for cls in (*LAWS, *SHARED))


def standard(
    records: Mapping[str, Any] | None = None,
    *,
    actives: tuple[SoluteTransport, ...] = (),
    names: tuple[str, ...] = (),
    effects: ActiveEffects | None = None,
) -> Model:
    """The standard model with given numbers.

    Args:
        records: law or shared record by class name; what is missing keeps its defaults
        actives: transport of each active in this skin
        names: their names
        effects: what they do to the rates of laws; nothing when left out

    Returns: a Model; records shared by several laws (column traffic, oxygen) are one and the same in all.
    Checked by: tests/contracts/test_laws.py
    """
    given = dict(records or {})
    shared = {cls.__name__: given.get(cls.__name__, cls()) for cls in SHARED}
    shared["ActiveEffects"] = dataclasses.replace(effects or ActiveEffects(), leaks=tuple(one.leak for one in actives))
    laws = []
    for cls in LAWS:
        law = given.get(cls.__name__, cls())
        nested = {f.name: shared[type(getattr(law, f.name)).__name__] for f in _nested(law)}
        if cls is Permeation:
            nested |= {"actives": actives, "names": names}
        laws.append(dataclasses.replace(law, **nested))
        shared[cls.__name__] = laws[-1]  # a later law may ask an earlier one how things move
    return Model(laws=tuple(laws))


def still(
    *, excised: bool, pierced: bool, felt: Collection[str] = (), unplugged: bool = True, hair: bool = True
) -> tuple[str, ...]:
    """Names of the components that cannot move between events, so that a run need not march them.

    Excised skin has no blood and no answer to injury: every rate of the healing laws carries `alive` or starts from a
    rest that stays. Living skin that nothing pierces rests, but for its horny layer, which a cover wets and loosens,
    and the melanin it carries;
    channels that were never made do not close. Plugs and follicles rest until something empties, loosens, needles or
    feeds them.

    Args:
        excised: the skin is in a diffusion cell
        pierced: some arm of the study has needles
        felt: names of the rates that actives of the study change (formulation/effects.py)
        unplugged: some event takes plugs out
        hair: the site bears terminal hair

    Checked by: tests/unit/simulate/test_moving.py (the same course with and without)
    """
    answers, horn = not excised, (EpidermalRenewal, MelaninTurnover)
    resting: list[type[Any]] = [] if pierced and answers else [law for law in HEALING if excised or law not in horn]
    resting += [] if pierced else [ChannelClosure]
    resting += [] if answers and (unplugged or "shedding" in felt) else [PlugTurnover]
    resting += [] if answers and hair and (pierced or "hair" in felt) else [FollicleCycle]
    return tuple(law.owns.__name__ for law in resting)


def _nested(law: Any) -> list[dataclasses.Field[Any]]:
    known = {cls.__name__ for cls in (*SHARED, *LAWS, ActiveEffects)}
    return [f for f in dataclasses.fields(law) if type(getattr(law, f.name)).__name__ in known]
