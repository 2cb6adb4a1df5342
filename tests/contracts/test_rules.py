"""What every safety rule promises, whichever it is."""

import collections
from pathlib import Path

import pytest

from microneedling.safety.example import planted, reference
from microneedling.safety.finding import LEVELS
from microneedling.safety.rule import left_out, notices, rules
from microneedling.safety.screen import refused, screen
from microneedling.safety.source import KINDS, STRONG, sources
from microneedling.safety.vocabulary import FIXED
from microneedling.treatments.deposit import FORMS

ROWS = Path(__file__).parent.joinpath("safety_rows.txt").read_text(encoding="utf-8").split()
EVERY = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)


def test_all_rules_are_silent_on_the_reference_plan():
    assert screen(reference()) == ()


@EVERY
def test_speaks_on_its_own_planted_violation(rule):
    found = [one for one in screen(planted(rule.example)) if one.id == rule.id]
    assert found, f"{rule.id} is silent on its own example"
    assert {one.level for one in found} == {rule.level}
    assert all(one.source and one.clears and one.arm == "reference" for one in found)


@EVERY
def test_refuses_exactly_when_absolute(rule):
    own = [one for one in screen(planted(rule.example)) if one.id == rule.id]
    assert refused(own) == (rule.level == "absolute")


@EVERY
def test_cites_known_sources_of_a_strength_that_fits_the_level(rule):
    kinds = [sources()[key].kind for key in rule.sources]
    assert rule.sources and rule.level in LEVELS
    assert all(kind in KINDS for kind in kinds)
    if rule.level == "absolute":
        assert kinds[0] in STRONG


@EVERY
def test_has_its_reason_in_sentences(rule):
    assert rule.reason.endswith(".") and rule.clears.endswith(".")
    assert bool(rule.other_side) == bool(rule.other_sources)


def test_the_regulatory_note_on_delivery_is_a_notice_and_no_refusal():
    note = next(rule for rule in rules() if "SR002" in rule.rows)
    found = screen(planted(note.example))
    assert note.level == "info"
    assert not refused(found)


def test_both_sides_are_shown_where_sources_disagree():
    found = {one.id: one for one in screen(planted({"person": {"medicines": ["isotretinoin"]}}))}
    assert "6 months" in found["isotretinoin"].clears
    assert "1485 procedures" in found["isotretinoin"].other_side
    assert "10.1001/jamadermatol.2017.2077" in found["isotretinoin"].other_side


def test_every_row_of_the_evidence_is_accounted_for_exactly_once():
    told = [row for rule in rules() for row in rule.rows]
    told += [row for notice in notices() for row in notice.rows]
    told += [one.row for one in left_out()]
    assert collections.Counter(told) == collections.Counter(ROWS)


def test_what_is_left_out_says_why():
    assert all(len(one.reason) > 20 for one in left_out())


def test_every_source_is_used():
    used = {key for rule in rules() for key in (*rule.sources, *rule.other_sources)}
    texts = " ".join(notice.source for notice in notices())
    assert [key for key, source in sources().items() if key not in used and source.text not in texts] == []


def test_a_source_is_dated_or_says_that_it_is_not():
    for one in sources().values():
        assert (one.year is None) == one.shown.endswith("(undated)")
        assert one.year is None or 1950 <= one.year <= 2030


def test_peer_reviewed_sources_but_for_one_whose_issue_is_not_known_are_dated():
    undated = [key for key, one in sources().items() if one.kind == "peer-reviewed" and one.year is None]
    assert undated == ["selcuk_histology"]


def test_forms_of_a_deposit_are_those_there_are():
    assert FIXED["forms"] == FORMS


def test_notices_cite_a_source():
    assert all(notice.source and notice.text.endswith(".") for notice in notices())
