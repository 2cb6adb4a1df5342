"""Every draw of the fitted healing behaves as skin does: it heals, in the order and the time that is known.

Sources of the orders: neutrophils and macrophages engelhardt1998; M1 before M2 trejo2019; collagen III before I
reilly2021; redness in days alam_fabbrocini_summary. What is checked holds for each draw, not for a median.
"""

import dataclasses
from pathlib import Path
from typing import ClassVar

import jax
import numpy as np
import pytest

from microneedling.core.catalogue import path_of
from microneedling.core.struct import struct
from microneedling.fitting.cases import FitCase, Forward
from microneedling.fitting.ridge import STUDY
from microneedling.fitting.space import with_numbers
from microneedling.laws.admission import admitted
from microneedling.numerics.status import FINE
from microneedling.scales.scale import Card, area_mean, over
from microneedling.skin.components import Collagen, Inflammation
from microneedling.study.courses import simulated
from microneedling.study.draws import read_draws
from microneedling.study.numbers import CIRCUIT, FITTED, cards_of, known_numbers
from microneedling.study.schema import Study

DAY = 86400.0
SHARE = 24  # draws looked at: each tenth or so; the admission of all of them is checked too


@struct
class Told:
    """A field of the papillary dermis, area mean, read as it is."""

    CARD: ClassVar[Card] = Card("told", "told", "1", "1", 0.0, 1.0, 0.0)
    noticeable: float = 0.0


@struct
class M1(Told):
    def read(self, state, skin):
        return over(area_mean(state, state[Inflammation].columns, "m1"), skin.papillary, skin)


@struct
class M2(Told):
    def read(self, state, skin):
        return over(area_mean(state, state[Inflammation].columns, "m2"), skin.papillary, skin)


@struct
class Signal(Told):
    def read(self, state, skin):
        return over(area_mean(state, state[Inflammation].columns, "signal"), skin.papillary, skin)


@struct
class Three(Told):
    def read(self, state, skin):
        return over(area_mean(state, state[Collagen].columns, "iii"), skin.papillary, skin)


@struct
class One(Told):
    def read(self, state, skin):
        return over(area_mean(state, state[Collagen].columns, "new"), skin.papillary, skin)


@pytest.fixture(scope="module")
def draws():
    return read_draws(path_of("parameter_sets", FITTED).with_suffix(".csv"))


def case_of(changes):
    study = Study.load(Path(STUDY)).plain()
    study = dataclasses.replace(study, **changes)
    cards = cards_of(study)
    return FitCase(name="draws", study=study, cards=cards, known=known_numbers(cards, fitted=False), rows=())


@pytest.fixture(scope="module")
def course(draws):
    """One session with some of the draws: times [s] and M1, M2, Q, III, I (draw, time) each."""
    case = case_of({"horizon": 120 * DAY, "outcomes": ("erythema",)})
    case = dataclasses.replace(case, study=dataclasses.replace(case.study, arms=case.study.arms[1:]))
    picked = np.linspace(0, len(draws.numbers) - 1, SHARE).astype(int)
    records = with_numbers({n: k.record for n, k in case.known.items()}, draws.names, draws.numbers[picked])
    forward = Forward(case)
    full = forward.parts(records)
    scales = tuple(jax.tree.map(lambda x: np.full(SHARE, x), one()) for one in (M1, M2, Signal, Three, One))
    parts = dataclasses.replace(full, scales=(*scales, *full.scales))
    (found,) = simulated(parts, ["one session"], lambda *said: None)
    assert np.all(np.asarray(found.status) == FINE)
    after = parts.times >= 0
    return parts.times[after], *np.moveaxis(np.asarray(found.readings), 0, 2)[:, :, after]


def test_every_draw_is_admitted(draws):
    known = case_of({}).known
    central = {one: known[one].record for one in CIRCUIT}
    names = [n for n, name in enumerate(draws.names) if name.split(".")[0] in CIRCUIT]
    records = with_numbers(central, [draws.names[n] for n in names], draws.numbers[:, names])
    assert np.all(admitted(records))
    assert len(draws.numbers) >= 256


def test_inflammation_peaks_in_the_first_days_and_is_gone_in_months(course):
    times, _, _, signal, *_ = course
    assert np.all(times[np.argmax(signal, axis=1)] < 4 * DAY)
    assert np.all(signal[:, -1] < 0.02 * signal.max(axis=1))


def test_repair_macrophages_follow(course):
    times, m1, m2, *_ = course
    assert np.all(times[np.argmax(m2, axis=1)] > times[np.argmax(m1, axis=1)])


def test_collagen_three_leads_collagen_one(course):
    times, _, _, _, three, one, *_ = course
    assert np.all(times[np.argmax(one, axis=1)] > times[np.argmax(three, axis=1)])


def test_redness_fades_in_days(course):
    times, *_, red = course
    left = red[:, np.searchsorted(times, 7 * DAY)] - red[:, -1]
    assert np.median(left / np.max(red - red[:, -1:], axis=1)) < 0.1
