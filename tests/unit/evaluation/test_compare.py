"""Each kind of comparison against numbers worked out by hand (see evaluation_cases.run)."""

import math

import pytest
from evaluation_cases import HOUR, case, run

from microneedling.evaluation.compare import compare
from microneedling.evaluation.observed import ObservedError


def one(tmp_path, **row):
    made = case(tmp_path, "a_case", row)
    (found,) = compare(made / "study.toml", made / "observed.csv", run)
    return found


def gram(value):
    return value / 3.6e6  # g/m2/h in kg m-2 s-1


def test_absolute(tmp_path):
    # members at 1 h: 12, 13.5, 15, 16.5, 18; their 5 and 95 % points by linear interpolation
    found = one(tmp_path, time="1 h", value="14", unit="g/m2/h", kind="absolute")
    assert (found.low, found.median, found.high) == pytest.approx((gram(12.3), gram(15.0), gram(17.7)))
    assert found.verdict == "inside" and found.miss == 0.0 and found.unit == "kg m-2 s-1"
    assert found.ratio == pytest.approx(14 / 15)
    assert found.interval_score == pytest.approx(gram(5.4))
    assert found.case == "a_case"


def test_a_number_outside_has_its_miss(tmp_path):
    found = one(tmp_path, time="1 h", value="20", unit="g/m2/h", kind="absolute")
    assert found.verdict == "above" and found.miss == pytest.approx(gram(2.3))
    assert found.interval_score == pytest.approx(gram(5.4 + 20 * 2.3))
    assert one(tmp_path, time="1 h", value="10", unit="g/m2/h", kind="absolute").verdict == "below"


def test_change_percent_change_and_ratio_over_baseline(tmp_path):
    change = one(tmp_path, time="1 h", value="5", unit="g/m2/h", kind="change")
    assert (change.low, change.median) == pytest.approx((gram(4.1), gram(5.0)))
    percent = one(tmp_path, time="1 h", value="50", unit="%", kind="percent_change")
    assert (percent.low, percent.median, percent.high) == pytest.approx((0.5, 0.5, 0.5))
    ratio = one(tmp_path, time="0 h", value="2", unit="1", kind="ratio")
    assert ratio.median == pytest.approx(2.0)


def test_two_arms_at_the_same_time(tmp_path):
    ratio = one(tmp_path, arm="needling / sham", time="2 h", value="1.25", unit="1", kind="ratio")
    assert ratio.median == pytest.approx(1.25)
    percent = one(tmp_path, arm="needling / sham", time="2 h", value="25", unit="%", kind="percent_change")
    assert percent.median == pytest.approx(0.25)
    change = one(tmp_path, arm="needling / sham", time="2 h", value="2.5", unit="g/m2/h", kind="change")
    assert change.median == pytest.approx(gram(2.5))


@pytest.mark.parametrize(
    ("arm", "time", "value", "verdict"),
    [
        ("needling", "1 h", "increase", "right"),
        ("needling", "1 h", "none", "wrong"),
        ("needling", "1 h", "decrease", "wrong"),
        ("needling", "3.8 h", "none", "right"),  # median change 0.25 is within the noticeable 1
        ("sham", "1 h", "none", "right"),
        ("sham / needling", "1 h", "decrease", "right"),
    ],
)
def test_direction(tmp_path, arm, time, value, verdict):
    found = one(tmp_path, arm=arm, time=time, value=value, kind="direction")
    assert found.verdict == verdict
    assert found.miss == (0.0 if verdict == "right" else pytest.approx(found.median))
    assert math.isnan(found.interval_score)


def test_event_times(tmp_path):
    peak = one(tmp_path, time="peak", value="0", unit="h", kind="absolute")
    assert peak.median == 0.0 and peak.verdict == "inside" and peak.measure == "time of peak"
    half = one(tmp_path, time="half", value="1", unit="h", kind="absolute")
    assert half.median == pytest.approx(HOUR)
    # a quarter left at 2 h, none at 4 h: a tenth at 3.2 h
    recovery = one(tmp_path, time="recovery", value="3.2", unit="h", kind="absolute")
    assert recovery.median == pytest.approx(3.2 * HOUR) and recovery.verdict == "inside"


def test_bounds(tmp_path):
    assert one(tmp_path, time="recovery", value="<= 4", unit="h", kind="absolute").verdict == "right"
    missed = one(tmp_path, time="recovery", value="<= 3", unit="h", kind="absolute")
    assert missed.verdict == "wrong" and missed.miss == pytest.approx(0.2 * HOUR)
    missed = one(tmp_path, time="recovery", value=">= 4", unit="h", kind="absolute")
    assert missed.verdict == "wrong" and missed.miss == pytest.approx(-0.8 * HOUR)
    assert missed.measure == "bound"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"arm": "needeling", "time": "1 h", "value": "1", "unit": "g/m2/h", "kind": "absolute"}, "nearest: needling"),
        ({"scale": "twel", "time": "1 h", "value": "1", "unit": "g/m2/h", "kind": "absolute"}, "nearest: tewl"),
        ({"time": "9 h", "value": "1", "unit": "g/m2/h", "kind": "absolute"}, "outside the run"),
        ({"time": "1 h", "value": "1", "unit": "um", "kind": "absolute"}, 'tewl is in "kg m-2 s-1"'),
        ({"arm": "sham", "time": "peak", "value": "1", "unit": "h", "kind": "absolute"}, "no member"),
        ({"arm": "sham", "scale": "sc_layers", "time": "1 h", "value": "1", "kind": "ratio"}, "no scale"),
    ],
)
def test_a_row_the_run_cannot_answer_has_a_reason(tmp_path, row, reason):
    found = one(tmp_path, **row)
    assert found.verdict == "cannot be computed" and reason in found.reason and not found.met


def test_a_bad_file_is_refused_before_the_run(tmp_path):
    made = case(tmp_path, "a_case", {"time": "x"})
    with pytest.raises(ObservedError, match="line 2"):
        compare(made / "study.toml", made / "observed.csv", lambda path: pytest.fail("ran"))
