"""A run computed again for its central person: with smaller errors per step, and on a finer grid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from microneedling.simulate.accuracy import CHECKS, FINER, TIGHTER
from microneedling.study.build import Parts, parts_of
from microneedling.study.courses import Failed, simulated
from microneedling.study.numbers import draw
from microneedling.study.store import scores_of

if TYPE_CHECKING:
    from microneedling.study.run import Run

DONE = "computed again"


@dataclasses.dataclass(frozen=True)
class Again:
    """Scores of the central person, name -> (check, arm, time), and how each check ended, in words."""

    scores: Mapping[str, np.ndarray]
    ended: Mapping[str, str]


def again(run: Run, tell: Callable[[str], None]) -> Again:
    """The central person of every arm once more for each of CHECKS; a check that fails says why and gives no numbers.

    The central person has every number at its value, so nothing is drawn twice. The resolved cell is not computed
    again.

    Args:
        run: as simulated
        tell: called with what comes next

    Checked by: tests/faces/test_verified_run.py
    """
    found, ended = [], {}
    for check in CHECKS:
        tell(f"checking the {check}")
        try:
            found.append(_scores(run, check))
            ended[check] = DONE
        except Failed as error:
            found.append({})
            ended[check] = str(error)
    names = dict.fromkeys(name for scores in found for name in scores)
    shape = (len(run.study.arms), run.parts.times.size)
    return Again({name: np.stack([_series(scores, name, shape) for scores in found]) for name in names}, ended)


def _series(scores: Mapping[str, np.ndarray], name: str, shape: tuple[int, int]) -> np.ndarray:
    return scores[name][:, 0] if name in scores else np.full(shape, np.nan)


def _scores(run: Run, check: str) -> dict[str, np.ndarray]:
    alone = dataclasses.replace(run.study, members=1)
    parts = _parts(run, check)
    courses = simulated(parts, [arm.name for arm in alone.arms], lambda done, total, what: None)
    return scores_of(dataclasses.replace(run, study=alone, parts=parts, courses=courses))[0]


def _parts(run: Run, check: str) -> Parts:
    central = draw(run.known, members=0, seed=run.study.seed)
    if check == "grid":
        return parts_of(run.study, run.cards, central, refined=FINER)
    same = parts_of(run.study, run.cards, central)
    return dataclasses.replace(same, tolerance=same.tolerance / TIGHTER)
