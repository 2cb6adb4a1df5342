"""Source keys become a bibliography."""

import subprocess
import sys

import pytest

from microneedling.core.card import CardError
from microneedling.core.cite import Reference, bibliography, formatted, known_keys


def test_each_source_is_printed_once_in_order():
    found = bibliography(["sandby2003", "kalluri2011", "sandby2003"])
    assert [reference.key for reference in found] == ["kalluri2011", "sandby2003"]


def test_a_source_is_printed_with_authors_year_place_and_address():
    text = formatted(bibliography(["kalluri2011"])[0])
    assert text.startswith("Kalluri, Kolli, Banga (2011). Characterization of microchannels")
    assert "AAPS J 13:473-481" in text
    assert text.endswith("https://doi.org/10.1208/s12248-011-9288-3")


def test_a_source_without_authors_begins_with_its_title():
    text = formatted(bibliography(["fda_k182407"])[0])
    assert text.startswith("Exceed, 510(k) summary K182407")


def test_an_unknown_key_is_refused_with_the_nearest():
    with pytest.raises(CardError, match=r"'kaluri2011' is not a key of references\.bib; nearest: kalluri2011"):
        bibliography(["kaluri2011"])


def test_an_own_bibliography_can_be_read(tmp_path):
    own = tmp_path / "own.bib"
    own.write_text("@book{key2000,\n author = {Key, A.},\n title = {Skin},\n year = {2000},\n publisher = {P},\n}\n")
    assert bibliography(["key2000"], own) == [Reference("key2000", "Key, A. (2000). Skin. P.")]


@pytest.mark.parametrize("key", known_keys())
def test_every_source_says_something(key):
    text = formatted(bibliography([key])[0])
    assert len(text) > 15 and "{" not in text and ".." not in text


def test_the_parser_is_loaded_only_when_asked_for():
    code = "import sys, microneedling.core.cite; sys.exit('pybtex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
