"""The command line against measurements: compare, validate."""

import pytest
from stub import ARMS, TIMES, tree
from test_cli import QUICK, ROOT, ended, lines, study_file  # noqa: F401

from microneedling.evaluation.observed import COLUMNS
from microneedling.evaluation.prediction import Prediction
from microneedling.faces import judging


def predicted(path, *, tell=None):
    rows = tree()["scores"]["tewl"].values
    known = {"scale": "tewl", "unit": "kg m-2 s-1", "noticeable": 5e-7}
    return [Prediction(arm=arm, times=TIMES, values=rows[i], **known) for i, arm in enumerate(ARMS)]


@pytest.fixture
def case(study_file, monkeypatch):  # noqa: F811
    """A folder of one case."""
    monkeypatch.setattr(judging, "predicted", predicted)
    folder = study_file / "cases" / "one"
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(QUICK)
    row = "needling,tewl,1 d,11,g m-2 h-1,,,3,absolute,validation,A study,p. 1,"
    (folder / "observed.csv").write_text(",".join(COLUMNS) + "\n" + row + "\n")
    return folder


def test_compare(case, capsys):
    assert ended("compare", case / "study.toml", case / "observed.csv") == 0
    out = capsys.readouterr().out
    assert "validation" in out and "tewl" in out and "above" in out


def test_compare_tells_a_bad_row(case, capsys):
    (case / "observed.csv").write_text(",".join(COLUMNS) + "\nneedling,tewl\n")
    assert ended("compare", case / "study.toml", case / "observed.csv") == 2
    assert "line 2" in capsys.readouterr().err


def test_validate(case, study_file, capsys):  # noqa: F811
    assert ended("validate", "cases", "--out", "checked") == 0
    assert "checked/validation.html" in capsys.readouterr().out
    assert (study_file / "checked" / "validation.csv").is_file()


def test_validate_names_a_case_that_cannot_be_run(case, capsys):
    (case / "observed.csv").write_text("nonsense\n")
    assert ended("validate", "cases") == 0
    assert "one: could not be run: ObservedError" in capsys.readouterr().out
