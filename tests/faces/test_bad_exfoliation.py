"""Every slip in an exfoliation gets one line: file, key, what was found, what is allowed."""

import pytest

from microneedling.study.read import StudyError
from microneedling.study.schema import Study

HEAD = """title = "t"
horizon = "30 d"
person = { age = "34 y", sex = "female", phototype = 2 }
site = { card = "cheek", area = "60 cm2" }
[protocol]
name = "p"
[[protocol.exfoliation]]
"""
BAD = {
    "no method": ("strips = 4", "protocol.exfoliation[0].method: found nothing, allowed a value: this key is needed"),
    "unknown method": (
        'method = "adhesive_tap"\nstrips = 4',
        'protocol.exfoliation[0].method: found "adhesive_tap", allowed adhesive_tape (nearest)',
    ),
    "missing card file": (
        'method = "mine.toml"\nstrips = 4',
        "(no such file), allowed a card's name or the path of a card file",
    ),
    "no amount": (
        'method = "adhesive_tape"',
        "protocol.exfoliation[0].strips: found nothing, allowed a whole number from 1, since adhesive_tape is a tape",
    ),
    "amount of another family": (
        'method = "razor"\nstrips = 4',
        "protocol.exfoliation[0].strokes: found nothing, allowed a whole number from 1, since razor is a blade",
    ),
    "negative": (
        'method = "adhesive_tape"\nstrips = -4',
        "protocol.exfoliation[0].strips: found -4, allowed a whole number from 1 to 500",
    ),
    "half a strip": (
        'method = "adhesive_tape"\nstrips = 1.5',
        "protocol.exfoliation[0].strips: found 1.5, allowed a whole number from 1 to 500",
    ),
    "suction of a tape": (
        'method = "adhesive_tape"\nstrips = 4\nsuction = "30 kPa"',
        'protocol.exfoliation[0].suction: found "30 kPa", allowed no suction, since adhesive_tape is a tape',
    ),
    "suction in bare numbers": (
        'method = "microdermabrasion_crystals"\npasses = 4\nsuction = 30',
        "protocol.exfoliation[0].suction: found 30",
    ),
    "more than a vacuum": (
        'method = "microdermabrasion_crystals"\npasses = 4\nsuction = "200 kPa"',
        'protocol.exfoliation[0].suction: found "200 kPa"',
    ),
    "more than full flow": (
        'method = "microdermabrasion_crystals"\npasses = 4\nflow = "1.5"',
        'protocol.exfoliation[0].flow: found "1.5"',
    ),
    "time on a spot in metres": (
        'method = "microdermabrasion_crystals"\npasses = 4\ncontact = "3 mm"',
        'protocol.exfoliation[0].contact: found "3 mm"',
    ),
    "count without interval": (
        'method = "adhesive_tape"\nstrips = 4\ncount = 3',
        'protocol.exfoliation[0].interval: found nothing, allowed a time such as "30 d", since count = 3',
    ),
    "after the horizon": (
        'method = "adhesive_tape"\nstrips = 4\ntime = "40 d"',
        'horizon: found "30 d", allowed more than 40 d, the last of protocol.exfoliation[0]',
    ),
    "more area than studied": (
        'method = "adhesive_tape"\nstrips = 4\narea = "100 cm2"',
        'protocol.exfoliation[0].area: found "100 cm2", allowed 60 cm2 at most, the area studied',
    ),
    "misspelt key": (
        'method = "adhesive_tape"\nstripes = 4',
        "protocol.exfoliation[0].stripes: found an unknown key, allowed strips, strokes",
    ),
}


@pytest.mark.parametrize("slip", BAD)
def test_it_is_refused_in_one_line(tmp_path, slip):
    text, expected = BAD[slip]
    path = tmp_path / "bad.toml"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    with pytest.raises(StudyError) as error:
        Study.load(path)
    assert expected in str(error.value), str(error.value)
    assert all(line.startswith("bad.toml: ") for line in str(error.value).splitlines())


def test_a_card_that_cannot_be_read_is_refused(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('title = "t"\nfamily = "sand"\n', encoding="utf-8")
    path = tmp_path / "bad.toml"
    path.write_text(HEAD + 'method = "mine.toml"\nstrips = 4\n', encoding="utf-8")
    with pytest.raises(StudyError) as error:
        Study.load(path)
    assert "a card that can be read" in str(error.value) and "sand" in str(error.value)
