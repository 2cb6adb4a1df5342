"""The studies we ship load with the cards we ship."""

from pathlib import Path

import pytest

from microneedling.study.schema import Study

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = 86400.0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_loads(path):
    plain = Study.load(path).plain()
    assert plain.title and plain.question
    idle = [arm.name for arm in plain.arms if not (arm.sessions or arm.topicals or arm.deposits or arm.exfoliations)]
    assert set(idle) <= {"untreated"} and plain.arms[0].name not in idle


def test_acne_scars():
    plain = Study.load(EXAMPLES / "acne_scars.toml").plain()
    main = plain.arms[0]
    assert [one.time / DAY for one in main.sessions] == [0, 30, 60, 90]
    assert [one.time for one in main.topicals] == [one.time for one in main.sessions]
    assert [one.wiped - one.time for one in main.topicals] == [DAY] * 4
    assert [(one.start / DAY, one.end / DAY) for one in main.care] == [(0, 28), (30, 58), (60, 88), (90, 118)]
    assert (plain.horizon, plain.members, plain.seed) == (365 * DAY, 64, 1)
    assert [len(arm.sessions) for arm in plain.arms] == [4, 4, 4, 0]
    assert [len(arm.topicals) for arm in plain.arms] == [4, 4, 0, 4]


def test_franz_cell():
    plain = Study.load(EXAMPLES / "franz_cell_caffeine.toml").plain()
    assert plain.in_vitro is not None and plain.in_vitro.layer == "dermatomed"
    assert plain.area == pytest.approx(1e-4)
    needled, whole = plain.arms
    assert (len(needled.sessions), len(whole.sessions)) == (1, 0)
    assert needled.topicals == whole.topicals
    assert needled.topicals[0].time == needled.sessions[0].time


def test_coated_array():
    array, injected, blank = Study.load(EXAMPLES / "coated_lidocaine.toml").plain().arms
    (coat,), (bolus,), (empty,) = array.deposits, injected.deposits, blank.deposits
    assert (coat.form, bolus.form, coat.removed, bolus.removed) == ("coated", "injected", 600.0, None)
    assert coat.actives[0] == ("lidocaine", pytest.approx(100e-9 / 2e-4)) and empty.actives == ()
    assert (len(array.sessions), len(injected.sessions), len(blank.sessions)) == (1, 0, 1)
