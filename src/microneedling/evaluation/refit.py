"""Numbers of the layer model found again from the calibration rows they came from, so that anyone can repeat it.

`python -m microneedling.evaluation.refit FOLDER` prints them. Validation rows never enter.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy import optimize, stats

from microneedling.core.struct import replace
from microneedling.evaluation.intact import central
from microneedling.evaluation.permeability_rows import PermeabilityRow, PermeabilitySet, read_set
from microneedling.laws.correlation import LayerCorrelations

FREEDOM = 4.0  # degrees of freedom of the residual's Student t [1]
DROP = float(stats.chi2.ppf(0.90, 1)) / 2  # fall of the log-likelihood at the ends of a 90 % interval
SERIES = ("Kushla, 1991", "Roy, 1990")  # one compound over many pH, calibration: tells charged from uncharged


@dataclasses.dataclass(frozen=True, kw_only=True)
class Estimate:
    """The likeliest value, and where the profile likelihood ends its 90 % interval."""

    value: float
    low: float
    high: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Refit:
    """`leak`: log10 of C over 1/cm; `lipophile`: shift above log Kow 4; `scale`: of Student t, 4 degrees."""

    leak: Estimate
    lipophile: Estimate
    scale: Estimate


def refit(the_set: PermeabilitySet) -> Refit:
    """Leak, lipophile shift and residual scale from the calibration rows in use, by likelihood.

        log L = Σ w log t₄((y - ŷ(leak, lipophile))/scale)/scale,   w = 1/√(rows of the compound)

    Rows of one compound are not independent, so together they weigh the root of their number.

    Args:
        the_set: of which only calibration rows in use are read

    Returns: Refit with 90 % intervals from the profile likelihood.
    Checked by: tests/published/test_permeation_fit.py
    """
    own = dataclasses.replace(the_set, rows=tuple(row for row in the_set.used if row.use == "calibration"))
    observed = np.array([row.log_permeability for row in own.rows])
    weights = _weights(own.rows)
    standard = LayerCorrelations()

    def cost(at: np.ndarray) -> float:
        numbers = replace(standard, leak=10 ** at[0] * 100.0, lipophile_shift=at[1])  # 1/cm in 1/m
        scale = np.exp(at[2])
        residual = (observed - central(own, numbers)) / scale
        return float(-np.sum(weights * (stats.t.logpdf(residual, FREEDOM) - at[2])))

    leak, lipophile, scale = _profiles(cost, np.array([-2.6, -0.8, -0.6]), steps=(0.4, 0.9, 0.15))
    exp = {name: float(np.exp(getattr(scale, name))) for name in ("value", "low", "high")}
    return Refit(leak=leak, lipophile=lipophile, scale=Estimate(**exp))


def ionised_share(the_set: PermeabilitySet) -> Estimate:
    """κ, permeability of the charged over the uncharged form, from calibration series over pH.

        k_p(pH) = k₀ (f + κ (1 - f)),   f = 1/(1 + 10^(pK - pH))

    Least squares in log10; k₀ and pK of each compound are free.

    Args:
        the_set: its series rows are read although they stand among those left out (they are ionisable)

    Returns: κ; what crosses by the leak at low pH counts as κ, so it is an upper estimate for small solutes.
    Errors: ValueError when a series is not there.
    Checked by: tests/published/test_permeation_fit.py
    """
    rows = series(the_set)
    names = sorted({row.compound for row in rows})
    if len(names) < 2:
        raise ValueError(f"{the_set.name}: found series over pH of {len(names)} compounds, needed 2")
    which = np.array([names.index(row.compound) for row in rows])
    ph = np.array([row.ph for row in rows])
    observed = np.array([row.log_permeability for row in rows])

    def cost(at: np.ndarray) -> float:
        level, pk = at[1 : 1 + len(names)][which], at[1 + len(names) : 1 + 2 * len(names)][which]
        free = 1 / (1 + 10 ** (pk - ph))
        residual = observed - level - np.log10(free + 10 ** at[0] * (1 - free))
        return float(len(rows) / 2 * np.log(np.sum(residual**2)))

    start = np.concatenate([[-1.5], np.full(len(names), -1.5), np.full(len(names), 7.8)])
    found = _profiles(cost, start, steps=(0.4,))[0]
    return Estimate(value=10**found.value, low=10**found.low, high=10**found.high)


def series(the_set: PermeabilitySet) -> list[PermeabilityRow]:
    """The calibration rows of the series over pH, left out or not.

    Checked by: tests/published/test_permeation_fit.py
    """
    stated = [row for row in the_set.rows if row.study in SERIES and row.ph == row.ph]  # pH is nan where not stated
    return [row for row in stated if row.use == "calibration"]


def _weights(rows: Sequence[PermeabilityRow]) -> np.ndarray:
    count = Counter((row.molar_mass, row.molar_volume) for row in rows)
    return np.array([count[row.molar_mass, row.molar_volume] ** -0.5 for row in rows])


def _profiles(cost: Callable[[np.ndarray], float], start: np.ndarray, *, steps: Sequence[float]) -> list[Estimate]:
    """The minimum, and for the first numbers the ends where the profile has risen by DROP; `steps` begin the search."""
    settings = {"xatol": 1e-3, "fatol": 1e-4, "maxiter": 4000, "maxfev": 4000, "adaptive": True}
    best = optimize.minimize(cost, start, method="Nelder-Mead", options=settings)

    def end(at: int, step: float) -> float:
        others = np.delete(np.arange(start.size), at)

        def over(value: float) -> float:
            inner = optimize.minimize(
                lambda rest: cost(np.insert(rest, at, value)), best.x[others], method="Nelder-Mead", options=settings
            )
            return float(inner.fun - best.fun - DROP)

        edge = best.x[at] + step
        while over(edge) < 0 and abs(edge - best.x[at]) < 20 * abs(step):
            edge += step
        return float(optimize.brentq(over, best.x[at], edge, xtol=0.01))

    return [Estimate(value=float(best.x[at]), low=end(at, -step), high=end(at, step)) for at, step in enumerate(steps)]


def main(folder: Path) -> None:
    """Print the numbers with their 90 % intervals."""
    the_set = read_set(folder)
    found = refit(the_set)
    parts = {"log10 leak [1/cm]": found.leak, "lipophile": found.lipophile, "scale": found.scale}
    parts["ionised share"] = ionised_share(the_set)
    for name, one in parts.items():
        print(f"{name}: {one.value:.3g} ({one.low:.3g} to {one.high:.3g})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
