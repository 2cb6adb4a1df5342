"""Exposures of a study and what a person's history says of pigment."""

import math

import jax.numpy as jnp
import pytest

from microneedling.skin.complexion import Complexion
from microneedling.skin.person import Person
from microneedling.study.aftercare import kept_off
from microneedling.study.lighting import complexion_of
from microneedling.study.schema import Study

DAY = 86400.0


def person(**told):
    return Person(**({"age": 1e9, "sex": "female", "phototype": 4} | told))


def test_exposures_repeat_and_are_in_joules(study):
    study["protocol"]["light"] = [{"dose": "2 SED", "time": "-1 d", "count": 3, "interval": "7 d"}]
    found = Study.of(study).plain().arms[0].lights
    assert [one.time / DAY for one in found] == [-1, 6, 13]
    assert [one.dose for one in found] == [pytest.approx(200.0)] * 3  # ISO/CIE 17166: 100 J m-2 each


def test_light_is_no_treatment_so_every_comparator_goes_through_it(study):
    study["protocol"]["light"] = [{"dose": "200 J/m2"}]
    kinds = ("sham", "untreated", "needling only", "topical only")
    study["arm"] = [{"name": kind, "kind": kind} for kind in kinds] + [
        {"name": "own", "kind": "own", "session": study["protocol"]["session"]}
    ]
    assert [len(arm.lights) for arm in Study.of(study).plain().arms] == [1, 1, 1, 1, 1, 0]


def test_a_label_of_thirty_is_the_card_and_a_higher_one_keeps_off_more():
    assert kept_off(0.85, 30) == pytest.approx(0.85)
    # SPF^-a through, with the a that label 30 has
    a = -math.log(1 - 0.85) / math.log(30)
    assert kept_off(0.85, 50) == pytest.approx(1 - 50**-a) and kept_off(0.85, 50) > 0.85 > kept_off(0.85, 15)


def test_the_label_reaches_the_span(study):
    care = {"what": "spf", "start": "0 d", "end": "20 d", "spf": 50}
    study["protocol"]["care"] = [care, {"what": "tinted sunscreen", "start": "10 d", "end": "28 d"}]
    assert [one.spf for one in Study.of(study).plain().arms[0].care] == [50, None]


def test_a_habitual_dose_is_told_or_drawn(study):
    assert Study.of(study).plain().person.ultraviolet is None
    study["person"]["ultraviolet"] = "1 SED/d"
    told = Study.of(study).plain().person
    assert told.ultraviolet == pytest.approx(100.0 / DAY)
    assert float(complexion_of(told, Complexion()).ultraviolet) == pytest.approx(100.0 / DAY)
    assert complexion_of(person(), Complexion()).ultraviolet == Complexion().ultraviolet


@pytest.mark.parametrize(
    ("told", "melasma", "hormones"),
    [
        ({}, 0, 0),
        ({"conditions": ("chloasma",)}, 1, 0),  # a synonym
        ({"conditions": ("melasma",), "baseline": {"melanin_index": 60.0}}, 0, 0),  # its own contrast wins
        ({"conditions": ("melasma", "pregnancy")}, 1, 1),
        ({"medicines": ("oral contraceptive",)}, 0, 1),
        ({"pregnant": True}, 0, 1),
    ],
)
def test_history_tells_lesion_and_hormones(told, melasma, hormones):
    mine = complexion_of(person(**told), Complexion())
    assert (float(jnp.asarray(mine.melasma)), float(jnp.asarray(mine.hormones))) == (melasma, hormones)
