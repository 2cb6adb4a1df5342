"""The course every contender integrates: a year, four visits with a pen and a gel with caffeine; people who differ."""

from __future__ import annotations

import copy
import functools
from typing import Any

import jax
import numpy as np

from microneedling.study.build import Parts, parts_of
from microneedling.study.habits import acting
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.schema import Study

DAY = 86400.0
OUTPUT = np.array([0.5, 1.0, 3.0, 7.0, 29.0, 31.0, 60.5, 88.0, 91.0, 120.0, 180.0, 270.0, 364.0]) * DAY
COURSE: dict[str, Any] = {
    "title": "Four visits with a pen and a gel",
    "horizon": "365 d",
    "members": 1,
    "person": {"age": "35 y", "sex": "female", "phototype": 2},
    "site": {"card": "cheek", "area": "60 cm2"},
    "protocol": {
        "name": "needling",
        "session": [
            {
                "time": "0 d", "count": 4, "interval": "30 d", "device": "skinpen_precision", "depth": "1.5 mm",
                "dwell": "3 min",
            }
        ],
        "topical": [
            {
                "active": "caffeine", "concentration": "2 mg/ml", "vehicle": "hydrogel", "film": "50 um",
                "after_session": "5 min", "leave": "24 h", "sterile": True,
            }
        ],
    },
}  # fmt: skip


@functools.cache
def people(count: int, *, days: float = 365.0, once: bool = False) -> Parts:
    """The central person and `count` others with every number drawn from its spread, people last."""
    written = copy.deepcopy(COURSE) | {"horizon": f"{days:g} d"}
    if once:  # a study refuses an interval between visits where there is one
        visit = written["protocol"]["session"][0]
        del visit["count"], visit["interval"]
    plain = acting(Study.of(written).plain())
    cards = cards_of(plain)
    return parts_of(plain, cards, draw(known_numbers(cards), members=count, seed=1))


def some(parts: Parts, which: Any) -> tuple[Any, Any, Any]:
    """Model, skin and plan of some people."""
    chosen = np.atleast_1d(which)
    whole = (parts.model, parts.skin, parts.plans[0])
    return tuple(jax.tree.map(lambda x: np.asarray(x)[..., chosen], tree) for tree in whole)


def misfit(fields: list[np.ndarray], reference: list[np.ndarray], negligible: np.ndarray) -> float:
    """Largest over fields of the L2 error over all outputs relative to the field's L2 norm.

    Fields almost gone at all outputs are held against a thousand times the size that is negligible to the model.
    """
    worst = 0.0
    for f, r, tiny in zip(fields, reference, negligible, strict=True):
        norm = max(float(np.linalg.norm(r)), 1e3 * tiny * np.sqrt(r.size))
        gap = float(np.linalg.norm(np.asarray(f) - r)) / norm
        worst = max(worst, gap if np.isfinite(gap) else np.inf)
    return worst
