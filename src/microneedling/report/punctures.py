"""Where punctures lie, how deep and how wide: the numbers behind the drawings to scale."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np

from microneedling.report.answer import Answer
from microneedling.report.course import interpolated
from microneedling.report.spell import MINUTE

LATER = 10 * MINUTE  # elastic recoil is over: what is open now has to reseal [s]
WIDTH = 4e-3  # side of the map and width of the section [m]
SLICE = 0.25e-3  # thickness of the section [m]
MOST = 4000  # circles a drawing can carry; denser maps show a smaller square


@dataclasses.dataclass(frozen=True, kw_only=True)
class Punctures:
    """Punctures of the central person's first session on a square of skin; lengths in m."""

    side: float
    density: float
    needle: float  # radius of the needle at the surface, 0 if the device is not on record
    hole: float  # radius of what is open ten minutes later
    open_area: float  # share of the skin open then
    inserted: float
    relaxed: float
    x: np.ndarray
    y: np.ndarray
    deep: np.ndarray  # inserted depth of each
    slice: tuple[float, float]  # from y to y: the section


def punctures_of(answer: Answer) -> Punctures | None:
    """The first session's punctures, at random with the study's seed; None when nothing was pierced."""
    needed = ("puncture_density", "inserted_depth", "channel_depth", "open_area")
    if any(name not in answer.outcomes for name in needed):
        return None
    soon = answer.start + 1.0
    density, inserted, relaxed = (_central(answer, name, soon) for name in needed[:3])
    later = _central(answer, "open_area", answer.start + LATER)
    if not density > 0 or not math.isfinite(later * inserted * relaxed):
        return None
    rng = np.random.default_rng(int(answer.run.get("seed", 0)))
    side = WIDTH
    while density * side**2 > MOST:
        side /= 2
    count = rng.poisson(density * side**2)
    x, y = rng.uniform(0.0, side, (2, count))
    scatter = answer.parameter("Insertion.scatter") or 0.0
    deep = inserted * np.clip(1 + scatter * rng.standard_normal(count), 0.3, 1.7)
    return Punctures(
        side=side,
        density=density,
        needle=_needle(answer, inserted),
        hole=_radius(later, density),
        open_area=later,
        inserted=inserted,
        relaxed=relaxed,
        x=x,
        y=y,
        deep=deep,
        slice=_slice(y, side, density),
    )


def _central(answer: Answer, name: str, when: float) -> float:
    """SI number of the central person in the first arm."""
    outcome = answer.outcomes[name]
    value = float(interpolated(outcome.time, outcome.central[0], when))
    return value * {"%": 0.01, "um": 1e-6, "cm-2": 1e4}.get(outcome.unit, 1.0)


def _needle(answer: Answer, deep: float) -> float:
    """Radius of the needle at the surface when its tip is this deep: it tapers from its base to its tip [m]."""
    first = next(iter(answer.plan.get("sessions", {}).get(answer.arms[0], ())), {})
    card = f"devices/{Path(str(first.get('device', ''))).stem}"
    tip, base, length = (answer.parameter(f"{card}.{name}") for name in ("tip_radius", "base_radius", "needle_length"))
    if tip is None or base is None or not length:
        return 0.0
    return tip + (base - tip) * min(1.0, deep / length)


def _radius(share: float, density: float) -> float:
    """Radius of punctures that fall at random and open this share of the skin, a = 1 - exp(-n π r²) [m]."""
    return math.sqrt(-math.log(1 - min(max(share, 0.0), 0.999)) / (math.pi * density))


def _slice(y: np.ndarray, side: float, density: float) -> tuple[float, float]:
    """The band of the map, a quarter millimetre thick, with as many punctures as the density makes one expect."""
    thick = min(SLICE, side / 4)
    starts = np.linspace(side * 0.2, side * 0.8 - thick, 25)
    counts = np.array([np.sum((y >= s) & (y < s + thick)) for s in starts])
    wanted = max(1.0, density * side * thick)
    first = float(starts[np.argmin(np.abs(counts - wanted) + 1e-3 * np.abs(starts - side / 2) / side)])
    return first, first + thick
