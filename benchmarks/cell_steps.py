"""Steps through time for the tools that `cell.py` compares: stiffly accurate diagonally implicit Runge-Kutta.

What is stepped is the amount y = C(s) u, since it is conserved while the hole's capacity changes; s is its openness.
Each stage solves (C + h gamma S) U = right-hand side, one matrix and one factor for every stage that differs in h or s.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from cell_problem import CellProblem

_G2 = 1 - np.sqrt(0.5)
_G3 = 0.43586652150845967
SCHEMES = {  # Alexander 1977, orders 2 and 3; Hairer and Wanner 1996, order 4: all L-stable
    2: np.array([[_G2, 0], [1 - _G2, _G2]]),
    3: np.array(
        [
            [_G3, 0, 0],
            [(1 - _G3) / 2, _G3, 0],
            [-(6 * _G3**2 - 16 * _G3 + 1) / 4, (6 * _G3**2 - 20 * _G3 + 5) / 4, _G3],
        ]
    ),
    4: np.array(
        [
            [1 / 4, 0, 0, 0, 0],
            [1 / 2, 1 / 4, 0, 0, 0],
            [17 / 50, -1 / 25, 1 / 4, 0, 0],
            [371 / 1360, -137 / 2720, 15 / 544, 1 / 4, 0],
            [25 / 24, -49 / 48, 125 / 16, -85 / 12, 1 / 4],
        ]
    ),
}


class System(Protocol):
    """A discretised cell. Vectors belong to the tool; only sums and products with numbers are asked of them."""

    start: np.ndarray  # y at time 0

    def capacity(self, s: float, u: np.ndarray) -> np.ndarray:
        """C(s) u."""

    def solver(self, s: float, hg: float) -> Any:
        """A function of b that returns u with (C(s) + hg S(s)) u = b."""

    def held(self, s: float, u: np.ndarray) -> np.ndarray:
        """Parts of the dose in film and layers, and the rate at which it is cleared [s-1] (5,)."""


def time_grid(p: CellProblem, counts: tuple[int, ...], power: float = 1.5) -> np.ndarray:
    """Step ends [s]: counts[n] steps up to output n; the first stretch as t ~ k^power, the others geometric."""
    ends, before = [], 0.0
    for stretch, count in enumerate(counts):
        k, after = np.arange(1, count + 1) / count, p.times[stretch]
        ends.append(after * k**power if stretch == 0 else before * (after / before) ** k)
        ends[-1][-1] = before = after
    return np.concatenate(ends)


def march(
    system: System, p: CellProblem, ends: np.ndarray, *, order: int, closed: float = 1e-4
) -> tuple[np.ndarray, int]:
    """Amounts (times, compartments) as parts of the dose, and the number of factors.

    A hole less open than `closed` counts as closed: from there on the stages of a step share their factor. What went
    into the sink is what is nowhere else: the schemes conserve amounts to rounding.
    """
    a = SCHEMES[order]
    at, gamma = a.sum(axis=1), a[0, 0]
    y, t, cleared = system.start, 0.0, 0.0
    found, factors, known, solve = [], 0, None, None
    for end in ends:
        h, slopes, gone = end - t, [], 0.0
        for i, c in enumerate(at):
            s = p.openness(t + c * h)
            s = s if s > closed else 0.0
            if known != (s, h):
                known, solve, factors = (s, h), system.solver(s, h * gamma), factors + 1
            b = y + h * sum((a[i, j] * slopes[j] for j in range(i)), 0.0)
            u = solve(b)
            amount = system.capacity(s, u)
            slopes.append((amount - b) / (h * gamma))
            held = system.held(s, u)
            gone += h * a[-1, i] * held[-1]
        y, t, cleared = amount, end, cleared + gone
        if end in p.times:
            found.append([*held[:-1], 1 - held[:-1].sum() - cleared, cleared])
    return np.array(found), factors
