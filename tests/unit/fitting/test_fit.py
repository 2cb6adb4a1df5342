"""The whole fit on a model one can solve by hand; stopped and taken up again it gives the same draws."""

import dataclasses
import math

import numpy as np
import pytest

from microneedling.evaluation.observed import Observed
from microneedling.fitting import fit as fitting
from microneedling.fitting.card import card_of, central_draw, draws_of, fitted_numbers
from microneedling.fitting.directions import directions
from microneedling.fitting.fit import CHUNK, Settings, Task, fit
from microneedling.fitting.journal import Journal
from microneedling.fitting.likelihood import RowErrors, held
from microneedling.fitting.sampler import agreement
from microneedling.fitting.scope import Scope
from microneedling.fitting.space import space_of
from microneedling.laws import standard as laws
from microneedling.scales import standard as scales

KNOWN = {one.name: one for one in (*laws.numbers(), *scales.numbers())}
NAMES = ("CollagenTurnover.k_m", "CollagenTurnover.m1", "CollagenTurnover.K_g")
ERRORS = RowErrors(unstated=0.1, study_size=0.1)
SETTINGS = Settings(particles=64, clouds=2, moves=3, leaps=4, seed=3)
SUM = 1.6  # what was "seen": the sum of two numbers over its central value; neither of them alone


@dataclasses.dataclass(frozen=True)
class Case:
    name: str = "toy"


def seen():
    row = Observed(
        line=2, arm="a", against="", scale="collagen_new", time=0.0, event="", time_text="0 d", value=SUM, bound="",
        low=math.nan, high=math.nan, unit="1", written_unit="1", spread_kind="", n=None, kind="absolute",
        use="calibration", source="toy study", where="", note="",
    )  # fmt: skip
    return held(row, "toy", noticeable=0.1, horizon=1.0, errors=ERRORS)


class Say:
    """The sum of k_m and m1 over its central value; counts its calls, and can break off."""

    def __init__(self, most=10**9):
        self.calls, self.most = 0, most

    def __call__(self, case, records):
        self.calls += 1
        if self.calls > self.most:
            raise KeyboardInterrupt
        now, was = records["CollagenTurnover"], KNOWN["CollagenTurnover"].record
        return ((now.k_m + now.m1) / (was.k_m + was.m1))[None]


def task(say):
    space = space_of(KNOWN, NAMES, studies=("toy study",))
    return Task(cases=(Case(),), rows=(seen(),), space=space, errors=ERRORS, say=say)


def quiet(done, total, what):
    pass


@pytest.fixture(scope="module", autouse=True)
def short_walks():
    """Five coordinates are forgotten sooner than a hundred."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "WALK", 30)
        yield


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("journal")
    say = Say()
    return task(say), fit(task(say), Journal(folder=folder, version="a"), SETTINGS, tell=quiet), folder, say.calls


def test_the_sum_is_learnt_and_its_parts_are_not(found):
    whole, posterior, _, _ = found
    numbers = whole.space.numbers(posterior.z)
    total = (numbers[:, 0] + numbers[:, 1]) / whole.space.values[:2].sum()
    assert np.median(total) == pytest.approx(SUM, rel=0.08)
    assert np.std(np.log(total)) < 0.25  # row and study: 0.1 each, Student's t
    assert np.corrcoef(np.log(numbers[:, 0]), np.log(numbers[:, 1]))[0, 1] < -0.3  # the ridge
    assert posterior.z[:, 2].std() == pytest.approx(1.0, abs=0.25)  # nothing is said about it
    assert agreement([cloud.z for cloud in posterior.clouds]).max() < 1.25


def test_directions_name_the_ridge(found):
    _, posterior, _, _ = found
    best, *_, worst = directions(NAMES, posterior.prior[:, :3], posterior.z[:, :3])
    assert best.narrowed < 0.6 < worst.narrowed
    assert {name for name, weight in best.parts if abs(weight) > 0.3} == set(NAMES[:2])
    assert dict(best.parts)[NAMES[0]] * dict(best.parts)[NAMES[1]] > 0


def test_a_fit_that_was_stopped_goes_on_and_gives_the_same_draws(found, tmp_path):
    _, whole, _, calls = found
    journal = Journal(folder=tmp_path, version="a")
    broken = Say(most=5)
    with pytest.raises(KeyboardInterrupt):
        fit(task(broken), journal, SETTINGS, tell=quiet)
    say = Say()
    again = fit(task(say), journal, SETTINGS, tell=quiet)
    assert np.array_equal(again.z, whole.z)
    assert say.calls == calls - 5  # a chunk of particles is all a stop can lose
    assert len(whole.z) == 2 * SETTINGS.particles and CHUNK <= 32


def test_another_seed_gives_other_draws(found, tmp_path):
    _, whole, _, _ = found
    other = fit(task(Say()), Journal(folder=tmp_path, version="a"), dataclasses.replace(SETTINGS, seed=4), tell=quiet)
    assert not np.array_equal(other.z, whole.z)


def test_the_card_tells_what_was_learnt(found):
    whole, posterior, _, _ = found
    numbers = {one.name: one for one in fitted_numbers(whole, posterior)}
    assert numbers[NAMES[0]].narrowed < 1.0 and not numbers[NAMES[2]].is_learnt
    scope = Scope(numbers=(), scales=(), left_out={}, sources={"toy": "lotfi2013"})
    text = card_of(whole, posterior, scope, title="Toy", draws="toy.csv")
    assert 'draws = "toy.csv"' in text and f'"{NAMES[0]}"' in text
    kept = next(line for line in text.splitlines() if line.startswith(f'"{NAMES[2]}"'))
    assert 'grade = "assumed"' in kept and "say nothing" in kept
    draws = draws_of(whole, posterior)
    assert draws.numbers.shape == (2 * SETTINGS.particles, 3)
    middle = central_draw(whole, posterior)
    assert posterior.all_said[middle, 0] == pytest.approx(SUM, rel=0.2)
