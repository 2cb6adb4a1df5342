"""The part of the validation page that shows whole sets: scores by class, the figure, misses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from microneedling.core.page import template
from microneedling.evaluation.classes import ClassScore, Fit, SetScore
from microneedling.evaluation.intact import Foretold
from microneedling.evaluation.scatter import legend, scatter

TEMPLATE = Path(__file__).with_name("sets.html.j2")
PREDICTORS = ("model", "potts_guy", "mean")


def sets_part(sets: Sequence[SetScore]) -> str:
    """HTML of all sets, to stand inside the page; empty without sets.

    Args:
        sets: scored sets

    Returns: HTML; texts of the data are escaped.
    Checked by: tests/unit/evaluation/test_sets_page.py
    """
    return template(TEMPLATE).render(
        sets=[_shown(one) for one in sets],
        marks=legend(),
    )


def _shown(one: SetScore) -> dict[str, Any]:

    return {
        "title": one.title,
        "counts": counted(one),
        "lines": [_line(score) for score in one.classes],
        "figure": scatter(one.rows, label="Predicted against published permeability"),
        "misses": [_miss(row) for row in one.misses],
        "left_out": one.left_out,
    }


def counted(one: SetScore) -> str:
    """One sentence: rows by use, score beside the references.

    Checked by: tests/unit/evaluation/test_sets_page.py
    """
    whole = {score.use: score for score in one.classes if score.label == "all"}
    parts = []
    for use, score in whole.items():
        parts.append(
            f"{use.capitalize()}: {score.rows} rows, {score.compounds} compounds; {score.model.coverage:.0%} inside, "
            f"interval score {score.model.interval_score:.2f} (Potts and Guy {score.potts_guy.interval_score:.2f}, "
            f"mean of calibration rows {score.mean.interval_score:.2f})."
        )
    left = sum(one.left_out.values())
    return " ".join(parts) + (f" {left} rows are left out, with the reason." if left else "")


def _line(score: ClassScore) -> dict[str, Any]:
    fits = {name: getattr(score, name) for name in PREDICTORS}
    best = min(fits, key=lambda name: fits[name].interval_score)
    shown = {name: _fit(fit, name == best) for name, fit in fits.items()}
    return {"use": score.use, "label": score.label, "rows": f"{score.rows} ({score.compounds})"} | shown


def _fit(fit: Fit, best: bool) -> dict[str, str]:
    return {
        "error": f"{fit.rms:.2f}, {_signed(fit.bias)}",
        "coverage": f"{fit.coverage:.0%}",
        "score": f"{fit.interval_score:.2f}{' ◂' if best else ''}",
    }


def _miss(one: Foretold) -> dict[str, str]:
    row = one.row
    return {
        "id": row.id,
        "use": row.use,
        "compound": row.compound,
        "observed": _signed(row.log_permeability),
        "predicted": f"{_signed(one.low)} to {_signed(one.high)}, median {_signed(one.median)}",
        "miss": f"{_signed(one.miss)} ({_fold(one.miss)}-fold)",
        "study": f"{row.study} ({row.collection})",
    }


def _fold(powers: float) -> str:
    fold = 10 ** abs(powers)
    return f"{fold:.0f}" if fold >= 10 else f"{fold:.1f}"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
