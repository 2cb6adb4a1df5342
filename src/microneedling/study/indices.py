"""Variance-based indices of a few numbers over their whole spreads (Sobol), and what to do where tissue must heal."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from microneedling.core.spread import deviation
from microneedling.laws.admission import admitted, tied
from microneedling.study.coordinates import Coordinate, is_joint, is_tied
from microneedling.study.inquiry import Inquiry, outcomes
from microneedling.study.numbers import CIRCUIT, CUT, NoHealingSet, draw

BLOCK = 256  # runs between two notes of what is done
HALVES = 1000  # half-samples behind an interval
SHARED = 32  # points a bin, where a first-order index comes from bins
POOL = 512  # joint draws of numbers fitted together
ROUNDS = 1000  # redraws of a point before its numbers are given up
TOGETHER = "healing numbers, drawn together"
Keep = Callable[[np.ndarray], None]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Design:
    """Points of the unit cube: two independent samples A and B, and A with one group's columns of B for each group."""

    numbers: tuple[Coordinate, ...]
    groups: tuple[tuple[int, ...], ...]  # columns that are independent of all others, or belong together
    samples: int
    points: np.ndarray  # (runs, number), A first, then B, then one block a group
    redrawn: int  # points of A and B that described skin that does not heal
    pool: Mapping[str, np.ndarray] = dataclasses.field(default_factory=dict)  # joint draws of numbers fitted together

    @property
    def runs(self) -> int:
        """Courses to simulate."""
        return len(self.points)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Index:
    """First-order and total index: 5 %, value, 95 %, by half-samples of the rows of the design.

    S = Var(E[y | q])/Var y,   T = E[Var(y | all but q)]/Var y
    """

    name: str
    grade: str
    first: np.ndarray  # (3,)
    total: np.ndarray | None  # (3,); None where the number is not independent of the others
    inside: bool = False  # one of those that are drawn together


@dataclasses.dataclass(frozen=True, kw_only=True)
class Indices:
    """All indices of a design, largest total first; then those of numbers that are drawn together, one by one."""

    rows: tuple[Index, ...]
    interval: np.ndarray  # of y over the design: 5 %, median, 95 %
    samples: int
    runs: int
    redrawn: int
    failed: int  # courses that did not end well; their rows of the design are left out


def design(known: Mapping[str, Any], numbers: Sequence[Coordinate], samples: int, *, seed: int) -> Design:
    """Saltelli's design on a scrambled Sobol' sequence, where tissue heals.

    A point whose healing numbers describe skin that does not heal is redrawn in these numbers, as in the ensemble. They
    are then no longer independent of each other, and swapping one of them alone would mean nothing: they are swapped
    together. They stay independent of all other numbers. Numbers that were fitted together are drawn and swapped
    together as well: a point is then a row of their joint draws, those that were not asked for included.

    Args:
        known: numbers by record name
        numbers: what is varied
        samples: a power of two
        seed: of the sequence and of redraws

    Returns: Design.
    Errors: NoHealingSet when no redraw heals.
    Source: saltelli2010, section 3. Checked by: tests/unit/study/test_indices.py
    """
    d, rng = len(numbers), np.random.default_rng(seed)
    base = qmc.Sobol(2 * d, scramble=True, rng=rng).random(samples)
    both = np.concatenate([base[:, :d], base[:, d:]])
    bound = [n for n, one in enumerate(numbers) if one.together or one.name.rsplit(".", 1)[0] in CIRCUIT]
    pool = joint_pool(known) if any(one.together for one in numbers) else {}
    waiting = _sick(known, numbers, both, pool) if bound else np.zeros(0, dtype=int)
    redrawn = waiting.size
    for _ in range(ROUNDS):
        if not waiting.size:
            break
        both[np.ix_(waiting, np.asarray(bound, dtype=int))] = rng.random((waiting.size, len(bound)))
        waiting = waiting[_sick(known, numbers, both[waiting], pool)]
    if waiting.size:
        raise NoHealingSet(
            f"{waiting.size} of {2 * samples} points have no healing numbers within their spreads that heal"
        )
    first, second = both[:samples], both[samples:]
    tied_up = bound if pool or (redrawn and len(bound) > 1) else []
    groups = [(n,) for n in range(d) if n not in tied_up] + ([tuple(tied_up)] if tied_up else [])
    mixed = [np.where(np.isin(np.arange(d), group), second, first) for group in groups]
    points = np.concatenate([first, second, *mixed])
    return Design(
        numbers=tuple(numbers), groups=tuple(groups), samples=samples, points=points, redrawn=redrawn, pool=pool
    )


def joint_pool(known: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Joint draws of all numbers that were fitted together, by full name (draw,)."""
    records = draw(known, members=POOL, seed=0)
    fitted = [(name, f) for name, one in known.items() for f, facts in one.facts.items() if is_joint(facts)]
    return {f"{name}.{field}": np.asarray(getattr(records[name], field))[1:] for name, field in fitted}


def _sick(
    known: Mapping[str, Any], numbers: Sequence[Coordinate], points: np.ndarray, pool: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Places of the points that describe skin that does not heal."""
    records = drawn(known, numbers, points, pool)
    heals = admitted({name: records[name] for name in CIRCUIT})
    return np.flatnonzero(~np.broadcast_to(np.asarray(heals), len(points)))


def drawn(
    known: Mapping[str, Any],
    numbers: Sequence[Coordinate],
    points: np.ndarray,
    pool: Mapping[str, np.ndarray] | None = None,
) -> dict[str, Any]:
    """Records of people whose numbers lie at these quantiles of their spreads, all others at their values.

    The same quantiles, and the same ties between healing numbers, as in the ensemble (study/numbers.py).

    Args:
        known: numbers by record name
        numbers: what is varied
        points: quantiles (people, number) in 0..1
        pool: joint draws, of which each person takes the row at the quantile of the first of their numbers
    """
    z = np.clip(ndtri(points), -CUT, CUT)
    columns = {one.name: np.array([_at(one, float(x)) for x in z[:, n]]) for n, one in enumerate(numbers)}
    columns |= _rows(numbers, points, pool or {})
    made = {}
    for record, sourced in known.items():
        changes = {}
        for field in sourced.facts:
            value = float(getattr(sourced.record, field))
            changes[field] = columns.get(f"{record}.{field}", np.full(len(points), value))
        made[record] = dataclasses.replace(sourced.record, **changes)
    if not is_tied(known):
        return made
    return made | tied({name: made[name] for name in CIRCUIT}, {name: known[name].record for name in CIRCUIT})


def _rows(numbers: Sequence[Coordinate], points: np.ndarray, pool: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The joint draws each point takes, by full name."""
    first = next((n for n, one in enumerate(numbers) if one.name in pool), None)
    if first is None:
        return {}
    return {
        name: draws[np.minimum((points[:, first] * draws.size).astype(int), draws.size - 1)]
        for name, draws in pool.items()
    }


def _at(one: Coordinate, z: float) -> float:
    return one.facts.spread.at(one.value, deviation(one.facts.shape, z))


def simulated_values(
    asked: Inquiry, plan: Design, *, done: np.ndarray, keep: Keep, step: Callable[[int, int], None]
) -> np.ndarray:
    """The outcome at every point of a design, block by block.

    Args:
        asked: the inquiry
        plan: the design
        done: values of the first points, from an earlier call; may be empty
        keep: called with all values so far after each block
        step: called with runs done and runs in all

    Returns: (runs,); nan where a course did not end well.
    Errors: Failed when none of a block did.
    Checked by: tests/unit/study/test_indices.py
    """
    values = done
    step(values.size, plan.runs)
    while values.size < plan.runs:
        points = plan.points[values.size : values.size + BLOCK]
        values = np.concatenate([values, outcomes(asked, drawn(asked.known, plan.numbers, points, plan.pool))])
        keep(values)
        step(values.size, plan.runs)
    return values


def indices(plan: Design, values: np.ndarray) -> Indices:
    """Indices from the outcome at every point.

    Of numbers drawn together each gets a first-order index of its own from bins over A and B: it carries what goes
    along with the number. A total index of one of them would need points that do not heal.

    Args:
        plan: the design
        values: (runs,), nan where there is none

    Returns: Indices.
    Source: saltelli2010, Table 2 (b) and (f). Checked by: tests/unit/study/test_indices.py
    """
    n, d = plan.samples, len(plan.numbers)
    blocks = values.reshape(-1, n)
    fine = np.flatnonzero(np.all(np.isfinite(blocks), axis=0))
    both = _ends(lambda rows: _columns(blocks[:, rows]), fine)  # (first and total, group, 3)
    found = [_index(plan, group, both[0, k], both[1, k]) for k, group in enumerate(plan.groups)]
    found.sort(key=lambda one: -float(one.total[1]) if one.total is not None else 0.0)
    y = blocks[:2, fine].ravel()
    points = plan.points[: 2 * n].reshape(2, n, d)[:, fine].reshape(-1, d)
    taken = _rows(plan.numbers, points, plan.pool)
    points = np.stack([taken.get(one.name, points[:, k]) for k, one in enumerate(plan.numbers)], axis=1)
    for group in (one for one in plan.groups if len(one) > 1):
        inside = _ends(functools.partial(_inside, points, y, group), np.arange(y.size))
        rows = [_index(plan, (column,), inside[k], None) for k, column in enumerate(group)]
        found += sorted(rows, key=lambda one: -float(one.first[1]))
    return Indices(
        rows=tuple(found),
        interval=np.quantile(y, (0.05, 0.5, 0.95)),
        samples=n,
        runs=plan.runs,
        redrawn=plan.redrawn,
        failed=int(np.sum(~np.isfinite(values))),
    )


def _inside(points: np.ndarray, y: np.ndarray, group: Sequence[int], rows: np.ndarray) -> Any:
    """First-order indices of numbers drawn together, from some of the points."""
    return _binned(points[rows][:, group], y[rows])


def _index(plan: Design, group: Sequence[int], first: np.ndarray, total: np.ndarray | None) -> Index:
    if len(group) > 1 or (total is not None and plan.numbers[group[0]].name in plan.pool):
        return Index(name=TOGETHER, grade="", first=first, total=total)
    one = plan.numbers[group[0]]
    return Index(name=one.name, grade=one.facts.grade, first=first, total=total, inside=total is None)


def _ends(estimate: Callable[[np.ndarray], np.ndarray], rows: np.ndarray) -> np.ndarray:
    """5 %, value, 95 % of an estimate (..., 3): what it is over all rows, and how it varies over halves of them.

    A half taken without putting back varies about the whole as much as the whole does about the truth, and holds no
    point twice, which would look like agreement within a bin.
    """
    rng = np.random.default_rng(0)
    halves = [estimate(rng.permutation(rows)[: rows.size // 2]) for _ in range(HALVES)]
    middle = estimate(rows)
    low, high = np.quantile(halves, (0.05, 0.95), axis=0) - np.mean(halves, axis=0)
    return np.stack([middle + low, middle, middle + high], axis=-1)


def _columns(blocks: np.ndarray) -> np.ndarray:
    """S = mean of B (AB − A)/V, T = mean of (A − AB)²/(2 V) of each group (2, group)."""
    a, b, ab = blocks[0], blocks[1], blocks[2:]
    middle, spread = np.mean(blocks[:2]), np.var(blocks[:2])
    first = np.mean((b - middle) * (ab - a), axis=1) / spread
    return np.stack([first, np.mean((a - ab) ** 2, axis=1) / (2 * spread)])


def _binned(points: np.ndarray, y: np.ndarray) -> np.ndarray:
    """S = 1 − (variance within bins)/(variance), both without bias, of each column (number,)."""
    count = max(2, y.size // SHARED)
    ranks = np.argsort(np.argsort(points, axis=0), axis=0)
    found = []
    for place in (ranks * count // y.size).T:
        means = np.bincount(place, y) / np.bincount(place)
        within = np.sum((y - means[place]) ** 2) / (y.size - count)
        found.append(1 - within / np.var(y, ddof=1))
    return np.array(found)
