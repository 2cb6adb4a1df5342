"""The resolved unit cell of a study: which arms it can stand for, and its courses beside the depth form's."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from microneedling.laws.switches import switched
from microneedling.simulate.resolved import Resolved, Saturated, Setting, resolved
from microneedling.simulate.simulate import Course, field_meanings
from microneedling.simulate.stretches import NotOneNeedling
from microneedling.study.build import Parts


@dataclasses.dataclass(frozen=True)
class ResolvedArm:
    """One arm's actives in the resolved cell, or why there are none."""

    arm: str
    actives: dict[str, Resolved]
    left_out: str = ""


def resolved_arms(
    arms: Sequence[str], parts: Parts, courses: Sequence[Course], *, tell: Callable[[str], None]
) -> tuple[ResolvedArm, ...]:
    """Every arm with one needling and a dose, solved around one channel for everybody.

    Flow over rest and what is left of the barrier come from the central person's course in the depth form.

    Args:
        arms: names
        parts: of the study
        courses: of the depth form, one for each arm
        tell: progress

    Checked by: tests/faces/test_cell_study.py
    """
    found = []
    people = range(parts.skin.step.shape[-1])
    for n, name in enumerate(arms):
        perfusion, intact, actives = _perfusion(courses[n], parts), _intact(courses[n], parts), {}
        model = switched(parts.model, parts.switches[n])
        try:
            for k, active in enumerate(parts.actives):
                tell(f"{name}: {active} around one channel")
                setting = Setting(k, perfusion, intact)
                actives[active] = resolved(model, parts.skin, parts.plans[n], setting, people=people)
            found.append(ResolvedArm(name, actives))
        except (NotOneNeedling, Saturated) as why:
            found.append(ResolvedArm(name, {}, str(why)))
    return tuple(found)


def _field(course: Course, path: str) -> np.ndarray | None:
    paths = [name for name, _ in field_meanings(course.end)]
    return np.asarray(course.fields[paths.index(path)]) if path in paths else None


def _perfusion(course: Course, parts: Parts) -> Callable[[float], np.ndarray]:
    """Rise of flow over rest by depth, linear between readings."""
    dilated, cold = _field(course, "Vessels.perfusion"), _field(course, "Vessels.constriction")
    cells = parts.skin.step.shape[0]
    if dilated is None or cold is None:
        return lambda time: np.zeros(cells)
    flow = (1 + dilated) * (1 - cold[:, None]) - 1  # skin/oxygen.py
    times = parts.times

    def at(time: float) -> np.ndarray:
        n = int(np.clip(np.searchsorted(times, time) - 1, 0, times.size - 2))
        share = float(np.clip((time - times[n]) / (times[n + 1] - times[n]), 0.0, 1.0))
        return (1 - share) * flow[n] + share * flow[n + 1]

    return at


def _intact(course: Course, parts: Parts) -> float:
    """What is left of the barrier just after the first event, as the depth form has it."""
    layers = [_field(course, f"Epidermis.corneocytes.{n}") for n in range(4)]
    others = [_field(course, f"Epidermis.{name}") for name in ("maturity", "lipids")]
    if any(one is None for one in (*layers, *others)):
        return 1.0
    at = int(np.searchsorted(parts.times, 0.0, side="right"))
    left = np.mean([layer[at] for layer in layers if layer is not None])
    for one in others:
        left = left * one[at] if one is not None else left
    return max(float(parts.model.law("Permeation").intact_floor[0]), float(left))
