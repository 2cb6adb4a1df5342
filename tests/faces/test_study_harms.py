"""Harm of a study: what the run computed is read for the arm that needles."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import synthetic

from microneedling.report.render import report
from microneedling.simulate import result
from microneedling.study.harms import harms
from microneedling.study.numbers import cards_of
from microneedling.study.schema import Study

EXAMPLES = Path(__file__).parents[2] / "examples"
ATTRS = {
    "darkening_risk": {"units": "1", "shown": "%", "long_name": "Risk"},
    "downtime": {"units": "s", "shown": "d", "long_name": "Days"},
}


@pytest.fixture(scope="module")
def plain():
    return Study.load(EXAMPLES / "quick.toml").plain()


def found(plain, values=None):
    return {one.kind: one for one in harms(plain, cards_of(plain), values, ATTRS if values else None)}


def test_without_a_run_nothing_is_computed(plain):
    told = found(plain)
    assert told and all(one.computed is None and one.not_computed for one in told.values())


def the_height_and_the_days_of_a_session_are_read(plain):
    arms, visits = len(plain.arms), len(plain.arms[0].sessions)
    risk = np.zeros((arms, 4, 3))
    risk[0, 1:, 1] = [0.1, 0.2, 0.6]  # the central person, member 0, is none of the people
    days = np.full((arms, 4, 3), 86400.0 * visits) * np.array([0.0, 0.5, 1.0])
    told = found(plain, {"darkening_risk": risk, "downtime": days})
    assert told["dark_marks"].computed.middle == pytest.approx(0.3)  # the mean: it is a chance
    assert told["dark_marks"].computed.low == pytest.approx(0.11)
    assert told["redness"].computed.middle == pytest.approx(86400.0)
    assert told["pain"].computed is None


def test_the_height_and_the_days_of_a_session_are_read(plain):
    the_height_and_the_days_of_a_session_are_read(plain)


def test_one_who_failed_is_left_out(plain):
    risk = np.full((len(plain.arms), 3, 2), 0.4)
    risk[:, 1] = np.nan
    assert found(plain, {"darkening_risk": risk})["dark_marks"].computed.middle == pytest.approx(0.4)


def test_a_diffusion_cell_has_nobody_to_harm():
    cell = Study.load(EXAMPLES / "franz_cell_caffeine.toml").plain()
    assert harms(cell, cards_of(cell)) == ()


def test_summary_and_report_hold_what_the_result_holds(plain):
    tree = synthetic.tree()
    assert result.summary(tree)["harms"] == []
    told = [dataclasses.asdict(one) for one in harms(plain, cards_of(plain))]
    tree["safety"].attrs["harms"] = json.dumps(told)
    kept = result.summary(tree)["harms"]
    assert [one["kind"] for one in kept] == [one["kind"] for one in told]
    assert kept[0].keys() >= {
        "state",
        "computed",
        "rate",
        "told",
        "beside",
        "outside",
        "untold",
        "disagrees",
        "sources",
    }
    assert "What may go wrong" in report(tree) and "tram-track" in report(tree).lower()
