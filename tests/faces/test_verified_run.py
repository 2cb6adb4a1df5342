"""A run computed again with smaller step errors and on a finer grid."""

from pathlib import Path

import numpy as np
import pytest

import microneedling as mn
from microneedling.study import verify
from microneedling.study.courses import Failed

CASE = Path(__file__).parents[1] / "golden" / "short_course" / "study.toml"


def study(folder):
    """The golden course, two days of it."""
    text = CASE.read_text(encoding="utf-8").replace('"14 d"', '"2 d"')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder / "study.toml"


@pytest.mark.slow
def test_a_verified_run_says_how_far_steps_and_grid_move_it(tmp_path):
    tree = mn.run(study(tmp_path), verify=True)
    found = mn.summary(tree)
    assert set(found["solver"]["verified"]["ended"].values()) == {verify.DONE}
    again, first = tree["verification"]["tewl"].values, tree["scores"]["tewl"].values[:, 0]
    moved = np.max(np.abs(again - first), axis=(1, 2)) / np.max(first)
    # a step may err by 3e-3 of a field; both checks have to move it, and by no more than that
    assert np.all(moved > 1e-12) and np.all(moved < 3e-3)
    assert found["arms"]["sham"]["tewl"]["calculation_error"].keys() == {"tolerance", "grid"}


@pytest.mark.slow
def test_a_check_that_fails_takes_the_result_not_away(tmp_path, monkeypatch):
    def failing(parts, names, tell):
        raise Failed('arm "needling": a reason')

    monkeypatch.setattr(verify, "simulated", failing)
    found = mn.summary(mn.run(study(tmp_path), verify=True))
    assert set(found["solver"]["verified"]["ended"].values()) == {'arm "needling": a reason'}
    assert "calculation_error" not in found["arms"]["needling"]["tewl"]
