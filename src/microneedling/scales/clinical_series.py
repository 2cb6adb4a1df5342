"""Clinical scales over time, from stored series of tissue scales: points, and the chance that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.scales import grading
from microneedling.scales.clinical import GAIN, GRADES, IMPROVEMENT, SCALES, SCORE, Clinical, ClinicalMap, ClinicScale
from microneedling.scales.scale import Card

FAINT = 1e-9  # of the start: what is left of a scar or line never counts as less [1]
DESIGNS = {"": "a new controlled study", "_open": "an open series"}
# what is told of each kind of scale: ending of the name, and words
TOLD = {
    GRADES: {
        "": "",
        "_better": "one grade better",
        "_two": "two grades better",
        "_noticed": "the person calls it good",
        "_shown": "the change shows in one person",
    },
    SCORE: {"": "", "_noticed": "the person calls it good", "_shown": "the change shows in one person"},
    IMPROVEMENT: {
        "": "",
        "_half": "at least half better",
        "_most": "more than three quarters better",
        "_shown": "the change shows in one person",
    },
    GAIN: {"": "", "_shown": "the change shows in one person"},
}
TYPES_MOST = 3.0  # greatest grade of how many scars of one type, ECCA [1]


def moved(card: Clinical, series: np.ndarray, filling: np.ndarray | float = 1.0) -> np.ndarray:
    """How far a tissue has got better since its first reading.

        x = -ln(y/y₀)/k,   ln(y/y₀)/k,   1 - y/y₀   or   y - y₀

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
    if card.reads == "effect":
        return series - first
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
        is_open: does A count? Never for what is counted.

    Returns: d (..., member, time) [1], above zero for better.
    Checked by: tests/unit/scales/test_clinical.py
    """
    slope, shift, study = (np.asarray(getattr(numbers, n))[..., None] for n in (card.slope, "open_shift", "study"))
    return (slope * moves + (shift * (times > 0) if is_open and card.kind != GAIN else 0.0)) * study


def points(card: Clinical, record: ClinicScale, changes: Mapping[str, np.ndarray], present: Mapping[str, bool]) -> Any:
    """The score, g - S d within the ends of the scale (g + S d of a gain); of several types Σ w max(0, g - S d).

    Args:
        card: a scale that is not an improvement
        record: its numbers, each (member,) or ()
        changes: tissue -> d (..., member, time)
        present: tissue -> is it there at all?

    Returns: (..., member, time) [points].
    Checked by: tests/unit/scales/test_clinical.py
    """
    start, people = np.asarray(record.start)[..., None], np.asarray(record.people)[..., None]
    low, high = float(np.ravel(record.low)[0]), float(np.ravel(record.high)[0])
    if len(card.tissue) == 1:
        sign = 1.0 if card.kind == GAIN else -1.0
        return np.clip(start + sign * people * changes[card.tissue[0]], low, high)
    total = np.zeros(())
    for name in card.tissue:
        if present[name]:
            weight = np.asarray(getattr(record, name.split("_")[0]))[..., None]
            total = total + weight * np.clip(start - people * changes[name], 0.0, TYPES_MOST)
    return total


def scores(
    card: Clinical,
    record: ClinicScale,
    changes: Mapping[str, np.ndarray],
    *,
    present: Mapping[str, bool],
    numbers: ClinicalMap,
) -> dict[str, np.ndarray]:
    """All that is told of a scale, by ending of the name (TOLD): value, and chances for one person.

    Args:
        numbers: the map, for what a person asks for; others as for `points`

    Returns: ending -> (..., member, time), values in the scale's own unit.
    Checked by: tests/unit/scales/test_clinical.py
    """
    there = [changes[name] for name in card.tissue if present[name]]
    middle = np.mean(np.stack(np.broadcast_arrays(*there)), axis=0)
    asked, excellent = (np.asarray(getattr(numbers, name))[..., None] for name in ("asked", "excellent"))
    least = grading.least_shown(record.observer, record.noticeable)[..., None]
    if card.kind == IMPROVEMENT:
        rated = grading.Rated(half=asked, most=excellent)
        shows = np.maximum(
            rated.change(least), grading.UNTREATED
        )  # most who are left alone are rated a little either way
        passed = {"_half": rated.change(0.5), "_most": rated.change(0.75), "_shown": shows}
        return {"": rated.mean(middle), **{ending: grading.noticed(middle, one) for ending, one in passed.items()}}
    value, people = points(card, record, changes, present), _scatter(card, record, present)
    fall = value[..., :1] - value
    whole = {"": value, "_shown": grading.shown(fall, people, least)}
    if card.kind != GAIN:
        whole["_noticed"] = grading.noticed(middle, asked)
    if card.kind == GRADES:
        whole |= {"_better": grading.better_by(1, fall, people), "_two": grading.better_by(2, fall, people)}
    return whole


def _scatter(card: Clinical, record: ClinicScale, present: Mapping[str, bool]) -> np.ndarray:
    """What people scatter around the mean change, in points; of several types S √(Σ w²)."""
    people = np.asarray(record.people)[..., None]
    if len(card.tissue) == 1:
        return people
    weights = [np.asarray(getattr(record, name.split("_")[0]))[..., None] for name in card.tissue if present[name]]
    return people * np.sqrt(sum(weight**2 for weight in weights))


def base(name: str) -> str:
    """The clinical scale a series belongs to: "masi" of "masi_noticed_open"; any other name as it is.

    Checked by: tests/unit/scales/test_clinical.py
    """
    return _BASES.get(name, name)


def designs(card: Clinical) -> tuple[str, ...]:
    """Kinds of study a scale is told for; what is counted is counted alike in all."""
    return ("",) if card.kind == GAIN else tuple(DESIGNS)


def shown_unit(card: Clinical) -> tuple[str, str, float]:
    """SI unit of a value, the unit people write, and how much of the first one of the card's numbers is."""
    if card.kind == IMPROVEMENT:
        return "1", "%", 1.0
    si = "1" if card.unit == "1" else "m-2"
    return si, card.unit, units.factor(card.unit, si)


def cards() -> tuple[Card, ...]:
    """What results call all of these: name, name_open, and with an ending of TOLD between."""
    return tuple(
        _card(card, ending, design) for card in SCALES for design in designs(card) for ending in TOLD[card.kind]
    )


def _card(card: Clinical, ending: str, design: str) -> Card:
    name, words, what = f"{card.name}{ending}{design}", DESIGNS[design], TOLD[card.kind][ending]
    worse = "up" if card.kind in (GRADES, SCORE) else "down"
    if ending:
        return Card(name, f"{card.title}: chance that {what}, {words}", "1", "%", 0.0, 1.0, worse="down")
    si, written, size = shown_unit(card)
    low, high = card.numbers.low * size, card.numbers.high * size
    return Card(name, f"{card.title}, {words}", si, written, low, high, worse=worse)


_BASES = {f"{card.name}{end}{design}": card.name for card in SCALES for end in TOLD[card.kind] for design in DESIGNS}
