"""The comparison as table, CSV, page and drawing."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from unit.report.test_window_page import Tags
from unit.study.test_exfoliated import made

from microneedling.core.sheet import csv_text
from microneedling.report import exfoliation_figures, exfoliation_page


@pytest.fixture
def found():
    return made("tape <15>", "needle pen", "untreated")


def test_rows_hold_every_number_with_its_interval(found):
    rows = list(csv.DictReader(io.StringIO(csv_text(exfoliation_page.rows(found)))))
    assert [row["method"] for row in rows] == ["tape <15>", "needle pen", "untreated"]
    first = rows[0]
    assert float(first["corneocytes removed [1000/cm2] median"]) == pytest.approx(1000 * 1.025, rel=0.05)
    low, high = (float(first[f"stratum corneum left [%] {end}"]) for end in ("5 %", "95 %"))
    assert low < 40 < high
    assert first["recovery of thickness [d] median"] == "inf" and rows[2]["recovery of water loss [d] median"] == ""
    assert first["mark"] == "measured" and first["sources"] == "prep_pads2017"
    assert first["layer reached"].startswith("stratum corneum")


def test_the_table_says_what_was_not_noticeable_and_what_outlasts_the_study(found):
    head, lines = exfoliation_page.shown(found)
    assert all(len(line) == len(head) for line in lines)
    assert lines[0][6].startswith("later") and lines[2][5] == "not noticeable"


def test_the_answer_names_the_strongest_and_calls_needles_a_prediction(found):
    said = exfoliation_page.answer(found)
    assert said.startswith("tape <15> takes most") and "needle pen takes" in said and "prediction" in said


def test_the_page_stands_alone_and_escapes_names(found):
    page = exfoliation_page.page(found)
    tags = Tags()
    tags.feed(page)
    names = [tag for tag, _ in tags.found]
    assert names.count("svg") == len(found.methods) + 4 and "script" not in names and "link" not in names
    assert "tape &lt;15&gt;" in page and "<15>" not in page
    assert "Dermatol Ther" in page and "a note" in page


def gone_layers_are_dashed(found):
    drawn = str(exfoliation_figures.section(found, found.methods[0]))
    whole = str(exfoliation_figures.section(found, found.methods[-1]))
    gone, left = drawn.count('class="gone"'), drawn.count('class="corneum"')
    assert gone + left == 9 * exfoliation_figures.BRICKS and 0.5 < gone / (gone + left) < 0.7
    assert 'class="gone"' not in whole


def test_layers_that_are_gone_are_dashed(found):
    gone_layers_are_dashed(found)


def test_the_drawing_is_a_file_of_its_own(found):
    tree = ET.fromstring(exfoliation_figures.whole_drawing(found))
    assert tree.tag.endswith("svg") and tree.find("{http://www.w3.org/2000/svg}style") is not None
    assert "tape <15>" in [text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")]
