"""Rates of harm: one count with its interval, several studies together, and what a new study would find."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Sequence

import numpy as np
from scipy import special  # type: ignore[import-untyped]

from microneedling.core.param import param
from microneedling.core.spread import Z95

LOW, HIGH = 0.05, 0.95
EDGE, STEP = 14.0, 0.08  # of the grid of log odds: shares from one in a million on; steps far finer than any count
SCATTERS, TAIL = 40, 4.0  # grid of the scatter, up to so many times its prior's scale


@dataclasses.dataclass(frozen=True, kw_only=True)
class RatePrior:
    """What is believed of rates of harm before any is counted."""

    scatter: float = param(
        default=1.0,
        unit="1",
        source="rover2021",
        where="guidance on half-normal priors",
        spread="0.5 .. 2",
        grade="inferred",
        note="there for log odds ratios of trials; counts in one arm scatter by device, depth and who looks as well, "
        "so the widest of the usual scales is taken",
        meaning="scale of the half-normal law of study-to-study scatter, log odds",
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pooled:
    """Several counts together, shares 0 to 1 at 5, 50 and 95 %.

    `typical` is the study in the middle of all studies, `new` what a new study would find in ever so many people,
    `weights` the law of `new` on the grid of log odds.
    """

    studies: int
    cases: int
    people: int
    typical: tuple[float, float, float]
    new: tuple[float, float, float]
    weights: np.ndarray = dataclasses.field(repr=False, compare=False)


def wilson(cases: int, people: int) -> tuple[float, float]:
    """90 % interval of a share that was counted, by Wilson's score.

        (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)

    It stays within 0 and 1, and says something also where no case was seen.

    Args:
        cases: those it happened to, 0 to people
        people: all who were looked at, > 0

    Returns: lower and upper end, 0 to 1; each is missed by one in twenty.
    Source: Wilson EB 1927 J Am Stat Assoc 22:209-212
    Checked by: tests/unit/safety/test_rates.py
    """
    z2, share = Z95**2, cases / people
    middle = share + z2 / (2 * people)
    half = Z95 * math.sqrt(share * (1 - share) / people + z2 / (4 * people**2))
    whole = 1 + z2 / people
    low, high = (middle - half) / whole, (middle + half) / whole
    return 0.0 if cases == 0 else low, 1.0 if cases == people else high


def pooled(counts: Sequence[tuple[int, int]], prior: RatePrior | None = None) -> Pooled:
    """Several counts of one harm as draws of one family of studies.

        y_i ~ Binomial(n_i, p_i),  logit p_i ~ N(μ, τ²),  logit⁻¹ μ ~ Beta(½, ½),  τ ~ half-normal(s)

    Studies differ in more than chance: device, depth, skin, and who looks. With few of them τ is hardly known, and its
    prior keeps the interval for a new study wide. The middle has the reference prior of a share (Jeffreys).
    A study without a case takes part like any other: its likelihood is (1 - p)ⁿ, no half a case is added. All
    integrals are sums over a grid of log odds.

    Args:
        counts: cases and people of each study; at least one
        prior: of the scatter

    Returns: Pooled.
    Errors: ValueError without a count.
    Source: rover2021 for the prior of the scatter; the family is the usual one of single-arm shares.
    Checked by: tests/unit/safety/test_rates.py, tests/published/test_harm_counts.py
    """
    if not counts:
        raise ValueError("no count: nothing to pool")
    grid, scatter, kernels = _grids((prior or RatePrior()).scatter)
    likelihood = np.array([np.exp(_log_binomial(cases, people, grid)) for cases, people in counts])
    share = special.expit(grid)
    law = (
        np.exp(-0.5 * (scatter / (prior or RatePrior()).scatter) ** 2)[:, None] * np.sqrt(share * (1 - share))[None, :]
    )
    for one in likelihood:
        law = law * (kernels @ one)
    law = law / law.sum()
    weights = np.einsum("tm,tmx->x", law, kernels)
    return Pooled(
        studies=len(counts),
        cases=sum(cases for cases, _ in counts),
        people=sum(people for _, people in counts),
        typical=_quantiles(law.sum(axis=0)),
        new=_quantiles(weights),
        weights=weights,
    )


def expected_cases(rate: Pooled, people: int) -> tuple[int, int]:
    """How many cases nine of ten new studies of so many people would count: lowest and highest.

    Checked by: tests/unit/safety/test_rates.py
    """
    grid = _axis()
    cases = np.arange(people + 1)
    law = np.exp(_log_binomial(cases[:, None], people, grid[None, :])) @ rate.weights
    below = np.cumsum(law)
    return int(np.searchsorted(below, LOW)), int(np.searchsorted(below, HIGH))


def _axis() -> np.ndarray:
    return np.arange(-EDGE, EDGE + STEP / 2, STEP)


@functools.cache
def _grids(scale: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log odds (x,), scatter (t,), and the chance of each x for a study around each m (t, m, x), rows adding to one."""
    grid = _axis()
    scatter = (np.arange(SCATTERS) + 0.5) * TAIL * scale / SCATTERS
    apart = grid[None, :] - grid[:, None]
    kernels = np.exp(-0.5 * (apart[None] / scatter[:, None, None]) ** 2)
    return grid, scatter, kernels / kernels.sum(axis=2, keepdims=True)


def _log_binomial(cases: np.ndarray | int, people: int, odds: np.ndarray) -> np.ndarray:
    """Log of the binomial chance; log odds stay finite where the share itself would round to 0 or 1."""
    ways = (
        special.gammaln(people + 1)
        - special.gammaln(np.asarray(cases) + 1)
        - special.gammaln(people - np.asarray(cases) + 1)
    )
    return np.asarray(ways + cases * -np.logaddexp(0.0, -odds) + (people - cases) * -np.logaddexp(0.0, odds))


def _quantiles(weights: np.ndarray) -> tuple[float, float, float]:
    """Shares at 5, 50 and 95 % of a law on the grid; mass lies evenly within each step."""
    below = np.concatenate([[0.0], np.cumsum(weights / weights.sum())])
    edges = np.concatenate([_axis() - STEP / 2, [EDGE + STEP / 2]])
    low, middle, high = special.expit(np.interp((LOW, 0.5, HIGH), below, edges))
    return float(low), float(middle), float(high)
