"""What is fitted is written in one file, and the file is right about names."""

import pytest

from microneedling.core.catalogue import REFERENCES
from microneedling.core.sourced import sourced
from microneedling.fitting.scope import read_scope
from microneedling.laws import standard as laws
from microneedling.scales import standard as scales
from microneedling.simulate.readouts import READOUTS
from microneedling.treatments.insertion import Insertion

KNOWN = {one.name: one for one in (*laws.numbers(), *scales.numbers(), sourced(Insertion()))}


def test_only_uncertain_numbers_are_fitted_and_none_in_which_people_differ():
    names = read_scope().fitted(KNOWN)
    assert "CollagenTurnover.k_m" in names and "Insertion.reach" in names
    assert "VesselResponse.k_L" not in names  # people differ in it
    assert "InflammatoryCircuit.s_N" not in names  # exact: it sets a unit
    assert len(names) == len(set(names)) > 60


def test_every_pattern_finds_a_number():
    scope = read_scope()
    for pattern in scope.numbers:
        assert type(scope)(numbers=(pattern,), scales=(), left_out={}, sources={}).fitted(KNOWN), pattern


def test_every_key_is_in_the_bibliography():
    text = REFERENCES.read_text(encoding="utf-8")
    for key in read_scope().sources.values():
        assert f"{{{key}," in text, key


def test_every_scale_exists():
    cards = {one.name for one in card_names()}
    known = cards | {"open_by_impedance", "open_by_dye", "open_by_tewl"}
    assert set(read_scope().scales) <= known


def card_names():
    return [type(one.record).CARD for one in scales.numbers() if hasattr(type(one.record), "CARD")] + [
        type(one).CARD if not isinstance(one, type) else one.CARD for one in READOUTS
    ]


def test_a_source_without_a_key_is_told():
    with pytest.raises(ValueError, match="nobody"):
        read_scope().key("nobody 1999")
