"""Events of harm: the files, and what is wrong with one."""

import pytest

from microneedling.core.card import CardError
from microneedling.safety.event import NEEDLING, adverse_events, read_events

GOOD = """[one]
kinds = ["dark_marks"]
measure = "count"
treatment = "needling"
cases = 1
people = 9
who = "somebody"
design = "one arm"
use = "calibration"
source = "chu2021"
rows = []
"""


def written(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_event_is_read_in_si(tmp_path):
    (one,) = read_events([written(tmp_path, GOOD + 'depth = "0.5 mm .. 1.5 mm"\nphototypes = [4, 6]\n')])
    assert one.counted and one.depth == pytest.approx((5e-4, 1.5e-3)) and one.phototypes == (4, 6)


def test_the_files_hold_every_way_of_knowing_harm_and_mark_other_treatments():
    events = adverse_events()
    assert {one.measure for one in events} == {"count", "reported", "duration", "score", "effect", "quoted share"}
    assert {one.treatment for one in events} >= {NEEDLING, "radiofrequency needling", "ablative fractional laser"}
    assert any(one.counted and one.cases == 0 for one in events)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cases = 1", "case = 1", "own.toml: one.case: unknown key; nearest: cases"),
        ('"dark_marks"', '"dark_mark"', "own.toml: one.kinds: found 'dark_mark'; nearest: dark_marks"),
        ('"count"', '"counted"', "own.toml: one.measure: found 'counted'; nearest: count"),
        ('"needling"', '"needles"', "own.toml: one.treatment: found 'needles'; nearest: needling"),
        ('"one arm"', '"onearm"', "own.toml: one.design: found 'onearm'; nearest: one arm"),
        ('"calibration"', '"calibrate"', "own.toml: one.use: found 'calibrate'; nearest: calibration"),
        ('"chu2021"', '"chu2012"', "own.toml: one.source: found 'chu2012'; nearest: chu2021"),
        ('who = "somebody"\n', "", "own.toml: one.who: found nothing"),
        ("people = 9", "", "own.toml: one.people: found nothing; a count needs it"),
        ("people = 9", "people = 0", "own.toml: one.people: found 0, allowed a whole number from 1"),
        ("cases = 1", "cases = true", "own.toml: one.cases: found True, allowed a whole number"),
        ("cases = 1", "cases = 10", "own.toml: one.cases: found 10, allowed 0 to 9"),
        ("rows = []", 'rows = []\ndevice = ["pens"]', "own.toml: one.device: found 'pens'; nearest: pen"),
        ("rows = []", 'rows = []\ndepth = "1 d .. 2 d"', 'own.toml: one.depth: unit "d" does not fit'),
        ("rows = []", 'rows = []\ndepth = "1 mm"', "own.toml: one.depth: found '1 mm', allowed a range such as"),
        ("rows = []", 'rows = []\ndepth = "2 mm .. 1 mm"', "allowed the lower end first"),
        (
            "rows = []",
            "rows = []\nphototypes = [6, 4]",
            "own.toml: one.phototypes: found [6, 4], allowed two of 1 to 6",
        ),
        ("rows = []", 'rows = []\nvalue = "7"', "own.toml: one.value: found '7', allowed a number"),
        ('["dark_marks"]', '["dark_marks", "infection"]', "own.toml: one.kinds: found 2 kinds counted together"),
        ('"count"', '"duration"', "own.toml: one.lasting: found nothing, allowed a range"),
        ('"count"', '"score"', "own.toml: one.unit: found nothing; a score needs it"),
        ('"count"', '"reported"', "own.toml: one.found: found nothing"),
    ],
)
def test_a_wrong_event_is_refused_in_one_line(tmp_path, old, new, said):
    with pytest.raises(CardError) as caught:
        read_events([written(tmp_path, GOOD.replace(old, new, 1))])
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_an_id_stands_once(tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(GOOD, encoding="utf-8")
    with pytest.raises(CardError, match=r"other\.toml: one: found an id that another event has"):
        read_events([written(tmp_path, GOOD), other])
