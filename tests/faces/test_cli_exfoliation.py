"""The command `exfoliation`: what it writes, and that it writes nothing when something goes wrong."""

import os

import pytest
from test_cli import ROOT, ended, lines
from unit.study.test_exfoliated import made

from microneedling.faces import exfoliation as face

EXAMPLE = (ROOT / "examples" / "exfoliation_comparison.toml").read_text(encoding="utf-8")
FILES = ["exfoliation.csv", "exfoliation.html", "exfoliation.svg"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A study in a folder of its own, and a comparison that takes no time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "skin.toml").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(face, "exfoliated", lambda study, **known: made("tape", "needle pen", "untreated"))
    return tmp_path


def test_it_writes_a_table_a_page_and_a_drawing(folder, capsys):
    assert ended("exfoliation", "skin.toml") == 0
    assert sorted(os.listdir(folder / "out" / "skin_exfoliation")) == FILES
    out, _ = lines(capsys)
    assert out[-3:] == [f"out/skin_exfoliation/{name}" for name in FILES]
    assert any("tape takes most" in line for line in out) and any("stratum corneum" in line for line in out)


def test_it_replaces_only_its_own(folder, capsys):
    assert ended("exfoliation", "skin.toml", "--out", "there") == 0
    assert ended("exfoliation", "skin.toml", "--out", "there") == 2
    assert "found an output folder" in capsys.readouterr().err
    assert ended("exfoliation", "skin.toml", "--out", "there", "--force") == 0
    (folder / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    assert ended("exfoliation", "skin.toml", "--out", "there", "--force") == 2
    assert 'found "notes.txt", which is no result' in capsys.readouterr().err


def test_an_interruption_leaves_nothing(folder, monkeypatch, capsys):
    def stopped(study, **known):
        raise KeyboardInterrupt

    monkeypatch.setattr(face, "exfoliated", stopped)
    assert ended("exfoliation", "skin.toml") == 130
    assert "stopped; nothing was left half-written" in capsys.readouterr().err
    assert os.listdir(folder / "out") == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("strips = 15", "strokes = 15", "skin.toml: arm[1].exfoliation[0].strips: found nothing, allowed a whole"),
        ('"adhesive_tape"', '"duct_tape"', 'skin.toml: arm[1].exfoliation[0].method: found "duct_tape"'),
        ("passes = 3", "passes = 0", "skin.toml: arm[3].exfoliation[0].passes: found 0, allowed a whole number from 1"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(folder, capsys, old, new, sentence):
    (folder / "skin.toml").write_text(EXAMPLE.replace(old, new), encoding="utf-8")
    assert ended("exfoliation", "skin.toml") == 2
    assert sentence in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_an_override_needs_words(folder, capsys):
    assert ended("exfoliation", "skin.toml", "--override", " ") == 2
    assert "--override: found nothing, allowed a reason in words" in capsys.readouterr().err
