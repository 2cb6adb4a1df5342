"""The validation as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.page import template
from microneedling.evaluation.classes import SetScore
from microneedling.evaluation.compare import NOT_COMPUTED, Compared
from microneedling.evaluation.sets_page import sets_part
from microneedling.evaluation.summary import Summary

TEMPLATE = Path(__file__).with_name("page.html.j2")
# a sign beside each word, so that nothing hangs on colour
SIGNS = {"inside": "●", "above": "▲", "below": "▼", "right": "✓", "wrong": "✗", NOT_COMPUTED: "–"}
_DIRECTIONS = {1.0: "increase", -1.0: "decrease", 0.0: "no noticeable change"}
# units for reading where a row has none of its own (directions)
_READABLE = {"kg m-2 s-1": "g/m2/h", "mol m-2": "nmol/cm2", "mol m-2 s-1": "nmol/cm2/h", "m": "um", "s": "h"}


def page(
    rows: Sequence[Compared],
    summaries: Sequence[Summary],
    problems: Mapping[str, str],
    *,
    version: str = "",
    sets: Sequence[SetScore] = (),
) -> str:
    """The page's HTML.

    Args:
        rows: one comparison a line
        summaries: see `summary.summarise`
        problems: case to reason, for cases that could not be run
        version: printed at the head
        sets: permeability sets, each with a part of its own

    Returns: a complete HTML document.
    Checked by: tests/unit/evaluation/test_validate.py
    """
    order = sorted(rows, key=lambda one: (one.row.use != "validation", one.case, one.row.line))
    missed = [one for one in order if not one.met and one.verdict != NOT_COMPUTED]
    return template(TEMPLATE).render(
        version=version,
        summaries=[_summary_line(one) for one in summaries],
        rows=[line(one) for one in order],
        misses=[line(one) for one in missed],
        totals=[_total(use, rows) for use in ("validation", "calibration")],
        problems=dict(problems),
        signs=SIGNS,
        sets=sets_part(sets),  # escaped there
    )


def line(one: Compared) -> dict[str, Any]:
    """One comparison in words and readable units."""
    row = one.row
    shown = row.written_unit or _READABLE.get(one.unit, one.unit)
    factor = units.factor(shown or "1", one.unit or "1")
    return {
        "case": one.case.replace("_", " "),
        "use": row.use,
        "arm": f"{row.arm} against {row.against}" if row.against else row.arm,
        "scale": row.scale,
        "when": row.time_text,
        "kind": one.measure.replace("_", " "),
        "observed": _observed(one, factor, shown),
        "predicted": _predicted(one, factor, shown),
        "ratio": _text(one.ratio),
        "miss": "" if one.miss == 0 or math.isnan(one.miss) else f"{_text(one.miss / factor)} {_unit(shown)}".strip(),
        "verdict": one.verdict,
        "source": row.source,
        "note": "; ".join(text for text in (row.where, row.note, one.reason) if text),
        "n": row.n or "",
        "bar": _bar(one),
    }


def _observed(one: Compared, factor: float, unit: str) -> str:
    row = one.row
    if row.kind == "direction":
        return _DIRECTIONS[row.value]
    sign = {"<=": "≤ ", ">=": "≥ "}.get(row.bound, "")
    text = f"{sign}{_text(row.value / factor)} {_unit(unit)}".strip()
    if math.isnan(row.low):
        return text
    return f"{text} ({row.spread_kind} {_text(row.low / factor)} to {_text(row.high / factor)})"


def _predicted(one: Compared, factor: float, unit: str) -> str:
    if math.isnan(one.median):
        return ""
    low, median, high = (_text(value / factor) for value in (one.low, one.median, one.high))
    return f"{low} to {high}, median {median} {_unit(unit)}".strip()


def _bar(one: Compared) -> dict[str, float] | None:
    """Places (0–100) of interval, median and observation on one line; None where there is no interval."""
    marks = {"low": one.low, "median": one.median, "high": one.high, "observed": one.row.value}
    if one.row.kind == "direction" or not all(math.isfinite(value) for value in marks.values()):
        return None
    least, most = min(marks.values()), max(marks.values())
    width = most - least or 1.0
    return {name: round(6 + 88 * (value - least) / width, 1) for name, value in marks.items()}


def _summary_line(one: Summary) -> dict[str, Any]:
    return {
        "use": one.use,
        "scale": one.scale,
        "measure": one.measure.replace("_", " "),
        "rows": one.rows,
        "not_computed": one.not_computed or "",
        "inside": f"{one.inside} of {one.numbers}" if one.numbers else "",
        "right": f"{one.right} of {one.judged}" if one.judged else "",
        "score": _text(one.relative_score),
        "skill": "" if math.isnan(one.reference_score) else _text(one.interval_score / one.reference_score),
        "ratio": _text(one.ratio),
    }


def _total(use: str, rows: Sequence[Compared]) -> dict[str, Any]:
    own = [one for one in rows if one.row.use == use]
    numbers = [one for one in own if one.verdict in ("inside", "above", "below")]
    judged = [one for one in own if one.verdict in ("right", "wrong")]
    return {
        "use": use,
        "inside": sum(one.met for one in numbers),
        "numbers": len(numbers),
        "right": sum(one.met for one in judged),
        "judged": len(judged),
        "not_computed": len(own) - len(numbers) - len(judged),
    }


def _text(value: float) -> str:
    """Three digits, or nothing, or a word."""
    if math.isnan(value):
        return ""
    return f"{value:.3g}" if math.isfinite(value) else "later than the run"


def _unit(unit: str) -> str:
    return "" if unit in ("", "1") else unit.replace("um", "µm")
