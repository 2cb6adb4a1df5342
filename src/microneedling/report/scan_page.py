"""A scan as rows, as a table people read, and as one HTML page that needs nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core import units
from microneedling.core.page import template
from microneedling.report import names, scan_figures, spell
from microneedling.report.figures import Panel
from microneedling.study.scan import HARM, Scan
from microneedling.study.scan_readings import Reading

FOLDER = Path(__file__).parent
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
CALLED = {  # keys of a session in words
    "interval": "time between sessions",
    "count": "number of sessions",
    "depth": "needle length set",
    "dwell": "time on the area",
    "passes": "passes",
}


def quantiles(values: np.ndarray) -> np.ndarray:
    """5, 25, 50, 75 and 95 % over people (5, value); the central person counts only where nobody else is.

    nan where nobody could be simulated.
    """
    kept = values[:, 1:] if values.shape[1] > 1 else values
    rows = [row[np.isfinite(row)] for row in kept]
    return np.array([np.quantile(row, SHARES) if row.size else np.full(len(SHARES), np.nan) for row in rows]).T


def left_out(found: Scan) -> tuple[int, ...]:
    """How many people could not be simulated at each value."""
    missing = [
        np.any(~np.isfinite(np.stack([one.values[n] for one in found.readings])), axis=0) for n in _places(found)
    ]
    return tuple(int(np.sum(one)) for one in missing)


def _places(found: Scan) -> range:
    return range(len(found.points))


def rows(found: Scan) -> list[dict[str, Any]]:
    """One row for each value and reading: quantiles over people, the step from the value before, what is beyond."""
    made, missing = [], left_out(found)
    for one in found.readings:
        by = units.factor(one.shown, one.unit)
        ends, steps = quantiles(one.values / by), _steps(one.values / by)
        for n, point in enumerate(found.points):
            row: dict[str, Any] = {found.table.key: point.text, "outcome": one.scale, "title": one.title}
            row |= {"unit": spell.unit(one.shown), "read": one.when}
            row |= {f"{100 * share:g} %": float(ends[k, n]) for k, share in enumerate(SHARES)}
            row |= {"central person": float(one.values[n, 0] / by)}
            row |= {
                f"step from the value before, {word}": float(steps[k, n])
                for k, word in enumerate(("5 %", "median", "95 %"))
            }
            row |= {"noticeable from": one.noticeable / by, "people left out": missing[n]}
            made.append(row | {"beyond what biopsies tested": "; ".join(found.beyond[n])})
    return made


def _steps(values: np.ndarray) -> np.ndarray:
    """Change from the value before in the same person: 5, 50 and 95 % (3, value), nan for the first."""
    return np.concatenate([np.full((3, 1), np.nan), quantiles(np.diff(values, axis=0))[[0, 2, 4]]], axis=1)


def shown(found: Scan) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the table people read: a line for each value, gains first, then harm; median and 90 %."""
    ordered = _ordered(found)
    head = (
        called(found),
        *(f"{names.BRIEF.get(one.scale, title(one))}, {one.when}" for one in ordered),
        "beyond what biopsies tested",
    )
    lines = []
    for n, point in enumerate(found.points):
        cells = []
        for one in ordered:
            low, middle, high = quantiles(one.values / units.factor(one.shown, one.unit))[[0, 2, 4], n]
            unit = spell.unit(one.shown)
            cells.append(f"{_short(middle)} ({_short(low)} to {_short(high)}) {unit}".strip())
        lines.append((point.text, *cells, "; ".join(found.beyond[n])))
    return head, lines


def _short(value: float) -> str:
    digits = 4 if 0.9 < abs(value) < 1.1 else 3  # changes of a per cent beside rest
    return "0" if abs(value) < 5e-4 else spell.figures(float(value), digits)


def _is_harm(one: Reading) -> bool:
    return one.scale in HARM or one.worse == "up"


def _ordered(found: Scan) -> list[Reading]:
    return sorted(found.readings, key=_is_harm)


def title(one: Reading) -> str:
    """An outcome in plain words."""
    return names.plain(one.scale, one.title)


def called(found: Scan) -> str:
    """What is scanned, in words."""
    word = found.table.key.rsplit(".", 1)[-1]
    return CALLED.get(word, word.replace("_", " "))


def answer(found: Scan) -> tuple[str, ...]:
    """What the numbers say, outcome by outcome: where its median is best, and first against last.

    Checked by: tests/unit/report/test_scan_page.py
    """
    said = []
    for one in _ordered(found):
        middle = quantiles(one.values)[2]
        if not np.all(np.isfinite(middle)):
            continue
        best = int(np.argmin(middle)) if _is_harm(one) else int(np.argmax(middle))
        change, by = quantiles(one.values[-1:] - one.values[:1])[[0, 2, 4], 0], units.factor(one.shown, one.unit)
        what, span = f"{title(one)} ({one.when})", f"from {found.points[0].text} to {found.points[-1].text}"
        if np.ptp(middle) < one.noticeable:
            said.append(f"{what}: no value differs from another by what could be noticed.")
            continue
        low, mid, high = (f"{'+' if x > 0 else ''}{spell.figures(float(x / by), 2)}" for x in change)
        unit = f" {spell.unit(one.shown)}" if spell.unit(one.shown) else ""
        word = "least" if _is_harm(one) else "best"
        told = f"{span} {mid}{unit} ({low} to {high}) in the same people."
        said.append(f"{what}: median {word} at {found.points[best].text}; {told}")
    return tuple(said)


def page(found: Scan) -> str:
    """The page: what is gained, what it costs, the table. No script, no font, no network.

    Checked by: tests/unit/report/test_scan_page.py
    """
    head, lines = shown(found)
    ordered = _ordered(found)
    count = max(1, found.readings[0].values.shape[1] - 1)
    return template(FOLDER / "scan.html.j2").render(
        found=found,
        called=called(found),
        answer=answer(found),
        gains=[_panel(found, one) for one in ordered if not _is_harm(one)],
        harms=[_panel(found, one) for one in ordered if _is_harm(one)],
        head=head,
        lines=lines,
        count=count,
        missing=[(point.text, n) for point, n in zip(found.points, left_out(found), strict=True) if n],
        beyond=[(point.text, words) for point, words in zip(found.points, found.beyond, strict=True) if words],
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        findings=[one for one in found.findings if one.level != "info"],
    )


def _panel(found: Scan, one: Reading) -> Panel:
    by = units.factor(one.shown, one.unit)
    axis = f"{called(found)} [{found.axis}]" if found.axis else called(found)
    texts = [f"{point.place:g}" if found.numeric else point.text for point in found.points]
    noticed = f"{spell.brief(one.noticeable / by)} {spell.unit(one.shown)}".strip()
    return scan_figures.drawing(
        f"{title(one)}, {one.when}",
        spell.unit(one.shown) or names.WORDS_FOR_UNIT.get(one.scale, "relative to rest"),
        quantiles(one.values / by),
        axis=(np.array([point.place for point in found.points]), texts, axis),
        start=float(np.nanmedian(one.start / by)),
        tested=[not words for words in found.beyond],
        joined=found.numeric,
        subtitle=f"smallest noticeable change {noticed}",
    )
