"""Exfoliation compared: rows, a sentence, and one HTML page that needs nothing else."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core.cite import bibliography, formatted
from microneedling.core.page import template
from microneedling.report import exfoliation_figures as figures
from microneedling.report import spell
from microneedling.report.spell import DAY
from microneedling.study.exfoliated import Exfoliated, Method, layer_reached
from microneedling.study.window import interval, people

FOLDER = Path(__file__).parent
MOST = 0.5  # share of people in whom a change must be noticeable for its recovery to be shown [1]
LEAST = 0.1  # thousand corneocytes per cm2 below which a logarithmic chart shows none
ENDS = ("5 %", "median", "95 %")
PER_AREA, PERCENT, MICRO = 1e-4, 100.0, 1e6  # per cm2 per per m2; per cent per one; um per m
COLUMNS = (  # heading of the CSV, of the table, factor, and what is read
    ("corneocytes removed [1000/cm2]", "corneocytes removed, thousand per cm²", PER_AREA / 1e3, "removed"),
    ("stratum corneum left [%]", "stratum corneum left, %", PERCENT, "left"),
    ("depth reached [um]", "depth reached, µm", MICRO, "depth"),
    ("turnover at its fastest [d]", "turnover of the corneum at its fastest, days", 1 / DAY, "turnover"),
    ("recovery of water loss [d]", "water loss back, days", 1 / DAY, "water"),
    ("recovery of thickness [d]", "thickness back, days", 1 / DAY, "corneum"),
)


def spans(method: Method, name: str, factor: float) -> np.ndarray:
    """5 %, median and 95 % of one quantity in shown units (3,); nan where most people noticed nothing."""
    values = getattr(method, name)
    if _noticed(values) < MOST:
        return np.full(3, np.nan)
    return np.asarray(interval(values[None])[:, 0] * factor)


def rows(found: Exfoliated) -> list[dict[str, Any]]:
    """One row a method, with its interval, mark, sources and the deepest layer reached."""
    made = []
    for one in found.methods:
        row: dict[str, Any] = {"method": one.name, "how": ", ".join(one.families) or "nothing"}
        for head, _, factor, name in COLUMNS:
            row |= {f"{head} {end}": value for end, value in zip(ENDS, spans(one, name, factor).tolist())}
        row["layer reached"] = _layer(found, one)
        row["people with a noticeable change of water loss [%]"] = PERCENT * _noticed(one.water)
        row |= {"mark": one.support.mark, "rests on": one.support.number}
        row |= {"sources": " ".join(one.support.sources), "note": one.support.note}
        made.append(row)
    return made


def _noticed(times: np.ndarray) -> float:
    return float(np.mean(~np.isnan(people(times))))


def _layer(found: Exfoliated, one: Method) -> str:
    return layer_reached(float(interval(one.depth[None])[1, 0]), found.thickness, found.layers)


def shown(found: Exfoliated) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the table people read."""
    head = ("method", *(title for _, title, _, _ in COLUMNS), "layer reached", "amount is")
    lines = []
    for one in found.methods:
        cells = [_three(one, name, factor) for _, _, factor, name in COLUMNS]
        lines.append((one.name, *cells, _layer(found, one), one.support.mark or "–"))
    return head, lines


def _three(method: Method, name: str, factor: float) -> str:
    low, middle, high = spans(method, name, factor)
    if math.isnan(middle):
        return "not noticeable"
    few = "" if name not in ("water", "corneum") else _few(getattr(method, name))
    return f"{_short(middle)} ({_short(low)} to {_short(high)}){few}"


def _few(times: np.ndarray) -> str:
    share = _noticed(times)
    return "" if share > 0.995 else f", noticeable in {spell.figures(PERCENT * share, 2)} % of people"


def _short(value: float) -> str:
    if math.isinf(value):
        return "later"
    return "0" if abs(value) < 5e-3 else spell.figures(value, 2)


def answer(found: Exfoliated) -> str:
    """Which method takes most and what needles take beside it, in a sentence."""
    taken = {one.name: float(spans(one, "removed", PER_AREA / 1e3)[1]) for one in found.methods}
    most = max(taken, key=lambda name: taken[name])
    if not taken[most] > 0:
        return "Nothing here takes corneocytes off."
    said = f"{most} takes most: {_short(taken[most])} thousand corneocytes per cm²"
    needled = [one.name for one in found.methods if "needling" in one.families and one.name != most]
    if needled:
        first = needled[0]
        share = PERCENT * taken[first] / taken[most]
        said += f"; {first} takes {_short(taken[first])}, {_short(share)} % of that, and that is a prediction"
    return f"{said}."


def page(found: Exfoliated) -> str:
    """The page: answer, drawing, charts, table, sources. No script, no font, no network.

    Checked by: tests/unit/report/test_exfoliation_page.py
    """
    head, lines = shown(found)
    charts = (
        _chart(found, "Corneocytes removed", "thousand per cm²", 0, log=True),
        _chart(found, "Stratum corneum left at its thinnest", "% of rest", 1),
        _chart(found, "Until water loss is back", "days after the last treatment", 4),
        _chart(found, "Until thickness is back", "days after the last treatment", 5),
    )
    keys = {key for one in found.methods for key in one.support.sources}
    return template(FOLDER / "exfoliation.html.j2").render(
        found=found,
        answer=answer(found),
        sections=[(one, figures.section(found, one), _layer(found, one)) for one in found.methods],
        charts=charts,
        head=head,
        lines=lines,
        count=people(found.methods[0].left).size,
        rest=spans(found.methods[0], "rest_turnover", 1 / DAY),
        sources=[formatted(one) for one in bibliography(keys)],
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        findings={one.reason: one for one in found.findings if one.level != "info"}.values(),
    )


def _chart(found: Exfoliated, title: str, unit: str, column: int, *, log: bool = False) -> figures.Panel:
    _, _, factor, name = COLUMNS[column]
    lines = [(one.name, one.support.mark, spans(one, name, factor)) for one in found.methods]
    if log:  # nothing has no place on a logarithmic axis
        lines = [(who, mark, values) for who, mark, values in lines if values[1] > LEAST]
        lines = [(who, mark, np.maximum(values, LEAST)) for who, mark, values in lines]
    return figures.intervals(title, unit, lines, log=log)
