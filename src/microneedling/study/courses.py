"""Courses of all arms and people: on the native machine, or where it is missing by the compiled JAX program."""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from microneedling.laws.switches import switched
from microneedling.numerics.status import FINE, sentence
from microneedling.numerics.tape import Unsupported
from microneedling.simulate.keep import Keep
from microneedling.simulate.simulate import Course, simulate_many
from microneedling.study.build import Parts, bucket

BLOCK = 32  # people marched together by JAX: their fields then stay in the processor's cache
SWITCH = "MICRONEEDLING_NATIVE"  # "0" in the environment: never the native machine
Progress = Callable[[int, int, str], None]
Given = Callable[[int, int], tuple[Any, ...]]
Call = Callable[[tuple[Any, ...]], Course]
Simulator = tuple[Call, int, Any]  # what marches some people, how many at once, and the times to read


class Failed(RuntimeError):
    """No member of some arm could be simulated; the sentence says why."""


def simulator_of(parts: Parts, *, alone: bool = False) -> Simulator:
    """What marches the people of a study, or of any other draw of it; `alone`: best one person at a time.

    Checked by: tests/faces/test_courses.py, tests/unit/fitting/test_cases.py
    """
    return _native(parts, alone=alone) or _compiled(parts)


def simulated(
    parts: Parts, names: list[str], tell: Progress, *, simulator: Simulator | None = None
) -> tuple[Course, ...]:
    """Every arm for all people, in blocks, as many at a time as there are cores (at most two).

    Both ways give the same numbers to rounding; the native machine needs no compiling and is several times faster.

    Args:
        parts: of the study
        names: of its arms
        tell: progress as for `run`
        simulator: of an earlier draw of the same study; made when left out

    Returns: one Course per arm, people last.
    Errors: Failed when nobody of an arm could be simulated.
    Checked by: tests/faces/test_courses.py, tests/faces/test_run.py
    """
    people, steps = parts.skin.step.shape[-1], len(names) + 2
    tell(1, steps, "compiling")
    call, size, times = simulator or simulator_of(parts, alone=people == 1)

    def given(arm: int, first: int) -> tuple[Any, ...]:
        picked = np.minimum(
            np.arange(first, first + size), people - 1
        )  # a last block is filled up with its last person
        model, scales = (switched(one, parts.switches[arm]) for one in (parts.model, parts.scales))
        shared = (model, parts.skin, parts.plans[arm], scales)
        return (*jax.tree.map(lambda x: np.asarray(x)[..., picked], shared), times)

    courses, firsts = [], range(0, people, size)
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        tasks = [(arm, first) for arm in range(len(names)) for first in firsts]
        done = pool.map(lambda task: call(given(*task)), tasks)
        for n, name in enumerate(names):
            course = _joined([next(done) for _ in firsts], people, parts.times.size)
            status = np.asarray(course.status)
            if np.all(status != FINE):
                raise Failed(f'arm "{name}": {sentence(int(status[0]))}')
            courses.append(course)
            tell(1 + n, steps, name)
    return tuple(courses)


def _native(parts: Parts, *, alone: bool) -> Simulator | None:
    """The native machine for this study, how many people it takes at once, and the times to read; None without it."""
    if os.environ.get(SWITCH) == "0":
        return None
    if importlib.util.find_spec("numba") is None:
        _say_once("the package numba is not installed")
        return None
    # the compiler is heavy, and only needed where something is simulated
    native = importlib.import_module("microneedling.simulate.native")
    course = importlib.import_module("microneedling.simulate.native_course")
    keep, tolerance = Keep(times=parts.times, scales=parts.scales), parts.tolerance
    lanes = 1 if alone else native.LANES
    try:
        machine = native.kept_machine(parts.model, parts.skin, parts.plans[0], keep, still=parts.still, lanes=lanes)
    except Unsupported as missing:
        _say_once(f"it does not know {missing}")
        return None

    def call(given: tuple[Any, ...]) -> Course:
        model, skin, plan, scales, times = given
        read = Keep(times=times, scales=scales, tolerance=tolerance)
        made: Course = course.course_on(machine, model, skin, plan, keep=read)
        return made

    return call, lanes, parts.times


@functools.cache
def _say_once(reason: str) -> None:
    print(
        f"The native machine is not used ({reason}): the same numbers, slower, after a minute of compiling.",
        file=sys.stderr,
    )


@functools.partial(jax.jit, static_argnames="still")
def _course(model: Any, skin: Any, plan: Any, read: Any, *, still: tuple[str, ...]) -> Course:
    scales, times, tolerance = read
    return simulate_many(model, skin, plan, Keep(times=times, scales=scales, tolerance=tolerance), still=still)


def _compiled(parts: Parts) -> Simulator:
    """The same by JAX."""
    people, count = parts.skin.step.shape[-1], parts.times.size
    size = -(-people // -(-people // BLOCK))
    times = jnp.asarray(np.pad(parts.times, (0, bucket(count, 128) - count), mode="edge"))

    compiling = threading.Lock()
    programs: list[Any] = []

    def call(given: tuple[Any, ...]) -> Course:
        model, skin, plan, scales, times = given
        with compiling:  # once, not once a thread
            if not programs:
                programs.append(
                    _course.lower(model, skin, plan, (scales, times, parts.tolerance), still=parts.still).compile()
                )
        return jax.block_until_ready(programs[0](model, skin, plan, (scales, times, parts.tolerance)))

    return call, size, times


def _joined(blocks: list[Course], people: int, count: int) -> Course:
    """Blocks of people as one course, without the people and the readings that only filled up a block."""
    whole = jax.tree.map(lambda *xs: np.concatenate(xs, axis=-1)[..., :people], *(_lanes_last(b) for b in blocks))
    readings, end, status, steps, refused = whole
    fields = tuple(np.asarray(field)[:count] for field in blocks[0].fields)
    return Course(readings=readings[:count], fields=fields, end=end, status=status, steps=steps, refused=refused)


def _lanes_last(course: Course) -> tuple[Any, ...]:
    return course.readings, course.end, course.status, course.steps, course.refused
