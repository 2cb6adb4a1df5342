"""One year, four sessions with a gel, standard laws, one person."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from microneedling.laws import standard as laws
from microneedling.laws.correlation import LayerCorrelations
from microneedling.laws.solute import transport_of
from microneedling.protocol.plan import Timed, plan
from microneedling.skin.skin import YEAR, skin_of
from microneedling.study.cards import card
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.needling import Needling
from microneedling.treatments.topical import Topical, Wipe

DAY = 86400.0
OUTPUT = np.array([0.5, 1.0, 3.0, 7.0, 29.0, 31.0, 60.5, 88.0, 91.0, 120.0, 180.0, 270.0, 364.0]) * DAY


@dataclasses.dataclass(frozen=True)
class Problem:
    """Model, skin and plan."""

    model: Any
    skin: Any
    plan: Any


def problem() -> Problem:
    """One person, one active, four sessions 30 days apart."""
    site, device = card("sites", "cheek").known.record, card("devices", "skinpen_precision").known.record
    gel, active = card("vehicles", "hydrogel").known.record, card("actives", "caffeine").known.record
    skin = skin_of(site, age=35 * YEAR)
    moved = transport_of(active, skin=skin, ph=gel.ph, correlations=LayerCorrelations())
    model = laws.standard(actives=(moved,), names=("caffeine",))
    pen = Needling(
        device=device,
        insertion=Insertion(),
        depth=1.5e-3,
        dwell=180.0,
        passes=0.0,
        frequency=device.frequency,
        area=60e-4,
        family="pen",
        actives=1,
    )
    timed = []
    for n in range(4):
        t = 30 * DAY * n
        timed += [Timed(t, pen), Timed(t + 300, Topical(vehicle=gel, film=50e-6, concentrations=(10.0,)))]
        timed += [Timed(t + DAY, Wipe(actives=1))]
    course = plan(timed, skin, end=365 * DAY, begin=-DAY, actives=1)
    return Problem(model, skin, course)
