"""Reading observed.csv: good rows to SI, one clear sentence for every bad one."""

import math

import pytest

from microneedling.evaluation.observed import COLUMNS, ObservedError, read_observed

GOOD = {
    "arm": "needling",
    "scale": "tewl",
    "time": "4 h",
    "value": "36",
    "unit": "g/m2/h",
    "spread": "7.2",
    "spread_kind": "SD",
    "n": "10",
    "kind": "absolute",
    "use": "validation",
    "source": "A study 2020",
    "where": "Table 1",
    "note": "with, comma",
}


def written(tmp_path, *changes):
    lines = [",".join(COLUMNS)]
    for change in changes:
        row = GOOD | change
        lines.append(",".join('"' + row[column] + '"' for column in COLUMNS))
    path = tmp_path / "case" / "observed.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_good_row_is_si(tmp_path):
    (row,) = read_observed(written(tmp_path, {}))
    assert row.value == pytest.approx(36e-3 / 3600)
    assert row.low == pytest.approx(28.8e-3 / 3600)
    assert row.high == pytest.approx(43.2e-3 / 3600)
    assert (row.unit, row.time, row.n, row.event, row.bound) == ("kg m-2 s-1", 14400.0, 10, "", "")
    assert row.note == "with, comma"


def test_event_bound_range_percent_and_two_arms(tmp_path):
    path = written(
        tmp_path,
        {"time": "recovery", "value": "<= 24", "unit": "h", "spread": "", "spread_kind": ""},
        {"time": "peak", "value": "4.5", "unit": "h", "spread": "4 .. 5", "spread_kind": "range"},
        {"kind": "percent_change", "value": "50", "unit": "%", "spread": "", "spread_kind": ""},
        {"kind": "ratio", "arm": "a / b", "value": "7", "unit": "", "spread": "", "spread_kind": "", "n": ""},
        {"kind": "direction", "value": "none", "unit": "", "spread": "", "spread_kind": ""},
    )
    bound, peak, percent, ratio, direction = read_observed(path)
    assert (bound.bound, bound.value, bound.event) == ("<=", 86400.0, "recovery")
    assert math.isnan(bound.time) and math.isnan(bound.low)
    assert (peak.low, peak.high) == (14400.0, 18000.0)
    assert (percent.value, percent.unit) == (pytest.approx(0.5), "1")
    assert (ratio.arm, ratio.against, ratio.value, ratio.n) == ("a", "b", 7.0, None)
    assert (direction.value, direction.unit) == (0.0, "")


BAD = [
    ("arm", {"arm": ""}, "name of an arm"),
    ("arm", {"arm": "a / "}, '"a / b"'),
    ("arm", {"arm": "a / b"}, "one arm"),
    ("scale", {"scale": ""}, "text is needed"),
    ("source", {"source": ""}, "text is needed"),
    ("where", {"where": ""}, "text is needed"),
    ("time", {"time": "soon"}, 'found "soon"'),
    ("time", {"time": "5"}, "allowed: a time"),
    ("value", {"value": "many"}, "a number"),
    ("value", {"value": "36 g"}, "a number only"),
    ("value", {"kind": "direction", "value": "up", "unit": "", "spread": "", "spread_kind": ""}, "increase"),
    ("unit", {"unit": "blorp"}, 'found "blorp"'),
    ("unit", {"unit": "kg"}, "fits one of"),
    ("unit", {"kind": "percent_change", "unit": "1"}, "percent_change: %"),
    ("unit", {"kind": "ratio", "unit": "h"}, "fits one of 1"),
    ("unit", {"time": "peak", "unit": "um"}, "fits one of s"),
    ("unit", {"kind": "direction", "value": "increase"}, "no unit"),
    ("spread", {"spread": "wide"}, "a number"),
    ("spread", {"spread": "-3"}, "positive size"),
    ("spread", {"spread": "40 .. 50"}, "around the value"),
    ("spread", {"kind": "direction", "value": "increase", "unit": ""}, "no spread"),
    ("spread_kind", {"spread_kind": "sigma"}, 'found "sigma"'),
    ("spread_kind", {"spread_kind": ""}, "both or neither"),
    ("spread_kind", {"spread": ""}, "both or neither"),
    ("n", {"n": "many"}, "whole number"),
    ("n", {"n": "0"}, "whole number"),
    ("kind", {"kind": "percent"}, "nearest: percent_change"),
    ("kind", {"kind": "change", "time": "peak", "unit": "h"}, "absolute, or ratio of two arms"),
    ("kind", {"kind": "ratio", "time": "half", "unit": "1"}, "absolute, or ratio of two arms"),
    ("use", {"use": "test"}, "calibration, validation"),
]


@pytest.mark.parametrize(("column", "change", "text"), BAD)
def test_bad_row_names_file_line_column_found_and_allowed(tmp_path, column, change, text):
    with pytest.raises(ObservedError) as caught:
        read_observed(written(tmp_path, {}, change))
    (problem,) = caught.value.problems
    assert problem.startswith(f"case/observed.csv, line 3, column {column}: found ")
    assert text in problem


def test_every_bad_row_gets_its_own_sentence(tmp_path):
    with pytest.raises(ObservedError) as caught:
        read_observed(written(tmp_path, {"n": "x"}, {}, {"use": "x"}))
    assert [problem.split(", ")[1] for problem in caught.value.problems] == ["line 2", "line 4"]


def test_wrong_number_of_cells(tmp_path):
    path = written(tmp_path, {})
    path.write_text(path.read_text() + "a,b\n", encoding="utf-8")
    with pytest.raises(ObservedError, match="found 2 cells; allowed: 13"):
        read_observed(path)


def test_wrong_columns_empty_and_missing_file(tmp_path):
    path = tmp_path / "observed.csv"
    with pytest.raises(ObservedError, match="does not exist"):
        read_observed(path)
    path.write_text("arm,scale\n", encoding="utf-8")
    with pytest.raises(ObservedError, match="line 1: found columns arm, scale; allowed: arm, scale, time"):
        read_observed(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(ObservedError, match="found columns nothing"):
        read_observed(path)
    path.write_text(",".join(COLUMNS) + "\n\n", encoding="utf-8")
    with pytest.raises(ObservedError, match="at least one observation"):
        read_observed(path)
