"""Which rows are fitted, and what the model says to them for many sets of numbers at once."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from microneedling.evaluation.prediction import Prediction, event_time
from microneedling.fitting.assembled import assembled, records_for
from microneedling.fitting.cases import Forward, cases_of
from microneedling.fitting.scope import read_scope
from microneedling.study import run as running
from microneedling.study.predict import after_events
from microneedling.study.schema import Study

VALIDATION = Path(__file__).parents[3] / "validation"
QUICK = "micropore_closure_volar_forearm"


@pytest.fixture
def folder(tmp_path):
    """One quick case, a row of it marked validation."""
    shutil.copytree(VALIDATION / QUICK, tmp_path / "data" / QUICK)
    file = tmp_path / "data" / QUICK / "observed.csv"
    text = file.read_text(encoding="utf-8").splitlines()
    text[-1] = text[-1].replace("calibration", "validation")
    file.write_text("\n".join(text) + "\n", encoding="utf-8")
    return tmp_path / "data"


def test_validation_rows_are_never_read(folder):
    (case,), omitted = cases_of(folder, read_scope())
    assert len(case.rows) == 3 and not omitted
    assert all(row.use == "calibration" for row in case.rows)


def test_all_calibration_rows_are_fitted_or_left_out_with_a_reason():
    cases, omitted = cases_of(VALIDATION, read_scope())
    fitted = sum(len(case.rows) for case in cases)
    assert fitted > 40 and all(one.reason for one in omitted)
    assert all(case.study.in_vitro is None for case in cases)


def test_nothing_to_fit_is_told(tmp_path):
    shutil.copytree(VALIDATION / "rest_cheek", tmp_path / "rest_cheek")
    with pytest.raises(ValueError, match="no calibration row"):
        cases_of(tmp_path, read_scope())


def test_the_fit_says_what_a_run_says(folder, monkeypatch):
    """The central set through the fit's way and through a run give one and the same answer."""
    ready = assembled(folder)
    (case,) = ready.task.cases
    z = np.zeros((3, ready.task.space.size))
    z[2, ready.task.space.names.index("ChannelClosure.occlusion_factor")] = 1.5
    said = Forward(case)(records_for(case, ready.task.space, z))
    assert np.allclose(said[:, 0], said[:, 1]) and not np.allclose(said[:, 0], said[:, 2])
    ends = {row.scale: n for n, row in enumerate(case.rows) if row.arm == "open air"}
    assert said[ends["permeable_area"], 0] == pytest.approx(central(folder, case, monkeypatch), rel=1e-6)


def central(folder, case, monkeypatch):
    """Half-life of the permeable area of the central person before any fit, read off a run by hand."""
    study = Study.load(folder / case.name / "study.toml").model_copy(update={"members": 1})
    monkeypatch.setattr(running, "known_numbers", lambda cards, chosen=None: dict(case.known))
    run = running.course_of(study, exempt=True)
    names = [card.name for card in run.parts.cards]
    values = np.asarray(run.courses[0].readings)[:, names.index("permeable_area")].T
    series = Prediction(arm="", scale="", times=after_events(run.parts.times), values=values, unit="1")
    return event_time(series, "half")[0]
