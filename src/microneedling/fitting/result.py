"""What a fit leaves behind: the card, its draws, all figures as JSON, and the report."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from microneedling.fitting.assembled import Assembled
from microneedling.fitting.card import FittedNumber, card_of, draws_of, fitted_numbers
from microneedling.fitting.directions import directions
from microneedling.fitting.fit import Posterior, Settings
from microneedling.fitting.journal import Journal
from microneedling.fitting.page import page
from microneedling.fitting.ridge import Ridge, ridge
from microneedling.fitting.sampler import agreement
from microneedling.study.draws import draws_text
from microneedling.study.numbers import FITTED

TITLE = "Healing, fitted to all calibration rows together"


def written(ready: Assembled, posterior: Posterior, journal: Journal, *, settings: Settings) -> dict[str, str]:
    """File name to text of everything a fit writes.

    Checked by: tests/faces/test_cli_fit.py
    """
    task = ready.task
    numbers = fitted_numbers(task, posterior)
    found = ridge(ready, posterior.z, journal)
    record = as_record(ready, posterior, numbers, found, settings=settings)
    return {
        f"{FITTED}.toml": card_of(task, posterior, ready.scope, title=TITLE, draws=f"{FITTED}.csv"),
        f"{FITTED}.csv": draws_text(draws_of(task, posterior)),
        "fit.json": json.dumps(record, indent=1, ensure_ascii=False) + "\n",
        "fit.html": page(record, found),
    }


def as_record(
    ready: Assembled, posterior: Posterior, numbers: tuple[FittedNumber, ...], found: Ridge, *, settings: Settings
) -> dict[str, Any]:
    """All figures of a fit as plain data."""
    task, space = ready.task, ready.task.space
    width = len(space.names)
    learnt = directions(space.names, posterior.prior[:, :width], posterior.z[:, :width])
    return {
        "settings": {"particles": settings.particles, "clouds": settings.clouds, "moves": settings.moves}
        | {
            "leaps": settings.leaps,
            "seed": settings.seed,
            "draws": len(posterior.z),
            "rows": len(task.rows),
            "numbers": width,
        },
        "convergence": _convergence(posterior),
        "rows": _rows(ready, posterior),
        "omitted": [
            {"case": one.case, "scale": one.row.scale, "source": one.row.source, "reason": one.reason}
            for one in ready.omitted
        ],
        "numbers": [
            {"name": one.name, "unit": one.facts.unit, "value": one.value, "prior": one.prior, "after": one.after}
            | {"narrowed": one.narrowed, "grade": "fitted" if one.is_learnt else one.facts.grade}
            for one in numbers
        ],
        "directions": [{"narrowed": one.narrowed, "parts": one.parts} for one in learnt],
        "effects": _effects(ready, posterior),
        "ridge": {
            name: _points(values)
            for name, values in (
                ("gain of one session", found.one),
                ("gain of four sessions", found.four),
                ("gain a year later", found.year),
                ("mass a year later", found.mass),
                ("share kept for a year", found.kept),
            )
        },
    }


def _convergence(posterior: Posterior) -> dict[str, Any]:
    gap = agreement([cloud.z for cloud in posterior.clouds]) if len(posterior.clouds) > 1 else np.array([np.nan])
    return {
        "stages": [
            [
                {"temperature": s.temperature, "effective": s.effective, "accepted": s.accepted, "step": s.step}
                for s in cloud.stages
            ]
            for cloud in posterior.clouds
        ],
        "leaps accepted": [cloud.leaps for cloud in posterior.clouds],
        "different draws": len(np.unique(posterior.z, axis=0)),
        "largest scale reduction": float(np.max(gap)),
        "median scale reduction": float(np.median(gap)),
        "coordinates beyond 1.1": int(np.sum(gap > 1.1)),
        "coordinates": int(posterior.z.shape[1]),
        "log likelihood by cloud": [float(np.mean(cloud.likelihood)) for cloud in posterior.clouds],
    }


def _rows(ready: Assembled, posterior: Posterior) -> list[dict[str, Any]]:
    task = ready.task
    level = task.by_row(posterior.z, posterior.all_said)
    made = []
    for n, one in enumerate(task.rows):
        row = one.row
        made.append(
            {
                "case": one.case,
                "arm": row.arm + (f" / {row.against}" if row.against else ""),
                "scale": row.scale,
                "time": row.time_text,
                "kind": row.kind,
                "form": one.form,
                "source": row.source,
                "unit": row.unit,
                "observed": row.value,
                "bound": row.bound,
                "error": one.error,
                "prior": _points(posterior.prior_said[:, n]),
                "after": _points(posterior.all_said[:, n]),
                "log likelihood": float(np.mean(level[n])),
            }
        )
    return made


def _effects(ready: Assembled, posterior: Posterior) -> list[dict[str, Any]]:
    space, errors, made = ready.task.space, ready.task.errors, []
    for kind, spread in (("size", errors.study_size), ("time", errors.study_time)):
        for study, z in space.effects(posterior.z, kind).items():
            factor = _points(np.exp(spread * z))
            made.append(
                {"study": study, "kind": kind, "spread": spread, "factor": factor, "narrowed": float(np.std(z))}
            )
    return made


def _points(values: np.ndarray) -> list[float]:
    """5, 50 and 95 % points; infinite where a time does not come, nan where there is no answer."""
    good = values[~np.isnan(values)]
    if not good.size:
        return [float("nan")] * 3
    return [float(x) for x in np.quantile(good, [0.05, 0.5, 0.95], method="inverted_cdf")]
