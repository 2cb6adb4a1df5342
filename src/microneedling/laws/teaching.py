"""The whole of healing in five lines, for teaching and for checking signs. The model that is run stands beside it.

No depth, no columns, no vessels, no drug, no epidermis: debris calls inflammation, inflammation wakes fibroblasts, they
lay down new collagen, and a part of it matures before the rest is cut. Everything is the excess over rest, so rest is
zero and steady. What it cannot say: how deep, how dense, in whom, how red, for how long open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from microneedling.core.param import param
from microneedling.core.struct import struct

NAMES = ("debris", "inflammation", "drive", "new", "mature")
STEP = 7200.0  # [s] two hours: a tenth of the fastest time below
TIMING = "engelhardt1998"
POOL = "babraj2005"


@struct
class TeachingModel:
    """Debris D, inflammation I, drive of fibroblasts F, new collagen N and mature collagen M, as excess over rest.

        D' = -k_D D                        a session adds 1 to D, a weak one less
        I' = d_I (D - I)
        F' = d_F (I/(K + I) - F)
        N' = r F max(0, 1 - (N + M)/V) - (m + k) N
        M' = k N - ln 2/t½ M

    N and M in mature collagen at rest. Five times follow from it. Inflammation peaks ln(d_I/k_D)/(d_I - k_D) after a
    session, 1.5 d. Drive peaks days later. New collagen peaks in weeks, when F has fallen to what is lost. New collagen
    falls by half in ln 2/(m + k), 77 d. A share k/(m + k) of what was made lasts for years. So more sessions do more
    with smaller steps (what is new is lost meanwhile, and room V fills), and months later most of the stained gain is
    gone while a part of the mass remains: with m + k given, m alone decides how much.

    Source: forms as in laws/inflammation.py, laws/repair.py, laws/collagen.py, each cut to one term.
    Checked by: tests/unit/laws/test_teaching.py
    """

    # fmt: off
    k_D: float = param(default="0.4 d-1", unit="s-1", source=TIMING, where="neutrophils peak on day 1, macrophages on day 2", spread="0.2 .. 0.8", grade="inferred", note="with d_I so that I peaks between the two", meaning="clearance of debris")
    d_I: float = param(default="1 d-1", unit="s-1", source=TIMING, where="neutrophils peak on day 1, macrophages on day 2", spread="0.5 .. 2", grade="inferred", note="with k_D so that I peaks between the two", meaning="inflammation follows debris")
    d_F: float = param(default="0.3 d-1", unit="s-1", source="adler2020", where="mu_1 0.3 per day", spread="0.15 .. 0.6", grade="inferred", note="return of fibroblasts to rest, taken for their waking too", meaning="drive follows inflammation")
    K: float = param(default=1.0, unit="1", spread="0.3 .. 3", grade="assumed", note="one session half fills the drive; no source for its size", meaning="inflammation at half drive")
    r: float = param(default="0.006 d-1", unit="s-1", spread="0.002 .. 0.02", grade="assumed", note="so that one session about doubles the new collagen of rest (0.01), as the large model's central numbers do", meaning="synthesis at full drive")
    m: float = param(default="0.005 d-1", unit="s-1", source=POOL, where="m + k near 0.9 % per day", spread="0.0031 .. 0.0082", grade="inferred", note="only the sum is measured; the split decides persistence", meaning="cutting of new collagen")
    k: float = param(default="0.004 d-1", unit="s-1", source=POOL, where="m + k near 0.9 % per day", spread="0.0026 .. 0.0064", grade="inferred", note="only the sum is measured; the split decides persistence", meaning="maturing of new collagen")
    half_life: float = param(default="15 year", unit="s", source="sivan2008", where="disc collagen 95 to 215 years as upper bound", spread="10 .. 90", grade="assumed", note="as in the large model", meaning="t½ of mature collagen")
    V: float = param(default=0.11, unit="1", source="branchet_fibers", where="collagen area 89 to 93 % of dermis", spread="0.07 .. 0.25", grade="inferred", note="1/0.9 less 1: the room left", meaning="room for more collagen")
    # fmt: on

    def rate(self, state: Sequence[float]) -> tuple[float, ...]:
        """What the five change by [s-1] at (D, I, F, N, M) [1]."""
        D, I, F, N, M = state
        room = max(0.0, 1 - (N + M) / self.V)
        return (
            -self.k_D * D,
            self.d_I * (D - I),
            self.d_F * (I / (self.K + I) - F),
            self.r * F * room - (self.m + self.k) * N,
            self.k * N - math.log(2.0) / self.half_life * M,
        )


def course(model: TeachingModel, sessions: Sequence[float], *, end: float, dose: float = 1.0) -> dict[str, np.ndarray]:
    """The five over time, by a plain loop of Runge and Kutta's four slopes.

        y(t + h) = y + h (a + 2 b + 2 c + d)/6

    Args:
        model: the numbers
        sessions: times of the sessions [s], 0 or later; each is done at the next step, at most two hours late
        end: how long [s], above zero
        dose: debris of one session [1], 0 to 1; less for a shallow or sparse one

    Returns: "time" [s] and the five of NAMES [1], each (time,).
    Errors: ValueError for a session before 0 or after the end, or an end not above 0.
    Checked by: tests/unit/laws/test_teaching.py
    """
    if not end > 0 or any(not 0 <= time <= end for time in sessions):
        raise ValueError(f"found sessions {list(sessions)} and end {end:g}, allowed times from 0 to an end above 0 [s]")
    times = np.arange(math.floor(end / STEP) + 1) * STEP
    due = np.bincount(np.ceil(np.asarray(sessions) / STEP).astype(int), minlength=len(times)) * dose
    state, kept = (0.0,) * len(NAMES), []
    for added in due[: len(times)]:
        state = (state[0] + float(added), *state[1:])
        kept.append(state)
        state = _stepped(model, state)
    return {"time": times, **dict(zip(NAMES, np.array(kept).T, strict=True))}


def _stepped(model: TeachingModel, y: tuple[float, ...]) -> tuple[float, ...]:
    """One step on."""
    a = model.rate(y)
    b = model.rate([x + STEP / 2 * slope for x, slope in zip(y, a, strict=True)])
    c = model.rate([x + STEP / 2 * slope for x, slope in zip(y, b, strict=True)])
    d = model.rate([x + STEP * slope for x, slope in zip(y, c, strict=True)])
    return tuple(x + STEP / 6 * (p + 2 * q + 2 * s + t) for x, p, q, s, t in zip(y, a, b, c, d, strict=True))
