"""Tempered sequential Monte Carlo: from draws of the prior to draws of the posterior, in steps small enough to follow.

It knows no skin: a log-likelihood of points, a prior that is a standard normal where it is admitted, and random
numbers that depend on seed, stage and move only, so that a run taken up again gives the same draws.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np

KEPT = 0.5  # effective share of particles a step in temperature keeps [1]
WANTED = 0.3  # share of moves accepted that the step length is steered to [1]
LENGTHS = (0.1, 0.2, 0.4, 0.8)  # steps of a walk, one drawn anew each time: none need be tuned [1]
SOME = 0.3  # share of the coordinates that half of a walk's steps move [1]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Stage:
    """What one temperature step did: temperature reached, effective share before, acceptance and step of each move."""

    temperature: float
    effective: float
    accepted: tuple[float, ...]
    step: tuple[float, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Cloud:
    """Particles z (particle, coordinate) with their log-likelihood (particle,), at a temperature between 0 and 1.

    `leaps`: share of leaps taken in each round of them.
    """

    z: np.ndarray
    likelihood: np.ndarray
    temperature: float
    step: float = 0.3
    stages: tuple[Stage, ...] = ()
    leaps: tuple[float, ...] = ()

    @property
    def done(self) -> bool:
        """Has it come down to the posterior?"""
        return self.temperature >= 1.0


def effective(weights: np.ndarray) -> float:
    """Effective share of weighted particles, (Σ w)²/(n Σ w²) [1]."""
    return float(weights.sum() ** 2 / (weights.size * np.sum(weights**2)))


def next_temperature(cloud: Cloud) -> tuple[float, np.ndarray]:
    """The temperature at which half of the particles still count, at most 1, and their weights there.

    Checked by: tests/unit/fitting/test_sampler.py
    """

    def weights(to: float) -> np.ndarray:
        logs = (to - cloud.temperature) * cloud.likelihood
        return np.asarray(np.exp(logs - logs.max()))

    if effective(weights(1.0)) >= KEPT:
        return 1.0, weights(1.0)
    low, high = cloud.temperature, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(weights(middle)) >= KEPT else (low, middle)
    return low, weights(low)


def resampled(weights: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Systematic resampling: indices, each as often as its weight says up to one (particle,)."""
    count = weights.size
    ends = np.cumsum(weights) / weights.sum()
    return np.minimum(np.searchsorted(ends, (np.arange(count) + generator.random()) / count), count - 1)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reference:
    """The normal distribution moves are made about: mean and Cholesky factor.

    It must not be worked out from the very particles that are moved: few particles in many coordinates lie in a cloud
    narrower than what they were drawn from, and each move would make them narrower still.
    """

    mean: np.ndarray
    factor: np.ndarray

    def log_density(self, z: np.ndarray) -> np.ndarray:
        """Up to a constant (particle,)."""
        white = np.linalg.solve(self.factor, (z - self.mean).T)
        return np.asarray(-0.5 * np.sum(white**2, axis=0))


def prior_reference(size: int) -> Reference:
    """The prior itself: the safe choice before anything is known."""
    return Reference(mean=np.zeros(size), factor=np.eye(size))


def proposed(z: np.ndarray, about: Reference, step: float, generator: np.random.Generator) -> np.ndarray:
    """A preconditioned Crank-Nicolson move, z' = m + √(1 - β²) (z - m) + β L ξ, which leaves the reference as it is."""
    fresh = generator.standard_normal(z.shape) @ about.factor.T
    return np.asarray(about.mean + np.sqrt(1 - step**2) * (z - about.mean) + step * fresh)


def proposed_partly(
    z: np.ndarray, about: Reference, step: float, generator: np.random.Generator, *, share: float
) -> np.ndarray:
    """The same move in some coordinates only, given the others: fewer at a time go further.

        z'_M = μ + √(1 - β²) (z_M - μ) + β L ξ,   μ and L Lᵀ: mean and covariance of the reference given z outside M

    Args:
        z: particles (particle, coordinate)
        about: the reference
        step: β, 0 to 1
        generator: random numbers
        share: of the coordinates that move; which is drawn anew at each call

    Checked by: tests/unit/fitting/test_sampler.py
    """
    moves = np.asarray(generator.random(z.shape[1]) < share)
    moves[generator.integers(z.shape[1])] = True
    inverse = np.linalg.inv(about.factor)
    precision = inverse.T @ inverse
    own = np.linalg.inv(precision[np.ix_(moves, moves)])
    away = z - about.mean
    middle = -away[:, ~moves] @ precision[np.ix_(~moves, moves)] @ own
    fresh = generator.standard_normal((len(z), int(moves.sum()))) @ np.linalg.cholesky((own + own.T) / 2).T
    there = z.copy()
    there[:, moves] = about.mean[moves] + middle + np.sqrt(1 - step**2) * (away[:, moves] - middle) + step * fresh
    return there


def log_prior(z: np.ndarray) -> np.ndarray:
    """Standard normal, up to a constant (particle,)."""
    return np.asarray(-0.5 * np.sum(z**2, axis=1))


def moved(
    cloud: Cloud, there: np.ndarray, found: np.ndarray, about: Reference, *, generator: np.random.Generator
) -> tuple[Cloud, float]:
    """Accept or refuse proposals: the cloud after, and the share accepted.

        α = min(1, [L(z')^T π(z')/q(z')]/[L(z)^T π(z)/q(z)])

    Args:
        cloud: before
        there: proposals (particle, coordinate)
        found: their log-likelihood, -inf where not admitted (particle,)
        about: the reference q the proposals were made with
        generator: random numbers

    Checked by: tests/unit/fitting/test_sampler.py
    """

    def level(z: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
        return np.asarray(cloud.temperature * likelihood + log_prior(z) - about.log_density(z))

    with np.errstate(invalid="ignore"):
        gain = level(there, found) - level(cloud.z, cloud.likelihood)
    taken = np.log(generator.random(gain.size)) < gain
    after = dataclasses.replace(
        cloud,
        z=np.where(taken[:, None], there, cloud.z),
        likelihood=np.where(taken, found, cloud.likelihood),
    )
    return after, float(np.mean(taken))


def wandered(
    z: np.ndarray,
    level: Callable[[np.ndarray], np.ndarray],
    about: Reference,
    *,
    steps: int,
    generator: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Walk each particle through a cheap stand-in for the posterior, by many small moves that leave it as it is.

    Which coordinates a step takes and how long it is are drawn without a look at the particle, so the walk as a whole
    goes from z to z' as readily as back: what `decided` needs.

    Args:
        z: where the walks start (particle, coordinate)
        level: T ln L* of points, -inf where not admitted (particle,)
        about: the reference of the steps
        steps: of each walk
        generator: random numbers

    Returns: where the walks end, and their level there.
    Checked by: tests/unit/fitting/test_sampler.py
    """
    now = Cloud(z=z, likelihood=level(z), temperature=1.0)
    for _ in range(steps):
        length = LENGTHS[generator.integers(len(LENGTHS))]
        if generator.random() < 0.5:
            there = proposed(now.z, about, length, generator)
        else:
            there = proposed_partly(now.z, about, length, generator, share=SOME)
        now, _ = moved(now, there, level(there), about, generator=generator)
    return now.z, now.likelihood


def decided(
    cloud: Cloud, there: np.ndarray, found: np.ndarray, walked: tuple[np.ndarray, np.ndarray], *, generator
) -> tuple[Cloud, float]:
    """Accept or refuse the ends of walks, now that the model itself was asked there: the stand-in's error is undone.

        α = min(1, [L(z')/L(z)]^T [L*(z)/L*(z')]^T)

    Args:
        cloud: before
        there: ends of the walks (particle, coordinate)
        found: the model's log-likelihood there, -inf where not admitted (particle,)
        walked: T ln L* of the stand-in at the start and at the end of each walk
        generator: random numbers

    Returns: the cloud after, and the share accepted.
    Source: Christen JA, Fox C 2005 J Comput Graph Stat 14:795-810, doi:10.1198/106186005X76983
    Checked by: tests/unit/fitting/test_sampler.py
    """
    with np.errstate(invalid="ignore"):
        gain = cloud.temperature * (found - cloud.likelihood) - (walked[1] - walked[0])
    taken = np.log(generator.random(gain.size)) < gain
    after = dataclasses.replace(
        cloud,
        z=np.where(taken[:, None], there, cloud.z),
        likelihood=np.where(taken, found, cloud.likelihood),
    )
    return after, float(np.mean(taken))


def steered(step: float, accepted: float) -> float:
    """The next step length β: longer when much was accepted, between 0.02 and 0.9 [1]."""
    return float(np.clip(step * np.exp(1.5 * (accepted - WANTED)), 0.02, 0.9))


def agreement(clouds: list[np.ndarray]) -> np.ndarray:
    """Potential scale reduction of each coordinate between independent clouds (coordinate,) [1]; 1 is agreement.

        R̂² = 1 + var(means)/mean(variances)

    Source: Gelman A, Rubin DB 1992 Stat Sci 7:457-472, doi:10.1214/ss/1177011136, for independent draws.
    Checked by: tests/unit/fitting/test_sampler.py
    """
    means = np.array([z.mean(axis=0) for z in clouds])
    within = np.mean([z.var(axis=0, ddof=1) for z in clouds], axis=0)
    return np.asarray(np.sqrt(1 + means.var(axis=0, ddof=1) / within))
