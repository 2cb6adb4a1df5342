"""Whole folders of cases: summary, tables, page, resuming."""

import csv
import json
import math

import pytest
from evaluation_cases import case, run

from microneedling.evaluation import table
from microneedling.evaluation.compare import compare
from microneedling.evaluation.validate import cases, validate

ABSOLUTE = {"time": "1 h", "unit": "g/m2/h", "kind": "absolute"}


@pytest.fixture
def folder(tmp_path):
    one = [ABSOLUTE | {"value": value, "use": "calibration"} for value in ("14", "15", "16")]
    case(tmp_path / "all", "one", *one, {"time": "1 h", "value": "decrease", "kind": "direction", "use": "calibration"})
    late = {"time": "recovery", "value": "<= 1", "unit": "h", "kind": "absolute"}
    missing = {"scale": "unknown", "time": "1 h", "value": "1", "kind": "absolute"}
    case(tmp_path / "all", "two", ABSOLUTE | {"value": "14", "note": "<b>"}, ABSOLUTE | {"value": "30"}, late, missing)
    (tmp_path / "all" / "no_case").mkdir()
    return tmp_path / "all"


def test_summary_by_hand(folder, tmp_path):
    whole = validate(folder, run, out=tmp_path / "out")
    assert [path.name for path in cases(folder)] == ["one", "two"]
    lines = {(one.use, one.scale, one.measure): one for one in whole.summaries}
    own = lines["validation", "tewl", "absolute"]
    assert (own.rows, own.numbers, own.inside, own.coverage) == (2, 2, 1, 0.5)
    # interval 12.3 to 17.7: score 5.4, and 5.4 + 20 (30 − 17.7) = 251.4
    assert own.interval_score * 3.6e6 == pytest.approx((5.4 + 251.4) / 2)
    assert own.relative_score == pytest.approx((5.4 + 251.4) / 2 / 22)
    # reference 15 ± 1.645: score 3.29 for 14, 3.29 + 20 (30 − 16.645) for 30
    assert own.reference_score * 3.6e6 == pytest.approx(3.28971 + 10 * 13.35515, rel=1e-5)
    assert own.ratio == pytest.approx(math.sqrt(14 / 15 * 30 / 15))
    assert (lines["calibration", "tewl", "direction"].right, lines["calibration", "tewl", "direction"].judged) == (0, 1)
    assert math.isnan(lines["calibration", "tewl", "absolute"].reference_score)
    assert lines["validation", "unknown", "absolute"].not_computed == 1
    assert [one.use for one in whole.summaries][:3] == ["validation"] * 3
    assert [(one.case, one.row.line) for one in whole.misses] == [("two", 3), ("two", 4), ("one", 5)]


def test_tables_and_page_are_written(folder, tmp_path):
    whole = validate(folder, run, out=tmp_path / "out", version="0.1")
    with (tmp_path / "out" / "validation.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(whole.rows) == 8
    assert lines[0]["verdict"] == "inside" and lines[0]["unit"] == "kg m-2 s-1" and lines[0]["n"] == ""
    content = json.loads((tmp_path / "out" / "validation.json").read_text())
    assert content["version"] == "0.1" and len(content["rows"]) == 8 and content["problems"] == {}
    text = (tmp_path / "out" / "validation.html").read_text()
    assert "prefers-color-scheme: dark" in text and "max-width: 48rem" in text
    assert "http" not in text and "<script" not in text
    assert "&lt;b&gt;" in text and "<b>" not in text
    for word in ("● inside", "▲ above", "✗ wrong", "– cannot"):
        sign, verdict = word.split(" ")
        assert f'<span aria-hidden="true">{sign}</span> {verdict}' in text


def test_a_stopped_run_goes_on_where_it_was(folder, tmp_path):
    ran, told = [], []

    def counting(path):
        ran.append(path.parent.name)
        return run(path)

    def stop(done, total, name):
        told.append((done, total, name))
        if done == 1 and len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        validate(folder, counting, out=tmp_path / "out", progress=stop)
    assert ran == ["one"] and told == [(0, 2, "one"), (1, 2, "two")]
    first = validate(folder, counting, out=tmp_path / "out", progress=stop)
    assert ran == ["one", "two"] and told[-1] == (2, 2, "")
    again = validate(folder, counting, out=tmp_path / "out")
    assert ran == ["one", "two"]
    assert [table.flat(one)["verdict"] for one in again.rows] == [table.flat(one)["verdict"] for one in first.rows]
    validate(folder, counting, out=tmp_path / "out", version="next")
    assert ran == ["one", "two", "one", "two"]
    (folder / "two" / "study.toml").write_text('title = "changed"\n')
    validate(folder, counting, out=tmp_path / "out", version="next")
    assert ran[4:] == ["two"]
    (tmp_path / "out" / "cases" / "one.json").write_text('{"digest": "')
    validate(folder, counting, out=tmp_path / "out", version="next")
    assert ran[5:] == ["one"]


def test_a_case_that_fails_is_named_and_stops_no_other(folder, tmp_path):
    def failing(path):
        if path.parent.name == "one":
            raise RuntimeError("did not converge")
        return run(path)

    whole = validate(folder, failing, out=tmp_path / "out")
    assert whole.problems == {"one": "RuntimeError: did not converge"}
    assert {one.case for one in whole.rows} == {"two"}
    assert "did not converge" in (tmp_path / "out" / "validation.html").read_text()


def test_a_folder_without_cases_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no case here"):
        validate(tmp_path, run, out=tmp_path / "out")


def test_records_survive_json(folder, tmp_path):
    rows = compare(folder / "two" / "study.toml", folder / "two" / "observed.csv", run)
    table.write_json(tmp_path / "rows.json", [table.as_record(one) for one in rows])
    back = [table.from_record(one) for one in json.loads((tmp_path / "rows.json").read_text())]
    assert repr(back) == repr(list(rows))
