"""The scan's page: gains beside harm, what is beyond biopsies drawn hollow, numbers that are those of the scan."""

import csv
import dataclasses
import io
import re

import numpy as np
import pytest
from unit.study import scan_cases
from unit.study.scan_cases import DAY, study

from microneedling.core.sheet import csv_text
from microneedling.report import scan_page
from microneedling.study import scan as scanning
from microneedling.study.scan import scan


def scanned(folder, monkeypatch, *, failed=(), **changes):
    monkeypatch.setattr(scanning, "run", lambda one, override="": scan_cases.tree(one, failed=failed))
    return scan(study(**changes), kept=folder / "values", version="1")


@pytest.fixture
def found(tmp_path, monkeypatch):
    """A scan of three depths."""
    return scanned(tmp_path, monkeypatch)


def rows_hold_the_ensemble(found):
    """Quantiles are of the people, not of the central person; steps are of one person."""
    made = [row for row in scan_page.rows(found) if row["outcome"] == "downtime"]
    assert [row["protocol.session.depth"] for row in made] == ["500 um", "1 mm", "1.5 mm"]
    assert made[0]["50 %"] == pytest.approx(2 * 0.5 * np.median([2, 3, 4, 5])) and made[0]["unit"] == "d"
    assert made[0]["central person"] == pytest.approx(2 * 0.5)
    assert np.isnan(made[0]["step from the value before, median"])
    assert made[1]["step from the value before, median"] == pytest.approx(2 * 0.5 * np.median([2, 3, 4, 5]))


def test_rows_hold_the_ensemble(found):
    rows_hold_the_ensemble(found)


def test_the_table_can_be_read_again(found):
    rows = list(csv.DictReader(io.StringIO(csv_text(scan_page.rows(found)))))
    assert len(rows) == 3 * len(found.readings)
    assert {row["beyond what biopsies tested"] for row in rows} == {
        *("needle length 0.5 mm, biopsied 1.5 mm", "needle length 1 mm, biopsied 1.5 mm", ""),
    }
    assert all(float(row["5 %"]) <= float(row["50 %"]) <= float(row["95 %"]) for row in rows)


def test_gains_come_first_and_harm_stands_beside_them(found):
    text = scan_page.page(found)
    gains, harms = text.index("What is gained"), text.index("What it costs")
    titles = [(one.start(), one.group(1)) for one in re.finditer(r"<h4>(.*?)</h4>", text)]
    assert [at < harms for at, title in titles if "Collagen" in title] == [True, True]
    assert all(at > harms for at, title in titles if "Pain" in title or "redness" in title) and gains < harms


def hollow_where_nothing_was_biopsied(found):
    text = scan_page.page(found)
    panels = len(found.readings)
    assert text.count('<circle class="hollow"') == 2 * panels and text.count('<circle class="dot a0"') == panels
    assert "500 um: needle length 0.5 mm, biopsied 1.5 mm" in text


def test_hollow_where_nothing_was_biopsied(found):
    hollow_where_nothing_was_biopsied(found)


def test_the_page_needs_nothing_else(found):
    text = scan_page.page(found)
    assert not re.search(r"<script|<link|@import|url\(|src=|https?://(?!www.w3.org)", text)
    assert "Research software" in text and "nan" not in text.lower().replace("dominant", "")


def test_words_say_which_is_best_and_what_it_costs(found):
    said = scan_page.answer(found)
    stain = next(one for one in said if one.startswith("Collagen, as a stained"))
    pain = next(one for one in said if one.startswith("Pain"))
    assert "median best at 1.5 mm; from 500 um to 1.5 mm +" in stain and "in the same people" in stain
    assert "median least at 500 um" in pain


def test_equal_values_are_called_equal(found):
    pain = next(one for one in found.readings if one.scale == "pain")
    flat = dataclasses.replace(pain, values=np.ones_like(pain.values))
    said = scan_page.answer(dataclasses.replace(found, readings=(flat,)))
    assert said == ("Pain (at its most): no value differs from another by what could be noticed.",)


def those_who_failed_are_counted(folder, monkeypatch):
    found = scanned(folder, monkeypatch, failed=(2,))
    assert scan_page.left_out(found) == (1, 1, 1)
    assert "1 of the people could not be simulated at 1 mm and are left out there" in scan_page.page(found)
    made = [row for row in scan_page.rows(found) if row["outcome"] == "downtime"]
    assert made[0]["50 %"] == pytest.approx(2 * 0.5 * np.median([2, 4, 5])) and made[0]["people left out"] == 1


def test_those_who_failed_are_counted(tmp_path, monkeypatch):
    those_who_failed_are_counted(tmp_path, monkeypatch)


def test_words_for_values_are_not_joined_by_lines(tmp_path, monkeypatch):
    found = scanned(tmp_path, monkeypatch, key="protocol.session.device", values=["skinpen_precision", "dermapen_2012"])
    assert not found.numeric and 'class="line a0"' not in scan_page.page(found)


def test_times_are_written_as_asked(found):
    assert {one.when for one in found.readings if one.scale == "collagen_stain"} == {
        *("56 d after the last session", "1 year after the last session"),
    }
    assert found.points[0].study.horizon.value == 90 * DAY + 365.25 * DAY
