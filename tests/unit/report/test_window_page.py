"""The window as table, CSV and page."""

import csv
import io
from html.parser import HTMLParser

import numpy as np
import pytest
from unit.study.test_window import made

from microneedling.core.sheet import csv_text
from microneedling.report import window_page


class Tags(HTMLParser):
    """Every start tag and its attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def found():
    return made([[9, 3, 3, 3], [9, 2, 2.5, 3], [9, 1, 1.5, 2]], [1, 1, 1, 1])


def test_rows_hold_amounts_per_area_and_in_all(found):
    rows = list(csv.DictReader(io.StringIO(csv_text(window_page.rows(found)))))
    assert [row["delay [min]"] for row in rows] == ["0", "60", "180", ""]
    assert [row["skin"] for row in rows] == ["needled"] * 3 + ["untouched"]
    assert float(rows[0]["amount per area median [nmol/cm2]"]) == 3e5
    in_all = 3 * 0.194 * found.study.area * 1e9  # mol/m2, kg/mol, m2, ug/kg
    assert float(rows[0]["amount in all median [ug]"]) == pytest.approx(in_all, rel=1e-5)  # six digits are written
    assert float(rows[1]["gain left median [%]"]) == pytest.approx(75)
    assert rows[3]["gain left median [%]"] == ""


def test_the_answer_says_when_half_is_gone_with_its_interval(found):
    assert window_page.answer(found).startswith("Half of what needling adds is gone 2 hours after needling (5 to 95 %")
    never = made([[3, 3, 3]] * 3, [1, 1, 1])
    assert "is gone later than 3 h after needling" in window_page.answer(never)
    assert window_page.answer(made([[1, 1, 1]] * 3, [1, 1, 1])).startswith("Needling adds nothing here")


def test_the_page_stands_alone(found):
    page = window_page.page(found)
    tags = Tags()
    tags.feed(page)
    names = [tag for tag, _ in tags.found]
    assert names.count("svg") == 3 and not {"script", "link", "img", "iframe"} & set(names)
    assert all("http" not in value for _, attrs in tags.found for value in attrs.values() if value)
    assert all(attrs.get("aria-label") for tag, attrs in tags.found if tag == "svg")
    assert "half gone: 2 hours" in page and "not settled" in page and "nan" not in page


def test_a_page_without_gain_or_with_one_person_can_be_drawn():
    for one in (made([[1.0, 1.0]] * 3, [1.0, 1.0]), made([[3.0], [2.0], [1.0]], [0.5])):
        page = window_page.page(one)
        assert page.count("<svg") == 3 and "nan" not in page


def test_people_that_failed_are_left_out(found):
    found.amounts[:, 1], found.untouched[1], found.open_area[:, 1] = np.nan, np.nan, np.nan
    assert "nan" not in window_page.page(found)
