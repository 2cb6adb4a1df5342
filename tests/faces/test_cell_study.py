"""A study with detail = "cell": the resolved form beside the depth form, in result and report."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import microneedling as mn
from microneedling.report.plume import cells_of
from microneedling.report.render import report
from microneedling.study.read import StudyError
from microneedling.study.schema import Study

TEXT = (Path(__file__).parents[2] / "examples" / "plume_caffeine.toml").read_text(encoding="utf-8")
SMALL = re.sub(r"(?m)^members = \d+", "members = 2", re.sub(r'(?m)^horizon = "\d+ h"', 'horizon = "6 h"', TEXT))
SMALL = SMALL.replace('occlude = "48 h"', 'occlude = "6 h"')
ROUNDING = 1e-9  # of the dose


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    path = tmp_path_factory.mktemp("cell") / "study.toml"
    path.write_text(SMALL, encoding="utf-8")
    return mn.run(path)


@pytest.mark.slow
def test_both_forms_stand_in_the_result(tree):
    cell, scores = tree["cell/0"].to_dataset(), tree["scores"].to_dataset()
    ours = cell["receptor.caffeine"].values[:, -1]
    theirs = scores["receptor.caffeine"].values[0, :, -1]
    assert np.all(ours > 0) and np.all(np.abs(np.log(theirs / ours)) < np.log(1.6))  # early, where the forms part most
    facts = json.loads(cell.attrs["facts"])["caffeine"]
    assert 0 < facts["grid_error"] < 0.01 and facts["balance_error"] < ROUNDING
    assert "nothing" in tree["cell/1"].attrs["left_out"] or "no needlings" in tree["cell/1"].attrs["left_out"]


@pytest.mark.slow
def test_the_report_draws_the_plume(tree):
    cells = cells_of(tree)
    assert len(cells.plumes) == 1 and len(cells.left_out) == 1
    assert len(cells.plumes[0].labels) == cells.plumes[0].frames > 12
    page = report(tree)
    assert "Around one channel" in page and page.count("data:image/png;base64") >= 6
    assert "<script" not in page


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('detail = "cell"', 'detail = "fine"', "detail"),
        ('time = "0 h"', 'time = "0 h"\ncount = 2\ninterval = "1 h"', "one session and at least one topical"),
        ('horizon = "6 h"', 'horizon = "30 d"', "at most 14 d"),
    ],
)
def test_what_a_cell_cannot_stand_for_is_refused(tmp_path, old, new, says):
    assert old in SMALL
    (tmp_path / "study.toml").write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(StudyError, match=says):
        Study.load(tmp_path / "study.toml")
