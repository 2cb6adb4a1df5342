"""A card is read whole or refused with a sentence that names file and key."""

import dataclasses

import pytest

from microneedling.core.card import CardError, Text, card_text, read_card, read_parameter_set, read_table
from microneedling.core.param import param, provenance
from microneedling.core.struct import struct


@struct
class Needle:
    """A small record to read cards into."""

    length: float = param(unit="m", meaning="length")
    count: float = param(unit="1", meaning="needles")
    speed: float = param(default="2 m/s", unit="m s-1", spread="1 .. 3", note="taken as usual")


Needle.KIND = "needles"
Needle.TEXTS = {"family": Text(("pen", "roller")), "notes": Text(needed=False)}

GOOD = """
title = "A needle"
family = "pen"

[needle]
length = { value = "1.5 mm", spread = "± 50 um", source = "key2000", where = "Table 1", grade = "on the bench" }

[head]
count = { value = "12", spread = "10 .. 14", grade = "assumed", note = "as others", varies = "people" }
"""


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_card_becomes_a_record_in_si_with_its_facts(write):
    card = read_card(write(GOOD), Needle)
    assert (card.kind, card.name, card.title) == ("needles", "mine", "A needle")
    assert card.texts == {"family": "pen"}
    assert card.known.name == "needles/mine"
    assert card.known.record == Needle(length=0.0015, count=12.0, speed=2.0)
    length, count = card.known.facts["length"], card.known.facts["count"]
    assert (length.source, length.where, length.grade, length.meaning) == (
        ("key2000",),
        "Table 1",
        "on the bench",
        "length",
    )
    assert length.spread.kind == "sd" and length.spread.low == pytest.approx(5e-5, rel=1e-12)  # one multiplication
    assert (count.spread.kind, count.spread.low, count.spread.high, count.varies) == ("range", 10.0, 14.0, "people")


def test_a_field_left_out_keeps_the_default_of_its_class(write):
    card = read_card(write(GOOD), Needle)
    assert card.known.facts["speed"] == provenance(Needle)["speed"]


def test_a_card_survives_being_written_and_read_again(write, tmp_path):
    card = read_card(write(GOOD), Needle)
    again = tmp_path / "again" / "mine.toml"
    again.parent.mkdir()
    again.write_text(card_text(card), encoding="utf-8")
    assert dataclasses.replace(read_card(again, Needle), path=card.path) == card


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("length =", "lenght =", ("mine.toml: lenght: unknown key", "nearest: length")),
        ('{ value = "12"', '{ valeu = "12"', ("count.valeu: unknown key", "nearest: value")),
        ('family = "pen"', 'famly = "pen"', ("famly: unknown key", "nearest: family")),
        ('family = "pen"', 'family = "rollr"', ("family: found 'rollr'", "nearest: roller")),
        ('family = "pen"', "", ("missing: family",)),
        ('family = "pen"', "family = 3", ("family: found 3", "text is needed")),
        ('{ value = "12", spread = "10 .. 14", grade = "assumed", note = "as others", varies = "people" }', "12",
         ("count: found 12", "bare number")),
        ('value = "12"', "value = 12", ("count.value: found 12", "text in quotes")),
        ('"1.5 mm"', '"1.5 kg"', ("mine.toml: length", "does not fit", '"m"')),
        ('"1.5 mm"', '"1.5"', ("mine.toml: length", "has no unit")),
        ('"1.5 mm"', '"long"', ("mine.toml: length", "not a quantity")),
        ('source = "key2000", ', "", ("length.source: missing", "assumed")),
        ('"10 .. 14"', '"13 .. 14"', ("count.spread", "does not enclose the value")),
        ('"10 .. 14"', '"around ten"', ("count", "not understood")),
        ('spread = "10 .. 14", ', "", ("count: missing: spread",)),
        ('"on the bench"', '"on a bench"', ("length.grade: found 'on a bench'", "nearest: on the bench")),
        ('note = "as others", ', "", ("count.note: missing", "assumed")),
        ('"people" }', '"persons" }', ("count.varies: found 'persons'", "people")),
        ("[head]\ncount", "[head]\nlength = {}\ncount", ("head.length: stands twice",)),
        ('title = "A needle"', "", ("title: missing",)),
        ("[needle]", "[needle", ("not a TOML file",)),
    ],
)  # fmt: skip
def test_a_wrong_card_is_refused_by_file_and_key(write, old, new, said):
    assert old in GOOD
    with pytest.raises(CardError) as refused:
        read_card(write(GOOD.replace(old, new, 1)), Needle)
    message = str(refused.value)
    assert "mine.toml" in message
    assert all(words in message for words in said), message


def test_missing_fields_are_named(write):
    with pytest.raises(CardError, match=r"mine\.toml: missing: length, count"):
        read_card(write('title = "Nothing"\nfamily = "pen"\n'), Needle)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CardError, match="does not exist"):
        read_table(tmp_path / "absent.toml")


REPLACE = """
title = "Slow"
[replace]
"{name}" = {{ value = "1 d", spread = "0.5 .. 2 d", source = "key2000", where = "Fig. 1", grade = "fitted" }}
"""


def test_a_parameter_set_replaces_by_full_name_or_star(write):
    closing = dataclasses.replace(provenance(Needle)["length"], unit="s")
    allowed = {"sites/cheek.closing": closing, "Law.closing": closing}
    for name in ("sites/cheek.closing", "sites/*.closing"):
        found = read_parameter_set(write(REPLACE.format(name=name)), allowed)
        assert list(found) == ["sites/cheek.closing"]
        value, fact = found["sites/cheek.closing"]
        assert value == 86400.0 and fact.spread.high == 172800.0 and fact.grade == "fitted"


def test_a_parameter_set_refuses_an_unknown_name_and_an_empty_table(write):
    allowed = {"Law.closing": provenance(Needle)["length"]}
    with pytest.raises(CardError, match=r"replace\.Law\.closng: unknown number; nearest: Law\.closing"):
        read_parameter_set(write(REPLACE.format(name="Law.closng")), allowed)
    with pytest.raises(CardError, match="replace: missing"):
        read_parameter_set(write('title = "Empty"\n'), allowed)
