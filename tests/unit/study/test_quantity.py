"""Text with units at the border of a study."""

import re

import pytest
from pydantic_core import PydanticCustomError

from microneedling.study.quantity import Quantity, Reads, Whole

LENGTH = Reads("m", "film", "50 um", high="5 mm", above_zero=True)
TIME = Reads("s", "when", "-14 d")
AGE = Reads("s", "age", "34 y", low="0 y", high="120 y")
SHARE = Reads("1", "share", "5 %", low="0")
STROKES = Reads("Hz", "strokes", "100 Hz", above_zero=True)


@pytest.mark.parametrize(
    ("reads", "found", "value"),
    [
        (LENGTH, "50 um", 5e-5),
        (LENGTH, "5 mm", 5e-3),
        (TIME, "-14 d", -1209600.0),
        (AGE, "34 y", 34 * 365.25 * 86400),
        (AGE, "34 years", 34 * 365.25 * 86400),
        (SHARE, "5 %", 0.05),
        (SHARE, 0.05, 0.05),
        (SHARE, 1, 1.0),
        (STROKES, "100 Hz", 100.0),
        (STROKES, "6000 min-1", 100.0),
    ],
)
def test_si(reads, found, value):
    assert reads.read(found).value == pytest.approx(value, rel=1e-12)


def test_remembers_its_text():
    assert LENGTH.read("50 um").text == "50 um"
    assert LENGTH.read(Quantity(1e-3, "1 mm")).text == "1 mm"


@pytest.mark.parametrize(
    ("reads", "found", "message"),
    [
        (LENGTH, 1.5, 'found 1.5 (a number without a unit), allowed more than zero and at most 5 mm, such as "50 um"'),
        (LENGTH, "6 mm", 'found "6 mm", allowed more than zero and at most 5 mm, such as "50 um"'),
        (LENGTH, "0 mm", 'found "0 mm", allowed more than zero and at most 5 mm, such as "50 um"'),
        (LENGTH, True, 'found true, allowed more than zero and at most 5 mm, such as "50 um"'),
        (TIME, "3 mm", 'found "3 mm" (unit "mm" does not fit), allowed a quantity such as "-14 d"'),
        (TIME, "3 dayz", 'found "3 dayz" (unit "dayz" is not known), allowed a quantity such as "-14 d"'),
        (TIME, "3", 'found "3" (has no unit), allowed a quantity such as "-14 d"'),
        (TIME, "soon", 'found "soon" (is not a quantity), allowed a quantity such as "-14 d"'),
        (TIME, "1e999 d", 'found "1e999 d" (is not a finite number), allowed a quantity such as "-14 d"'),
        (TIME, "nan d", 'found "nan d" (is not a quantity), allowed a quantity such as "-14 d"'),
        (TIME, ["3 d"], 'found a list, allowed a quantity such as "-14 d"'),
        (TIME, {"value": "3 d"}, 'found a table, allowed a quantity such as "-14 d"'),
        (AGE, "-1 y", 'found "-1 y", allowed 0 y to 120 y'),
        (AGE, "121 y", 'found "121 y", allowed 0 y to 120 y'),
        (SHARE, -0.1, 'found -0.1, allowed a quantity of 0 or more such as "5 %"'),
        (SHARE, float("nan"), 'found nan (is not a quantity), allowed a quantity of 0 or more such as "5 %"'),
        (
            STROKES,
            "6000 rpm",
            'found "6000 rpm" (unit "rpm" does not count strokes), allowed more than zero, such as "100 Hz"',
        ),
    ],
)
def test_refused(reads, found, message):
    with pytest.raises(PydanticCustomError) as error:
        reads.read(found)
    assert error.value.message() == message


@pytest.mark.parametrize("found", [0, 7, 2.0, True, "3", None])
def test_whole_refused(found):
    with pytest.raises(PydanticCustomError, match="allowed a whole number from 1 to 6"):
        Whole("phototype", 1, 6).read(found)


@pytest.mark.parametrize(
    ("reads", "right", "wrong"),
    [
        (LENGTH, ["50 um", "1e-3 m", ".5mm"], ["50", "12.5", "1e5", "-5 um", "mm"]),
        (TIME, ["-14 d", "+3 h"], ["14", "d"]),
        (SHARE, ["5 %", "0.05", "1e-3"], ["-5 %", "%"]),
        (STROKES, ["100 Hz", "100 1/s"], ["100"]),
    ],
)
def test_pattern(reads, right, wrong):
    pattern = re.compile(reads.__get_pydantic_json_schema__(None, None)["pattern"])
    assert all(pattern.search(text) for text in right)
    assert not any(pattern.search(text) for text in wrong)
    assert all(reads.read(text) for text in right)
