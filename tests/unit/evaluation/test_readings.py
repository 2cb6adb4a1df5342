"""What tests of claims read from a run."""

import numpy as np
import pytest
from unit.evaluation.evaluation_cases import HOUR, run

from microneedling.evaluation.claims import Reading
from microneedling.evaluation.prediction import Prediction
from microneedling.evaluation.readings import lasting, values_of


def reading(read, time=float("inf"), *, arm="needling", scale="sc_layers"):
    return Reading(study="s", arm=arm, scale=scale, read=read, time=time)


def read(read, time=float("inf"), *, arm="needling", scale="tewl"):
    wanted = reading(read, time, arm=arm, scale=scale)
    return values_of([wanted], run("s"))[wanted]


def test_a_time_an_extreme_and_the_start():
    rest = np.array([8.0, 9.0, 10.0, 11.0, 12.0]) / 3.6e6
    assert np.allclose(read("at", 1 * HOUR).values, 1.5 * rest)
    assert np.allclose(read("greatest").values, 2 * rest)
    assert np.allclose(read("least", 2 * HOUR).values, rest)  # just before the event at 0
    assert np.allclose(read("baseline").values, rest)
    assert read("at", HOUR).unit == "kg m-2 s-1"


def test_what_is_not_there_is_told():
    assert 'no scale "glow"' in read("at", 0.0, scale="glow").reason
    assert "needling, sham" in read("at", 0.0, arm="laser").reason
    assert "outside the run" in read("at", 99 * HOUR).reason
    assert "not read by that time" in read("least", -HOUR).reason


def test_how_long_a_scale_is_off_its_start():
    times = np.array([-1.0, 0.0, 0.0, 2.0, 4.0])
    rows = np.array([[1.0, 1.0, 5.0, 3.0, 1.0], [1.0, 1.0, 1.5, 1.0, 1.0], [1.0, 1.0, 5.0, 5.0, 5.0]])
    series = Prediction(arm="a", scale="s", times=times, values=rows, unit="1", noticeable=1.0)
    assert lasting(series).tolist() == pytest.approx([3.0, 0.0, np.inf])
    found = read("lasting")
    assert found.unit == "s" and all(0 < value < 4 * HOUR for value in found.values)


def test_who_could_not_be_simulated_keeps_the_place():
    times = np.array([-1.0, 0.0, 1.0])
    rows = np.array([[1.0, 2.0, 3.0], [1.0, np.nan, 3.0], [1.0, 2.0, 5.0]])
    series = Prediction(arm="needling", scale="s", times=times, values=rows, unit="1", noticeable=1.0)
    wanted = reading("greatest", scale="s")
    found = values_of([wanted], [series])[wanted].values
    assert found[0] == 3.0 and np.isnan(found[1]) and found[2] == 5.0
    nobody = Prediction(arm="needling", scale="s", times=times, values=rows[1:2], unit="1", noticeable=1.0)
    assert "nobody could be simulated" in values_of([wanted], [nobody])[wanted].reason
