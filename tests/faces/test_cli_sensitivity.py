"""The command `sensitivity`: what it writes, what it refuses, and how a stopped call goes on."""

import json
import os

import numpy as np
import pytest
from test_cli import QUICK, ended, lines
from unit.study.sensitivity_cases import NUMBERS, example

from microneedling.faces import sensitivity as face
from microneedling.laws import standard as laws
from microneedling.study import indices
from microneedling.study.coordinates import coordinates

KNOWN = {one.name: one for one in laws.numbers()}
MOVING = tuple(one for one in coordinates(KNOWN) if one.name.startswith("ElasticTurnover."))[:2]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A study in a folder of its own, and slopes and courses that take no time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "visit.toml").write_text(QUICK, encoding="utf-8")
    monkeypatch.setattr(face, "sensitivity", lambda asked, step: example())
    return tmp_path


def test_it_writes_a_table_and_a_page_and_answers(folder, capsys):
    assert ended("sensitivity", "visit.toml", "--scale", "tewl", "--sobol", "0") == 0
    assert sorted(os.listdir(folder / "out" / "visit_sensitivity_tewl")) == ["sensitivity.csv", "sensitivity.html"]
    out, _ = lines(capsys)
    assert out[-1] == "out/visit_sensitivity_tewl/sensitivity.html"
    assert "80 % of what is uncertain" in out[-3]


def test_it_replaces_only_what_it_wrote(folder, capsys):
    words = ("sensitivity", "visit.toml", "--scale", "tewl", "--sobol", "0", "--out", "there")
    assert ended(*words) == 0 and ended(*words) == 2
    assert "found an output folder" in capsys.readouterr().err
    assert ended(*words, "--force") == 0
    (folder / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    assert ended(*words, "--force") == 2
    assert 'found "notes.txt", which is no result' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--scale", "tewel"), '--scale: found "tewel", allowed'),
        (("--scale", "tewl", "--at", "11 d"), '--at: found "11 d", allowed 0 d to 10 d, the course of the study'),
        (("--scale", "tewl", "--arm", "sham"), '--arm: found "sham", allowed needling'),
        (
            ("--scale", "tewl", "--sobol", "Insertion.reech"),
            '--sobol: found "Insertion.reech", allowed Insertion.reach',
        ),
        (("--scale", "tewl", "--samples", "100"), "--samples: found 100, allowed a power of two from 32 to 65536"),
        (("--scale", "tewl", "--override", " "), "--override: found nothing"),
        (("--at", "1 d"), "Missing option '--scale'"),
    ],
    ids=("scale", "time", "arm", "names", "samples", "override", "nothing"),
)
def test_bad_input_is_one_line_and_writes_nothing(folder, capsys, words, sentence):
    assert ended("sensitivity", "visit.toml", *words) == 2
    out, err = lines(capsys)
    assert out == [] and len(err) == 1 and sentence in err[0]
    assert not (folder / "out").exists()


def test_a_stopped_call_goes_on_from_what_it_kept(folder, monkeypatch, capsys):
    """Values of the first block only, then a kill: the next call simulates the rest and ends with the same numbers."""
    plan = indices.design(KNOWN, MOVING, 128, seed=1)
    sizes = []

    def outcomes(asked, records):
        values = np.asarray(records["ElasticTurnover"].k_E) * 1e6
        sizes.append(values.size)
        if len(sizes) == 2:
            raise KeyboardInterrupt
        return values

    monkeypatch.setattr(indices, "outcomes", outcomes)
    monkeypatch.setattr(face, "design", lambda known, picked, size, seed: plan)
    monkeypatch.setattr(indices, "drawn", lambda known, *given: DRAWN(KNOWN, *given))
    words = ("sensitivity", "visit.toml", "--scale", "tewl", "--sobol", "2", "--samples", "128", "--out", "there")
    assert ended(*words) == 130
    assert os.listdir(folder / "there") == ["samples.json"]
    assert len(json.loads((folder / "there" / "samples.json").read_text())["values"]) == indices.BLOCK
    assert ended(*words) == 0  # the folder of a stopped call needs no --force
    assert sizes == [256, 256, 256]
    stopped = (folder / "there" / "sensitivity.csv").read_text()
    assert ended(*words[:-1], "straight") == 0 and sizes[3:] == [256, 256]
    assert (folder / "straight" / "sensitivity.csv").read_text() == stopped
    # samples of another question are not taken for this one's
    (folder / "there" / "sensitivity.html").unlink()
    (folder / "there" / "sensitivity.csv").unlink()
    assert ended(*words[:4], "--at", "5 d", *words[4:]) == 0 and sizes[5:] == [256, 256]
    assert NUMBERS and "drawn over their whole spreads" in capsys.readouterr().out


DRAWN = indices.drawn
