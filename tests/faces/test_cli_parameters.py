"""`run --parameters`: numbers replaced by name; sets with which skin does not heal are refused before any run."""

import json
import os

import pytest
import stub
from test_cli import ROOT, ended

from microneedling.faces import running

STUDY = (ROOT / "examples" / "quick.toml").read_text(encoding="utf-8")
ENTRY = '[replace]\n"{name}" = {{ value = "{value}", spread = "exact", grade = "assumed", note = "a test" }}\n'
NEVER = {
    "unsteady rest": ("InflammatoryCircuit.s_1", "40 d-1", "rest is not steady: largest growth rate about rest"),
    "debris that stays": ("InflammatoryCircuit.k_X", "0 d-1", "a puncture never heals: debris clears itself"),
    "fibrosis": ("FibroblastActivation.s_F", "3.6 d-1", "tissue locks into fibrosis: gain of FibroblastActivation"),
    "matrix unmade": ("CollagenTurnover.r_q", "0.01 d-1", "mature collagen would be unmade at rest"),
    "a negative rate": ("FibroblastActivation.d_F", "-0.4 d-1", "replace.FibroblastActivation.d_F: found -4.6"),
    "an unknown number": ("FibroblastActivation.d_G", "1 d-1", "replace.FibroblastActivation.d_G: unknown number"),
    "a unit that does not fit": ("FibroblastActivation.d_F", "1 mm", "does not fit"),
    "no number": ("FibroblastActivation.d_F", "nan d-1", "is not a quantity"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A study in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "visit.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def given(folder, name, value):
    (folder / "mine.toml").write_text('title = "mine"\n' + ENTRY.format(name=name, value=value), encoding="utf-8")


@pytest.mark.parametrize("slip", NEVER, ids=str)
def test_a_set_with_which_skin_does_not_heal_is_refused_in_one_sentence(folder, capsys, slip):
    name, value, sentence = NEVER[slip]
    given(folder, name, value)
    assert ended("run", "visit.toml", "--parameters", "mine.toml") == 2
    told = capsys.readouterr().err
    assert "mine.toml" in told and sentence in told and "Traceback" not in told
    assert sorted(os.listdir(folder)) == ["mine.toml", "visit.toml"] or os.listdir(folder / "out") == []


def test_a_missing_file_is_told(folder, capsys):
    assert ended("run", "visit.toml", "--parameters", "none.toml") == 2
    assert "none.toml" in capsys.readouterr().err


def test_the_set_reaches_the_run(folder, monkeypatch):
    asked = {}

    def run(study, **known):
        asked.update(known)
        return stub.tree()

    monkeypatch.setattr(running, "run", run)
    monkeypatch.setattr(running, "write_report", lambda tree, path: path.write_text("page", encoding="utf-8"))
    given(folder, "FibroblastActivation.d_F", "0.4 d-1")
    assert ended("run", "visit.toml", "--parameters", "mine.toml") == 0
    assert str(asked["parameter_set"]) == "mine.toml"
    assert json.loads((folder / "out" / "visit" / "summary.json").read_text(encoding="utf-8"))["arms"]
