"""What a clinic would score, from the tissue of a run: a level of its own above the laws."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from microneedling.scales import clinical_series
from microneedling.scales.clinical import SCALES, Clinical, ClinicalMap
from microneedling.scales.grading import least_shown
from microneedling.study.numbers import spread_out

if TYPE_CHECKING:
    from microneedling.study.run import Run

# what a person's baseline must name for a scale to be about them
ABOUT = {
    "scar": ("rolling_scar_volume", "boxcar_scar_volume", "icepick_scar_volume"),
    "pigment": ("melanin_index",),
}
LINED = ("line_depth",)  # lines, laxity and texture are graded on a face that has aged


def concerns(card: Clinical, baseline: Mapping[str, float]) -> bool:
    """Does the person have what the scale grades?

    Checked by: tests/unit/study/test_clinic.py
    """
    return any(baseline.get(name, 0.0) > 0 for name in ABOUT.get(card.slope, LINED))


def clinic_scores(
    run: Run, values: Mapping[str, np.ndarray], asks: Callable[[str], bool]
) -> dict[str, tuple[np.ndarray, Any, float]]:
    """Every clinical scale that concerns the person, in a controlled study and in an open series.

    Args:
        run: in vivo; its drawn people share one draw of the map each, which is one new study
        values: tissue scale -> (arm, member, time)
        asks: does the study ask for an outcome of this name?

    Returns: name -> (series (arm, member, time), card, least change that shows). Empty in vitro.
    Checked by: tests/unit/study/test_clinic.py
    """
    if run.study.in_vitro is not None:
        return {}
    named = {card.name: card for card in clinical_series.cards()}
    members = run.study.members if run.study.members > 1 else 0
    numbers = spread_out(run.known[ClinicalMap.__name__], members, seed=run.study.seed)
    found: dict[str, tuple[np.ndarray, Any, float]] = {}
    for cls in SCALES:
        wanted = [name for name in named if clinical_series.base(name) == cls.CARD.name and asks(name)]
        if wanted and concerns(cls.CARD, run.study.person.baseline):
            scale = spread_out(run.known[cls.__name__], members, seed=run.study.seed)
            for ending, series in _both(scale, run, values, numbers).items():
                name = f"{cls.CARD.name}{ending}"
                least = 0.1 if "_" in ending.removesuffix("_open") else _least(run.known[cls.__name__].record)
                found[name] = (series, named[name], least)
    return found


def _both(scale: Any, run: Run, values: Mapping[str, np.ndarray], numbers: ClinicalMap) -> dict[str, np.ndarray]:
    """The series of one scale by the ending of their names."""
    card, times = scale.CARD, run.parts.times
    by_name = {one.name: scale for one, scale in zip(run.parts.cards, run.parts.scales)}
    moves = {name: clinical_series.moved(card, values[name], _filling(by_name[name])) for name in card.tissue}
    present = {name: bool(np.any(values[name][..., 0] > 0)) for name in card.tissue}
    made = {}
    for design in clinical_series.DESIGNS:
        changes = {
            name: clinical_series.standardised(card, one, numbers, times, is_open=bool(design))
            for name, one in moves.items()
        }
        for kind, series in clinical_series.scores(scale, changes, present, numbers.asked).items():
            made[f"{kind}{design}"] = series
    return made


def _filling(scale: Any) -> np.ndarray | float:
    """k of scars and lines, person by person; 1 of what has none."""
    record = getattr(scale, "scars", scale)
    return np.asarray(record.filling) if "filling" in _names(record) else 1.0


def _names(record: Any) -> Sequence[str]:
    return [field.name for field in dataclasses.fields(record)]


def _least(record: Any) -> float:
    return float(least_shown(record.observer, record.noticeable))
