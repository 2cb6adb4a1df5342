"""The tables of a study file, as pydantic reads them; unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from microneedling.skin.person import BASELINE
from microneedling.study.quantity import Quantity, Reads, Whole
from microneedling.study.switch_tables import SwitchTable

BORDER = ConfigDict(extra="forbid", frozen=True, strict=True)
MOST_REPEATS = 10_000  # keeps a slip of the pen from filling the memory; daily for 27 years
MOST_USES = 500  # of one exfoliation: hundreds of strips are more than any skin has layers for

Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Whole("how often this entry is done in all", 1, MOST_REPEATS)]
Uses = Annotated[int, Whole("strips, rubs, strokes or passes", 1, MOST_USES)]
Interval = Annotated[Quantity, Reads("s", "time between two repeats", "30 d", above_zero=True)]
Area = Annotated[Quantity, Reads("m2", "skin area", "60 cm2", above_zero=True)]
Dose = Annotated[Quantity, Reads("kg", "mass of active on the whole area", "200 ug", above_zero=True)]
NOW = Quantity(0.0, "0 d")


def _baseline() -> type[BaseModel]:
    """One optional quantity, from zero to the most that is believed, for each name of BASELINE."""
    spelt = {"m": ("0.2 mm", "0 mm"), "1": ("0.05", "0"), "m-2": ("150 cm-2", "0 cm-2")}
    fields: dict[str, Any] = {}
    for name, (si, meaning, most) in BASELINE.items():
        example, low = spelt[si]
        fields[name] = (Annotated[Quantity, Reads(si, meaning, example, low=low, high=most)] | None, None)
    made: type[BaseModel] = create_model("BaselineTable", __config__=BORDER, __doc__="What is to be treated.", **fields)
    return made


BaselineTable: Any = _baseline()


class PersonTable(BaseModel):
    """Who is treated, or whose skin it is; keys given here win over the card's."""

    model_config = BORDER
    card: Text | None = Field(None, description="name of a person card, or a path ending in .toml")
    age: Annotated[Quantity, Reads("s", "age", "34 y", low="0 y", high="120 y")] | None = None
    sex: Literal["female", "male"] | None = None
    phototype: Annotated[int, Whole("Fitzpatrick phototype", 1, 6)] | None = None
    pregnant: bool | None = None
    conditions: list[Text] | None = None
    medicines: list[Text] | None = None
    habits: list[Text] | None = None
    allergies: list[Text] | None = None
    ultraviolet: (
        Annotated[Quantity, Reads("kg s-3", "habitual ultraviolet dose", "0.4 SED/d", low="0 SED/d", high="60 SED/d")]
        | None
    ) = None
    baseline: BaselineTable = Field(default_factory=BaselineTable)


class SiteTable(BaseModel):
    """Where on the body; the area is the whole area studied."""

    model_config = BORDER
    card: Text = Field(description="name of a site card, or a path ending in .toml")
    area: Area | None = None


class InVitroTable(BaseModel):
    """Excised skin in a diffusion cell; only with setup = "in vitro"."""

    model_config = BORDER
    thickness: Annotated[Quantity, Reads("m", "thickness of the skin in the cell", "400 um", above_zero=True)]
    receptor: Literal["sink", "finite"] = "sink"
    receptor_volume: Annotated[Quantity, Reads("m3", "receptor fluid", "5 ml", above_zero=True)] | None = None
    area: Area
    temperature: Annotated[Quantity, Reads("K", "skin temperature", "32 degC", low="0 degC", high="100 degC")]
    hydrated: bool = Field(True, description="false: partly hydrated, as in living skin that nothing covers")
    layer: Literal["full", "dermatomed", "epidermis"]
    sample_volume: Annotated[Quantity, Reads("m3", "receptor fluid replaced", "0.3 ml", above_zero=True)] | None = None
    sample_every: Annotated[Quantity, Reads("s", "time between samples", "1 h", above_zero=True)] | None = None


class SessionTable(BaseModel):
    """One visit with a device, or a row of equal visits by count and interval."""

    model_config = BORDER
    time: Annotated[Quantity, Reads("s", "when; zero is the first needling", "0 d", low="0 d")] = NOW
    count: Count = 1
    interval: Interval | None = None
    device: Text = Field(description="name of a device card, or a path ending in .toml")
    depth: Annotated[Quantity, Reads("m", "needle length set at the device", "1.5 mm", above_zero=True)]
    dwell: Annotated[Quantity, Reads("s", "time on the whole area (pens)", "3 min", above_zero=True)] | None = None
    passes: Annotated[int, Whole("passes of a roller, presses of a stamp", 0, MOST_REPEATS)] = 0
    frequency: Annotated[Quantity, Reads("Hz", "strokes per second (pens)", "100 Hz", above_zero=True)] | None = None
    area: Area | None = None
    anaesthesia: str = ""
    sterile: bool = True


class DoseTable(BaseModel):
    """One active of a formulation."""

    model_config = BORDER
    active: Text = Field(description="name of an active card, or a path ending in .toml")
    concentration: Annotated[Quantity, Reads("kg m-3", "mass per volume of film", "10 mg/ml", above_zero=True)]


class TopicalTable(BaseModel):
    """One formulation put on: relative to every session (after_session), or at its own time (repeated)."""

    model_config = BORDER
    active: Text | None = Field(None, description="name of an active card, or a path ending in .toml")
    concentration: (
        Annotated[Quantity, Reads("kg m-3", "mass per volume of film", "10 mg/ml", above_zero=True)] | None
    ) = None
    actives: list[DoseTable] = Field([], description="in place of active and concentration, when there are several")
    vehicle: Text = Field(description="name of a vehicle card, or a path ending in .toml")
    film: Annotated[Quantity, Reads("m", "thickness of the film put on", "50 um", high="5 mm", above_zero=True)]
    ph: Annotated[Quantity, Reads("1", "pH of the film; else the vehicle's", "5.5", low="0", high="14")] | None = None
    after_session: Annotated[Quantity, Reads("s", "after every session; negative: before", "0 min")] | None = None
    time: Annotated[Quantity, Reads("s", "when; negative: before the first needling", "-14 d")] | None = None
    count: Count = 1
    interval: Interval | None = None
    leave: Annotated[Quantity, Reads("s", "time until wiped; absent: left on", "24 h", above_zero=True)] | None = None
    occlude: Annotated[Quantity, Reads("s", "time covered; absent: never", "4 h", above_zero=True)] | None = None
    sterile: bool = False


class LoadTable(BaseModel):
    """One active of a deposit."""

    model_config = BORDER
    active: Text = Field(description="name of an active card, or a path ending in .toml")
    dose: Dose


class DepositTable(BaseModel):
    """A dose brought below the surface: by a coated, dissolving or hydrogel array, or injected at a depth."""

    model_config = BORDER
    form: Literal["coated", "dissolving", "injected", "hydrogel"]
    active: Text | None = Field(None, description="name of an active card, or a path ending in .toml")
    dose: Dose | None = None
    actives: list[LoadTable] = Field([], description="in place of active and dose, when there are several")
    device: Text | None = Field(None, description="the array: a device card, or a path ending in .toml; not injected")
    depth: Annotated[Quantity, Reads("m", "needle length set, or depth of a bolus", "0.5 mm", above_zero=True)]
    loaded: (
        Annotated[Quantity, Reads("m", "needle length with the dose; height of a bolus", "0.3 mm", above_zero=True)]
        | None
    ) = None
    half_dissolved: (
        Annotated[Quantity, Reads("s", "time in which half of it dissolves", "5 min", above_zero=True)] | None
    ) = None
    wear: Annotated[Quantity, Reads("s", "time the array stays on", "20 min", above_zero=True)] | None = None
    vehicle: Text | None = Field(None, description="hydrogel: the vehicle card of its reservoir")
    reservoir: (
        Annotated[Quantity, Reads("m", "hydrogel: thickness of its reservoir", "1 mm", high="5 mm", above_zero=True)]
        | None
    ) = None
    time: Annotated[Quantity, Reads("s", "when", "0 h", low="0 h")] = NOW
    count: Count = 1
    interval: Interval | None = None
    sterile: bool = True


class ExfoliationTable(BaseModel):
    """One way of taking corneocytes off, or a row of equal ones; the method's family says which amount it takes."""

    model_config = BORDER
    method: Text = Field(description="name of an exfoliant card, or a path ending in .toml")
    time: Annotated[Quantity, Reads("s", "when; negative: before the first needling", "0 d")] = NOW
    count: Count = 1
    interval: Interval | None = None
    strips: Uses | None = Field(None, description="tape: strips on the same area")
    rubs: Uses | None = Field(None, description="scrub: rubs over the whole area; of a cream, applications")
    strokes: Uses | None = Field(None, description="blade: strokes over the same area")
    passes: Uses | None = Field(None, description="grit: passes over the same area")
    contact: Annotated[Quantity, Reads("s", "grit: time a pass stays on each spot", "3 s", above_zero=True)] | None = (
        None
    )
    suction: (
        Annotated[Quantity, Reads("kg m-1 s-2", "grit: suction on the skin", "30 kPa", high="90 kPa", above_zero=True)]
        | None
    ) = None
    flow: Annotated[Quantity, Reads("1", "grit: flow over full flow", "0.5", high="1", above_zero=True)] | None = None
    area: Area | None = None


class LightTable(BaseModel):
    """One exposure to ultraviolet light beyond the person's habit, or a row of equal ones."""

    model_config = BORDER
    dose: Annotated[
        Quantity, Reads("kg s-2", "dose weighted by what reddens", "2 SED", high="100 SED", above_zero=True)
    ]
    time: Annotated[Quantity, Reads("s", "when; negative: before the first needling", "0 d")] = NOW
    count: Count = 1
    interval: Interval | None = None


class CareTable(BaseModel):
    """One thing the person does or avoids from start to end, or a row of such spans by count and interval."""

    model_config = BORDER
    what: Text
    start: Annotated[Quantity, Reads("s", "begin of the (first) span", "0 d")] = NOW
    end: Annotated[Quantity, Reads("s", "end of the (first) span", "28 d")]
    spf: Annotated[int, Whole("factor on the label of a sunscreen; 30 when left out", 2, 100)] | None = None
    count: Count = 1
    interval: Interval | None = None


class ProtocolTable(BaseModel):
    """All that is planned."""

    model_config = BORDER
    name: Text
    session: list[SessionTable] = []
    topical: list[TopicalTable] = []
    deposit: list[DepositTable] = []
    exfoliation: list[ExfoliationTable] = []
    light: list[LightTable] = []
    care: list[CareTable] = []


class ArmTable(BaseModel):
    """A comparator on the same skin; only kind = "own" has tables of its own."""

    model_config = BORDER
    name: Text
    kind: Literal["sham", "untreated", "needling only", "topical only", "same", "own"]
    session: list[SessionTable] = []
    topical: list[TopicalTable] = []
    deposit: list[DepositTable] = []
    exfoliation: list[ExfoliationTable] = []
    light: list[LightTable] = []
    care: list[CareTable] = []
    switches: SwitchTable | None = None


Planned = ProtocolTable | ArmTable
