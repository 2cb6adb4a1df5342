"""How exact a run's numbers are, for the report: sampling, steps and grid, beside each outcome."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core import units
from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.simulate.accuracy import FINER, TIGHTER, Accuracy, worst

HEAD = (
    "Outcome",
    "5 to 95 % interval, widest",
    "Standard error of the median",
    "Standard error of the interval’s ends",
    "Moved by smaller step errors",
    "Moved by halved cells",
)
UNCHECKED = "not checked in this run (“run --verify” does)"


def sentences(answer: Answer) -> list[tuple[str, str]]:
    """Name and value: what drawing few people, step errors and the grid do, at most and in the middle of all outcomes.

    Checked by: tests/unit/report/test_exactness.py
    """
    found, run = answer.accuracy, answer.run
    rows = []
    if "tolerance" in run:
        refused = max(json.loads(str(run.get("refused", "{}"))).values(), default=0)
        rows.append(
            ("Error allowed per step", f"{float(run['tolerance']):g} of a field; at most {refused} steps refused")
        )
    if answer.members:
        people = f"Standard error from drawing {answer.members} people"
        rows.append(
            (people, f"of a median {_worst(found, 'median', answer)}; of an end {_worst(found, 'ends', answer)}")
        )
    for check, what in (("tolerance", f"{TIGHTER:g} times smaller step errors"), ("grid", f"cells cut into {FINER}")):
        moved = _worst(found, check, answer)
        ended = answer.checks.get(check, UNCHECKED)
        rows.append((f"Central person with {what}", f"moves by {moved}" if moved else ended))
    return rows


def _worst(found: Sequence[Accuracy], of: str, answer: Answer) -> str:
    known = worst(found, of)
    if known is None:
        return ""
    name, most, middle = known
    title = names.brief(name, answer.outcomes[name].title) if name in answer.outcomes else name.replace("_", " ")
    whole = "the interval’s widest" if answer.members else "the largest value"
    return f"{_per_cent(most)} of {whole} at most ({title}), {_per_cent(middle)} in the middle of all outcomes"


def _per_cent(share: float) -> str:
    return f"{100 * share:.2g} %" if share >= 1e-4 else "under 0.01 %"


def table(answer: Answer) -> list[tuple[str, ...]]:
    """One line for each outcome that has an error, in the unit people write; the largest over arms and times.

    Checked by: tests/unit/report/test_exactness.py
    """
    return [_line(one, answer.outcomes) for one in answer.accuracy if one.outcome in answer.outcomes and _has_any(one)]


def _has_any(one: Accuracy) -> bool:
    return any(one.share(of) for of in ("median", "tolerance", "grid"))


def _line(one: Accuracy, outcomes: Mapping[str, Any]) -> tuple[str, ...]:
    factor, unit = units.factor(one.shown or "1", one.unit or "1"), spell.unit(one.shown)
    sizes = (one.width, one.median, one.ends, one.tolerance, one.grid)
    cells = ["–" if size is None else f"{spell.figures(size / factor, 2)} {unit}".strip() for size in sizes]
    return names.brief(one.outcome, outcomes[one.outcome].title), *cells
