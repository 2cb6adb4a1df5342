"""Gain and persistence of draws: what the ridge is made of."""

import shutil

import numpy as np
from unit.fitting.test_cases import QUICK, VALIDATION

from microneedling.fitting.assembled import assembled
from microneedling.fitting.journal import Journal
from microneedling.fitting.ridge import ridge


def test_faster_turnover_keeps_less(tmp_path):
    shutil.copytree(VALIDATION / QUICK, tmp_path / "data" / QUICK)
    ready = assembled(tmp_path / "data")
    names = ready.task.space.names
    z = np.zeros((2, ready.task.space.size))
    for name in ("CollagenTurnover.m1", "CollagenTurnover.k_m"):
        z[:, names.index(name)] = (-1.5, 1.5)
    found = ridge(ready, z, Journal(folder=tmp_path / "journal", version="a"))
    assert np.all(found.one > 0) and np.all(found.four > found.one)
    assert found.kept[0] > found.kept[1] + 0.1
    assert np.all(np.abs(found.mass) < 0.1)  # by mass it is per cents, whatever the stain says
