"""Grades as raters give them: a change in points as probabilities of grades, and the least change one rating shows."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

REPEATED = 1.959963984540054 * math.sqrt(2.0)  # two ratings of the same thing differ by less in 95 of 100 pairs
HALF = 0.5  # a rater rounds to whole grades


def better_by_one(fall: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Probability that one person is rated at least one grade better.

        P = Φ((f - ½)/S)

    Ordered probit with thresholds half-way between the grades: f is the mean fall, S what people scatter around it.

    Args:
        fall: f, mean fall in grades (...,) [1]
        people: S, standard deviation between people, > 0 [1]

    Returns: (...,) [1].
    Checked by: tests/unit/scales/test_grading.py
    """
    return np.asarray(special.ndtr((fall - HALF) / people))


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
