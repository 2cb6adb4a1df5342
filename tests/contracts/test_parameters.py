"""What every number written beside an equation promises: unit, source or note, grade, spread."""

import pytest

from microneedling.core import units
from microneedling.core.cite import known_keys
from microneedling.core.param import GRADES, provenance
from microneedling.core.spread import Z95
from microneedling.laws import standard as laws
from microneedling.laws.admission import Admission
from microneedling.laws.teaching import TeachingModel
from microneedling.scales import standard as scales
from microneedling.scales.amounts import Amount
from microneedling.skin.complexion import Complexion
from microneedling.skin.skin import Preparation
from microneedling.treatments.coverage import Hand
from microneedling.treatments.exfoliation import Exfoliation
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.topical import Wipe

RECORDS = [known.record for known in (*laws.numbers(), *scales.numbers())]
RECORDS += [
    Complexion(),
    Amount(),
    Admission(),
    TeachingModel(),
    Insertion(),
    Hand(),
    Exfoliation(),
    Wipe(),
    Preparation(),
]
NUMBERS = [(type(record).__name__, record, name) for record in RECORDS for name in provenance(record)]
EVERY = pytest.mark.parametrize(
    ("record", "name"), [n[1:] for n in NUMBERS], ids=[f"{cls}.{name}" for cls, _, name in NUMBERS]
)
BASE = {"m", "kg", "s", "mol", "K", "Hz", "1", ""}
TRACE = ("source", "note")


@EVERY
def test_it_has_unit_grade_and_a_trace(record, name):
    fact = provenance(record)[name]
    words = {word.rstrip("-0123456789") or "1" for word in fact.unit.split()}
    assert words <= BASE, f"{fact.unit} is not in base units"
    assert fact.grade in GRADES
    assert fact.source or fact.note, "no source, and no note saying why this value"
    assert fact.grade not in ("assumed", "inferred") or fact.note or fact.source, "no note"
    assert not fact.source or fact.where or fact.note, "a source without a place in it"


@EVERY
def test_its_sources_stand_in_the_bibliography(record, name):
    unknown = set(provenance(record)[name].source) - set(known_keys())
    assert not unknown, unknown


@EVERY
def test_its_spread_encloses_it_and_keeps_its_sign(record, name):
    fact, value = provenance(record)[name], float(getattr(record, name))
    assert fact.spread.around(value), f"{value} is outside {fact.spread}"
    low, high = fact.spread.at(value, -Z95), fact.spread.at(value, Z95)
    assert low <= value <= high
    assert value <= 0 or low >= 0, "the spread turns the sign"


@EVERY
def test_its_text_says_the_same_as_its_number(record, name):
    fact = provenance(record)[name]
    if fact.text:
        assert float(getattr(record, name)) == pytest.approx(units.read(fact.text, fact.unit), rel=1e-12)


@EVERY
def test_assumed_numbers_are_wide_or_say_why_not(record, name):
    fact = provenance(record)[name]
    assert fact.grade != "assumed" or fact.spread.kind != "exact" or fact.note


def test_there_are_numbers():
    assert len(NUMBERS) > 150
