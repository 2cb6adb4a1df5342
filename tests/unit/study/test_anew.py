"""Numbers of one grade drawn a second time: they alone move, and nothing that was fitted together does."""

from pathlib import Path

import numpy as np
import pytest

from microneedling.study.habits import acting
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.schema import Study

QUICK = Path(__file__).parents[3] / "examples" / "quick.toml"
MEMBERS = 24


@pytest.fixture(scope="module")
def drawn():
    return drawn_twice()


def drawn_twice():
    known = known_numbers(cards_of(acting(Study.load(QUICK).plain())))
    first, second = (draw(known, members=MEMBERS, seed=1, anew=grade) for grade in ("", "assumed"))
    return known, first, second


def changes(drawn):
    known, first, second = drawn
    for name, one in known.items():
        for field, facts in one.facts.items():
            yield facts, np.asarray(getattr(second[name], field)) - np.asarray(getattr(first[name], field))


def test_only_numbers_of_the_grade_that_are_drawn_alone_move(drawn):
    for facts, change in changes(drawn):
        moves_ = facts.grade == "assumed" and facts.spread.kind != "exact" and not facts.joint
        assert bool(np.any(change)) == moves_
        assert change[0] == 0  # the central person stays


def test_the_second_draw_is_independent_of_the_first(drawn):
    known, first, second = drawn
    pairs = [
        (getattr(first[name], field)[1:], getattr(second[name], field)[1:])
        for name, one in known.items()
        for field, facts in one.facts.items()
        if facts.grade == "assumed" and facts.spread.kind != "exact" and not facts.joint
    ]
    found = [np.corrcoef(*map(np.log, pair))[0, 1] for pair in pairs if min(pair[0].min(), pair[1].min()) > 0]
    # of 50 and more correlations of independent pairs the mean is within three of its standard errors of zero
    assert len(found) > 50 and abs(np.mean(found)) < 3 / np.sqrt(len(found) * MEMBERS)
