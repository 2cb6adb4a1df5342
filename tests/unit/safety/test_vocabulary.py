"""The words of a person's history: spellings, nearest words, agreement with the records they describe."""

import dataclasses

import pytest

from microneedling.protocol.protocol import Care, Protocol
from microneedling.safety import vocabulary as words
from microneedling.skin.person import Person
from microneedling.skin.site import REGIONS
from microneedling.treatments.device import FAMILIES

PERSON = Person(age=1e9, sex="female", phototype=2)
AGREED_FLAGS = [
    *("retinoid", "acid", "vitamin C", "fragrance", "preservative", "unsterile cosmetic", "anaesthetic"),
    *("steroid", "depigmenting", "peptide", "hyaluronic acid", "minoxidil", "growth factor", "PRP"),
]


@pytest.mark.parametrize("category", list(words.vocabulary()))
def test_no_spelling_stands_for_two_words(category):
    listed = words.vocabulary()[category]
    for word, others in listed.items():
        assert all(words.canonical(category, one) == word for one in (word, *others))


@pytest.mark.parametrize("spelling", ["Ice-Pick Scars", "icepick_scars", "ice pick  scars"])
def test_case_and_hyphens_do_not_matter(spelling):
    assert words.canonical("conditions", spelling) == "ice-pick scars"


def test_a_history_in_known_words_passes():
    person = dataclasses.replace(PERSON, conditions=("active acne", "pregnant"), medicines=("Roaccutane",))
    assert words.check_words(person) == ()


def test_an_unknown_word_is_told_with_its_nearest():
    person = dataclasses.replace(PERSON, conditions=("active acnee",), allergies=("nikel",))
    first, second = words.check_words(person)
    assert first.startswith('person.conditions: found "active acnee", nearest: active acne')
    assert second == 'person.allergies: found "nikel", nearest: metal'


def test_a_word_like_no_other_gets_the_list():
    assert "smoking" in words.near("habits", "zzz")


def test_care_and_flags_are_checked_too():
    care = Care(what="sunscren", start=0.0, end=1.0)
    (said,) = words.check_care(Protocol(name="a", care=(care,)))
    assert "sunscreen" in said
    assert words.check_flags(["acid"]) == ()
    assert words.check_flags(["acidd"])


def test_the_agreed_flags_are_words():
    assert all(words.is_word("flags", flag) for flag in AGREED_FLAGS)


def test_fixed_words_are_those_of_the_records():
    assert words.FIXED["region"] == REGIONS
    assert words.FIXED["family"] == FAMILIES


def test_an_unknown_word_stays_as_it_is():
    assert words.kept("sites", ["own place", "zygoma"]) == ("own place", "cheekbone")
