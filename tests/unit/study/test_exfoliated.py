"""What arms take off, how deep, and when the skin is back."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest

from microneedling.study.exfoliated import Exfoliated, Method, exfoliated, layer_reached, recovery
from microneedling.study.numbers import cards_of
from microneedling.study.read import StudyError
from microneedling.study.schema import Study
from microneedling.study.support import Support, supports

DAY = 86400.0
EXAMPLE = Path(__file__).parents[3] / "examples" / "exfoliation_comparison.toml"
HEAD = {
    "title": "t",
    "horizon": "20 d",
    "members": 1,
    "person": {"age": "34 y", "sex": "female", "phototype": 2},
    "site": {"card": "cheek", "area": "60 cm2"},
}


@pytest.fixture(autouse=True)
def cards():
    """The cards of the package, not the small catalogue of this folder."""


def study(*rows, **changes):
    arms = [{"name": "untreated", "kind": "untreated"}]
    return Study.of(HEAD | {"protocol": {"name": "rubbed", "exfoliation": list(rows)}, "arm": arms} | changes)


@functools.cache
def tape():
    return exfoliated(study({"method": "adhesive_tape", "strips": 15}))


def test_tape_takes_layers_and_untreated_skin_keeps_them():
    rubbed, whole = tape().methods
    assert 0.2 < float(rubbed.left[0]) < 0.6 and float(whole.left[0]) == 1.0
    assert float(rubbed.removed[0]) > 1e9 and float(whole.removed[0]) == 0.0  # per m2: some 1e5 per cm2
    assert rubbed.families == ("tape",) and whole.families == ()
    assert 0 < float(rubbed.depth[0]) < tape().thickness[0] and float(whole.depth[0]) == 0.0


def test_stripped_skin_hurries_and_recovers_within_the_study():
    rubbed, whole = tape().methods
    assert float(rubbed.turnover[0]) < 0.9 * float(whole.turnover[0])
    assert DAY < float(rubbed.water[0]) < 20 * DAY and float(rubbed.peak_water[0]) > 1.5
    assert np.isnan(whole.water[0]) and np.isnan(whole.corneum[0])


def test_a_peel_of_minutes_goes_on_shedding_for_days():
    peel = {"active": "glycolic_acid", "concentration": "350 mg/ml", "vehicle": "acid_peel", "film": "100 um"}
    peel |= {"time": "0 d", "leave": "5 min"}
    plan = {"name": "peel", "topical": [peel]}
    peeled, whole = exfoliated(
        Study.of(HEAD | {"protocol": plan, "arm": [{"name": "no", "kind": "untreated"}]})
    ).methods
    assert float(peeled.left[0]) < 0.97 and float(whole.left[0]) == 1.0
    assert float(peeled.removed[0]) > 0 and peeled.support.mark == "unsupported"


def a_tenth_is_left_at_recovery():
    times = np.array([-1.0, 0.0, 1.0, 2.0, 3.0])
    values = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [2.0, 2.0, 1.01], [1.2, 1.5, 1.0], [1.0, 1.4, 1.0]])
    found = recovery(times, values, last=0.0, least=0.1)
    assert found[0] == pytest.approx(2.5)  # 0.2 at two, 0 at three: a tenth in the middle
    assert np.isinf(found[1]) and np.isnan(found[2])


def test_recovery_is_when_a_tenth_is_left_for_good():
    a_tenth_is_left_at_recovery()


def test_recovery_counts_from_the_last_treatment():
    times = np.array([0.0, 5.0, 6.0, 7.0])
    values = np.array([[1.0], [2.0], [1.0], [1.0]])
    assert recovery(times, values, last=5.0, least=0.1)[0] == pytest.approx(0.9)


def test_layers_are_named():
    thick = (10e-6, 80e-6, 100e-6, 1e-3)
    assert layer_reached(0.0, thick, 9) == "none"
    assert layer_reached(5e-6, thick, 9) == "stratum corneum, 4.5 of 9 layers"
    assert layer_reached(50e-6, thick, 9) == "viable epidermis"
    assert layer_reached(150e-6, thick, 9) == "papillary dermis"
    assert layer_reached(5e-3, thick, 9) == "reticular dermis"


def test_the_example_says_what_each_amount_rests_on():
    plain = Study.load(EXAMPLE).plain()
    marks = dict(zip([arm.name for arm in plain.arms], supports(plain, cards_of(plain))))
    assert marks["needle pen, 0.5 mm"].mark == "predicted" and "nobody has measured" in marks["roller, 1.5 mm"].note
    assert marks["tape, 15 strips"].mark == "measured" and "prep_pads2017" in marks["tape, 15 strips"].sources
    assert marks["dermaplaning"].mark == "unsupported" and marks["glycolic peel, 35 %"].mark == "unsupported"
    assert marks["untreated"].mark == ""


def test_excised_skin_is_refused():
    cell = {"thickness": "400 um", "area": "1 cm2", "temperature": "32 degC", "layer": "full"}
    changes = {"setup": "in vitro", "in_vitro": cell, "site": {"card": "cheek"}, "arm": []}
    with pytest.raises(StudyError, match=r'setup: found "in vitro", allowed "in vivo"'):
        exfoliated(study({"method": "adhesive_tape", "strips": 15}, **changes))


def made(*names, members=5):
    """A comparison without a simulation: the first method takes most."""
    people = np.linspace(0.9, 1.1, members)
    count = len(names)
    nothing = np.full(members, np.nan)
    methods = [
        Method(
            name=name,
            families=("needling",) if "needle" in name else (("tape",) if n + 1 < count else ()),
            removed=people * 5e9 * (count - 1 - n),
            left=np.clip(people * (0.4 + 0.6 * n / (count - 1)), 0.0, 1.0),
            depth=people * (6e-6 if n + 1 < count else 0.0),
            turnover=people * 5 * DAY,
            rest_turnover=people * 10 * DAY,
            water=people * 4 * DAY if n + 1 < count else nothing,
            corneum=np.full(members, np.inf) if n == 0 else nothing,
            peak_water=people * 2,
            support=Support("measured", "adhesive_tape.layers", ("prep_pads2017",), "a note")
            if n == 0
            else Support("predicted" if n + 1 < count else "", "", (), ""),
        )
        for n, name in enumerate(names)
    ]
    series = np.ones((count, 3, 2))
    return Exfoliated(
        study=study({"method": "adhesive_tape", "strips": 15}).plain(),
        methods=tuple(methods),
        layers=9.0,
        thickness=(12e-6, 80e-6, 150e-6, 1e-3),
        times=np.array([0.0, DAY]),
        water_series=series,
        corneum_series=series,
        findings=(),
        override="",
        left_out=0,
    )
