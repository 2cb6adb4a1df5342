"""How rows are held against the model: sizes, times, sides and directions, and what counts once."""

import dataclasses
import math

import numpy as np
import pytest

from microneedling.evaluation.observed import Observed
from microneedling.fitting.likelihood import (
    SILENT,
    RowErrors,
    alternatives,
    held,
    log_likelihood,
    standing,
    together,
)

ERRORS = RowErrors()
DAY = 86400.0


def row(**changes):
    base = Observed(
        line=2,
        arm="needling",
        against="",
        scale="collagen_stain",
        time=176 * DAY,
        event="",
        time_text="176 d",
        value=0.5,
        bound="",
        low=math.nan,
        high=math.nan,
        unit="1",
        written_unit="%",
        spread_kind="",
        n=None,
        kind="percent_change",
        use="calibration",
        source="a study",
        where="",
        note="",
    )
    return dataclasses.replace(base, **changes)


def level(one, said, *, size=0.0, time=0.0):
    said = np.atleast_1d(np.asarray(said, dtype=float))
    effects = {"size": {"a study": np.full(said.shape, size)}, "time": {"a study": np.full(said.shape, time)}}
    return log_likelihood([one], [said], effects, ERRORS)[0]


def of(**changes):
    return held(row(**changes), "case", noticeable=0.1, horizon=200 * DAY, errors=ERRORS)


def test_a_gain_is_most_likely_where_it_was_seen():
    one = of()
    assert one.form == "gain"
    found = level(one, [0.2, 0.35, 0.5, 0.7, 1.2])
    assert int(np.argmax(found)) == 2
    assert level(one, [-0.5])[0] == SILENT  # the other way is no answer


def test_a_fall_is_compared_by_its_size():
    one = of(value=-0.3)
    assert int(np.argmax(level(one, [-0.6, -0.3, -0.1]))) == 1
    assert level(one, [0.3])[0] == SILENT


def test_a_studys_effect_multiplies_what_the_model_says():
    one = of()
    there = math.log(0.5 / 0.35) / ERRORS.study_size
    assert level(one, [0.35], size=there) == pytest.approx(level(one, [0.5]))


def test_times_are_compared_as_times():
    peak = of(scale="neutrophils", event="peak", time=math.nan, kind="absolute", value=DAY, unit="s")
    assert peak.form == "time"
    assert level(peak, [DAY], time=0.0) > level(peak, [2 * DAY])
    assert np.isfinite(level(peak, [math.inf]))  # never within the run: bad, not impossible
    assert level(peak, [math.nan])[0] == SILENT
    assert standing(peak, np.array([math.inf])) == pytest.approx([math.log(3 * 200 * DAY)])


def test_a_bound_asks_for_a_side_only():
    one = of(scale="erythema", event="recovery", kind="absolute", value=DAY, bound="<=", unit="s")
    assert level(one, [0.1 * DAY]) == pytest.approx(level(one, [0.3 * DAY]), abs=0.01)
    assert level(one, [3 * DAY]) < level(one, [0.3 * DAY]) - 2
    other = of(scale="erythema", event="recovery", kind="absolute", value=DAY, bound=">=", unit="s")
    assert level(other, [3 * DAY]) > level(other, [0.3 * DAY]) + 2


@pytest.mark.parametrize(("said", "best"), [(1.0, 0.4), (-1.0, -0.4), (0.0, 0.0)])
def test_a_direction_asks_for_a_noticeable_change(said, best):
    one = of(kind="direction", value=said, unit="")
    changes = np.array([-0.4, 0.0, 0.4])
    assert changes[int(np.argmax(level(one, changes)))] == best
    assert np.all(level(one, changes) >= math.log(ERRORS.lapse) - 1e-9)


def test_printed_spread_sets_the_error():
    sd = of(kind="absolute", value=10.0, low=6.0, high=14.0, spread_kind="SD", n=16)
    assert sd.error == pytest.approx(0.4 / 4)
    se = of(kind="absolute", value=10.0, low=6.0, high=14.0, spread_kind="SE", n=16)
    assert se.error == pytest.approx(0.4)
    ci = of(kind="absolute", value=10.0, low=6.0, high=14.0, spread_kind="95% CI", n=16)
    assert ci.error == pytest.approx(0.4 / 1.96)
    assert of(kind="absolute", value=10.0, low=9.99, high=10.01, spread_kind="SE").error == ERRORS.least


def test_arms_with_the_same_measurements_are_alternatives():
    air, cover = (of(arm=arm, kind="absolute", value=3.0) for arm in ("open air", "covered"))
    other = of(arm="open air", kind="absolute", value=3.0, scale="reticulin")
    assert alternatives([air, cover]) == (((0,), (1,)),)
    assert alternatives([air, cover, other]) == (((0, 2),), ((1,),))  # more was measured in one: no alternatives
    by_row = np.array([[-1.0], [-30.0]])
    assert together(by_row, alternatives([air, cover])) == pytest.approx([-1.0 - math.log(2)])
    assert together(by_row, (((0, 1),),)) == pytest.approx([-31.0])
