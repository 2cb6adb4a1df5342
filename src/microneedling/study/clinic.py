"""What a clinic would score, from the tissue of a run: a level of its own above the laws."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from microneedling.scales import clinical_series
from microneedling.scales.clinical import SCALES, Clinical, ClinicalMap
from microneedling.scales.grading import least_shown
from microneedling.scales.scale import Card
from microneedling.study.numbers import drawn_alone, spread_out

if TYPE_CHECKING:
    from microneedling.study.run import Run

CHANCE = 0.1  # a chance that moves by less is not told apart by the few trials there are [1]


@dataclasses.dataclass(frozen=True)
class Scored:
    """One series of the clinic: (arm, member, time) [SI], its card, the least change that shows in one person.

    `seen` names the series of the chance that it does; "" where there is none.
    """

    series: np.ndarray
    card: Card
    shows: float
    seen: str


def concerns(card: Clinical, baseline: Mapping[str, float]) -> bool:
    """Does the person have what the scale grades?

    Checked by: tests/unit/study/test_clinic.py
    """
    return any(baseline.get(name, 0.0) > 0 for name in card.about)


def clinic_scores(run: Run, values: Mapping[str, np.ndarray], asks: Callable[[str], bool]) -> dict[str, Scored]:
    """Every clinical scale that concerns the person, in a controlled study and in an open series.

    Args:
        run: in vivo; its drawn people share one draw of the map each, which is one new study
        values: tissue scale -> (arm, member, time)
        asks: does the study ask for an outcome of this name?

    Returns: name -> Scored. Empty in vitro.
    Checked by: tests/unit/study/test_clinic.py
    """
    if run.study.in_vitro is not None:
        return {}
    named = {card.name: card for card in clinical_series.cards()}
    members = run.study.members if run.study.members > 1 else 0
    numbers = drawn_alone(run.known[ClinicalMap.__name__], members, seed=run.study.seed, anew=run.anew)
    found: dict[str, Scored] = {}
    for card in SCALES:
        wanted = [name for name in named if clinical_series.base(name) == card.name and asks(name)]
        if wanted and concerns(card, run.study.person.baseline):
            known = run.known[card.known.name]
            record, size = (
                spread_out(known, members, seed=run.study.seed, anew=run.anew),
                clinical_series.shown_unit(card)[2],
            )
            least = float(least_shown(known.record.observer, known.record.noticeable)) * size
            for design in clinical_series.designs(card):
                for ending, series in _told(card, record, run, values=values, numbers=numbers, design=design).items():
                    name = f"{card.name}{ending}{design}"
                    by_chance = (1.0, CHANCE, "") if ending else (size, least, f"{card.name}_shown{design}")
                    found[name] = Scored(series * by_chance[0], named[name], *by_chance[1:])
    return found


def _told(
    card: Clinical, record: Any, run: Run, *, values: Mapping[str, np.ndarray], numbers: ClinicalMap, design: str
) -> dict[str, np.ndarray]:
    """The series of one scale in one kind of study, by the ending of their names."""
    by_name = {one.name: scale for one, scale in zip(run.parts.cards, run.parts.scales)}
    changes = {}
    for name in card.tissue:
        moves = clinical_series.moved(card, values[name], _filling(by_name[name]))
        changes[name] = clinical_series.standardised(card, moves, numbers, run.parts.times, is_open=bool(design))
    present = {name: card.reads == "effect" or bool(np.any(values[name][..., 0] > 0)) for name in card.tissue}
    if not any(present.values()):
        return {}
    return clinical_series.scores(card, record, changes, present=present, numbers=numbers)


def _filling(scale: Any) -> np.ndarray | float:
    """k of scars and lines, person by person; 1 of what has none."""
    record = getattr(scale, "scars", scale)
    return np.asarray(record.filling) if "filling" in _names(record) else 1.0


def _names(record: Any) -> Sequence[str]:
    return [field.name for field in dataclasses.fields(record)]
