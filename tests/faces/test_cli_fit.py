"""The command `fit`: what it writes, what it says to bad input, and that a second call takes no time."""

import json
import shutil

import pytest
from test_cli import ROOT, ended

from microneedling.fitting import cases as forward
from microneedling.fitting import fit as fitting
from microneedling.study.draws import read_draws

CASE = "micropore_closure_volar_forearm"
ASKED = (
    "fit",
    "--data",
    "data",
    "--out",
    "fitted",
    "--particles",
    "32",
    "--clouds",
    "2",
    "--moves",
    "1",
    "--leaps",
    "1",
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fitting, "WALK", 20)  # a leap need not forget here
    shutil.copytree(ROOT / "validation" / CASE, tmp_path / "data" / CASE)
    return tmp_path


def test_it_writes_card_draws_and_report_and_goes_on_where_it_was(folder, capsys, monkeypatch):
    assert ended(*ASKED) == 0
    out = folder / "fitted"
    draws = read_draws(out / "healing_posterior.csv")
    assert draws.numbers.shape[0] == 64
    record = json.loads((out / "fit.json").read_text(encoding="utf-8"))
    assert record["settings"]["rows"] == 4 and record["convergence"]["coordinates"] > 60
    page = (out / "fit.html").read_text(encoding="utf-8")
    assert "The ridge" in page and "No medical advice" in page and "http" not in page.split("</style>")[1][:2000]
    first = (out / "healing_posterior.toml").read_text(encoding="utf-8")

    def never(*given):
        raise AssertionError("simulated again")

    monkeypatch.setattr(forward, "simulated", never)
    assert ended(*ASKED) == 0
    assert (out / "healing_posterior.toml").read_text(encoding="utf-8") == first


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--data", "nowhere"], "nowhere: found no case, allowed a folder of folders"),
        (["--particles", "3"], "--particles: found 3, allowed 32 or more"),
        (["--moves", "0"], "--moves and --clouds: found 0"),
        (["--out", "data/README"], "data/README: found a file, allowed a folder"),
    ],
)
def test_bad_input_is_one_sentence(folder, capsys, words, sentence):
    (folder / "data" / "README").write_text("x", encoding="utf-8")
    assert ended("fit", "--data", "data", *words) == 2
    error = capsys.readouterr().err
    assert sentence in error and "Traceback" not in error
    assert not (folder / "out").exists()


def test_a_bad_row_is_told_before_anything_is_simulated(folder, capsys):
    file = folder / "data" / CASE / "observed.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("20.2", "many"), encoding="utf-8")
    assert ended("fit", "--data", "data") == 2
    assert 'found "many"' in capsys.readouterr().err


def test_a_source_without_a_key_is_told(folder, capsys):
    file = folder / "data" / CASE / "observed.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Pilot study", "Nobody"), encoding="utf-8")
    assert ended("fit", "--data", "data") == 2
    assert "has no beginning of" in capsys.readouterr().err
