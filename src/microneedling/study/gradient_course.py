"""Slopes by the named numbers of a study: back through the course, then through the making of its people."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jax
import numpy as np

from microneedling.core.form import Foreign, form
from microneedling.core.kept import kept
from microneedling.laws.switches import switched
from microneedling.numerics.native import LANES
from microneedling.numerics.pullback import Pullback, pullback
from microneedling.simulate.adjoint import Way, way_of
from microneedling.simulate.adjoint_course import slopes_on
from microneedling.simulate.keep import Keep
from microneedling.simulate.native_course import lanes_of
from microneedling.study.build import person_maker
from microneedling.study.gradient import Asked, Gradient


def gradient_of(asked: Asked) -> Gradient:
    """`gradients`, once it is known what is asked for: people in blocks of LANES, two blocks at a time.

    Errors: numerics.tape.Unsupported.
    Checked by: tests/unit/study/test_gradient.py
    """
    way, person = kept_way(asked), person_back(asked)
    people = asked.parts.skin.step.shape[-1]
    firsts = range(0, people, LANES)
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        done = list(pool.map(lambda first: block_slopes(asked, way, person, first=first), firsts))
    return Gradient(
        value=np.concatenate([one.value for one in done]),
        slopes={name: np.concatenate([one.slopes[name] for one in done]) for name in done[0].slopes},
        status=np.concatenate([one.status for one in done]),
    )


def shared(asked: Asked) -> tuple[Any, ...]:
    """Model, skin, scale and plan of all people in the arm asked for."""
    parts = asked.parts
    read = (switched(parts.scales[asked.scale], parts.switches[asked.arm]),)
    return switched(parts.model, parts.switches[asked.arm]), parts.skin, read, parts.plans[asked.arm]


def kept_way(asked: Asked) -> Way:
    """The program of the course and of the way back, or what an earlier process kept of it (core/kept.py).

    Errors: numerics.tape.Unsupported.
    Checked by: tests/unit/study/test_gradient.py
    """
    model, skin, read, plan = shared(asked)
    keep, still = Keep(times=np.array([asked.time]), scales=read, fields=False), asked.parts.still

    def made() -> Way:
        return way_of(model, skin, plan, keep, still=still)

    try:
        known = form((model, skin, jax.tree.map(lambda x: x[0], plan.events), read))
    except Foreign:
        return made()
    return kept("way", f"{LANES} {jax.config.read('jax_enable_x64')} {still!r}\n{known}", made)


def person_back(asked: Asked) -> Pullback:
    """From model, skin, scale and plan of the arm asked for back to the numbers they were made of.

    Errors: numerics.tape.Unsupported.
    Checked by: tests/unit/study/test_gradient.py
    """
    one, switches = person_maker(asked.study, asked.cards), asked.parts.switches[asked.arm]

    def made(records: Mapping[str, Any]) -> tuple[Any, ...]:
        model, skin, read, plans = one(records)
        arm = plans[asked.arm]
        return switched(model, switches), skin, (switched(read[asked.scale], switches),), arm.events

    return pullback(made, jax.tree.map(lambda x: 1.0, dict(asked.records)))


def block_slopes(asked: Asked, way: Way, person: Pullback, *, first: int) -> Gradient:
    """The same for LANES people from a first one on."""
    people = asked.parts.skin.step.shape[-1]
    last = min(first + LANES, people)
    picked = np.arange(first, last)
    model, skin, read, plan = jax.tree.map(lambda x: np.asarray(x)[..., picked], shared(asked))
    keep = Keep(times=np.array([asked.time]), scales=read, fields=False)
    found = slopes_on(way, model, skin, plan, keep=keep, weights=np.ones((1, 1)))
    bars = lanes_of((found.model, found.skin, found.scales, found.events))
    records = dict(asked.records)
    numbers = [np.broadcast_to(np.asarray(x, dtype=float), (people,))[picked] for x in jax.tree.leaves(records)]
    slopes = person(lanes_of(numbers), bars)
    paths = [path for path, _ in jax.tree_util.tree_flatten_with_path(records)[0]]
    named = {_name(path): slope[: picked.size] for path, slope in zip(paths, slopes)}
    return Gradient(value=found.readings[0, 0], slopes=named, status=found.status)


def _name(path: Any) -> str:
    """Record and field of a number."""
    return ".".join(str(getattr(step, "key", getattr(step, "name", getattr(step, "idx", "")))) for step in path)
