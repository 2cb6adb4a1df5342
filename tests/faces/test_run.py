"""The whole chain on a short study: what a result holds, and that it can be stored and read again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import microneedling as mn
from microneedling.core.cite import known_keys
from microneedling.study.run import Refused

CASE = Path(__file__).parents[1] / "golden" / "short_course" / "study.toml"


@pytest.fixture(scope="module")
def result():
    return mn.run(CASE)


@pytest.mark.slow
def test_the_balance_closes(result):
    assert result["run"].attrs["balance_error"] < 1e-9  # of the dose, as the issue of the day asks


@pytest.mark.slow
def test_every_number_used_names_a_known_source_or_is_assumed(result):
    attrs = result["parameters"].attrs
    sources, grades, notes = (json.loads(attrs[key]) for key in ("sources", "grades", "notes"))
    assert {key for keys in sources for key in keys} <= set(known_keys())
    without = [(grade, note) for keys, grade, note in zip(sources, grades, notes) if not keys]
    assert all(grade in ("assumed", "inferred", "fitted") and note for grade, note in without)


@pytest.mark.slow
def test_a_stored_result_reads_the_same_and_is_never_overwritten(result, tmp_path):
    mn.save(result, tmp_path / "a.zarr")
    again = mn.load(tmp_path / "a.zarr")
    np.testing.assert_array_equal(again["scores"]["tewl"].values, result["scores"]["tewl"].values)
    assert json.loads(json.dumps(mn.summary(again)))["arms"].keys() == {"needling", "sham"}
    with pytest.raises(FileExistsError):
        mn.save(result, tmp_path / "a.zarr")
    assert [p.name for p in tmp_path.iterdir()] == ["a.zarr"]


def test_a_refused_study_is_not_simulated(tmp_path):
    text = CASE.read_text(encoding="utf-8").replace(
        "phototype = 2", 'phototype = 2\nconditions = ["bleeding disorder"]'
    )
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="refused by screening"):
        mn.run(tmp_path / "study.toml")
