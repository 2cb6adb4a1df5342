"""A deposit that cannot be: each told in one line naming the key and what is allowed."""

import pytest

from microneedling.protocol.protocol import Session
from microneedling.study.read import StudyError
from microneedling.study.schema import Study

SITE = """title = "cheek"
species = "human"
region = "face"
[layers]
"""
COATED = {"form": "coated", "active": "caffeine", "dose": "20 ug", "device": "patch", "depth": "0.6 mm"}
COATED |= {"wear": "20 min", "half_dissolved": "5 min"}
BOLUS = {"form": "injected", "active": "caffeine", "dose": "20 ug", "depth": "0.5 mm", "loaded": "0.2 mm"}
GEL = {"form": "hydrogel", "active": "caffeine", "dose": "5 mg", "device": "patch", "depth": "0.6 mm"}
GEL |= {"wear": "6 h", "vehicle": "hydrogel", "reservoir": "1 mm"}


def with_deposit(study, entry):
    """The study with one deposit and nothing else."""
    return {**study, "protocol": {"name": "an array", "deposit": [entry]}}


@pytest.mark.parametrize("entry", [COATED, {**COATED, "form": "dissolving"}, BOLUS, GEL])
def test_right_ones_are_taken(study, entry):
    (arm,) = Study.of(with_deposit(study, entry)).plain().arms
    (use,) = arm.deposits
    assert use.form == entry["form"] and use.actives[0][0] == "caffeine"
    mass = float(entry["dose"].split()[0]) * {"ug": 1e-9, "mg": 1e-6}[entry["dose"].split()[1]]
    assert use.actives[0][1] == pytest.approx(mass / 60e-4)
    assert [type(one) for one in arm.sessions] == ([Session] if "device" in entry else [])


def test_times_of_wear_and_repeats(study):
    entry = {**COATED, "count": 3, "interval": "7 d", "time": "1 d"}
    uses = Study.of(with_deposit(study, entry)).plain().arms[0].deposits
    assert [(u.time, u.removed) for u in uses] == [
        ((1 + 7 * i) * 86400.0, (1 + 7 * i) * 86400.0 + 1200.0) for i in range(3)
    ]


def test_comparators_of_an_array(study):
    kinds = ("sham", "untreated", "needling only")
    for entry, sham in ((COATED, 0), (GEL, 1)):
        arms = [{"name": kind, "kind": kind} for kind in kinds]
        plain = Study.of({**with_deposit(study, entry), "arm": arms}).plain()
        _, mock, none, blank = plain.arms
        assert len(mock.deposits) == sham and all(one.sham for one in (*mock.deposits, *mock.sessions))
        assert none.deposits == none.sessions == ()
        assert [one.actives for one in blank.deposits] == [()] and len(blank.sessions) == 1


WRONG = [
    (COATED, {"wear": None}, "deposit[0].wear: found nothing"),
    (COATED, {"half_dissolved": None}, "deposit[0].half_dissolved: found nothing"),
    (COATED, {"device": None}, "deposit[0].device: found nothing"),
    (
        COATED,
        {"device": "pen"},
        'deposit[0].device: found "pen" (a pen), allowed a device of the family patch or stamp',
    ),
    (COATED, {"device": "nothing"}, 'deposit[0].device: found "nothing"'),
    (COATED, {"depth": "9 mm"}, 'deposit[0].depth: found "9 mm", allowed 0.25 mm to 2.5 mm for patch'),
    (COATED, {"loaded": "0.7 mm"}, 'deposit[0].loaded: found "0.7 mm", allowed 0.6 mm at most'),
    (COATED, {"reservoir": "1 mm"}, 'deposit[0].reservoir: found "1 mm", allowed this key only with form "hydrogel"'),
    (COATED, {"active": None}, "deposit[0].actives: found neither active nor actives"),
    (COATED, {"dose": None}, "deposit[0].dose: found nothing"),
    (COATED, {"dose": "20 ml"}, 'deposit[0].dose: found "20 ml" (unit "ml" does not fit)'),
    (COATED, {"active": "gold"}, 'deposit[0].active: found "gold"'),
    (COATED, {"wear": "200 d"}, 'horizon: found "120 d"'),
    (COATED, {"count": 2, "interval": "10 min"}, 'deposit[0].wear: found "20 min", allowed less than the interval'),
    (COATED, {"count": 2}, "deposit[0].interval: found nothing"),
    (COATED, {"actives": [{"active": "caffeine", "dose": "1 ug"}]}, "deposit[0].actives: found a list beside active"),
    ({**COATED, "form": "dissolving"}, {"dose": "1 kg"}, "that is what the needles of patch weigh"),
    (BOLUS, {"loaded": None}, "deposit[0].loaded: found nothing"),
    (BOLUS, {"loaded": "1.2 mm"}, 'deposit[0].loaded: found "1.2 mm", allowed twice the depth'),
    (BOLUS, {"wear": "1 min"}, 'deposit[0].wear: found "1 min", allowed this key only with a device'),
    (BOLUS, {"device": "patch"}, "deposit[0].wear: found nothing"),
    (GEL, {"vehicle": None}, "deposit[0].vehicle: found nothing"),
    (GEL, {"vehicle": "glue"}, 'deposit[0].vehicle: found "glue"'),
    (GEL, {"reservoir": None}, "deposit[0].reservoir: found nothing"),
    (GEL, {"loaded": "0.3 mm"}, 'deposit[0].loaded: found "0.3 mm", allowed this key only with form'),
]


@pytest.mark.parametrize(("right", "change", "said"), WRONG, ids=range(len(WRONG)))
def test_wrong_ones_are_refused_in_one_line(study, right, change, said):
    entry = {key: value for key, value in {**right, **change}.items() if value is not None}
    with pytest.raises(StudyError) as caught:
        Study.of(with_deposit(study, entry))
    assert [line for line in str(caught.value).splitlines() if said in line], str(caught.value)


def test_a_bolus_below_the_skin_is_refused(study):
    cell = {"thickness": "400 um", "receptor": "sink", "area": "1 cm2", "temperature": "32 degC", "layer": "dermatomed"}
    wrong = {**with_deposit(study, BOLUS), "setup": "in vitro", "site": {"card": "cheek"}, "in_vitro": cell}
    with pytest.raises(StudyError, match=r'protocol.deposit.0..depth: found "0.5 mm", allowed 0.3 mm at most'):
        Study.of(wrong)
