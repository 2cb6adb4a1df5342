"""What a few dozen courses can tell about which numbers an answer rests on, and what they leave open."""

import dataclasses

import numpy as np
import pytest

from microneedling.laws import standard as laws
from microneedling.scales import standard as scales
from microneedling.study.numbers import draw
from microneedling.study.rests import rests_on, told_apart

KNOWN = {one.name: one for one in (*laws.numbers(), *scales.numbers())}
MEMBERS = 64


@dataclasses.dataclass(frozen=True)
class Plain:
    """As much of a study as is read."""

    members: int = MEMBERS
    seed: int = 1


def drawn(name, members=MEMBERS):
    record, field = name.rsplit(".", 1)
    return np.asarray(getattr(draw(KNOWN, members=members, seed=1)[record], field))


def series(y):
    """One arm, one time."""
    return np.asarray(y)[None, :, None]


def ranked(x):
    """From −1 to 1 in the order of x."""
    return 2 * np.argsort(np.argsort(x)) / (len(x) - 1) - 1


def test_shares_are_those_of_the_numbers_that_make_the_answer():
    """y = 2 a + b in ranks, a inferred, b assumed: 4/5 and 1/5."""
    assert KNOWN["CollagenTurnover"].facts["k_m"].grade == "inferred"
    assert KNOWN["CollagenTurnover"].facts["K_g"].grade == "assumed"
    y = 2 * ranked(drawn("CollagenTurnover.k_m")) + ranked(drawn("CollagenTurnover.K_g"))
    found = rests_on(KNOWN, Plain(), {"collagen_new": series(y)})["collagen_new"]
    assert found == pytest.approx({"inferred": 0.8, "assumed": 0.2}, abs=0.1)


def test_an_answer_that_goes_with_no_number_is_left_open():
    """A simple correlation beyond two standard errors would divide it among the grades by their numbers."""
    rng = np.random.default_rng(5)
    assert rests_on(KNOWN, Plain(), {"collagen_new": series(rng.standard_normal(MEMBERS + 1))}) == {}


def test_what_is_not_told_apart_is_missing_from_the_sum():
    rng = np.random.default_rng(2)
    x = rng.standard_normal((300, MEMBERS))
    y = 2 * x[7] + 2 * rng.standard_normal(MEMBERS)
    found = told_apart(x, y)
    assert list(found) == [7] and 0.25 < found[7] < 0.75
    assert not any(told_apart(x, rng.standard_normal(MEMBERS)) for _ in range(5))


def test_a_number_only_another_scale_reads_is_not_looked_at():
    other = next(name for name, facts in KNOWN["CollagenStain"].facts.items() if facts.spread.kind != "exact")
    y = series(ranked(drawn(f"CollagenStain.{other}")))
    found = rests_on(KNOWN, Plain(), {"elasticity": y, "collagen_stain": y})
    assert sum(found["collagen_stain"].values()) == pytest.approx(1.0, abs=0.01)
    assert sum(found.get("elasticity", {}).values()) < 0.5


def test_small_ensembles_say_nothing():
    y = ranked(drawn("CollagenTurnover.k_m", 8))
    assert rests_on(KNOWN, Plain(members=8), {"collagen_new": series(y)}) == {}
