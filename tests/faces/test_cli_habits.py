"""The command `habits`: what it writes, and that it writes nothing when something goes wrong."""

import os

import pytest
from test_cli import ROOT, ended, lines
from unit.study.habit_cases import example

from microneedling.faces import habits as face

EXAMPLE = (ROOT / "examples" / "habits_course.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A study in a folder of its own, and effects that take no time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "visit.toml").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(face, "habit_effects", lambda study, scales, **known: example())
    return tmp_path


def test_it_writes_a_table_and_a_page_and_prints_what_does_nothing(folder, capsys):
    assert ended("habits", "visit.toml") == 0
    assert sorted(os.listdir(folder / "out" / "visit_habits")) == ["habits.csv", "habits.html"]
    out, _ = lines(capsys)
    assert out[-2:] == ["out/visit_habits/habits.csv", "out/visit_habits/habits.html"]
    assert any("Regular exercise" in line and "nothing found" in line for line in out)


def test_it_replaces_only_what_it_wrote(folder, capsys):
    assert ended("habits", "visit.toml", "--out", "there") == 0
    assert ended("habits", "visit.toml", "--out", "there") == 2
    assert "found an output folder" in capsys.readouterr().err
    assert ended("habits", "visit.toml", "--out", "there", "--force") == 0
    (folder / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    assert ended("habits", "visit.toml", "--out", "there", "--force") == 2
    assert 'found "notes.txt", which is no result' in capsys.readouterr().err


def test_an_interruption_leaves_nothing(folder, monkeypatch, capsys):
    def stopped(study, scales, **known):
        raise KeyboardInterrupt

    monkeypatch.setattr(face, "habit_effects", stopped)
    assert ended("habits", "visit.toml") == 130
    assert "stopped; nothing was left half-written" in capsys.readouterr().err
    assert os.listdir(folder / "out") == []


@pytest.mark.parametrize(
    ("spoil", "words", "sentence"),
    [
        (('what = "sunscreen"', 'what = "sunscren"'), [], 'protocol.care[0].what: found "sunscren"'),
        (('sex = "female"', 'sex = "female"\nhabits = ["smokin"]'), [], 'person.habits[0]: found "smokin"'),
        (('outcomes = ["tewl",', 'outcomes = ["tewel",'), [], 'outcomes[0]: found "tewel"'),
        (("", ""), ["--override", " "], "--override: found nothing, allowed a reason in words"),
    ],
    ids=("care", "habit", "outcome", "override"),
)
def test_bad_input_is_one_line_and_writes_nothing(folder, capsys, spoil, words, sentence):
    (folder / "visit.toml").write_text(EXAMPLE.replace(*spoil, 1), encoding="utf-8")
    assert ended("habits", "visit.toml", *words) == 2
    out, err = lines(capsys)
    assert out == [] and len(err) == 1 and sentence in err[0]
    assert not (folder / "out").exists()
