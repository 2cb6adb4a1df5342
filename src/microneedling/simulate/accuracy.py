"""How exact the numbers of a result are: what drawing few people, step errors and the depth grid do to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.special import betainc

TIGHTER = 10.0  # a check of steps allows so many times smaller errors
FINER = 2  # a check of the grid cuts every cell into so many
CHECKS = ("tolerance", "grid")


@dataclasses.dataclass(frozen=True)
class Accuracy:
    """One outcome: the largest of each over arms and times, in SI; None where it is not known.

    `width` is that of the 5 to 95 % interval and `size` of the value itself, `median` and `ends` are standard errors of
    drawing few people, `tolerance` and `grid` how far the central person moved when computed again.
    """

    outcome: str
    unit: str
    shown: str
    width: float | None
    size: float
    median: float | None
    ends: float | None
    tolerance: float | None
    grid: float | None

    def share(self, of: str) -> float | None:
        """One of the four errors over the interval's width, or where nobody was drawn over the size [1]; None without.

        Args:
            of: median, ends, tolerance or grid
        """
        error, whole = getattr(self, of), self.size if self.width is None else self.width
        return error / whole if error is not None and whole > 0 else None


def quantile_error(values: np.ndarray, share: float) -> np.ndarray:
    """Standard error of a quantile over people, as endless resampling with replacement would give it.

        s² = Σ w_i x_i² - (Σ w_i x_i)²,  w_i = I_{i/n}(a, b) - I_{(i-1)/n}(a, b),  a = 1 + (n - 1) p,  b = n + 1 - a

    A quantile of a resample is its a-th smallest value, whose chance to be the i-th smallest of the people at hand is
    known, so nothing has to be drawn. It cannot see beyond the outermost person.

    Args:
        values: (people, ...) without gaps, at least two people
        share: p [1], 0 to 1

    Returns: (...) in the unit of the values.
    Source: maritz_jarrett1978.
    Checked by: tests/unit/simulate/test_accuracy.py
    """
    n = len(values)
    a = 1 + (n - 1) * share
    weights = np.diff(betainc(a, n + 1 - a, np.arange(n + 1) / n))
    ordered = np.sort(values, axis=0)
    centre = np.tensordot(weights, ordered, axes=1)
    return np.sqrt(np.tensordot(weights, (ordered - centre) ** 2, axes=1))


def accuracy(arms: Mapping[str, Mapping[str, Any]]) -> list[Accuracy]:
    """How exact each outcome is, but for the balances, which are errors themselves.

    Args:
        arms: of a summary (simulate/result.py), as stored in summary.json

    Checked by: tests/unit/simulate/test_accuracy.py
    """
    names = dict.fromkeys(name for arm in arms.values() for name in arm if not name.startswith("balance."))
    return [_accuracy(name, [arm[name] for arm in arms.values() if name in arm]) for name in names]


def worst(found: Sequence[Accuracy], of: str) -> tuple[str, float, float] | None:
    """The outcome with the largest share of an error, that share, and the median share [1]; None where none is known.

    Args:
        found: by `accuracy`
        of: as for `Accuracy.share`

    Checked by: tests/unit/simulate/test_accuracy.py
    """
    shares = {one.outcome: share for one in found if (share := one.share(of)) is not None}
    if not shares:
        return None
    name = max(shares, key=lambda outcome: shares[outcome])
    return name, shares[name], float(np.median(list(shares.values())))


def _accuracy(name: str, found: Sequence[Mapping[str, Any]]) -> Accuracy:
    def errors(group: str, *keys: str) -> float | None:
        return _largest(x for one in found if group in one for key in keys for x in one[group].get(key, ()))

    ends = [pair for one in found if "sampling_error" in one for pair in zip(one["low"], one["high"])]
    return Accuracy(
        outcome=name,
        unit=found[0]["units"],
        shown=found[0].get("shown") or found[0]["units"],
        width=_largest(high - low for low, high in ends if low is not None and high is not None),
        size=_largest(x for one in found for x in one["median"]) or 0.0,
        median=errors("sampling_error", "median"),
        ends=errors("sampling_error", "low", "high"),
        tolerance=errors("calculation_error", "tolerance"),
        grid=errors("calculation_error", "grid"),
    )


def _largest(values: Iterable[float | None]) -> float | None:
    return max((abs(x) for x in values if x is not None), default=None)
