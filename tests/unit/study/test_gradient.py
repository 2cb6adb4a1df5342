"""The slope of an outcome by the named numbers of a whole study, against differences."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from microneedling.core import catalogue
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on
from microneedling.study import gradient
from microneedling.study.build import parts_maker
from microneedling.study.courses import SWITCH
from microneedling.study.gradient import NoGradient, gradients
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.schema import Study

QUICK = Path(__file__).parents[3] / "examples" / "quick.toml"
DAY, SCALE, TIME = 86400.0, "inflammation", 5 * 86400.0
STEP = 1e-3
# steps free to change, at a tolerance of 1e-5: their error is about this share of the largest gain
FREE = 1e-2


@pytest.fixture(scope="module")
def cards_folder():
    """The package's own cards, not those of this folder's other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "FOLDER", Path(gradient.__file__).parents[1] / "cards")
        yield


@pytest.fixture(scope="module")
def asked(cards_folder):
    study = Study.load(QUICK).plain()
    cards = cards_of(study)
    return study, cards, draw(known_numbers(cards), members=1, seed=study.seed)


@pytest.fixture(scope="module")
def found(asked):
    return gradients(*asked, scale=SCALE, time=TIME)


class Readings:
    """The scale of each person of some records, at a tight tolerance."""

    def __init__(self, study, cards):
        self.make, self.machine = parts_maker(study, cards), None

    def __call__(self, records):
        parts = self.make(records)
        read = parts.scales[[card.name for card in parts.cards].index(SCALE)]
        keep = Keep(times=np.array([TIME]), scales=(read,), fields=False, tolerance=1e-5)
        given = parts.model, parts.skin, parts.plans[0]
        if self.machine is None:
            self.machine = machine_of(*given, keep, still=parts.still)
        return course_on(self.machine, *given, keep=keep).readings[0, 0]


def test_every_number_has_a_slope(asked, found):
    named = {f"{name}.{field}" for name, record in asked[2].items() for field in _numbers(record)}
    assert set(found.slopes) >= named and len(named) > 300
    assert all(slope.shape == (2,) and np.all(np.isfinite(slope)) for slope in found.slopes.values())
    assert sum(bool(np.any(slope != 0)) for slope in found.slopes.values()) >= 30
    assert np.all(found.status == 0)


def _numbers(record):
    return [f.name for f in dataclasses.fields(record) if isinstance(getattr(record, f.name), np.ndarray)]


def test_slopes_are_those_of_differences(asked, found):
    """Numbers of laws, of the pen and of how it goes in: each reaches the course by another way."""
    records, values = asked[2], Readings(*asked[:2])
    gain = {name: slope * _value(records, name) for name, slope in found.slopes.items() if name.count(".") == 1}
    largest = sorted(gain, key=lambda name: -np.max(np.abs(gain[name])))
    of_pen = next(name for name in largest if name.split(".")[0] not in ("InflammatoryCircuit", "Insertion"))
    for name in [*largest[:2], next(n for n in largest if n.startswith("Insertion.")), of_pen]:
        up, down = (values(_moved(records, name, 1 + sign * STEP)) for sign in (1, -1))
        size = FREE * np.max(np.abs(gain[largest[0]]))
        np.testing.assert_allclose(gain[name], (up - down) / (2 * STEP), rtol=FREE, atol=size, err_msg=name)


def _value(records, name):
    record, field = name.split(".")
    return np.asarray(getattr(records[record], field), dtype=float)


def _moved(records, name, factor):
    record, field = name.split(".")
    changed = dataclasses.replace(records[record], **{field: _value(records, name) * factor})
    return {**records, record: changed}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scale": "beauty"}, 'no scale "beauty"'),
        ({"arm": "other"}, 'no arm "other"; there are needling'),
        ({"time": 11 * DAY}, "outside the course"),
        ({"time": float("nan")}, "outside the course"),
    ],
)
def test_what_cannot_be_asked_is_said(asked, wrong, words):
    with pytest.raises(ValueError, match=words):
        gradients(*asked, **({"scale": SCALE, "time": TIME} | wrong))


def test_without_the_native_machine_it_says_so(asked, monkeypatch):
    monkeypatch.setenv(SWITCH, "0")
    with pytest.raises(NoGradient, match="needs the native machine"):
        gradients(*asked, scale=SCALE, time=TIME)
