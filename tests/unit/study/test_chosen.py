"""Which numbers are meant, and one sentence for what is not understood."""

import pytest
from unit.study.sensitivity_cases import NUMBERS

from microneedling.study.chosen import chosen, samples
from microneedling.study.read import StudyError

MOVING = NUMBERS[:3]


def names(text):
    return [one.name for one in chosen(text, MOVING, NUMBERS, file="s.toml")]


def test_a_number_is_the_first_of_the_ranking_and_names_take_a_star():
    assert names("2") == ["Law.rate", "Law.gain"] and names("0") == []
    assert names(None) == [one.name for one in MOVING]
    assert names("Law.*") == ["Law.rate", "Law.gain"]
    assert names("sites/cheek.shift, Law.rate,Law.*") == ["sites/cheek.shift", "Law.rate", "Law.gain"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Law.rat", 's.toml: --sobol: found "Law.rat", allowed Law.rate'),
        ("Nothing.*", 'found "Nothing.*"'),
        ("Law.idle", 'found "Law.idle", allowed a number that can move this outcome; this one cannot'),
        ("-3", 'found "-3", allowed 0 to 32 numbers, or names'),
        ("33", "allowed 0 to 32 numbers, or names"),
        (" , ", "allowed 0 to 32 numbers, or names"),
    ],
)
def test_what_is_no_number_is_refused_in_one_sentence(text, said):
    with pytest.raises(StudyError) as caught:
        names(text)
    assert said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("count", [0, 16, 100, 131072, -64])
def test_samples_are_a_power_of_two(count):
    with pytest.raises(StudyError, match=f"--samples: found {count}, allowed a power of two from 32 to 65536"):
        samples(count, file="s.toml")
    assert samples(64, file="s.toml") == 64
