"""The ridge: gain per session against persistence, over the draws of a posterior."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

import numpy as np

from microneedling.evaluation.prediction import at, baseline
from microneedling.fitting.assembled import Assembled, records_for
from microneedling.fitting.cases import FitCase, Forward
from microneedling.fitting.fit import CHUNK
from microneedling.fitting.journal import Journal
from microneedling.study.numbers import cards_of, known_numbers
from microneedling.study.schema import Study

STUDY = Path(__file__).with_name("ridge.toml")
DAY = 86400.0
LAST, BIOPSY, YEAR = 90 * DAY, 56 * DAY, 365 * DAY  # last session; a biopsy after it; a year after it [s]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ridge:
    """Per draw: stained gain eight weeks after one session and after four, what is left a year on, and mass [1]."""

    one: np.ndarray
    four: np.ndarray
    year: np.ndarray
    mass: np.ndarray

    @property
    def kept(self) -> np.ndarray:
        """Share of the gain after four sessions that is left a year later [1]."""
        return np.asarray(self.year / self.four)


def ridge(ready: Assembled, z: np.ndarray, journal: Journal) -> Ridge:
    """Simulate one session and four with every draw.

    Args:
        ready: what was fitted
        z: draws (draw, coordinate)
        journal: keeps what was simulated

    Checked by: tests/unit/fitting/test_ridge.py
    """
    study = Study.load(STUDY).plain()
    cards = cards_of(study)
    case = FitCase(name="ridge", study=study, cards=cards, known=known_numbers(cards, fitted=False), rows=())
    forward = Forward(case)

    def said(points: np.ndarray) -> np.ndarray:
        found = forward.series(records_for(case, ready.task.space, points))
        stain = {arm: found[arm, "collagen_stain"] for arm in ("one session", "four sessions")}
        mass = found["four sessions", "collagen_mass"]
        return np.array(
            [
                at(stain["one session"], BIOPSY) - baseline(stain["one session"]),
                at(stain["four sessions"], LAST + BIOPSY) - baseline(stain["four sessions"]),
                at(stain["four sessions"], LAST + YEAR) - baseline(stain["four sessions"]),
                at(mass, LAST + YEAR) - baseline(mass),
            ]
        ).T

    found = []
    for first in range(0, len(z), CHUNK):
        here = z[first : first + CHUNK]
        full = np.concatenate([here, np.repeat(here[-1:], CHUNK - len(here), axis=0)])
        found.append(journal.kept(f"ridge-{first}", full, functools.partial(said, full))[: len(here)])
    one, four, year, mass = np.concatenate(found).T
    return Ridge(one=one, four=four, year=year, mass=mass)
