"""Calibration of healing: all calibration rows at once, to draws of the posterior; what was computed is kept."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence

import numpy as np

from microneedling.fitting.cases import FitCase, noticeable
from microneedling.fitting.journal import Journal
from microneedling.fitting.likelihood import Held, RowErrors, alternatives, held, log_likelihood, together
from microneedling.fitting.linear import linear_reference
from microneedling.fitting.sampler import (
    Cloud,
    Reference,
    Stage,
    effective,
    moved,
    next_temperature,
    proposed,
    proposed_partly,
    resampled,
    steered,
)
from microneedling.fitting.space import KINDS, Space

CHUNK = 32  # particles simulated together: what a killed fit loses
SWEEPS = 20  # cheap moves of the studies' effects after each move of the numbers: they need no simulation
WHOLE, PARTLY = 2, 4  # the last stage: so many times `moves` of all coordinates, then of some of them
SOME, FURTHER = 0.3, 0.7  # share of coordinates such a move takes, and the step it begins with [1]
RECENT = 9  # sets of evaluations the linear fit is made from: near where the cloud is now
NUDGE = 0.5  # step length of those [1]
_Now = tuple[Cloud, np.ndarray, np.random.Generator]
Say = Callable[[FitCase, dict[str, object]], np.ndarray]
Tell = Callable[[int, int, str], None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """How a fit is run: particles of each of the independent clouds, moves a stage, seed."""

    particles: int = 256
    clouds: int = 2
    moves: int = 3
    seed: int = 1


@dataclasses.dataclass(frozen=True, kw_only=True)
class Task:
    """What is fitted: cases with their rows, the space, what is assumed of errors, and who simulates."""

    cases: tuple[FitCase, ...]
    rows: tuple[Held, ...]
    space: Space
    errors: RowErrors
    say: Say

    @functools.cached_property
    def groups(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Rows that stand for one and the same measurement."""
        return alternatives(self.rows)

    @functools.cached_property
    def shares(self) -> np.ndarray:
        """Weight of each row: 1, or one over the number of alternatives (row,)."""
        found = np.ones(len(self.rows))
        for group in self.groups:
            for places in group:
                found[list(places)] = 1 / len(group)
        return found

    def said(self, z: np.ndarray) -> np.ndarray:
        """What the model says to every row (particle, row)."""
        records = self.space.records(z)
        return np.concatenate([self.say(case, records) for case in self.cases]).T

    def likelihood(self, z: np.ndarray, said: np.ndarray) -> np.ndarray:
        """Log-likelihood of all rows together (particle,)."""
        return together(self.by_row(z, said), self.groups)

    def by_row(self, z: np.ndarray, said: np.ndarray) -> np.ndarray:
        """Log-likelihood of each row (row, particle)."""
        effects = {kind: self.space.effects(z, kind) for kind in KINDS}
        return log_likelihood(self.rows, list(said.T), effects, self.errors)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Posterior:
    """Draws of both clouds: coordinates, what the model says, what the same particles said before any row was seen."""

    clouds: tuple[Cloud, ...]
    said: tuple[np.ndarray, ...]
    prior: np.ndarray
    prior_said: np.ndarray

    @property
    def z(self) -> np.ndarray:
        """All draws (draw, coordinate)."""
        return np.concatenate([cloud.z for cloud in self.clouds])

    @property
    def all_said(self) -> np.ndarray:
        """What the model says to every row with them (draw, row)."""
        return np.concatenate(self.said)


def rows_of(cases: Sequence[FitCase], errors: RowErrors) -> tuple[Held, ...]:
    """Every row of every case, as the fit holds it, in the order of the cases."""
    return tuple(
        held(row, case.name, noticeable=least, horizon=case.horizon, errors=errors)
        for case in cases
        for row, least in zip(case.rows, noticeable(case))
    )


def fit(task: Task, journal: Journal, settings: Settings, *, tell: Tell) -> Posterior:
    """Draws of the posterior by tempered sequential Monte Carlo, from independent clouds.

    Args:
        task: what is fitted
        journal: keeps every chunk of simulations; a fit that was stopped goes on where it was
        settings: how many particles, clouds and moves
        tell: progress as (chunks done in this move, chunks in all, what)

    Returns: the posterior.
    Checked by: tests/unit/fitting/test_fit.py
    """
    found = [_cloud(task, journal, settings, number=n, tell=tell) for n in range(settings.clouds)]
    return Posterior(
        clouds=tuple(one[0] for one in found),
        said=tuple(one[1] for one in found),
        prior=np.concatenate([one[2] for one in found]),
        prior_said=np.concatenate([one[3] for one in found]),
    )


def _cloud(task: Task, journal: Journal, settings: Settings, *, number: int, tell: Tell):
    """One cloud from prior to posterior: the cloud, what it says, its start, what that said."""
    generator = np.random.default_rng([settings.seed, number, 0])
    start = _admitted(task.space, settings.particles, generator)
    first = _evaluated(task, journal, start, key=f"{number}-prior", tell=_named(tell, f"cloud {number + 1}, prior"))
    cloud, said = Cloud(z=start, likelihood=task.likelihood(start, first), temperature=0.0), first
    seen = [(start, first)]
    while not cloud.done:
        generator = np.random.default_rng([settings.seed, number, 1 + len(cloud.stages)])
        temperature, weights = next_temperature(cloud)
        kept = resampled(weights, generator)
        cloud = dataclasses.replace(cloud, z=cloud.z[kept], likelihood=cloud.likelihood[kept], temperature=temperature)
        said, accepted, steps = said[kept], [], []
        rounds = settings.moves * (WHOLE + PARTLY if cloud.done else 1)  # the last stage is what is kept
        about = _about(task, seen, temperature)
        for move in range(rounds):
            key, what = f"{number}-{len(cloud.stages)}-{move}", f"cloud {number + 1}, temperature {temperature:.3g}"
            if move == WHOLE * settings.moves:
                cloud = dataclasses.replace(cloud, step=FURTHER)
            steps.append(cloud.step)
            now, named = (cloud, said, generator), _named(tell, f"{what}, move {move + 1} of {rounds}")
            of = SOME if move >= WHOLE * settings.moves else 1.0
            cloud, said, share, fresh = _moved(task, journal, now, about, key=key, tell=named, of=of)
            seen.append(fresh)
            cloud = dataclasses.replace(cloud, step=steered(cloud.step, share))
            accepted.append(share)
        stage = Stage(
            temperature=temperature, effective=effective(weights), accepted=tuple(accepted), step=tuple(steps)
        )
        cloud = dataclasses.replace(cloud, stages=(*cloud.stages, stage))
    return cloud, said, start, first


def _about(task: Task, seen: Sequence[tuple[np.ndarray, np.ndarray]], temperature: float) -> Reference:
    """What moves of a stage are made about: a linear fit of what the stages before it evaluated."""
    recent = list(seen[-RECENT:])
    points = (np.concatenate([one[0] for one in recent]), np.concatenate([one[1] for one in recent]))
    return linear_reference(
        task.rows, task.space, points, temperature=temperature, shares=task.shares, errors=task.errors
    )


def _moved(task: Task, journal: Journal, now: _Now, about: Reference, *, key: str, tell: Tell, of: float):
    """One move of all coordinates or of a share of them, then cheap ones of the studies' effects.

    Returns: the cloud, what it says, the share of moves taken, and what was evaluated on the way.
    """
    cloud, said, generator = now
    if of < 1:
        there = proposed_partly(cloud.z, about, cloud.step, generator, share=of)
    else:
        there = proposed(cloud.z, about, cloud.step, generator)
    admitted = task.space.admitted(there)
    new, level = np.full_like(said, np.nan), np.full(len(there), -np.inf)
    if np.any(admitted):
        new[admitted] = _evaluated(task, journal, there[admitted], key=key, tell=tell)
        level[admitted] = task.likelihood(there[admitted], new[admitted])
    after, share = moved(cloud, there, level, about, generator=generator)
    said = np.where(np.any(after.z != cloud.z, axis=1)[:, None], new, said)
    for _ in range(SWEEPS):
        after = _nudged(task, after, said, generator)
    return after, said, share, (there[admitted], new[admitted])


def _nudged(task: Task, cloud: Cloud, said: np.ndarray, generator: np.random.Generator) -> Cloud:
    """Move the effects of some studies only; the model's answers stay."""
    there = cloud.z.copy()
    first = len(task.space.names)
    width = there.shape[1] - first
    picked = generator.random((len(there), width)) < 0.3
    fresh = np.sqrt(1 - NUDGE**2) * there[:, first:] + NUDGE * generator.standard_normal((len(there), width))
    there[:, first:] = np.where(picked, fresh, there[:, first:])
    level = task.likelihood(there, said)
    taken = np.log(generator.random(len(there))) < cloud.temperature * (level - cloud.likelihood)  # prior-reversible
    return dataclasses.replace(
        cloud,
        z=np.where(taken[:, None], there, cloud.z),
        likelihood=np.where(taken, level, cloud.likelihood),
    )


def _evaluated(task: Task, journal: Journal, z: np.ndarray, *, key: str, tell: Tell) -> np.ndarray:
    """What the model says to every row (particle, row), chunk by chunk; chunks in the journal are not run again."""
    parts = [slice(first, first + CHUNK) for first in range(0, len(z), CHUNK)]
    found = []
    for n, part in enumerate(parts):
        tell(n, len(parts), "")
        here = z[part]
        full = np.concatenate([here, np.repeat(here[-1:], CHUNK - len(here), axis=0)])  # one shape, one program
        found.append(journal.kept(f"{key}-{n}", full, lambda full=full: task.said(full))[: len(here)])
    tell(len(parts), len(parts), "")
    return np.concatenate(found)


def _named(tell: Tell, what: str) -> Tell:
    return lambda done, total, _: tell(done, total, what)


def _admitted(space: Space, count: int, generator: np.random.Generator) -> np.ndarray:
    """Draws of the prior that heal (particle, coordinate)."""
    found = np.empty((0, space.size))
    for _ in range(1000):
        fresh = generator.standard_normal((4 * count, space.size))
        found = np.concatenate([found, fresh[space.admitted(fresh)]])
        if len(found) >= count:
            return found[:count]
    raise ValueError(f"found {len(found)} of {count} sets of numbers that heal; allowed: spreads that hold some")
