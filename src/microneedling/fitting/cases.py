"""The calibration rows of validation cases, and what the model says to them for many sets of numbers at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.evaluation.compare import quantity
from microneedling.evaluation.observed import Observed, read_observed
from microneedling.evaluation.prediction import CannotRead, Prediction
from microneedling.evaluation.validate import OBSERVED, STUDY
from microneedling.evaluation.validate import cases as folders
from microneedling.fitting.scope import Scope
from microneedling.numerics.status import FINE
from microneedling.study.build import Parts, parts_maker
from microneedling.study.courses import Simulator, simulated, simulator_of
from microneedling.study.habits import acting
from microneedling.study.numbers import Cards, cards_of, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.predict import after_events
from microneedling.study.run import Run
from microneedling.study.schema import Study
from microneedling.study.store import scores_of

MARGIN = 3600.0  # after the last reading nothing is simulated [s]
NEEDS = {
    "open_by_impedance": ("permeable_area", "visible_pores", "tewl"),
    "open_by_dye": ("permeable_area", "visible_pores", "tewl"),
    "open_by_tewl": ("permeable_area", "visible_pores", "tewl"),
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class FitCase:
    """A study, its cards and numbers, and the rows held against it."""

    name: str
    study: PlainStudy
    cards: Cards
    known: Mapping[str, Any]
    rows: tuple[Observed, ...]

    @property
    def horizon(self) -> float:
        """End of the run [s]."""
        return self.study.horizon


@dataclasses.dataclass(frozen=True, kw_only=True)
class Omitted:
    """A calibration row that takes no part, and why."""

    case: str
    row: Observed
    reason: str


def cases_of(folder: Path, scope: Scope) -> tuple[tuple[FitCase, ...], tuple[Omitted, ...]]:
    """The cases below a folder that have calibration rows within the scope; validation rows are never read.

    Args:
        folder: holds one folder a case with study.toml and observed.csv
        scope: scales that count

    Returns: cases, and the calibration rows left out with the reason.
    Errors: ObservedError, StudyError, CardError for bad input; ValueError when nothing is there to fit.
    Checked by: tests/unit/fitting/test_cases.py
    """
    found, omitted = [], []
    for path in folders(folder):
        rows = [row for row in read_observed(path / OBSERVED) if row.use == "calibration"]
        mine = tuple(row for row in rows if row.scale in scope.scales)
        if not mine and not rows:
            continue
        plain = acting(Study.load(path / STUDY).plain()) if mine else None
        if plain is None or plain.in_vitro is not None:
            mine = ()
        omitted += [Omitted(case=path.name, row=r, reason=scope.reason(r.scale)) for r in rows if r not in mine]
        if mine and plain is not None:
            found.append(_case(path.name, plain, mine))
    if not found:
        raise ValueError(f"{folder}: found no calibration row to fit; allowed read-outs: {', '.join(scope.scales)}")
    return tuple(found), tuple(omitted)


def _case(name: str, plain: PlainStudy, rows: Sequence[Observed]) -> FitCase:
    """Only the arms and scales the rows ask for: the rest would only take time."""
    arms = {arm for row in rows for arm in (row.arm, row.against) if arm}
    kept = tuple(arm for arm in plain.arms if arm.name in arms)
    scales, end = tuple(sorted({row.scale for row in rows})), plain.horizon
    if not any(row.event or row.scale.startswith("open_by_") for row in rows):
        end = min(end, max(row.time for row in rows) + MARGIN)
    study = dataclasses.replace(plain, arms=kept, outcomes=scales, members=1, horizon=end)
    cards = cards_of(study)
    return FitCase(name=name, study=study, cards=cards, known=known_numbers(cards, fitted=False), rows=tuple(rows))


class Forward:
    """What the model says to the rows of one case, for any number of particles: compiled at the first call."""

    def __init__(self, case: FitCase):
        self.case = case
        self._maker = parts_maker(case.study, case.cards)
        self._simulator: Simulator | None = None

    def parts(self, records: Mapping[str, Any]) -> Parts:
        """The study for some records, with the scales its rows need and no others."""
        full = self._maker(records)
        wanted = {need for scale in self.case.study.outcomes for need in (scale, *NEEDS.get(scale, ()))}
        picked = [n for n, card in enumerate(full.cards) if card.name in wanted]
        cards, scales = (tuple(one[n] for n in picked) for one in (full.cards, full.scales))
        return dataclasses.replace(full, cards=cards, scales=scales)

    def series(self, records: Mapping[str, Any]) -> dict[tuple[str, str], Prediction]:
        """Every scale asked for in every arm; nothing changes in a particle that could not be simulated."""
        case, parts = self.case, self.parts(records)
        self._simulator = self._simulator or simulator_of(parts)
        names = [arm.name for arm in case.study.arms]
        courses = simulated(parts, names, lambda done, total, what: None, simulator=self._simulator)
        run = Run(case.study, case.cards, dict(case.known), parts, courses, (), (), "", "")
        values, attrs = scores_of(run)
        failed = np.any([np.asarray(course.status) != FINE for course in courses], axis=0)
        times, found = after_events(parts.times), {}
        for scale, arms in values.items():
            told = {"unit": attrs[scale]["units"], "noticeable": float(attrs[scale]["noticeable"])}
            for name, rows in zip(names, arms):
                kept = np.where(failed[:, None], 0.0, rows)
                found[name, scale] = Prediction(arm=name, scale=scale, times=times, values=kept, **told)
        return found

    def __call__(self, records: Mapping[str, Any]) -> np.ndarray:
        """What each row is held against (row, particle) in its unit: nan without an answer, inf for never.

        Checked by: tests/unit/fitting/test_cases.py
        """
        found, rows = self.series(records), []
        for row in self.case.rows:
            own = found.get((row.arm, row.scale))
            other = found.get((row.against, row.scale)) if row.against else None
            if own is None or (row.against and other is None):
                raise CannotRead(f'{self.case.name}: no arm "{row.arm}" or scale "{row.scale}" in the run')
            rows.append(quantity(row, own, other))
        return np.array(rows)


def noticeable(case: FitCase) -> tuple[float, ...]:
    """The smallest noticeable change of each row's scale [unit]."""
    least = {}
    for one in case.known.values():
        card = getattr(type(one.record), "CARD", None)
        if card is not None and hasattr(one.record, "noticeable"):
            least[card.name] = float(one.record.noticeable)
    return tuple(least.get(row.scale, 0.0) for row in case.rows)
