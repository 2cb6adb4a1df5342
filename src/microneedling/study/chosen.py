"""Which numbers are varied over their whole spreads: the first few of a ranking, or by name."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence

from microneedling.study.coordinates import Coordinate
from microneedling.study.quantity import shown
from microneedling.study.read import Problem, StudyError, near

DEFAULT, MOST = 8, 32
LEAST_SAMPLES, MOST_SAMPLES = 32, 65536


def chosen(
    text: str | None, ranking: Sequence[Coordinate], every: Sequence[Coordinate], *, file: str
) -> tuple[Coordinate, ...]:
    """The numbers meant by "8", "0" or "Insertion.*, CollagenTurnover.r0".

    Args:
        text: as written; None: the first DEFAULT of the ranking
        ranking: numbers that move the outcome, largest effect first
        every: all numbers with a spread
        file: name of the study in messages

    Returns: the numbers, each once; none for "0".
    Errors: StudyError for a name that is no number with a spread, one that cannot move the outcome, or too many.
    Checked by: tests/unit/study/test_chosen.py
    """
    if text is None:
        return tuple(ranking[:DEFAULT])
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and words[0].lstrip("+-").isdigit():
        count = int(words[0])
        if not 0 <= count <= MOST:
            raise _refusal(file, text, f"0 to {MOST} numbers, or names")
        return tuple(ranking[:count])
    if not words:
        raise _refusal(file, text, f"0 to {MOST} numbers, or names")
    found: dict[str, Coordinate] = {}
    for word in words:
        found |= {one.name: one for one in _named(word, ranking, every, file)}
    if len(found) > MOST:
        raise _refusal(file, f"{text} ({len(found)} numbers)", f"{MOST} at most")
    return tuple(found.values())


def samples(count: int, *, file: str) -> int:
    """How many base samples; the sequence they are taken from is balanced at powers of two only.

    Errors: StudyError for another number.
    """
    if not (LEAST_SAMPLES <= count <= MOST_SAMPLES and count & (count - 1) == 0):
        allowed = f"a power of two from {LEAST_SAMPLES} to {MOST_SAMPLES}"
        raise StudyError(file, [Problem("--samples", str(count), allowed)])
    return count


def _named(word: str, ranking: Sequence[Coordinate], every: Sequence[Coordinate], file: str) -> list[Coordinate]:
    met = [one for one in ranking if fnmatch.fnmatchcase(one.name, word)]
    if met:
        return met
    if any(fnmatch.fnmatchcase(one.name, word) for one in every):
        raise _refusal(file, word, "a number that can move this outcome; this one cannot")
    raise _refusal(file, word, near(word, [one.name for one in every]) + ", or a number of numbers")


def _refusal(file: str, found: str, allowed: str) -> StudyError:
    return StudyError(file, [Problem("--sobol", shown(found), allowed)])
