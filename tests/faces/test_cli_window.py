"""The command `window`: what it writes, and that it writes nothing when something goes wrong."""

import os

import pytest
from test_cli import ROOT, ended, lines
from unit.study.test_window import made

from microneedling.faces import window as face

EXAMPLE = (ROOT / "examples" / "window_caffeine.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A study in a folder of its own, and a window that takes no time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gel.toml").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(face, "window", lambda study, asked, **known: made([[3, 3], [2, 2], [1, 1]], [1, 1]))
    return tmp_path


def test_it_writes_a_table_and_a_page(folder, capsys):
    assert ended("window", "gel.toml") == 0
    assert sorted(os.listdir(folder / "out" / "gel_window")) == ["window.csv", "window.html"]
    out, err = lines(capsys)
    assert out[-2:] == ["out/gel_window/window.csv", "out/gel_window/window.html"]
    assert any("Half of what needling adds is gone" in line for line in out)
    assert any("no needling" in line for line in out) and err[0].startswith("Screening:")


def test_it_replaces_only_windows(folder, capsys):
    assert ended("window", "gel.toml", "--out", "there") == 0
    assert ended("window", "gel.toml", "--out", "there") == 2
    assert "found an output folder" in capsys.readouterr().err
    assert ended("window", "gel.toml", "--out", "there", "--force") == 0
    (folder / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    assert ended("window", "gel.toml", "--out", "there", "--force") == 2
    assert 'found "notes.txt", which is no result' in capsys.readouterr().err


def test_an_interruption_leaves_nothing(folder, monkeypatch, capsys):
    def stopped(study, asked, **known):
        raise KeyboardInterrupt

    monkeypatch.setattr(face, "window", stopped)
    assert ended("window", "gel.toml") == 130
    assert "stopped; nothing was left half-written" in capsys.readouterr().err
    assert os.listdir(folder / "out") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--delays", "-5 min"], '--delays: found "-5 min", allowed a quantity of 0 min or more'),
        (["--delays", "0 min,80 h"], '--delays: found "80 h", allowed less than 72 h'),
        (["--active", "cofein"], '--active: found "cofein", allowed caffeine'),
        (["--place", "brain"], '--place: found "brain", allowed blood'),
        (["--at", "now"], '--at: found "now"'),
        (["--override", " "], "--override: found nothing, allowed a reason in words"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_is_one_line_and_writes_nothing(folder, monkeypatch, capsys, words, sentence):
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert ended("window", "gel.toml", *words) == 2
    out, err = lines(capsys)
    assert out == [] and len(err) == 1 and sentence in err[0]
    assert not any((folder / "out").glob("*")) if (folder / "out").exists() else True
