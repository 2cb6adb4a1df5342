"""Clinical scales of a run: only those of what the person has, in both kinds of study."""

import types

import numpy as np
import pytest

from microneedling.core.sourced import sourced
from microneedling.scales.clinical import RECORDS, Ecca, GoodmanBaron, Lemperle, Masi
from microneedling.scales.relief import LineDepth
from microneedling.scales.scar import AcneScarVolume, BoxcarScarVolume, IcepickScarVolume, RollingScarVolume
from microneedling.study.clinic import clinic_scores, concerns

DAY = 86400.0
TIMES = np.array([-1.0, 0.0, 90.0]) * DAY
SCARS = (AcneScarVolume(), RollingScarVolume(), BoxcarScarVolume(), IcepickScarVolume())


def made_up(baseline, *, members=5, in_vitro=None):
    """What `clinic_scores` needs of a run, and scars that lose a fifth of their volume."""
    person = types.SimpleNamespace(baseline=baseline)
    study = types.SimpleNamespace(person=person, in_vitro=in_vitro, members=members, seed=1)
    parts = types.SimpleNamespace(times=TIMES, scales=SCARS, cards=[scale.CARD for scale in SCARS])
    run = types.SimpleNamespace(study=study, parts=parts, known={cls.__name__: sourced(cls()) for cls in RECORDS})
    left = np.broadcast_to([1.0, 1.0, 0.8], (2, members + 1, 3)).copy()
    values = {scale.CARD.name: left for scale in SCARS}
    values["boxcar_scar_volume"] = values["icepick_scar_volume"] = np.zeros_like(left)
    return run, values, lambda name: True


@pytest.mark.parametrize(
    ("scale", "baseline", "answer"),
    [
        (Lemperle, {"line_depth": 2e-4}, True),
        (Lemperle, {"rolling_scar_volume": 1e-5}, False),
        (GoodmanBaron, {"icepick_scar_volume": 1e-5}, True),
        (Masi, {"melanin_index": 40.0}, True),
        (Masi, {"melanin_index": 0.0}, False),
    ],
)
def test_a_scale_concerns_who_has_what_it_grades(scale, baseline, answer):
    assert concerns(scale.CARD, baseline) is answer


def test_scars_bring_the_scales_of_scars_and_no_other():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    assert {name for name in found if "_" not in name} == {"ecca"}
    assert {"goodman_baron", "goodman_baron_open", "goodman_baron_better_open", "goodman_score_noticed"} <= set(found)
    assert not [name for name in found if name.startswith(("lemperle", "laxity", "texture", "masi"))]


def test_what_nobody_asks_for_is_not_computed():
    run, values, _ = made_up({"rolling_scar_volume": 1e-5})
    found = clinic_scores(run, values, lambda name: name == "goodman_score_open")
    assert {name.removesuffix("_open").removesuffix("_noticed") for name in found} == {"goodman_score"}


def test_an_open_series_finds_more():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    controlled, opened = (found[name][0][0, :, -1] for name in ("goodman_baron", "goodman_baron_open"))
    assert np.all(opened <= controlled) and opened[0] < controlled[0]  # some are free of scars in both
    one, other = (found[name][0][0, :, -1] for name in ("goodman_baron_better", "goodman_baron_better_open"))
    assert np.all(other >= one) and other[0] > one[0]


def test_the_central_person_is_scored_by_the_stored_numbers():
    found = clinic_scores(*made_up({"rolling_scar_volume": 1e-5}))
    gained = -np.log(0.8) / float(AcneScarVolume().scars.filling)
    known = {cls.__name__: cls() for cls in RECORDS}
    fall = known["GoodmanBaron"].people * known["ClinicalMap"].scar * gained
    assert found["goodman_baron"][0][0, 0, -1] == pytest.approx(GoodmanBaron().start - fall)
    assert found["ecca"][0][0, 0, 0] == Ecca().start * Ecca().rolling  # no other type is there


def test_skin_in_a_cell_and_somebody_without_anything_get_no_scores():
    assert clinic_scores(*made_up({"rolling_scar_volume": 1e-5}, in_vitro=object())) == {}
    assert clinic_scores(*made_up({"hair_density": 1e6})) == {}


def test_a_line_has_a_filling_of_its_own():
    assert float(LineDepth().filling) != float(AcneScarVolume().scars.filling)
