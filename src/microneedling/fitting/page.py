"""The report of a fit as one HTML page that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.page import template
from microneedling.core.spread import Z95
from microneedling.fitting.card import LEARNT
from microneedling.fitting.figures import BeforeAfter, bars, ladder, scatter
from microneedling.fitting.ridge import Ridge
from microneedling.report import habits_page, names, spell
from microneedling.report.figures import Panel

FOLDER = Path(__file__).parent
STYLE = Path(habits_page.__file__).with_name("report.css")
READABLE = {"s": "h", "s-1": "d-1", "m": "um", "m2 s-1": "um2 s-1"}
MOST = 24  # numbers drawn before and after
BEST = 8  # directions described
SILENT = 0.97  # a study whose effect is as wide as before is not drawn [1]
FEW = 4  # studies drawn where no row says anything of any


def page(record: Mapping[str, Any], found: Ridge) -> str:
    """The report.

    Args:
        record: all figures (result.as_record)
        found: the ridge, draw by draw

    Checked by: tests/faces/test_cli_fit.py
    """
    return template(FOLDER / "fit.html.j2").render(
        style=STYLE.read_text(encoding="utf-8"),
        record=record,
        panels=[*row_panels(record["rows"]), effect_panel(record["effects"])],
        learnt=[number_panel(record["numbers"]), direction_panel(record["directions"])],
        ridge=ridge_panels(found),
        lines=[_line(row) for row in record["rows"]],
        best=[_said(one) for one in record["directions"][:BEST]],
        learnt_numbers=sum(one["narrowed"] < LEARNT for one in record["numbers"]),
        left=_left(record["omitted"]),
        brief=spell.brief,
    )


def row_panels(rows: Sequence[Mapping[str, Any]]) -> list[Panel]:
    """Sizes and times: prior, posterior and observation."""
    made = []
    timed = [row for row in rows if row["form"] == "time" and row["unit"] == "s" and not row["bound"]]
    sized = [row for row in rows if row["form"] in ("gain", "ratio", "time") and row not in timed and not row["bound"]]
    for chosen, title, unit, by in (
        (timed, "Times", "hours", 3600.0),
        (sized, "Sizes", "as printed: gains and ratios", 1.0),
    ):
        shown = [_pair(_name(row), row["prior"], row["after"], by=by, seen=row["observed"] / by) for row in chosen]
        note = "pale: before any row was fitted; dark: after; dots: medians, lines: 5 to 95 %; cross: published"
        if shown:
            made.append(ladder(title, shown, unit=unit, note=note))
    return made


def effect_panel(effects: Sequence[Mapping[str, Any]]) -> Panel:
    """What each study does differently from the model, as a factor: where rows tell, else the few they tell most of."""
    told = [one for one in effects if one["narrowed"] < SILENT]
    told = told or sorted(effects, key=lambda one: one["narrowed"])[:FEW]
    rows = [_pair(f"{_short(one['study'])}, {one['kind']}s", _prior_factor(one), one["factor"]) for one in told]
    note = "factor between a study and the model; pale: what studies may differ by, dark: after the fit"
    return ladder("Effects of studies", rows, unit="factor", note=note)


def number_panel(numbers: Sequence[Mapping[str, Any]]) -> Panel:
    """The numbers that were learnt most, each over its prior median."""
    best = sorted(numbers, key=lambda one: one["narrowed"])[:MOST]
    rows = []
    for one in best:
        middle = abs(one["prior"][1]) or 1.0
        rows.append(_pair(one["name"], one["prior"], one["after"], by=middle))
    note = f"the {len(best)} numbers the rows taught most; 1 is the middle of the prior; pale: prior, dark: posterior"
    return ladder("Numbers before and after", rows, unit="over the prior's median", note=note)


def direction_panel(directions: Sequence[Mapping[str, Any]]) -> Panel:
    """How much narrower each direction got."""
    values = np.array([one["narrowed"] for one in directions])
    note = "spread after over before of each independent combination of numbers; near 1: only the prior speaks"
    return bars("What the rows taught", values, note=note)


def ridge_panels(found: Ridge) -> list[Panel]:
    """Gain per session against persistence, and against what is left a year on."""
    per_cent = 100.0
    return [
        scatter(
            "Gain per session against persistence",
            found.one * per_cent,
            np.clip(found.kept, -0.5, 1.5) * per_cent,
            axes=("stained gain 8 weeks after one session, %", "share of the gain left a year later, %"),
            note="each dot is one draw; all agree with the biopsies about as well.",
        ),
        scatter(
            "After four sessions: eight weeks against a year",
            found.four * per_cent,
            found.year * per_cent,
            axes=("stained gain after 8 weeks, %", "stained gain after a year, %"),
            note="the interval a year on holds what the ridge leaves open.",
        ),
    ]


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    unit = READABLE.get(row["unit"], row["unit"])
    by = units.factor(unit, row["unit"]) if unit not in ("", "1") else 1.0
    if row["kind"] == "direction":
        seen = {1.0: "rises", -1.0: "falls", 0.0: "no change"}[row["observed"]]
    else:
        seen = f"{row['bound']} {spell.brief(row['observed'] / by)}".strip()
    before, after = (_span(row[key], by) for key in ("prior", "after"))
    about = (
        row["case"].replace("_", " "),
        row["arm"],
        names.brief(row["scale"], row["scale"]),
        row["time"],
        row["kind"],
    )
    return (*about, seen, before, after, spell.unit(unit), f"{row['log likelihood']:.1f}", row["source"])


def _span(points: Sequence[float], by: float) -> str:
    low, middle, high = (_number(x / by) for x in points)
    return f"{middle} ({low} to {high})"


def _number(x: float) -> str:
    return "never" if math.isinf(x) else "none" if math.isnan(x) else spell.brief(x)


def _said(one: Mapping[str, Any]) -> str:
    parts = ", ".join(f"{name} ({weight:+.2f})" for name, weight in one["parts"])
    return f"{one['narrowed']:.2f}: {parts}"


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['scale'].replace('_', ' ')}, {row['time']}: {_short(row['source'])}"[:46]


def _short(source: str) -> str:
    return " ".join(source.replace(",", "").split()[:2])


def _pair(
    name: str, before: Sequence[float], after: Sequence[float], *, by: float = 1.0, seen: float = math.nan
) -> BeforeAfter:
    return BeforeAfter(name=name, before=_by(before, by), after=_by(after, by), seen=seen)


def _by(points: Sequence[float], size: float) -> tuple[float, float, float]:
    low, middle, high = (float(x) / size for x in points)
    return low, middle, high


def _prior_factor(one: Mapping[str, Any]) -> tuple[float, float, float]:
    wide = one["spread"] * Z95
    return math.exp(-wide), 1.0, math.exp(wide)


def _left(omitted: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    """Reason, scales and number of the calibration rows left out."""
    groups: dict[str, list[str]] = {}
    for one in omitted:
        groups.setdefault(one["reason"], []).append(one["scale"])
    return [(reason, ", ".join(sorted(set(scales))), len(scales)) for reason, scales in sorted(groups.items())]
