"""Sessions, topicals and aftercare in clinical words; numbers in SI, names of cards as text."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Session:
    """One visit with a device. `dwell` is time on the area (pens), `passes` for rollers, presses for stamps."""

    time: float
    device: str
    depth: float
    area: float
    dwell: float = 0.0
    passes: int = 0
    frequency: float = 0.0  # 0: the device's own
    anaesthesia: str = ""
    sterile: bool = True
    sham: bool = False
    loaded: bool = False  # the needles of a deposit: the deposit makes the punctures


@dataclasses.dataclass(frozen=True, kw_only=True)
class TopicalUse:
    """One application of a formulation: actives with mass fraction or concentration, film, when on and off."""

    time: float
    vehicle: str
    actives: tuple[tuple[str, float], ...]  # card name, concentration [kg m-3]
    film: float
    wiped: float | None = None  # time it is wiped off; None: left on
    occluded: bool = False
    uncovered: float | None = None  # time the occlusion ends
    sterile: bool = False
    ph: float | None = None  # of the film; None: the vehicle's


@dataclasses.dataclass(frozen=True, kw_only=True)
class DepositUse:
    """A dose brought below the surface: per skin area [kg m-2] for each active. `device` is "" for a bare injection."""

    time: float
    form: str  # a word of treatments.deposit.FORMS
    device: str
    depth: float
    area: float
    actives: tuple[tuple[str, float], ...]  # card name, dose per skin area [kg m-2]
    loaded: float  # length of needle that carries the dose; height of the bolus
    half_dissolved: float | None = None  # coated and dissolving
    removed: float | None = None  # time the array is taken off; None: a bare injection
    vehicle: str = ""  # hydrogel: what the reservoir is like
    reservoir: float = 0.0  # hydrogel: its thickness
    sterile: bool = True
    sham: bool = False  # no needles; only a reservoir is left, as a patch


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExfoliationUse:
    """Corneocytes taken off once; `amount` counts strips, rubs, strokes or passes, as the method's family takes."""

    time: float
    method: str  # an exfoliant's card
    amount: float
    area: float
    contact: float = 0.0  # grit: time a pass stays on each spot; 0: the card's
    suction: float = 0.0  # grit; 0: the card's
    flow: float = 1.0  # grit: share of the full flow of crystals


@dataclasses.dataclass(frozen=True, kw_only=True)
class Light:
    """One exposure to ultraviolet light beyond the habit: dose on the skin [kg s-2], weighted by what reddens."""

    time: float
    dose: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Care:
    """One thing a person does or avoids around the sessions ("sunscreen", "no make-up for 24 h")."""

    what: str
    start: float
    end: float
    spf: int | None = None  # on the label of a sunscreen


@dataclasses.dataclass(frozen=True, kw_only=True)
class Protocol:
    """All that is planned for one arm, in time order; time zero is the first needling, pre-treatment is negative."""

    name: str
    sessions: tuple[Session, ...] = ()
    topicals: tuple[TopicalUse, ...] = ()
    deposits: tuple[DepositUse, ...] = ()
    exfoliations: tuple[ExfoliationUse, ...] = ()
    lights: tuple[Light, ...] = ()
    care: tuple[Care, ...] = ()
    switches: tuple[tuple[str, float], ...] = ()  # of laws/switches.py; what is left out is as the laws have it
