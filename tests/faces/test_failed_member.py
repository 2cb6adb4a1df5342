"""A person of an ensemble who cannot be simulated is counted and shown everywhere, and the rest go on."""

import dataclasses
import json

import numpy as np
import pytest
from test_cli import ROOT, ended

from microneedling.numerics.status import NOT_FINITE, sentence
from microneedling.study import run as running
from microneedling.study.numbers import draw
from microneedling.study.store import result_of

BAD = 2
STUDY = (ROOT / "examples" / "quick.toml").read_text(encoding="utf-8")
STUDY = STUDY.replace("members = 8", "members = 3").replace('horizon = "10 d"', 'horizon = "2 d"')


def spoilt(known, **how):
    """People of whom one has a healing number that is none."""
    people = draw(known, **how)
    turnover = people["CollagenTurnover"]
    r0 = np.where(np.arange(np.size(turnover.r0)) == BAD, np.nan, turnover.r0)
    return people | {"CollagenTurnover": dataclasses.replace(turnover, r0=r0)}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "draw", spoilt)
    (tmp_path / "visit.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def test_the_rest_go_on_and_the_one_is_counted(folder, capsys, monkeypatch):
    trees = []
    monkeypatch.setattr(running, "result_of", lambda made: trees.append(result_of(made)) or trees[-1])
    assert ended("run", "visit.toml") == 0
    out = capsys.readouterr().out
    assert f'1 of arm "needling" did not finish: {sentence(NOT_FINITE)}' in out

    values = trees[0]["scores"].to_dataset()["collagen_new"].values[0]
    assert not np.isfinite(values[BAD, -1]) and np.all(np.isfinite(np.delete(values, BAD, axis=0)))

    summary = json.loads((folder / "out" / "visit" / "summary.json").read_text(encoding="utf-8"))
    assert summary["status"]["needling"] == {sentence(0): 3, sentence(NOT_FINITE): 1}
    kept = summary["arms"]["needling"]["collagen_new"]
    assert kept["median"][-1] == pytest.approx(np.median(values[[1, 3], -1])), "of those who finished"

    page = (folder / "out" / "visit" / "report.html").read_text(encoding="utf-8")
    assert "Left out where they did not finish: 1 simulated course" in page
