"""Effects of habits as rows, as a table people read, and as one HTML page that needs nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.page import template
from microneedling.report import habits_figures, spell
from microneedling.report.figures import Panel
from microneedling.report.habits_table import meaning
from microneedling.skin.habit import EVENTS, RATES
from microneedling.study.habit_effects import Change, HabitEffects, acts
from microneedling.study.window import interval, people

FOLDER = Path(__file__).parent
ENDS = ("5 %", "median", "95 %")
HEAD = ("habit", "acts on", "factor", "grade", "source")
SAME = 1e-2  # share of a noticeable change below which 0 is written: the error of a course is of that size [1]


def rows(found: HabitEffects) -> list[dict[str, Any]]:
    """One row for each card, outcome and moment; a card that acts on nothing has one row with its reason."""
    made = []
    for one in _sorted(found):
        about = _about(one)
        if one.changes is None:
            made.append(about)
            continue
        for k, outcome in enumerate(found.outcomes):
            by = units.factor(outcome.shown, outcome.unit)
            for m, (word, _) in enumerate(found.moments):
                change, base = interval(one.changes[k, m] / by), interval(found.base[k, m] / by)
                row = about | {"outcome": outcome.title, "unit": spell.unit(outcome.shown), "moment": word}
                row |= {f"without it {end}": float(base[n]) for n, end in enumerate(ENDS)}
                row |= {f"change {end}": float(change[n]) for n, end in enumerate(ENDS)}
                made.append(row | {"noticeable from": found.noticeable[k] / by})
    return made


def _about(one: Change) -> dict[str, Any]:
    card, fact = one.card, one.card.known.facts["factor"]
    told = card.texts["acts_on"] in (*RATES, *EVENTS)
    sources = [*fact.source] if told else _listed(card.texts.get("evidence", []))
    return {
        "card": card.name,
        "habit": card.title + (" (has it)" if one.held else ""),
        "acts on": meaning(card.texts["acts_on"]),
        "factor": _factor(one) if told else "",
        "grade": fact.grade if told else "",
        "source": "; ".join(sources),
        "where": fact.where if told else "",
        "reason": card.texts["reason"],
    }


def _factor(one: Change) -> str:
    record, fact = one.card.known.record, one.card.known.facts["factor"]
    low, high = (fact.spread.at(record.factor, z) for z in (-1.6448536269514722, 1.6448536269514722))
    return f"{spell.brief(record.factor)} ({spell.brief(min(low, high))} to {spell.brief(max(low, high))})"


def _listed(said: Any) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _sorted(found: HabitEffects) -> list[Change]:
    """What acts first, by what it acts on; what acts on nothing last."""
    return sorted(found.changes, key=lambda one: (one.changes is None, one.card.texts["acts_on"], one.card.title))


def shown(found: HabitEffects) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the table people read: the change of each outcome at its telling moment."""
    moments = [_telling(found, k) for k in range(len(found.outcomes))]
    told = zip(found.outcomes, moments)
    head = tuple(f"{one.title}, {found.moments[m][0]}{_unit(one.shown)}" for one, m in told)
    lines = []
    for one in _sorted(found):
        if one.changes is None:
            continue
        about = _about(one)
        cells = [_cell(found, one, k, m) for k, m in enumerate(moments)]
        lines.append((about["habit"], about["acts on"], about["factor"], about["grade"], about["source"], *cells))
    return (*HEAD, *head), lines


def _unit(text: str) -> str:
    unit = spell.unit(text)
    return f" [{unit}]" if unit not in ("", "1") else ""


def idle(found: HabitEffects) -> list[tuple[str, str, str]]:
    """Habit, why it changes nothing, and what was looked at."""
    made = []
    for one in _sorted(found):
        if one.changes is None:
            done = "done in this study already"
            reason = done if acts(one.card) else one.card.texts["reason"]
            made.append((one.card.title, reason, "; ".join(_listed(one.card.texts.get("evidence", [])))))
    return made


def _telling(found: HabitEffects, k: int) -> int:
    """The moment at which habits change an outcome most."""
    sizes = np.zeros(len(found.moments))
    for one in found.changes:
        if one.changes is not None:
            sizes = np.maximum(sizes, np.nan_to_num(np.abs(interval(one.changes[k])[1])))
    return int(np.argmax(sizes)) if sizes.max() > 0 else len(sizes) - 1


def _cell(found: HabitEffects, one: Change, k: int, m: int) -> str:
    outcome = found.outcomes[k]
    by, least = units.factor(outcome.shown, outcome.unit), found.noticeable[k]
    low, median, high = interval(one.changes[k, m]) if one.changes is not None else (0.0, 0.0, 0.0)
    if not np.isfinite(median):
        return "not computed"
    if max(abs(low), abs(high)) <= SAME * max(least, 1e-12):
        return "0"
    return f"{_signed(median / by)} ({_signed(low / by)} to {_signed(high / by)})"


def _signed(value: float) -> str:
    text = spell.figures(value, 2) if abs(value) > 1e-12 else "0"
    return f"+{text}" if value > 0 and text != "0" else text


def answer(found: HabitEffects) -> str:
    """How many habits change anything anybody would notice, in a sentence."""
    felt = [one for one in found.changes if one.changes is not None]
    seen = [one.card.title for one in felt if _noticed(found, one)]
    kinds = "habits, conditions, medicines and kinds of aftercare"
    said = f"{len(felt)} of {len(found.changes)} {kinds} act on a rate or on the skin; "
    if not seen:
        return said + "none changes the median of an outcome shown by what people or instruments notice."
    return said + f"noticeable in the median person: {spell.listed(seen)}."


def _noticed(found: HabitEffects, one: Change) -> bool:
    if one.changes is None:
        return False
    medians = interval(one.changes)[1]
    return bool(np.any(np.abs(medians) >= np.maximum(np.array(found.noticeable), 1e-12)[:, None]))


def page(found: HabitEffects) -> str:
    """The page: answer, drawings, tables. No script, no font, no network.

    Checked by: tests/unit/report/test_habits_page.py
    """
    head, lines = shown(found)
    return template(FOLDER / "habits.html.j2").render(
        found=found,
        answer=answer(found),
        panels=[_panel(found, k) for k in range(len(found.outcomes))],
        head=head,
        lines=lines,
        idle=idle(found),
        count=people(found.base).shape[-1],
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        findings={one.reason: one for one in found.findings if one.level != "info"}.values(),
    )


def _panel(found: HabitEffects, k: int) -> Panel:
    outcome, m = found.outcomes[k], _telling(found, k)
    by = units.factor(outcome.shown, outcome.unit)
    felt = [one for one in _sorted(found) if one.changes is not None]
    made = [(_short(one.card.title), interval(one.changes[k, m] / by)) for one in felt if one.changes is not None]
    unit = spell.unit(outcome.shown)
    return habits_figures.dots(
        outcome.title,
        f"change in {unit}" if unit not in ("", "1") else "change",
        made,
        noticeable=found.noticeable[k] / by,
        said=found.moments[m][0],
    )


def _short(title: str) -> str:
    return title.split(" (")[0]
