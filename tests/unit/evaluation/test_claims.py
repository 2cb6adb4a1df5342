"""The files of claims: all are there, each can be run, and what is wrong with one is told."""

import dataclasses
from pathlib import Path

import pytest

from microneedling.core import units
from microneedling.core.cite import known_keys
from microneedling.evaluation.claim_files import STUDIES, ClaimError, read_claim, read_claims, study_path
from microneedling.evaluation.claim_harms import HARMS, harm_readings
from microneedling.evaluation.claims import BASELINE, readings_of, studies_of
from microneedling.faces.claiming import copy_studies, needled_arms
from microneedling.laws.switches import SWITCHES
from microneedling.scales.clinical_series import base
from microneedling.scales.standard import cards
from microneedling.study.anew import moves
from microneedling.study.habits import acting
from microneedling.study.numbers import cards_of, known_numbers
from microneedling.study.schema import Study
from microneedling.study.screening import findings

IDS = Path(__file__).with_name("claim_ids.txt").read_text(encoding="utf-8").split()
CLAIMS = read_claims()
STUDY_NAMES = sorted(path.stem for path in STUDIES.glob("*.toml"))


def test_every_row_of_the_ledger_is_there_once():
    assert [one.id for one in CLAIMS] == IDS


def test_most_claims_are_tested_and_all_others_say_why_not():
    assert sum(bool(one.tests or one.screens or one.counts) for one in CLAIMS) >= 55
    assert all(bool(one.not_computed) != bool(one.tests or one.screens or one.counts) for one in CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS, ids=IDS)
def test_what_was_published_stands_beside_every_claim(claim):
    assert claim.published
    assert {key for one in claim.published for key in one.source} <= set(known_keys())


@pytest.mark.parametrize("name", STUDY_NAMES)
def test_every_study_loads_screens_and_is_used(name):
    study = Study.load(study_path(name))
    findings(study.plain(), exempt=True)
    screened = {screen.study for claim in CLAIMS for screen in claim.screens}
    assert name in {*studies_of(CLAIMS), *screened}


@pytest.mark.parametrize("name", studies_of(CLAIMS))
def test_a_study_holds_what_is_read_from_it(name):
    study = Study.load(study_path(name))
    arms = {study.protocol.name, *(arm.name for arm in study.arm)}
    for one in {each for claim in CLAIMS for each in readings_of(claim) if each.study == name}:
        assert one.arm in arms and (one.scale in study.outcomes or base(one.scale) in study.outcomes), one
        assert one.read != "at" or one.time <= study.horizon.value, one


@pytest.mark.parametrize("name", studies_of(CLAIMS))
def test_a_study_with_needles_reads_the_harm_they_do(name):
    needled = {name: needled_arms(study_path(name))}
    own = [claim for claim in CLAIMS if name in {test.own.study for test in claim.tests}]
    only = [
        dataclasses.replace(claim, tests=tuple(test for test in claim.tests if test.own.study == name)) for claim in own
    ]
    if any(harm_readings(claim, needled) for claim in only):
        assert set(HARMS) <= set(Study.load(study_path(name)).outcomes)


@pytest.mark.parametrize("name", studies_of(CLAIMS))
def test_a_number_named_by_hand_does_not_vary_and_is_what_the_arms_of_the_test_differ_in(name):
    study = Study.load(study_path(name)).plain()
    facts = {
        f"{one.name}.{field}": fact
        for one in known_numbers(cards_of(acting(study))).values()
        for field, fact in one.facts.items()
    }
    switches = {arm.name: dict(arm.switches) for arm in study.arms}
    of = {f"{record}.{field}": word for word, (record, field, _) in SWITCHES.items()}
    for test in (test for claim in CLAIMS for test in claim.tests if test.own.study == name):
        for number in test.rests_on:
            assert facts[number].spread.kind == "exact", f"{number} varies: what rests on it is computed"
            assert switches[test.own.arm].get(of[number]) != switches[test.other.arm].get(of[number])


def test_study_files_can_be_had_and_each_is_read(tmp_path, capsys):
    copy_studies(CLAIMS, tmp_path)
    told = capsys.readouterr().out.splitlines()
    assert sorted(path.stem for path in tmp_path.iterdir()) == STUDY_NAMES and len(told) == len(STUDY_NAMES)
    for path in tmp_path.iterdir():
        assert Study.load(path).title
    refused = [line for line in told if "--override" in line]
    assert any("serum.toml" in line for line in refused) and not any("course.toml" in line for line in refused)


@pytest.mark.parametrize("claim", [one for one in CLAIMS if one.tests], ids=lambda one: one.id)
def test_bounds_have_the_unit_of_what_they_bound(claim):
    found = {card.name: card.unit for card in cards()}
    for test in claim.tests:
        unit = "s" if test.own.read == "lasting" else found.get(test.own.scale, "1")
        unit = "1" if test.measure in ("ratio", "share") else unit
        assert all(units.read(text, unit) >= 0 for text in test.bounds)


def test_how_far_assumed_numbers_move_is_known_by_name_but_for_what_is_only_noticed():
    path = study_path("habits_none")
    found = moves(path, "assumed")
    assert found and all(change.shape == (Study.load(path).members,) for change in found.values())
    assert not [name for name in found if name.endswith(".noticeable")]
    assert moves(path, "measured on the moon") == {}


def test_claims_can_be_asked_for_by_name_in_any_case():
    assert [one.id for one in read_claims(ids=["cl042", "CL001", "CL042"])] == ["CL001", "CL042"]
    with pytest.raises(ClaimError, match='found "CL099"; nearest'):
        read_claims(ids=["CL099"])


HEAD = 'id = "A"\nclaim = "a"\nkind = "b"\ntopic = "t"\nquantity = "c"\nstudy = "course"\n'
TEST = '[[test]]\nscale = "tewl"\narm = "a"\nagainst = "b"\ntime = "1 d"\nexpectation = "increase"\n'
COUNTED = '[[counted]]\nharm = "dark_marks"\nphototype = 5\nbound = "5 %"\n'
SCREEN = '[[screen]]\nexpectation = "refused"\npeople = [{ age = "30 y" }]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD, "found tests and not_computed, or neither"),
        (HEAD + 'not_computed = "x"\n' + TEST, "found tests and not_computed"),
        (HEAD + 'not_jet = "x"', "A.toml: not_jet: unknown key"),
        (HEAD.replace('kind = "b"\n', "") + TEST, "A.toml: kind: found ''"),
        (HEAD.replace('"A"', '"B"') + TEST, 'id: found "B", allowed the name of the file'),
        (HEAD.replace("course", "corse") + TEST, 'test 1.study: found "corse"; nearest: course'),
        (HEAD + TEST.replace("increase", "rise"), 'test 1.expectation: found "rise"'),
        (HEAD + TEST.replace("1 d", "soon"), "test 1.time"),
        (HEAD + TEST.replace("scale", "scales"), "test 1.scales: unknown key"),
        (HEAD + TEST + 'bound = "1 d"\n', 'test 1.bound: does not go with "increase"'),
        (HEAD + TEST.replace("increase", "at most"), 'test 1.bound: does not go with "at most", or is missing'),
        (HEAD + TEST.replace("increase", "at most") + 'bound = "few"\n', "test 1.bound"),
        (HEAD + TEST + 'measure = "ratio"\n', "allowed with a difference only"),
        (HEAD + TEST + 'measure = "value"\n', "goes without it"),
        (HEAD + SCREEN.replace("refused", "sent away"), 'screen 1.expectation: found "sent away"'),
        (HEAD + SCREEN.replace('{ age = "30 y" }', ""), "screen 1.people: missing"),
        (HEAD + "test = 3", "allowed a list of tables"),
        (HEAD + COUNTED.replace("dark_marks", "dark_mark"), 'counted 1.harm: found "dark_mark"; nearest: dark_marks'),
        (HEAD + COUNTED.replace("= 5", "= 7"), "counted 1.phototype: found 7, allowed 1 to 6"),
        (HEAD + COUNTED.replace("5 %", "few"), "counted 1.bound"),
        (HEAD + COUNTED + "cases = 3\n", "counted 1.cases: unknown key"),
        ("id = ", "not TOML"),
    ],
)
def test_a_bad_claim_is_refused(tmp_path, text, message):
    path = tmp_path / "A.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimError) as caught:
        read_claim(path)
    assert message in str(caught.value)


def test_a_folder_without_claims_is_refused(tmp_path):
    with pytest.raises(ClaimError, match="no claims"):
        read_claims(tmp_path)


def test_a_share_reads_the_start_too(tmp_path):
    text = HEAD + TEST.replace("increase", "at least") + 'bound = "50 %"\nmeasure = "share"\n'
    path = tmp_path / "A.toml"
    path.write_text(text, encoding="utf-8")
    assert [one.read for one in readings_of(read_claim(path))] == ["at", "at", BASELINE]
