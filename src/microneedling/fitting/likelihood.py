"""How likely a published row is, given what the model says to it: one form for each kind of observation."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import special, stats

from microneedling.core.param import param
from microneedling.core.spread import Z95
from microneedling.core.struct import struct
from microneedling.evaluation.observed import Observed

SILENT = -12.0  # log-likelihood of a row the model gives no answer to: as bad as a miss of many spreads, but finite
LATEST = 3.0  # a time that does not come within the run counts as this many runs [1]
HALF_WIDTHS = {"90% CI": Z95, "95% CI": 1.96, "99% CI": 2.576, "range": Z95}


@struct
class RowErrors:
    """How far observations may lie from a true model, apart from what their source prints.

    Checked by: tests/unit/fitting/test_likelihood.py
    """

    # fmt: off
    unstated: float = param(default=0.25, unit="1", spread="0.15 .. 0.4", grade="assumed", note="relative error of a size whose source prints no spread", meaning="relative error of a size without spread")
    untimed: float = param(default=0.2, unit="1", spread="0.1 .. 0.35", grade="assumed", note="relative error of a time whose source prints no spread: sampling days are far apart", meaning="relative error of a time without spread")
    least: float = param(default=0.1, unit="1", spread="0.05 .. 0.2", grade="assumed", note="no reading of tissue is better than this", meaning="smallest relative error")
    study_size: float = param(default=0.4, unit="1", spread="0.25 .. 0.6", grade="assumed", note="a factor of about 1.5 between studies in how much one does: needles, hands, stains", meaning="spread of a study's effect on sizes, log")
    study_time: float = param(default=0.25, unit="1", spread="0.15 .. 0.4", grade="assumed", note="a factor of about 1.3 between studies in how fast tissue answers", meaning="spread of a study's effect on times, log")
    sharpness: float = param(default=0.5, unit="1", spread="0.25 .. 1", grade="assumed", note="of a scale's smallest noticeable change: how clear a change must be to be reported as one", meaning="width of a direction's threshold")
    lapse: float = param(default=0.02, unit="1", spread="0.01 .. 0.05", grade="assumed", note="a significant direction is wrong this often", meaning="share of wrong directions")
    freedom: float = param(default=4.0, unit="1", spread="exact", grade="assumed", note="Student's t: one row that fits nothing must not pull everything", meaning="degrees of freedom")
    # fmt: on


@dataclasses.dataclass(frozen=True, kw_only=True)
class Held:
    """A row as the fit holds it: what it says, on which scale it is compared, and its own error there."""

    row: Observed
    case: str
    form: str  # "gain", "ratio", "time", "bound", "direction"
    error: float  # relative, of the row alone [1]
    noticeable: float
    horizon: float

    @property
    def said_of(self) -> tuple[str, ...]:
        """What was measured, whatever arm stands for it."""
        row = self.row
        return (self.case, row.scale, row.time_text, row.kind, row.bound, f"{row.value!r}", row.source)


def alternatives(rows: Sequence[Held]) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Rows grouped into what is counted once: each group holds the sets of rows that stand for one and the same.

    Where a source leaves open how skin was kept, a case has an arm for each possibility and the same measurements in
    all: then one of the arms is true, not all of them.

    Returns: groups, each one or more alternatives, each the places of its rows.
    Checked by: tests/unit/fitting/test_likelihood.py
    """
    arms: dict[tuple[str, str, str], list[int]] = {}
    for n, one in enumerate(rows):
        arms.setdefault((one.case, one.row.arm, one.row.against), []).append(n)
    groups: dict[tuple[tuple[str, ...], ...], list[tuple[int, ...]]] = {}
    for places in arms.values():
        groups.setdefault(tuple(sorted(rows[n].said_of for n in places)), []).append(tuple(places))
    return tuple(tuple(group) for group in groups.values())


def together(by_row: np.ndarray, groups: Sequence[Sequence[Sequence[int]]]) -> np.ndarray:
    """Log-likelihood of all rows (particle,): groups add, and within a group the alternatives share.

    ln L = Σ_groups ln(1/k Σ_alternatives exp Σ_rows ln L_row)
    """
    whole = np.zeros(by_row.shape[1])
    for group in groups:
        sums = np.array([by_row[list(places)].sum(axis=0) for places in group])
        whole += special.logsumexp(sums, axis=0) - math.log(len(group))
    return whole


def held(row: Observed, case: str, *, noticeable: float, horizon: float, errors: RowErrors) -> Held:
    """Decide how a row is compared.

    A size is compared by the logarithm of its gain (per cent changes, changes) or of itself (absolute values and
    ratios), a time by its logarithm; a bound and a direction by the side of it the model is on.

    Args:
        row: in SI
        case: name of its folder
        noticeable: smallest noticeable change of its scale [unit]
        horizon: end of the run [s]
        errors: what is assumed of errors

    Checked by: tests/unit/fitting/test_likelihood.py
    """
    is_time = (bool(row.event) and row.kind == "absolute") or row.scale.startswith("open_by_")
    if row.kind == "direction":
        form = "direction"
    elif row.bound:
        form = "bound"
    elif is_time:
        form = "time"
    else:
        form = "gain" if row.kind in ("percent_change", "change") else "ratio"
    return Held(
        row=row, case=case, form=form, error=_error(row, errors, is_time), noticeable=noticeable, horizon=horizon
    )


def _error(row: Observed, errors: RowErrors, is_time: bool) -> float:
    """Relative standard error of a row's mean: from its spread where printed, else assumed."""
    width = (row.high - row.low) / 2
    if not math.isfinite(width) or row.value == 0:
        return errors.untimed if is_time else errors.unstated
    own = abs(width / row.value)
    if row.spread_kind == "SD":
        own /= math.sqrt(row.n or 1)
    return max(own / HALF_WIDTHS.get(row.spread_kind, 1.0), errors.least)


def log_likelihood(
    rows: Sequence[Held],
    predicted: Sequence[np.ndarray],
    effects: Mapping[str, Mapping[str, np.ndarray]],
    errors: RowErrors,
) -> np.ndarray:
    """Log-likelihood of each row for each particle.

        size or time:  t₄((ln m + τ η - ln y)/σ) - ln σ,   direction:  ln(ε + (1 - 2 ε) Φ(s Δ/δ)),   bound:  the same in ln m

    m: model, y: observed, η: the study's effect (standard normal, fitted too), τ its spread, σ: the row's own error, ε:
    share of wrong directions, δ: width of the threshold.

    Args:
        rows: as held
        predicted: what the model says to each row (particle,) in its unit
        effects: "size" and "time" -> study -> effect (particle,) in standard deviations
        errors: what is assumed of errors

    Returns: (row, particle).
    Checked by: tests/unit/fitting/test_likelihood.py
    """
    found = []
    for one, said in zip(rows, predicted):
        kind = "time" if is_timed(one) else "size"
        spread = errors.study_time if kind == "time" else errors.study_size
        shift = spread * effects[kind][one.row.source]
        found.append(np.maximum(_row(one, np.asarray(said, dtype=float), shift, errors), SILENT))
    return np.array(found)


def standing(one: Held, said: np.ndarray) -> np.ndarray:
    """The number by which a row is compared: ln of a size, gain or time; nan where there is none."""
    if is_timed(one):
        said = np.where(np.isinf(said), LATEST * one.horizon, said)
    turned = said * math.copysign(1.0, one.row.value) if one.form == "gain" else said
    return np.log(np.where(turned > 0, turned, np.nan))


def is_timed(one: Held) -> bool:
    """Is it a time that is compared?"""
    return one.form == "time" or (one.form == "bound" and (bool(one.row.event) or one.row.scale.startswith("open_by_")))


def _row(one: Held, said: np.ndarray, shift: np.ndarray, errors: RowErrors) -> np.ndarray:
    if one.form == "direction":
        return np.log(errors.lapse + (1 - 2 * errors.lapse) * _agrees(one, said * np.exp(shift), errors))
    logged = standing(one, said) + shift
    if one.form == "bound":
        side = 1.0 if one.row.bound == "<=" else -1.0
        kept = special.ndtr(side * (math.log(one.row.value) - logged) / one.error)
        return np.log(errors.lapse + (1 - 2 * errors.lapse) * np.where(np.isnan(logged), 0.0, kept))
    away = (logged - math.log(abs(one.row.value))) / one.error
    dense = stats.t.logpdf(away, errors.freedom) - math.log(one.error)
    return np.where(np.isnan(dense), SILENT, dense)


def _agrees(one: Held, change: np.ndarray, errors: RowErrors) -> np.ndarray:
    """Probability that a change is reported with the row's sign; "none": that it is not reported at all."""
    width = errors.sharpness * max(one.noticeable, 1e-12)
    up, down = (special.ndtr((sign * change - one.noticeable) / width) for sign in (1.0, -1.0))
    up, down = (np.where(np.isnan(x), 0.0, x) for x in (up, down))
    return up if one.row.value > 0 else down if one.row.value < 0 else 1 - up - down
