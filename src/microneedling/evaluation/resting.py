"""How much of a test's number rests on assumed sizes: the same people, with only the assumed numbers drawn anew."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from scipy.stats import rankdata

from microneedling.study.rests import LEAST, readers, told_apart

MUCH = 1 / 3  # share of a spread from which a number is said to rest on assumed sizes
NAMED = 3  # numbers named beside a test
LARGE = 0.15  # part of the change between the runs from which a number is named: with two dozen people less is chance


def share_redrawn(first: np.ndarray, second: np.ndarray) -> float:
    """Share of a number's spread that goes with what was drawn anew between two runs on the same people.

        S = mean((r − r')²)/(2 var(r))      r, r': ranks of a person's number among both runs

    The total index of Jansen's design, on ranks: 0 when drawing anew changes nobody's number, 1 when nothing of the
    first number is left in the second. Ranks, since sizes differ by orders of magnitude and a duration may be endless.

    Args:
        first: one number a person (member,)
        second: the same with some numbers drawn anew (member,)

    Returns: 0 to 1; 0 where the number is the same in everybody; nan for fewer than LEAST people.
    Source: jansen1999, eq. 20, applied to ranks
    Checked by: tests/unit/evaluation/test_resting.py
    """
    if first.size < LEAST:
        return math.nan
    ranks = rankdata(np.concatenate([first, second]))
    spread = float(np.var(ranks))
    if spread == 0:
        return 0.0
    before, after = ranks[: first.size], ranks[first.size :]
    return float(min(1.0, np.mean((before - after) ** 2) / (2 * spread)))


def movers(
    first: np.ndarray, second: np.ndarray, moves: Mapping[str, np.ndarray], scale: str
) -> tuple[tuple[str, float], ...]:
    """Numbers drawn anew that moved a test's number, strongest first.

    What is not drawn anew is the same in both runs and drops out of the difference, so that a few dozen people tell
    numbers apart; see `told_apart`.

    Args:
        first: one number a person (member,)
        second: the same with some numbers drawn anew (member,)
        moves: how far each number moved, by name (member,)
        scale: what was read; numbers that only another scale reads are left out

    Returns: name and share of the difference's spread, at most NAMED of them.
    Checked by: tests/unit/evaluation/test_resting.py
    """
    finite = np.isfinite(first) & np.isfinite(second)
    difference = second[finite] - first[finite]
    if finite.sum() < LEAST or not np.any(difference):
        return ()
    own = readers()
    tissue = set(own.values())
    names = [
        name
        for name, change in moves.items()
        if np.ptp(change[finite]) > 0 and (scale not in tissue or own.get(name.rsplit(".", 1)[0], scale) == scale)
    ]
    if not names:
        return ()
    found = told_apart(np.array([moves[name][finite] for name in names]), difference)
    ranked = sorted(found.items(), key=lambda one: -one[1])[:NAMED]
    return tuple((names[n], share) for n, share in ranked if share >= LARGE)
