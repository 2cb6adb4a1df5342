"""A study in, a result out."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.simulate.simulate import Course
from microneedling.study import compiled
from microneedling.study.build import Parts, parts_of
from microneedling.study.courses import Progress, simulated
from microneedling.study.habits import acting
from microneedling.study.numbers import Cards, cards_of, draw, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.resolving import ResolvedArm, resolved_arms
from microneedling.study.schema import Study
from microneedling.study.screening import findings
from microneedling.study.store import result_of
from microneedling.study.verify import Again, again


class Refused(RuntimeError):
    """Screening found a contraindication and nobody overrode it; `findings` says what."""

    def __init__(self, found: tuple[Finding, ...]):
        self.findings = found
        reasons = "; ".join(f.reason for f in found if f.level == "absolute" and not f.exempt)
        super().__init__(f"refused by screening: {reasons}")


@dataclasses.dataclass(frozen=True)
class Run:
    """All a result is made of."""

    study: PlainStudy
    cards: Cards
    known: dict[str, Any]
    parts: Parts
    courses: tuple[Course, ...]
    resolved: tuple[ResolvedArm, ...]
    findings: tuple[Finding, ...]
    override: str
    text: str
    anew: str = ""  # grade whose numbers were drawn a second time
    again: Again | None = None


def run(
    study: Study | str | Path,
    *,
    override: str = "",
    exempt: bool = False,
    parameter_set: str | Path | None = None,
    anew: str = "",
    progress: Progress | None = None,
    verify: bool = False,
) -> Any:
    """Screen, simulate every arm for every person, and label what came out.

    Args:
        study: a Study or the path of a study file
        override: a reason to run in spite of an absolute finding; stored with the result
        exempt: True for validation cases and claims: findings are stamped, nothing is refused
        parameter_set: a card that replaces numbers by name
        anew: a grade whose numbers are drawn a second time, everybody being the same otherwise; see numbers.draw
        progress: called as progress(done, total, what) after each stage
        verify: compute the central person again with smaller step errors and on a finer grid, to say what they do

    Returns: xarray.DataTree (groups in simulate/result.py).
    Errors: StudyError, CardError for bad input; Refused; Failed.
    Checked by: tests/faces/test_run.py, tests/golden
    """
    loaded = study if isinstance(study, Study) else Study.load(study)
    made = course_of(
        loaded, override=override, exempt=exempt, parameter_set=parameter_set, anew=anew, progress=progress
    )
    if verify:
        steps, tell = len(made.study.arms) + 2, progress or _silent
        made = dataclasses.replace(made, again=again(made, lambda what: tell(steps - 1, steps, what)))
    return result_of(made)


def _silent(done: int, total: int, what: str) -> None:
    """Progress nobody asked for."""


def course_of(
    study: Study,
    *,
    override: str = "",
    exempt: bool = False,
    parameter_set: str | Path | None = None,
    anew: str = "",
    progress: Progress | None = None,
) -> Run:
    """The same as `run`, before labelling."""
    compiled.ready()
    tell = progress or _silent
    written = study.plain()
    plain = acting(written)
    cards = cards_of(plain)
    found = findings(written, cards, exempt=exempt)
    if refused(found) and not override:
        raise Refused(found)
    steps = len(plain.arms) + 2
    tell(0, steps, "drawing people")
    known = known_numbers(cards, parameter_set)
    members = plain.members if plain.members > 1 else 0
    parts = parts_of(plain, cards, draw(known, members=members, seed=plain.seed, anew=anew))
    arms = [arm.name for arm in plain.arms]
    courses = simulated(parts, arms, tell)
    cells: tuple[ResolvedArm, ...] = ()
    if plain.detail == "cell":
        cells = resolved_arms(arms, parts, courses, tell=lambda what: tell(steps - 1, steps, what))
    tell(steps - 1, steps, "labelling")
    text = json.dumps(study.model_dump(mode="json", exclude_unset=True))
    return Run(plain, cards, known, parts, courses, cells, found, override, text, anew)
