"""Calibration of healing: all calibration rows at once, to draws of the posterior; what was computed is kept."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence

import numpy as np

from microneedling.fitting.cases import FitCase, noticeable
from microneedling.fitting.emulator import Emulator, emulator
from microneedling.fitting.journal import Journal
from microneedling.fitting.likelihood import Held, RowErrors, alternatives, held, log_likelihood, together
from microneedling.fitting.linear import linear_reference
from microneedling.fitting.sampler import (
    Cloud,
    Reference,
    Stage,
    decided,
    effective,
    moved,
    next_temperature,
    proposed,
    resampled,
    steered,
    wandered,
)
from microneedling.fitting.space import KINDS, Space

CHUNK = 32  # particles simulated together: what a killed fit loses
SWEEPS = 20  # cheap moves of the studies' effects after each move of the numbers: they need no simulation
LEARNT = (0, 2, 4)  # leaps before which the emulator learns from all that was evaluated
WALK = 300  # steps of a leap through the emulator: enough to forget where it began
RECENT = 9  # sets of evaluations the linear fit is made from: near where the cloud is now
NUDGE = 0.5  # step length of those [1]
_Now = tuple[Cloud, np.ndarray, np.random.Generator]
Say = Callable[[FitCase, dict[str, object]], np.ndarray]
Tell = Callable[[int, int, str], None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """How a fit is run: particles of each of the independent clouds, moves a stage, leaps at the end, seed."""

    particles: int = 256
    clouds: int = 2
    moves: int = 2
    leaps: int = 8
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
        about = _about(task, seen, temperature)
        what = f"cloud {number + 1}, temperature {temperature:.3g}"
        for move in range(settings.moves):
            key, named = f"{number}-{len(cloud.stages)}-{move}", f"{what}, move {move + 1} of {settings.moves}"
            steps.append(cloud.step)
            now = (cloud, said, generator)
            cloud, said, share, fresh = _moved(task, journal, now, about, key=key, tell=_named(tell, named))
            seen.append(fresh)
            cloud = dataclasses.replace(cloud, step=steered(cloud.step, share))
            accepted.append(share)
        stage = Stage(
            temperature=temperature, effective=effective(weights), accepted=tuple(accepted), step=tuple(steps)
        )
        cloud = dataclasses.replace(cloud, stages=(*cloud.stages, stage))
    cloud, said = _leapt(task, journal, (cloud, said), seen, key=f"{number}", tell=tell, settings=settings)
    return cloud, said, start, first


def _leapt(task: Task, journal: Journal, now, seen, *, key: str, tell: Tell, settings: Settings):
    """Leaps at the posterior: long walks through an emulator of the model, each decided by the model itself.

    The emulator learns before some of them and then stays, so that those after the last lesson leave the posterior as
    it is; a fit with more leaps goes on where one with fewer ended.
    """
    (cloud, said), accepted = now, []
    about = _about(task, seen, 1.0)
    for leap in range(settings.leaps):
        if leap in LEARNT:
            stand_in = _emulator(task, seen)
        generator = np.random.default_rng([settings.seed, int(key), 1000 + leap])
        level = functools.partial(_emulated, task, stand_in)
        there, last = wandered(cloud.z, level, about, steps=WALK, generator=generator)
        what = f"cloud {int(key) + 1}, leap {leap + 1} of {settings.leaps}"
        new = _evaluated(task, journal, there, key=f"{key}-leap-{leap}", tell=_named(tell, what))
        found, first = task.likelihood(there, new), level(cloud.z)
        after, share = decided(cloud, there, found, (first, last), generator=generator)
        said = np.where(np.any(after.z != cloud.z, axis=1)[:, None], new, said)
        cloud = after
        seen.append((there, new))
        accepted.append(share)
    return dataclasses.replace(cloud, leaps=tuple(accepted)), said


def _emulator(task: Task, seen: Sequence[tuple[np.ndarray, np.ndarray]]) -> Emulator:
    points, said = (np.concatenate([one[n] for one in seen]) for n in (0, 1))
    return emulator(task.rows, points[:, : len(task.space.names)], said)


def _emulated(task: Task, stand_in: Emulator, z: np.ndarray) -> np.ndarray:
    """Log-likelihood by the emulator, -inf where rest would not heal (particle,)."""
    found = task.likelihood(z, stand_in.said(z[:, : len(task.space.names)]))
    return np.where(task.space.admitted(z), found, -np.inf)


def _about(task: Task, seen: Sequence[tuple[np.ndarray, np.ndarray]], temperature: float) -> Reference:
    """What moves of a stage are made about: a linear fit of what the stages before it evaluated."""
    recent = list(seen[-RECENT:])
    points = (np.concatenate([one[0] for one in recent]), np.concatenate([one[1] for one in recent]))
    return linear_reference(
        task.rows, task.space, points, temperature=temperature, shares=task.shares, errors=task.errors
    )


def _moved(task: Task, journal: Journal, now: _Now, about: Reference, *, key: str, tell: Tell):
    """One move of all coordinates, then cheap ones of the studies' effects.

    Returns: the cloud, what it says, the share of moves taken, and what was evaluated on the way.
    """
    cloud, said, generator = now
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
        found.append(journal.kept(f"{key}-{n}", full, functools.partial(task.said, full))[: len(here)])
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
