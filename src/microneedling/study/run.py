"""A study in, a result out."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.numerics.status import FINE, sentence
from microneedling.safety.finding import Finding
from microneedling.safety.screen import refused
from microneedling.simulate.keep import Keep
from microneedling.simulate.simulate import Course, simulate_many
from microneedling.study import compiled
from microneedling.study.build import Parts, bucket, parts_of
from microneedling.study.numbers import Cards, cards_of, draw, known_numbers
from microneedling.study.plain import PlainStudy
from microneedling.study.resolving import ResolvedArm, resolved_arms
from microneedling.study.schema import Study
from microneedling.study.screening import findings
from microneedling.study.store import result_of

BLOCK = 32  # people marched together: their fields then stay in the processor's cache
Progress = Callable[[int, int, str], None]


class Refused(RuntimeError):
    """Screening found a contraindication and nobody overrode it; `findings` says what."""

    def __init__(self, found: tuple[Finding, ...]):
        self.findings = found
        reasons = "; ".join(f.reason for f in found if f.level == "absolute" and not f.exempt)
        super().__init__(f"refused by screening: {reasons}")


class Failed(RuntimeError):
    """No member of some arm could be simulated; the sentence says why."""


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


def run(
    study: Study | str | Path,
    *,
    override: str = "",
    exempt: bool = False,
    parameter_set: str | Path | None = None,
    progress: Progress | None = None,
) -> Any:
    """Screen, simulate every arm for every person, and label what came out.

    Args:
        study: a Study or the path of a study file
        override: a reason to run in spite of an absolute finding; stored with the result
        exempt: True for validation cases and claims: findings are stamped, nothing is refused
        parameter_set: a card that replaces numbers by name
        progress: called as progress(done, total, what) after each stage

    Returns: xarray.DataTree (groups in simulate/result.py).
    Errors: StudyError, CardError for bad input; Refused; Failed.
    Checked by: tests/faces/test_run.py, tests/golden
    """
    loaded = study if isinstance(study, Study) else Study.load(study)
    return result_of(
        course_of(loaded, override=override, exempt=exempt, parameter_set=parameter_set, progress=progress)
    )


def course_of(
    study: Study,
    *,
    override: str = "",
    exempt: bool = False,
    parameter_set: str | Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """The same as `run`, before labelling."""
    compiled.ready()
    tell = progress or (lambda done, total, what: None)
    plain = study.plain()
    cards = cards_of(plain)
    found = findings(plain, cards, exempt=exempt)
    if refused(found) and not override:
        raise Refused(found)
    steps = len(plain.arms) + 2
    tell(0, steps, "drawing people")
    known = known_numbers(cards, parameter_set)
    members = plain.members if plain.members > 1 else 0
    parts = parts_of(plain, cards, draw(known, members=members, seed=plain.seed))
    arms = [arm.name for arm in plain.arms]
    courses = simulated(parts, arms, tell)
    cells: tuple[ResolvedArm, ...] = ()
    if plain.detail == "cell":
        cells = resolved_arms(arms, parts, courses, tell=lambda what: tell(steps - 1, steps, what))
    tell(steps - 1, steps, "labelling")
    text = json.dumps(study.model_dump(mode="json", exclude_unset=True))
    return Run(plain, cards, known, parts, courses, cells, found, override, text)


@functools.partial(jax.jit, static_argnames="still")
def _course(model: Any, skin: Any, plan: Any, read: Any, *, still: tuple[str, ...]) -> Course:
    scales, times = read
    return simulate_many(model, skin, plan, Keep(times=times, scales=scales), still=still)


def simulated(parts: Parts, names: list[str], tell: Progress) -> tuple[Course, ...]:
    """Every arm by the same compiled program, people in blocks, as many at a time as there are cores (at most two)."""
    count, steps = parts.times.size, len(names) + 2
    times = jnp.asarray(np.pad(parts.times, (0, bucket(count, 128) - count), mode="edge"))
    people = parts.skin.step.shape[-1]
    size = -(-people // -(-people // BLOCK))
    firsts = range(0, people, size)
    tell(1, steps, "compiling")

    def given(arm: int, first: int) -> tuple[Any, ...]:
        picked = np.minimum(
            np.arange(first, first + size), people - 1
        )  # the last block is filled up with its last person
        shared = (parts.model, parts.skin, parts.plans[arm], parts.scales)
        model, skin, plan, scales = jax.tree.map(lambda x: x[..., picked], shared)
        return model, skin, plan, (scales, times)

    program = _course.lower(*given(0, 0), still=parts.still).compile()

    def one(task: tuple[int, int]) -> Course:
        return jax.block_until_ready(program(*given(*task)))

    courses = []
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        done = pool.map(one, [(arm, first) for arm in range(len(names)) for first in firsts])
        for n, name in enumerate(names):
            course = _joined([next(done) for _ in firsts], people, count)
            _check(course, name)
            courses.append(course)
            tell(1 + n, steps, name)
    return tuple(courses)


def _joined(blocks: list[Course], people: int, count: int) -> Course:
    """Blocks of people as one course, without the people and the readings that only filled up a block."""
    whole = jax.tree.map(lambda *xs: jnp.concatenate(xs, axis=-1)[..., :people], *(_lanes_last(b) for b in blocks))
    readings, end, status, steps, refused = whole
    fields = tuple(field[:count] for field in blocks[0].fields)
    return Course(readings=readings[:count], fields=fields, end=end, status=status, steps=steps, refused=refused)


def _lanes_last(course: Course) -> tuple[Any, ...]:
    return course.readings, course.end, course.status, course.steps, course.refused


def _check(course: Course, arm: str) -> None:
    status = np.asarray(course.status)
    if np.all(status != FINE):
        raise Failed(f'arm "{arm}": {sentence(int(status[0]))}')
