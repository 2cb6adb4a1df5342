"""How far numbers move when those of one grade are drawn a second time, everybody being the same otherwise."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from microneedling.study.habits import acting
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.schema import Study

NOTICED = "noticeable"  # the smallest change that is noticed: no part of any value


def moves(path: str | Path, grade: str) -> dict[str, np.ndarray]:
    """Second draw less the first of each number of a grade that differs between draws.

        Δp_k = p_k' − p_k

    Args:
        path: a study file
        grade: such as "assumed"

    Returns: full name of the number -> (member,) in SI, without the central person; numbers that are exact or were
        fitted together with others are not there, since they stay as they are.
    Checked by: tests/unit/evaluation/test_claims.py, tests/unit/study/test_anew.py
    """
    study = Study.load(path).plain()
    known = known_numbers(cards_of(acting(study)))
    members = study.members if study.members > 1 else 0
    first, second = (draw(known, members=members, seed=study.seed, anew=word) for word in ("", grade))
    found = {}
    for name, one in known.items():
        for field, facts in one.facts.items():
            if facts.grade == grade and field != NOTICED:
                change = np.asarray(getattr(second[name], field))[1:] - np.asarray(getattr(first[name], field))[1:]
                if np.any(change):
                    found[f"{name}.{field}"] = change
    return found
