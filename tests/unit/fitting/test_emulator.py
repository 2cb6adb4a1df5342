"""The emulator says what it was told, and what lies between; rows without an answer do not enter."""

import dataclasses
import math

import numpy as np
import pytest

from microneedling.evaluation.observed import Observed
from microneedling.fitting.emulator import emulator
from microneedling.fitting.likelihood import LATEST, RowErrors, held

SIZE, HORIZON = 6, 100.0


def row(**changes):
    found = Observed(
        line=2, arm="a", against="", scale="collagen_new", time=0.0, event="", time_text="0 d", value=2.0, bound="",
        low=math.nan, high=math.nan, unit="1", written_unit="1", spread_kind="", n=None, kind="absolute",
        use="calibration", source="toy study", where="", note="",
    )  # fmt: skip
    return held(dataclasses.replace(found, **changes), "toy", noticeable=0.1, horizon=HORIZON, errors=RowErrors())


ROWS = (row(), row(value=20.0, kind="change"), row(event="recovery", value=10.0, unit="s"), row(kind="direction"))


def answers(x):
    """A size, a gain that can turn negative, a time, a change: curved, and of several coordinates."""
    one = 2.0 * np.exp(0.4 * x[:, 0] + 0.2 * x[:, 1] * x[:, 2])
    return np.stack(
        [
            one,
            20 + 8 * x[:, 1] + 2 * x[:, 3] ** 2,
            10 * np.exp(0.5 * x[:, 2]),
            0.15 * x[:, 4] + 0.05 * x[:, 0] * x[:, 3],
        ],
        axis=1,
    )


@pytest.fixture(scope="module")
def learnt():
    x = np.random.default_rng(1).standard_normal((1500, SIZE))
    return emulator(ROWS, x, answers(x)), x


def missed(stand_in, x):
    """Root mean square error of each row over the row's spread."""
    true = answers(x)
    return np.sqrt(np.mean((stand_in.said(x) - true) ** 2, axis=0)) / true.std(axis=0)


def test_it_repeats_what_it_was_told(learnt):
    stand_in, x = learnt
    assert np.all(missed(stand_in, x) < 0.25)  # the mean alone: 1


def test_it_says_what_lies_between(learnt):
    stand_in, _ = learnt
    assert np.all(missed(stand_in, np.random.default_rng(2).standard_normal((200, SIZE))) < 0.3)


def test_points_without_an_answer_are_left_out_and_never_is_late():
    x = np.random.default_rng(3).standard_normal((300, SIZE))
    said = answers(x)
    said[:50, 0] = np.nan
    said[:, 2] = np.inf
    stand_in = emulator(ROWS, x, said)
    assert len(stand_in.points) == 250
    assert stand_in.said(x)[:, 2] == pytest.approx(LATEST * HORIZON, rel=1e-6)
