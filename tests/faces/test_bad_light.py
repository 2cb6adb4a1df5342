"""Every slip in an exposure to light gets one line: file, key, what was found, what is allowed."""

import pytest

from microneedling.study.read import StudyError
from microneedling.study.schema import Study

HEAD = """title = "t"
horizon = "30 d"
site = { card = "cheek", area = "60 cm2" }
[protocol]
name = "p"
"""
PERSON = '[person]\nage = "34 y"\nsex = "female"\nphototype = 2\n'
ROW = "[[protocol.light]]\n"
BAD = {
    "no dose": (ROW, "protocol.light[0].dose: found nothing, allowed a value: this key is needed"),
    "a dose of nothing": (ROW + 'dose = "0 SED"', 'protocol.light[0].dose: found "0 SED", allowed more than zero'),
    "a dose that burns deep": (ROW + 'dose = "2000 SED"', 'protocol.light[0].dose: found "2000 SED", allowed more'),
    "a negative dose": (ROW + 'dose = "-2 SED"', 'protocol.light[0].dose: found "-2 SED"'),
    "a bare number": (ROW + "dose = 2", "protocol.light[0].dose: found 2"),
    "doses that redden have no fixed size": (ROW + 'dose = "2 MED"', 'protocol.light[0].dose: found "2 MED"'),
    "a time for a dose": (ROW + 'dose = "2 h"', 'protocol.light[0].dose: found "2 h"'),
    "count without interval": (
        ROW + 'dose = "2 SED"\ncount = 3',
        'protocol.light[0].interval: found nothing, allowed a time such as "30 d", since count = 3',
    ),
    "after the horizon": (
        ROW + 'dose = "2 SED"\ntime = "20 d"\ncount = 3\ninterval = "7 d"',
        'horizon: found "30 d", allowed more than 34 d, the last of protocol.light[0]',
    ),
    "misspelt key": (ROW + 'doze = "2 SED"', "protocol.light[0].doze: found an unknown key, allowed dose"),
    "light of a comparator": (
        ROW + 'dose = "2 SED"\n[[arm]]\nname = "u"\nkind = "untreated"\nlight = [{ dose = "2 SED" }]',
        'arm[0].light: found a table, allowed tables only with kind = "own", not "untreated"',
    ),
}
BAD_LABEL = {
    "of no sunscreen": (
        'what = "sun avoidance"\nspf = 30',
        "spf: found 30, allowed a label only of sunscreen",
    ),
    "none": ('what = "sunscreen"\nspf = 1', "spf: found 1, allowed a whole number from 2 to 100"),
    "too high": ('what = "sunscreen"\nspf = 200', "spf: found 200, allowed a whole number from 2 to 100"),
    "with a plus": ('what = "sunscreen"\nspf = "50+"', 'spf: found "50+", allowed a whole number from 2 to 100'),
}
BAD_HABIT = {
    "negative": ('"-1 SED/d"', 'person.ultraviolet: found "-1 SED/d", allowed 0 SED/d to 60 SED/d'),
    "a dose, not a rate": ('"1 SED"', 'person.ultraviolet: found "1 SED"'),
    "more than the sun": ('"500 SED/d"', 'person.ultraviolet: found "500 SED/d", allowed 0 SED/d to 60 SED/d'),
}


def refusal(tmp_path, text):
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError) as error:
        Study.load(path)
    assert all(line.startswith("bad.toml: ") for line in str(error.value).splitlines())
    return str(error.value)


@pytest.mark.parametrize("slip", BAD)
def test_an_exposure_is_refused_in_one_line(tmp_path, slip):
    text, expected = BAD[slip]
    found = refusal(tmp_path, HEAD + text + "\n" + PERSON)
    assert expected in found, found


@pytest.mark.parametrize("slip", BAD_LABEL)
def test_a_label_is_refused_in_one_line(tmp_path, slip):
    text, expected = BAD_LABEL[slip]
    rows = ROW + 'dose = "2 SED"\n[[protocol.care]]\nend = "28 d"\n' + text + "\n"
    found = refusal(tmp_path, HEAD + rows + PERSON)
    assert "protocol.care[0]." + expected in found, found


@pytest.mark.parametrize("slip", BAD_HABIT)
def test_a_habit_is_refused_in_one_line(tmp_path, slip):
    value, expected = BAD_HABIT[slip]
    found = refusal(tmp_path, HEAD + ROW + 'dose = "2 SED"\n' + PERSON + f"ultraviolet = {value}\n")
    assert expected in found, found


def test_light_alone_can_be_studied(tmp_path):
    path = tmp_path / "tan.toml"
    path.write_text(HEAD + ROW + 'dose = "2 SED"\n' + PERSON, encoding="utf-8")
    assert len(Study.load(path).plain().arms[0].lights) == 1
