"""The sheet of a device: its numbers, its page, its command, and what it refuses."""

import dataclasses
import functools
import re

import numpy as np
import pytest
from test_cli import ended

from microneedling.core.card import read_card
from microneedling.core.catalogue import names, path_of
from microneedling.report.device_page import blocks, device_page, percent
from microneedling.study.device_marks import marks
from microneedling.study.device_numbers import Asked, device_numbers, interval
from microneedling.treatments.device import Device

MEMBERS = 24


@functools.cache
def sheet(name, **asked):
    return device_numbers(read_card(path_of("devices", name), Device), Asked(members=MEMBERS, **asked))


def test_deeper_settings_go_deeper_and_nearer_to_the_bottom():
    found = sheet("skinpen_precision")
    assert found.settings == tuple(sorted(found.settings)) and found.depth in found.settings
    for name, sign in (("inserted", 1), ("relaxed", 1), ("hole", 1), ("to_bottom", -1), ("to_vessels", -1)):
        middle = [interval(one[name])[1] for one in found.by_depth]
        assert np.all(sign * np.diff(middle) > 0), name
    for one in found.by_depth:
        assert np.all(one["relaxed"] <= one["inserted"]) and np.all(one["inserted"] <= 2.7e-3)


def test_margins_are_told_for_every_human_site_and_thin_skin_has_less():
    found = sheet("skinpen_precision")
    assert {"cheek", "periorbital", "thigh"} <= set(found.by_site) and "rat_dorsum" not in found.by_site
    deep = {name: interval(one["to_bottom"])[1] for name, one in found.by_site.items()}
    assert deep["periorbital"] < deep["cheek"] < deep["abdomen"]
    assert "rat_dorsum" in sheet("roller_770", site="rat_dorsum").by_site


def test_the_map_is_the_central_person_s_and_the_same_again():
    found, again = sheet("skinpen_precision"), device_numbers(sheet("skinpen_precision").card, Asked(members=MEMBERS))
    assert np.array_equal(found.field.x, again.field.x)
    expected = found.here["density"][0]
    assert found.field.density == pytest.approx(expected, rel=0.35)  # one square of 36 mm2, lanes and all
    covered = found.field.covered(0.0, device=found.card.known.record)
    assert covered == pytest.approx(float(found.here["pierced"][0]), rel=0.35)


def test_a_lighter_hand_pierces_less():
    light, firm = (interval(sheet("stamp_array", force=f).here["piercing"])[1] for f in (0.05, 10.0))
    assert light < 0.05 < firm


@pytest.mark.parametrize("name", names("devices"))
def test_every_device_has_a_page_that_needs_nothing_else(name):
    found = device_numbers(read_card(path_of("devices", name), Device), Asked(members=16))
    page = device_page(found)
    assert (
        page.count("<svg") >= 3 and "<script" not in page and "nan" not in re.sub(r"<[^>]*>", "", page).lower().split()
    )
    assert not re.search(r'(src|href)="(?!#)', page), "something is fetched"
    assert all(sentence in page for sentence in marks(found)[-2:])
    assert "extrapolated" in " ".join(marks(found)) or found.use.family != "pen"
    for block in blocks(found):
        assert block.rows and all(len(row) == len(block.head) for row in block.rows), block.title


def test_shares_are_told_without_digits_that_mean_nothing():
    assert percent(np.array([0.0, 0.0, 0.0])) == "below 0.1 %"
    assert percent(np.array([0.5, *np.zeros(9), 0.5, *np.ones(9)])) == "50 (below 0.1 to over 99.9) %"


def test_marks_tell_a_needle_longer_than_the_skin():
    shallow = " ".join(marks(sheet("skinpen_precision", depth=0.25e-3, site="abdomen")))
    deep = " ".join(marks(sheet("skinpen_precision", depth=2.5e-3, site="periorbital")))
    assert "Longer than the skin is thick" in deep and "2.5 mm is extrapolated" in deep
    assert "Longer than the skin is thick" not in shallow
    blind = dataclasses.replace(sheet("skinpen_precision").card, texts={**sheet("skinpen_precision").card.texts})
    blind = dataclasses.replace(blind, texts={**blind.texts, "not_given": ["tip radius"]})
    assert "Not given by any source: tip radius" in " ".join(marks(device_numbers(blind, Asked(members=16))))


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_prints_and_writes(here, capsys):
    assert ended("device", "stamp_array", "--site", "volar_forearm", "--members", "16", "--html", "sub/sheet.html") == 0
    printed = capsys.readouterr().out
    for words in ("Depth set, reached and left", "Margin to vessels", "Volar forearm", "Beyond what was measured"):
        assert words in printed
    assert (here / "sub" / "sheet.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in (here / "sub").iterdir()] == ["sheet.html"], "a part is left behind"


def test_a_card_of_one_s_own(here, capsys):
    text = path_of("devices", "stamp_array").read_text(encoding="utf-8")
    (here / "mine.toml").write_text(text.replace('title = "Solid', 'title = "My solid'), encoding="utf-8")
    assert ended("device", "mine.toml", "--members", "16") == 0
    assert capsys.readouterr().out.startswith("My solid metal array")


REFUSED = {
    "--depth 3mm": '--depth: found "3mm", allowed 0.25 mm to 2.5 mm for skinpen_precision',
    "--depth deep": '--depth: found "deep", allowed a quantity such as "1.5 mm"',
    "--depth -1mm": '--depth: found "-1mm", allowed more than zero',
    "--site cheeck": '--site: found "cheeck", allowed a site card; nearest: cheek',
    "--passes 3": "--passes: found 3, allowed --dwell, since skinpen_precision is a pen",
    "--members 3": "--members: found 3, allowed 16 to 4096",
    "--force 3kN": "skinpen_precision.toml: contact_force: found 3000 N, allowed more than 0 N and at most 250 N",
    "--area 3s": '--area: found "3s", allowed a quantity such as "60 cm2"',
    "--html .": "--html: found a folder, ., allowed the name of a file",
}


@pytest.mark.parametrize("words", REFUSED)
def test_bad_input_is_one_line_and_writes_nothing(here, capsys, words):
    option, value = words.split()
    assert ended("device", "skinpen_precision", f"{option}={value}") == 2
    told = capsys.readouterr().err.strip()
    assert told.startswith(REFUSED[words]) and "\n" not in told
    assert not list(here.iterdir())


def test_an_unknown_device_is_refused_with_the_nearest(here, capsys):
    assert ended("device", "skinpen") == 2
    assert "nearest: skinpen_precision" in capsys.readouterr().err


def test_a_card_that_cannot_be_is_refused(here, capsys):
    text = path_of("devices", "stamp_array").read_text(encoding="utf-8")
    (here / "long.toml").write_text(text.replace("750 um", "75 mm"), encoding="utf-8")
    assert ended("device", "long.toml", "--html", "x.html") == 2
    assert capsys.readouterr().err.startswith("long.toml: needle_length: found 75 mm, allowed at most")
    assert not (here / "x.html").exists()
