"""What an answer rests on, as rows, as a table people read, in sentences, and as one HTML page."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.page import template
from microneedling.core.param import GRADES
from microneedling.report import sensitivity_figures, spell
from microneedling.report.figures import Panel
from microneedling.report.grounds import Shares
from microneedling.study.elasticities import (
    SWUNG,
    Influence,
    Sensitivity,
    by_grade,
    people_share,
    weak_share,
)
from microneedling.study.indices import Index, Indices

FOLDER = Path(__file__).parent
SHOWN = 20  # numbers in the table people read
STRAIGHT = 0.5  # share of the ensemble's ranks the slopes should foretell before their sum is believed [1]


@dataclasses.dataclass(frozen=True)
class Found:
    """Both parts of an answer: slopes at the central person, and indices over whole spreads of a few numbers."""

    local: Sensitivity
    sobol: Indices | None


def answer(found: Found) -> str:
    """How much of the answer rests on assumption, in a sentence."""
    one = found.local
    if not one.influences:
        return f"No number with a spread moves {one.asked.scale.title.lower()} here."
    weak, first = weak_share(one.influences), one.influences[0].number
    return (
        f"{_percent(weak)} of what is uncertain in this answer goes with numbers that are inferred or assumed; "
        f"the first is {first.name} ({first.facts.grade}, {_percent(one.influences[0].share)})."
    )


def what(one: Sensitivity) -> str:
    """What was asked, with the central person's value and the interval over the ensemble."""
    when = spell.duration(one.asked.time) if one.asked.time > 0 else f"{one.asked.time:g} s"
    told = f"{one.asked.said()}, at {when}; central person {_value(one, one.value)}"
    if one.drawn is None:
        return told
    low, high = (_value(one, x) for x in (one.drawn.low, one.drawn.high))
    return f"{told}, 5 to 95 % of {one.drawn.members} simulated people {low} to {high}"


def told(one: Sensitivity) -> list[str]:
    """What stands behind the shares, in sentences."""
    share = people_share(one.influences)
    said = [
        f"{len(one.influences)} numbers move this outcome, {one.silent} with a spread do not, {one.exact} are exact. "
        f"{_percent(share)} of the variance is how people differ, the rest is what is not known.",
        f"Were everything straight, the interval would be {_value(one, one.value)} ± {_value(one, one.effect)}.",
    ]
    together = sum(row.number.together for row in one.influences)
    if together:
        said.append(
            f"{together} of them were fitted together and are drawn together, so they are correlated: their share as a "
            "whole is what they do together, and is divided among them by what each would do alone."
        )
    if one.drawn is not None and math.isfinite(one.drawn.foretold):
        far = "so the shares can be believed" if one.drawn.foretold >= STRAIGHT else "so take the shares as a hint only"
        said.append(
            f"Over the ensemble, where every number is drawn at once, the slopes foretell "
            f"{_percent(one.drawn.foretold)} of the order of the outcomes (squared rank correlation), {far}."
        )
    if one.drawn is not None and one.drawn.failed:
        said.append(f"{one.drawn.failed} of the ensemble could not be simulated and are left out.")
    return said


def sobol_told(one: Indices) -> list[str]:
    """How the indices were made, in sentences."""
    apart = [row for row in one.rows if not row.inside]
    alone = sum(float(row.first[1]) for row in apart)
    said = [
        f"{one.runs} courses of the central person with these numbers drawn over their whole spreads ({one.samples} "
        "base samples), all others at their values. First order: the share of the variance a number explains alone. "
        "Total: with all it acts together with. In brackets 5 to 95 %, from half-samples.",
        f"Alone they explain {_percent(alone)} of the variance; the rest is what they do together.",
    ]
    if one.redrawn:
        said.append(
            f"{one.redrawn} of {2 * one.samples} points described skin that does not heal; their healing numbers were "
            "redrawn, as in every ensemble."
        )
    if any(row.inside for row in one.rows):
        said.append(
            "Healing numbers depend on each other and are varied together; one by one they have a first-order "
            "index only, from bins over the points that heal, which carries what goes along with the number."
        )
    if one.failed:
        said.append(f"{one.failed} courses did not end well; their rows of the design are left out.")
    return said


def grade_table(one: Sensitivity) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines: numbers, share of the variance and summed elasticities of each grade."""
    head: tuple[str, ...] = ("grade", "numbers", "share of the variance", "sum of |elasticity|")
    lines: list[tuple[str, ...]] = [
        (g.grade, str(g.numbers), _percent(g.share), spell.figures(g.elasticity, 2)) for g in by_grade(one.influences)
    ]
    return head, lines


def number_table(one: Sensitivity) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the numbers with the largest effects."""
    unit = spell.unit(one.asked.scale.shown)
    effect = f"effect [{unit}]" if unit else "effect"
    head = ("number", "meaning", "value", "5 to 95 %", "elasticity", effect, "share", "grade", "source")
    by = factor(one)
    lines = []
    for row in one.influences[:SHOWN]:
        cells = number_cells(row)
        size = "–" if not math.isfinite(row.elasticity) else spell.figures(row.elasticity, 2)
        moved = (size, spell.figures(row.effect / by, 2), _percent(row.share))
        lines.append((*cells[:4], *moved, *cells[4:]))
    return head, lines


def number_cells(row: Influence) -> tuple[str, ...]:
    """Name, meaning, value with unit, spread, grade and source of a number."""
    one = row.number
    unit = spell.unit(one.facts.unit)
    value = f"{spell.brief(one.value)} {unit}".strip()
    spread = f"{spell.brief(one.low)} to {spell.brief(one.high)} ({one.facts.varies})"
    source = ", ".join(one.facts.source) or "none"
    return one.name, one.facts.meaning, value, spread, one.facts.grade, source


def sobol_table(one: Indices) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the indices."""
    head = ("varied", "grade", "first order", "total")
    lines: list[tuple[str, ...]] = []
    for row in one.rows:
        total = "–" if row.total is None else _bracketed(row.total)
        lines.append((row.name, row.grade or "several", _bracketed(row.first), total))
    return head, lines


def rows(found: Found) -> list[dict[str, Any]]:
    """One row for each number that moves the outcome, in SI."""
    one, made = found.local, []
    sobol = {} if found.sobol is None else {row.name: row for row in found.sobol.rows}
    for row in one.influences:
        number = row.number
        made.append(
            {
                "number": number.name,
                "meaning": number.facts.meaning,
                "unit": number.facts.unit,
                "value": number.value,
                "low": number.low,
                "high": number.high,
                "varies": number.facts.varies,
                "grade": number.facts.grade,
                "source": "; ".join(number.facts.source),
                "where": number.facts.where,
                "slope": row.slope,
                "elasticity": row.elasticity,
                "effect": row.effect,
                "share": row.share,
                **dict(zip(("at low", "at high"), row.ends or (math.nan, math.nan))),
                **_sobol_cells(sobol.get(number.name)),
            }
        )
    return made


def _sobol_cells(one: Index | None) -> Mapping[str, float]:
    keys = [f"{word} {end}" for word in ("first order", "total") for end in ("5 %", "value", "95 %")]
    if one is None:
        return dict.fromkeys(keys, math.nan)
    total = np.full(3, math.nan) if one.total is None else one.total
    return dict(zip(keys, map(float, np.concatenate([one.first, total]))))


def page(found: Found) -> str:
    """The page: answer, bar by grade, tornado, indices, tables. No script, no font, no network.

    Checked by: tests/unit/report/test_sensitivity_page.py
    """
    one, sobol = found.local, found.sobol
    grade_head, grade_lines = grade_table(one)
    head, lines = number_table(one)
    sobol_head, sobol_lines = ((), []) if sobol is None else sobol_table(sobol)
    return template(FOLDER / "sensitivity.html.j2").render(
        found=one,
        answer=answer(found),
        what=what(one),
        told=told(one),
        bars=[Shares("This answer", tuple((g.grade, g.share) for g in by_grade(one.influences)))],
        grades=GRADES,
        grade_head=grade_head,
        grade_lines=grade_lines,
        head=head,
        lines=lines,
        sobol_head=sobol_head,
        sobol_lines=sobol_lines,
        sobol_told=[] if sobol is None else sobol_told(sobol),
        panels=_panels(one, sobol),
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        findings={f.reason: f for f in one.asked.findings if f.level != "info"}.values(),
    )


def _panels(one: Sensitivity, sobol: Indices | None) -> list[Panel]:
    by, unit = factor(one), spell.unit(one.asked.scale.shown)
    picked = [row for row in one.influences[:SWUNG] if row.ends is not None]
    swings = [
        sensitivity_figures.Row(r.number.name, r.number.facts.grade, r.effect / by, (r.ends[0] / by, r.ends[1] / by))
        for r in picked
        if r.ends is not None
    ]
    title = "One number at a time, over its spread"
    panels = [sensitivity_figures.tornado(swings, value=one.value / by, unit=unit or "relative", title=title)]
    if sobol is not None:
        bars = [(row.name, row.first, row.total) for row in sobol.rows]
        panels.append(sensitivity_figures.indices(bars))
    return panels


def factor(one: Sensitivity) -> float:
    """SI size of the unit the outcome is shown in."""
    return units.factor(one.asked.scale.shown, one.asked.scale.unit)


def _value(one: Sensitivity, value: float) -> str:
    unit = spell.unit(one.asked.scale.shown)
    return f"{spell.figures(value / factor(one), 3)} {unit}".strip()


def _percent(share: float) -> str:
    """ "12 %"; less than a half per cent is said as such."""
    if 0 < share < 0.005:
        return "< 1 %"
    return f"{100 * share:.0f} %".replace("-", "−")


def _bracketed(ends: np.ndarray) -> str:
    low, value, high = (f"{float(x):.2f}".replace("-", "−") for x in ends)
    return f"{value} ({low} to {high})"
