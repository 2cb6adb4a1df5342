"""Clinical scales over time, from stored series of tissue scales: points, and the chance that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from microneedling.scales import grading
from microneedling.scales.clinical import SCALES, Clinical, ClinicalMap, Ecca
from microneedling.scales.scale import Card

FAINT = 1e-9  # of the start: what is left of a scar or line never counts as less [1]
DESIGNS = {"": "a new controlled study", "_open": "an open series"}
KINDS = ("", "_better", "_noticed")


def moved(card: Clinical, series: np.ndarray, filling: np.ndarray | float = 1.0) -> np.ndarray:
    """How far a tissue has got better since its first reading.

        x = -ln(y/y₀)/k,   ln(y/y₀)/k   or   1 - y/y₀

    The filling k of scars and lines is assumed within wide limits, and the slope of the map takes its place: divided by
    k, a logarithm is the matrix gained over the room for it, which is what the laws compute.

    Args:
        series: y (..., member, time), in any unit
        filling: k (member,) or 1 [1]

    Returns: x (..., member, time) [1], above zero for better; zero where there was nothing at the start.
    Checked by: tests/unit/scales/test_clinical.py
    """
    first = series[..., :1]
    ratio = np.maximum(np.where(first > 0, series / np.where(first > 0, first, 1.0), 1.0), FAINT)
    if card.reads == "share":
        return 1.0 - ratio
    sign = 1.0 if card.reads == "rise" else -1.0
    return sign * np.log(ratio) / np.asarray(filling)[..., None]


def standardised(
    card: Clinical, moves: np.ndarray, numbers: ClinicalMap, times: np.ndarray, *, is_open: bool
) -> np.ndarray:
    """Change in standard deviations between people, d = (b x + A) v (see ClinicalMap).

    Args:
        moves: x (..., member, time) [1]
        numbers: the map, each number (member,) or ()
        times: (time,) [s]; nothing is added before the first treatment at 0
        is_open: does A count?

    Returns: d (..., member, time) [1], above zero for better.
    Checked by: tests/unit/scales/test_clinical.py
    """
    slope, shift, study = (np.asarray(getattr(numbers, n))[..., None] for n in (card.slope, "open_shift", "study"))
    return (slope * moves + (shift * (times > 0) if is_open else 0.0)) * study


def points(scale: Any, changes: Mapping[str, np.ndarray], present: Mapping[str, bool]) -> np.ndarray:
    """The score, g - S d within the ends of the scale; of ECCA summed over the types a person has.

    Args:
        scale: one of SCALES, each number (member,) or ()
        changes: tissue -> d (..., member, time)
        present: tissue -> is it there at all?

    Returns: (..., member, time) [points].
    Checked by: tests/unit/scales/test_clinical.py
    """
    start, people = np.asarray(scale.start)[..., None], np.asarray(scale.people)[..., None]
    if not isinstance(scale, Ecca):
        return np.clip(start - people * changes[scale.CARD.tissue[0]], scale.CARD.low, scale.CARD.high)
    total = np.zeros(())
    for name in scale.CARD.tissue:
        if present[name]:
            weight = np.asarray(getattr(scale, name.split("_")[0]))[..., None]
            total = total + weight * np.clip(start - people * changes[name], 0.0, 3.0)
    return total


def scores(scale: Any, changes: Mapping[str, np.ndarray], present: Mapping[str, bool], asked: Any) -> dict[str, Any]:
    """Points, the probability of one grade better (grades only) and that the person calls it good, by ending of the name.

    Checked by: tests/unit/scales/test_clinical.py
    """
    value = points(scale, changes, present)
    there = [changes[name] for name in scale.CARD.tissue if present[name]]
    found = {"": value, "_noticed": grading.noticed(sum(there) / len(there), np.asarray(asked)[..., None])}
    if scale.CARD.grades:
        people = np.asarray(scale.people)[..., None]
        found["_better"] = grading.better_by_one(value[..., :1] - value, people)
    return found


def base(name: str) -> str:
    """The clinical scale a series belongs to: "masi" of "masi_noticed_open"; any other name as it is.

    Checked by: tests/unit/scales/test_clinical.py
    """
    endings = {
        f"{scale.CARD.name}{kind}{design}": scale.CARD.name for scale in SCALES for kind in KINDS for design in DESIGNS
    }
    return endings.get(name, name)


def cards() -> tuple[Card, ...]:
    """What results call all of these: name, name_open, and with _better or _noticed between."""
    made = []
    for scale in SCALES:
        card = scale.CARD
        for design, words in DESIGNS.items():
            made.append(
                Card(f"{card.name}{design}", f"{card.title}, {words}", "1", "1", card.low, card.high, worse="up")
            )
            for kind, what in (("_better", "one grade better"), ("_noticed", "the person calls it good")):
                if kind == "_noticed" or card.grades:
                    title = f"{card.title}: chance that {what}, {words}"
                    made.append(Card(f"{card.name}{kind}{design}", title, "1", "%", 0.0, 1.0, worse="down"))
    return tuple(made)
