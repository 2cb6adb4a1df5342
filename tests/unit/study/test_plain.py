"""A study in SI: repeats, relative times, comparators, persons from cards."""

import pytest

from microneedling.protocol.protocol import Protocol
from microneedling.study.schema import Study

DAY = 86400.0


def test_head(study):
    plain = Study.of({**study, "members": 8, "seed": 3, "outcomes": ["tewl"], "question": "Why?"}).plain()
    assert (plain.title, plain.question, plain.setup, plain.site) == ("A study", "Why?", "in vivo", "cheek")
    assert (plain.horizon, plain.seed, plain.members, plain.outcomes) == (120 * DAY, 3, 8, ("tewl",))
    assert plain.area == pytest.approx(60e-4)
    assert plain.in_vitro is None


def test_sessions_repeat(study):
    sessions = Study.of(study).plain().arms[0].sessions
    assert [one.time for one in sessions] == [0.0, 30 * DAY, 60 * DAY]
    assert all(one.device == "pen" and one.depth == pytest.approx(1.5e-3) and one.dwell == 180.0 for one in sessions)
    assert all(one.area == pytest.approx(60e-4) and one.frequency == 0.0 and not one.sham for one in sessions)


def test_session_keeps_its_own_area_and_frequency(study):
    study["protocol"]["session"][0] |= {"area": "4 cm2", "frequency": "6000 min-1"}
    session = Study.of(study).plain().arms[0].sessions[0]
    assert (session.area, session.frequency) == (pytest.approx(4e-4), pytest.approx(100.0))


def test_topical_follows_every_session(study):
    topicals = Study.of(study).plain().arms[0].topicals
    assert [one.time for one in topicals] == [day * DAY + 600.0 for day in (0, 30, 60)]
    assert [one.wiped - one.time for one in topicals] == [DAY] * 3
    assert [one.uncovered - one.time for one in topicals] == [4 * 3600.0] * 3
    assert topicals[0].occluded
    assert topicals[0].actives == (("caffeine", pytest.approx(10.0)),)
    assert topicals[0].film == pytest.approx(50e-6)


def test_topical_at_its_own_times_is_sorted_in(study):
    row = {"vehicle": "hydrogel", "film": "50 um", "time": "-14 d", "count": 14, "interval": "1 d"}
    row["actives"] = [{"active": name, "concentration": "1 mg/ml"} for name in ("zinc", "caffeine")]
    study["protocol"]["topical"].append(row)
    topicals = Study.of(study).plain().arms[0].topicals
    assert [one.time for one in topicals] == sorted(one.time for one in topicals)
    first = topicals[0]
    assert (first.time, first.wiped, first.occluded, first.uncovered) == (-14 * DAY, None, False, None)
    assert [name for name, _ in first.actives] == ["zinc", "caffeine"]


def test_interleaved_rows_come_in_time_order(study):
    home = {"device": "roller", "depth": "0.5 mm", "passes": 4, "time": "10 d", "count": 5, "interval": "7 d"}
    study["protocol"]["session"].append(home)
    times = [one.time / DAY for one in Study.of(study).plain().arms[0].sessions]
    assert times == [0, 10, 17, 24, 30, 31, 38, 60]


def test_care_repeats(study):
    care = Study.of(study).plain().arms[0].care
    assert [(one.start / DAY, one.end / DAY) for one in care] == [(0, 28), (30, 58), (60, 88)]


def test_comparators(study):
    kinds = ("sham", "untreated", "needling only", "topical only")
    plain = Study.of({**study, "arm": [{"name": f"a {kind}", "kind": kind} for kind in kinds]}).plain()
    main, sham, untreated, needling, topical = plain.arms
    assert [arm.name for arm in plain.arms] == ["needling", *(f"a {kind}" for kind in kinds)]
    assert all(one.sham for one in sham.sessions)
    assert [one.time for one in sham.sessions] == [one.time for one in main.sessions]
    assert (sham.topicals, sham.care) == (main.topicals, main.care)
    assert untreated == Protocol(name="a untreated")
    assert (needling.sessions, needling.topicals, needling.care) == (main.sessions, (), main.care)
    assert (topical.sessions, topical.topicals, topical.care) == ((), main.topicals, main.care)


def test_own_arm(study):
    own = {"name": "one visit", "kind": "own", "session": [{"device": "stamp", "depth": "1 mm", "passes": 3}]}
    arm = Study.of({**study, "arm": [own]}).plain().arms[1]
    assert [(one.device, one.passes, one.time) for one in arm.sessions] == [("stamp", 3, 0.0)]
    assert arm.topicals == arm.care == ()


def test_person(study):
    given = {"conditions": ["acne scars"], "pregnant": True, "baseline": {"pore_area": "5 %", "line_depth": "0.2 mm"}}
    person = Study.of({**study, "person": {**study["person"], **given}}).plain().person
    assert person.age == pytest.approx(34 * 365.25 * DAY)
    assert (person.sex, person.phototype, person.pregnant) == ("female", 3, True)
    assert person.conditions == ("acne scars",)
    assert person.baseline == {"pore_area": pytest.approx(0.05), "line_depth": pytest.approx(2e-4)}


def test_person_card_fills_the_gaps_and_the_file_wins(study):
    given = {"card": "woman_34", "phototype": 5, "conditions": [], "baseline": {"pore_area": "3 %"}}
    person = Study.of({**study, "person": given}).plain().person
    assert (person.sex, person.phototype, person.conditions) == ("female", 5, ())
    assert person.baseline == {"pore_area": pytest.approx(0.03), "rolling_scar_volume": pytest.approx(12e-6)}


def test_in_vitro(study):
    cell = {"thickness": "2 mm", "receptor": "finite", "receptor_volume": "5 ml", "area": "1 cm2"}
    study |= {"setup": "in vitro", "site": {"card": "cheek"}}
    study["in_vitro"] = {**cell, "temperature": "32 degC", "layer": "dermatomed"}
    plain = Study.of(study).plain()
    cell = plain.in_vitro
    assert plain.area == cell.area == pytest.approx(1e-4)
    assert plain.arms[0].sessions[0].area == pytest.approx(1e-4)
    assert (cell.thickness, cell.receptor_volume) == (pytest.approx(2e-3), pytest.approx(5e-6))
    assert (cell.receptor, cell.hydrated, cell.layer) == ("finite", True, "dermatomed")
    assert cell.temperature == pytest.approx(305.15)
