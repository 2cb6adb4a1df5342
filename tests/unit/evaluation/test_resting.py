"""How much of a number rests on what was drawn anew: none, all, a known part, and which number did it."""

import math

import numpy as np
import pytest

from microneedling.evaluation.resting import movers, share_redrawn

MANY = 4000  # pairs: the share below is then known to a few per cent


def pair(part, people=MANY):
    """Normal numbers of which a share `part` of the variance is drawn anew."""
    rng = np.random.default_rng(3)
    same, one, other = rng.standard_normal((3, people))
    keep, new = math.sqrt(1 - part), math.sqrt(part)
    return keep * same + new * one, keep * same + new * other, other - one


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 1.0])
def test_the_share_drawn_anew_is_found(part):
    first, second, _ = pair(part)
    # ranks of normal numbers with correlation ρ correlate by (6/π) asin(ρ/2)
    expected = 1 - 6 / math.pi * math.asin((1 - part) / 2)
    assert share_redrawn(first, second) == pytest.approx(expected, abs=0.03)


def test_sizes_may_be_endless_and_do_not_count():
    first, second, _ = pair(0.3, 40)
    whole = share_redrawn(first, second)
    assert share_redrawn(np.exp(3 * first), np.exp(3 * second)) == whole
    top = max(first.max(), second.max())
    endless = [np.where(x == top, np.inf, x) for x in (first, second)]
    assert share_redrawn(*endless) == whole


def test_nothing_moves_and_too_few_people():
    assert share_redrawn(np.ones(30), np.ones(30)) == 0
    assert math.isnan(share_redrawn(np.arange(5.0), np.arange(5.0)))


def test_the_number_that_moved_it_is_named_and_one_that_only_another_scale_reads_is_not():
    first, second, change = pair(0.4, 24)
    noise = np.random.default_rng(5).standard_normal((6, 24))
    moves = {"Law.size": change, "Pain.noticeable": change, **{f"Law.other{n}": row for n, row in enumerate(noise)}}
    assert [name for name, _ in movers(first, second, moves, "tewl")] == ["Law.size"]
    assert movers(first, first, moves, "tewl") == ()
