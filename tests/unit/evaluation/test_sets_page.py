"""The part of the page that shows whole sets, and the files beside it."""

import csv
import json
import xml.etree.ElementTree as ET

import pytest
from permeability_cases import calibration, write_set

from microneedling.evaluation.permeability_rows import RowsError
from microneedling.evaluation.scatter import MARKS
from microneedling.evaluation.validate import sets, validate


def no_run(path):
    raise AssertionError("a set is not simulated")


@pytest.fixture
def folder(tmp_path):
    far = {"log_permeability": "-7", "compound": "<b>far</b>"}
    left = {"left_out": "neat donor: no water", "log_kow": ""}
    lipophile = {"log_kow": "5", "compound": "oil", "molar_mass": "300", "molar_volume": "300"}
    write_set(tmp_path / "all" / "many", *calibration(-4, -3, -3.5), {}, far, lipophile, left)
    return tmp_path / "all"


def test_everything_is_written(folder, tmp_path):
    whole = validate(folder, no_run, out=tmp_path / "out", version="1")
    assert [path.name for path in sets(folder)] == ["many"] and len(whole.sets) == 1
    with (tmp_path / "out" / "many.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 6 and float(lines[4]["miss"]) < -1 and lines[4]["id"] == "X4"
    content = json.loads((tmp_path / "out" / "validation.json").read_text())
    kept = content["sets"]["many"]
    assert kept["left_out"] == {"neat donor": 1}
    assert {one["label"] for one in kept["classes"]} >= {"all", "log K 4 and above"}


def test_the_part_shows_scores_misses_and_figure(folder, tmp_path):
    validate(folder, no_run, out=tmp_path / "out")
    text = (tmp_path / "out" / "validation.html").read_text()
    assert "Validation: 3 rows, 3 compounds" not in text  # two rows are one molecule under two names
    assert "Validation: 3 rows, 2 compounds" in text and "1 rows are left out" in text
    assert "&lt;b&gt;far" in text and "<b>far" not in text
    assert "fold)" in text and "1: neat donor" in text
    assert "http" not in text.replace("http://www.w3.org", "") and "<script" not in text


def test_the_figure_is_drawn_with_axes_and_shapes(folder, tmp_path):
    validate(folder, no_run, out=tmp_path / "out")
    text = (tmp_path / "out" / "validation.html").read_text()
    start = text.index('<svg class="scatter"')
    tree = ET.fromstring(text[start : text.index("</svg>", start) + 6])
    words = "".join(tree.itertext())
    assert "published permeability, cm/h" in words and "predicted median, cm/h" in words
    marks = list(tree.iter("path"))
    assert len(marks) == 6
    assert sum(mark.attrib["fill"] == "none" for mark in marks) == 3  # calibration is hollow
    assert len({mark.attrib["d"] for mark in marks}) == 2  # classes differ by shape, not by colour alone
    assert len({colour for _, _, colour, _ in MARKS}) == len({shape for *_, shape in MARKS}) == 4
    box = [float(x) for x in tree.attrib["viewBox"].split()]
    for mark in marks:
        x, y = (float(v) for v in mark.attrib["transform"].removeprefix("translate(").rstrip(")").split())
        assert 0 < x < box[2] and 0 < y < box[3]


def test_a_bad_set_is_told_before_anything_runs(folder, tmp_path):
    write_set(folder / "bad", {"use": "nothing"})
    with pytest.raises(RowsError, match=r"bad/rows.csv, line 2, use"):
        validate(folder, no_run, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
