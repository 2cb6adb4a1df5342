"""Clinical scales of a run: only those of what the person has, in both kinds of study."""

import types

import numpy as np
import pytest

from microneedling.core.sourced import sourced
from microneedling.scales.clinical import SCALES, ClinicalMap
from microneedling.scales.clinical_series import base
from microneedling.scales.grading import least_shown
from microneedling.scales.hair import HairEffect
from microneedling.scales.relief import LineDepth
from microneedling.scales.scar import AcneScarVolume, BoxcarScarVolume, IcepickScarVolume, RollingScarVolume
from microneedling.study.clinic import clinic_scores, concerns

DAY = 86400.0
TIMES = np.array([-1.0, 0.0, 90.0]) * DAY
NAMED = {card.name: card for card in SCALES}
SCARS = (AcneScarVolume(), RollingScarVolume(), BoxcarScarVolume(), IcepickScarVolume())


KNOWN = {"ClinicalMap": sourced(ClinicalMap()), **{card.known.name: card.known for card in SCALES}}


def made_up(baseline, *, members=5, in_vitro=None):
    """What `clinic_scores` needs of a run, and scars that lose a fifth of their volume."""
    person = types.SimpleNamespace(baseline=baseline)
    study = types.SimpleNamespace(person=person, in_vitro=in_vitro, members=members, seed=1)
    parts = types.SimpleNamespace(times=TIMES, scales=SCARS, cards=[scale.CARD for scale in SCARS])
    run = types.SimpleNamespace(study=study, parts=parts, known=KNOWN, anew="")
    left = np.broadcast_to([1.0, 1.0, 0.8], (2, members + 1, 3)).copy()
    values = {scale.CARD.name: left for scale in SCARS}
    values["boxcar_scar_volume"] = values["icepick_scar_volume"] = np.zeros_like(left)
    return run, values, lambda name: True


@pytest.mark.parametrize(
    ("scale", "baseline", "answer"),
    [
        ("lemperle", {"line_depth": 2e-4}, True),
        ("lemperle", {"rolling_scar_volume": 1e-5}, False),
        ("goodman_baron", {"icepick_scar_volume": 1e-5}, True),
        ("masi", {"melanin_index": 40.0}, True),
        ("masi", {"melanin_index": 0.0}, False),
    ],
)
def test_a_scale_concerns_who_has_what_it_grades(scale, baseline, answer):
    assert concerns(NAMED[scale], baseline) is answer


def test_scars_bring_the_scales_of_scars_and_no_other():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    assert {name for name in found if "_" not in name} == {"ecca"}
    assert "boxcar_improvement" not in found and "rolling_improvement_most_open" in found
    assert {"goodman_baron", "goodman_baron_open", "goodman_baron_better_open", "goodman_score_noticed"} <= set(found)
    assert not [name for name in found if name.startswith(("lemperle", "laxity", "texture", "masi"))]


def test_what_nobody_asks_for_is_not_computed():
    run, values, _ = made_up({"rolling_scar_volume": 1e-5})
    found = clinic_scores(run, values, lambda name: name == "goodman_score_open")
    assert {base(name) for name in found} == {"goodman_score"}


def test_an_open_series_finds_more():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    controlled, opened = (found[name].series[0, :, -1] for name in ("goodman_baron", "goodman_baron_open"))
    assert np.all(opened <= controlled) and opened[0] < controlled[0]  # some are free of scars in both
    one, other = (found[name].series[0, :, -1] for name in ("goodman_baron_better", "goodman_baron_better_open"))
    assert np.all(other >= one) and other[0] > one[0]


def test_the_central_person_is_scored_by_the_stored_numbers():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    gained = -np.log(0.8) / float(AcneScarVolume().scars.filling)
    grade, ecca = NAMED["goodman_baron"].numbers, NAMED["ecca"].numbers
    fall = grade.people * ClinicalMap().scar * gained
    assert found["goodman_baron"].series[0, 0, -1] == pytest.approx(grade.start - fall)
    assert found["ecca"].series[0, 0, 0] == ecca.start * ecca.rolling  # no other type is there


def test_skin_in_a_cell_and_somebody_without_anything_get_no_scores():
    assert clinic_scores(*made_up({"rolling_scar_volume": 1e-5}, in_vitro=object())) == {}
    assert clinic_scores(*made_up({"pore_area": 0.05})) == {}


def test_a_line_has_a_filling_of_its_own():
    assert float(LineDepth().filling) != float(AcneScarVolume().scars.filling)


def test_the_least_that_shows_is_told_with_the_chance_that_it_does():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    grade = NAMED["goodman_baron"].numbers
    assert found["goodman_baron_open"].shows == float(least_shown(grade.observer, grade.noticeable))
    assert found["goodman_baron_open"].seen == "goodman_baron_shown_open" in found
    assert found["goodman_baron_noticed"].seen == ""


def test_hairs_are_counted_per_area_whatever_the_study():
    run, values, asks = made_up({"hair_density": 1.5e6})
    run.parts.scales = (*SCARS, HairEffect())
    run.parts.cards = [scale.CARD for scale in run.parts.scales]
    values["hair_effect"] = np.broadcast_to([0.0, 0.0, 2.0], (2, 6, 3))
    found = clinic_scores(run, values, asks)
    assert set(found) == {"hair_gain", "hair_gain_shown"}
    gain = 25.4e4 * ClinicalMap().hair * 2.0
    assert found["hair_gain"].series[0, 0, -1] == pytest.approx(gain)
    assert found["hair_gain"].shows == pytest.approx(1.96 * np.sqrt(2) * 7e4, rel=1e-3)
