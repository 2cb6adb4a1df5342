"""Grades as raters give them: a change in points as probabilities of grades, and the least change one rating shows."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
from scipy import special

REPEATED = 1.959963984540054 * math.sqrt(2.0)  # two ratings of the same thing differ by less in 95 of 100 pairs
HALF = 0.5  # a rater rounds to whole grades
UNTREATED = 1.6448536269514722  # 95 of 100 people in whom nothing changes are rated better by less [1]
APART = 1.2  # least ratio of the changes called three quarters and half better [1]
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(32)  # people around their mean, Normal(0, 1)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def better_by(grades: int, fall: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Probability that one person is rated at least so many grades better.

        P = Φ((f - (m - ½))/S)

    Ordered probit with thresholds half-way between the grades: f is the mean fall, S what people scatter around it.

    Args:
        grades: m, >= 1
        fall: f, mean fall in grades (...,) [1]
        people: S, standard deviation between people, > 0 [1]

    Returns: (...,) [1].
    Checked by: tests/unit/scales/test_grading.py
    """
    return np.asarray(special.ndtr((fall - (grades - HALF)) / people))


def grade_shares(start: np.ndarray, fall: np.ndarray, people: np.ndarray, grades: tuple[int, int]) -> np.ndarray:
    """Probability of each grade afterwards for somebody who starts at a grade.

        P(j) = Φ((j + ½ - (g - f))/S) - Φ((j - ½ - (g - f))/S),   the end grades take all beyond them

    Args:
        start: g, grade before (...,) [1]
        fall: f, mean fall (...,) [1]
        people: S, standard deviation between people (...,) [1]
        grades: least and greatest grade of the scale

    Returns: (..., grade) [1], each row adding up to 1.
    Checked by: tests/unit/scales/test_grading.py
    """
    low, high = grades
    borders = np.arange(low, high) + HALF
    middle = np.asarray(start - fall)[..., None]
    below = special.ndtr((borders - middle) / np.asarray(people)[..., None])
    ends = np.zeros_like(below[..., :1])
    return np.diff(np.concatenate([ends, below, ends + 1.0], axis=-1), axis=-1)


def noticed(moved: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Probability that the person calls the change good, P = Φ(d - c).

    Args:
        moved: d, mean change in standard deviations between people (...,) [1]
        asked: c, the change a person asks for before calling it good, in the same (...,) [1]

    Returns: (...,) [1].
    Checked by: tests/unit/scales/test_grading.py
    """
    return np.asarray(special.ndtr(moved - asked))


def least_shown(observer: np.ndarray | float, noticeable: np.ndarray | float) -> np.ndarray:
    """The least change that shows in one person: what is worth calling a change, or what two ratings differ by anyway.

        Δ = max(δ, 1.96 √2 σ)

    Args:
        observer: σ, standard deviation of one rating of the same thing [points]
        noticeable: δ, smallest change called one [points]

    Returns: [points].
    Checked by: tests/unit/scales/test_grading.py
    """
    return np.maximum(noticeable, REPEATED * np.asarray(observer))


def shown(change: np.ndarray, people: np.ndarray, least: np.ndarray) -> np.ndarray:
    """Probability that one person's own change, either way, passes what two readings differ by anyway.

        P = Φ((f - Δ)/S) + Φ((-f - Δ)/S)

    S of a trial holds what its raters scatter, so nothing is added for them. Where nothing changes this is the share of
    people in whom chance alone shows.

    Args:
        change: f, mean change (...,) [points]
        people: S, standard deviation of the change between people, > 0 [points]
        least: Δ, see `least_shown` [points]

    Returns: (...,) [1].
    Checked by: tests/unit/scales/test_grading.py
    """
    return np.asarray(special.ndtr((change - least) / people) + special.ndtr((-change - least) / people))


@dataclasses.dataclass(frozen=True)
class Rated:
    """How much better a change is called: half at c, three quarters at c₇₅, the more the less for each step.

        s = (z/c)^n/(1 + (z/c)^n),   n = ln 3/ln(c₇₅/c),   worse by as much for -z

    z is the change of one person in standard deviations between people, Normal(d, 1).
    """

    half: np.ndarray
    most: np.ndarray

    @property
    def power(self) -> np.ndarray:
        """n [1]; c₇₅ is held a little above c, however they are drawn."""
        return math.log(3.0) / np.log(np.maximum(self.most / self.half, APART))

    def change(self, share: np.ndarray | float) -> np.ndarray:
        """The change that is called a share s better, c (s/(1 - s))^(1/n) [1]; 0 < s < 1.

        Checked by: tests/unit/scales/test_grading.py
        """
        odds = np.asarray(share) / (1 - np.asarray(share))
        return np.asarray(self.half * odds ** (1 / self.power))

    def mean(self, moved: np.ndarray) -> np.ndarray:
        """Mean share by which people are called better at a mean change d (...,) [1], by quadrature over people.

        Checked by: tests/unit/scales/test_grading.py
        """
        total = np.zeros(np.shape(moved))
        for node, weight in zip(NODES, WEIGHTS):
            z = moved + node
            size = (np.abs(z) / self.half) ** self.power
            total = total + weight * np.sign(z) * size / (1 + size)
        return total
