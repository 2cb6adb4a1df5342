"""How far a setting lies from those that validation rows cover: a distance in the space of inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core import units
from microneedling.core.document import Table
from microneedling.evaluation.credibility_records import Setting
from microneedling.evaluation.credibility_rows import belongs

RULE = (
    "Distance adds one for each: another site; another device; the other sex; a phototype apart; fifteen years apart; "
    "depth doubled or halved; and two for skin of another species or in a cell. What a study does not state counts one."
)
YEARS = 15.0  # as far as one phototype


def distance(one: Setting, other: Setting) -> tuple[float, tuple[str, ...]]:
    """How far two settings lie apart, and in what.

        d = 2 [skin] + [site] + [device] + [sex] + |Δ phototype| + |Δ age|/15 a + |log2(depth ratio)|

    A rule of thumb, the same for every part: it orders cases and has no meaning beyond.

    Returns: d [1], >= 0, and the words for what differs.
    Checked by: tests/unit/evaluation/test_credibility_cards.py
    """
    terms = {
        "skin": 0.0 if (one.species, one.setup) == (other.species, other.setup) else 2.0,
        "site": float(one.site != other.site),
        "device": float(bool(one.devices or other.devices) and not {*one.devices} & {*other.devices}),
        "sex": float(one.sex != other.sex),
        "phototype": _apart(one.phototype, other.phototype, 1.0),
        "age": _apart(_years(one.age), _years(other.age), YEARS),
        "depth": _depth_apart(one.depths, other.depths),
    }
    return sum(terms.values()), tuple(f"{name} {size:.2g}" for name, size in terms.items() if size > 0)


def _apart(one: str, other: str, unit: float) -> float:
    if not one or not other:
        return float(one != other)
    return abs(float(one) - float(other)) / unit


def _years(text: str) -> str:
    return str(units.read(text, "s") / units.factor("y", "s")) if text else ""


def _depth_apart(one: Sequence[float], other: Sequence[float]) -> float:
    """The nearest pair of depths [doublings]; one where only one of the two has any."""
    pairs = [abs(math.log2(a / b)) for a in one for b in other if a > 0 and b > 0]
    return min(pairs) if pairs else float(bool(one) != bool(other))


def nearest(
    run: Setting, rows: Sequence[Mapping[str, Any]], settings: Mapping[str, Setting], parts: Sequence[Mapping[str, Any]]
) -> Table:
    """For each part, the validation case nearest to a run: how far, and in what it differs.

    Args:
        run: setting of the run
        rows, settings: of the validation
        parts: of the model

    Checked by: tests/unit/evaluation/test_credibility_cards.py
    """
    lines = []
    for part in parts:
        own = (row for row in rows if row["use"] == "validation" and belongs(row, part, settings))
        found = [
            (*distance(run, settings[case]), case) for case in {str(row["case"]) for row in own} if case in settings
        ]
        if not found:
            lines.append((part["name"], "no evidence", "–", "–"))
            continue
        far, words, case = min(found, key=lambda one: (one[0], one[2]))
        lines.append((part["name"], case.replace("_", " "), f"{far:.2g}", ", ".join(words) or "nothing"))
    head = ("Part", "Nearest validation case", "Distance", "Differs in")
    return Table(f"How far from validation: {run.case}", head, tuple(lines), (4, 4, 1, 5), (2,))
