"""The window as rows, as a sentence, and as one HTML page that needs nothing else."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core.page import template
from microneedling.report import spell, window_figures
from microneedling.report.spell import HOUR, MINUTE
from microneedling.study.window import Window, gains, half_gone, interval, people

FOLDER = Path(__file__).parent
PER_AREA, TOTAL, PERCENT = 1e5, 1e9, 100.0  # nmol/cm2 per mol/m2, ug per kg, per cent per one
ENDS = ("5 %", "median", "95 %")
WORDS = {
    "delivered": "past the stratum corneum (living skin, blood, lymph, receptor)",
    "sc": "in the stratum corneum",
    "epidermis": "in the viable epidermis",
    "dermis": "in the dermis",
    "blood": "taken up by blood",
    "lymph": "taken up by lymph",
    "receptor": "in the receptor",
}


def rows(found: Window) -> list[dict[str, Any]]:
    """One row for each delay, and one for untouched skin: amounts per area and in all, what is left of the gain."""
    made = [_row(found, d, found.amounts[n]) for n, d in enumerate(found.delays)]
    left, opened = interval(gains(found)), interval(_open_left(found))
    for n, row in enumerate(made):
        row |= {f"gain left {end} [%]": PERCENT * left[k, n] for k, end in enumerate(ENDS)}
        row |= {f"channels open {end} [% of first]": PERCENT * opened[k, n] for k, end in enumerate(ENDS)}
    return [*made, _row(found, None, found.untouched)]


def _row(found: Window, delay: float | None, amounts: np.ndarray) -> dict[str, Any]:
    per_area = interval(amounts[None])[:, 0]
    total = per_area * found.molar_mass * found.study.area
    row: dict[str, Any] = {"skin": "untouched" if delay is None else "needled"}
    row |= {"delay [min]": "" if delay is None else delay / MINUTE, "active": found.active, "place": found.place}
    row |= {"contact [h]": found.contact / HOUR, "area [cm2]": found.study.area * 1e4}
    row |= {f"amount per area {end} [nmol/cm2]": PER_AREA * per_area[k] for k, end in enumerate(ENDS)}
    row |= {"amount per area, central person [nmol/cm2]": PER_AREA * amounts[0]}
    row |= {f"amount in all {end} [ug]": TOTAL * total[k] for k, end in enumerate(ENDS)}
    row |= {f"share of the dose {end} [%]": PERCENT * per_area[k] / found.dose for k, end in enumerate(ENDS)}
    return row


def shown(found: Window) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the table people read: median and interval."""
    head = ("delay", "nmol/cm²", "µg on the area", "% of dose", "% of gain left", "% of channels open")
    amounts = ("amount per area {} [nmol/cm2]", "amount in all {} [ug]")
    keys = (*amounts, "share of the dose {} [%]", "gain left {} [%]", "channels open {} [% of first]")
    lines = []
    for row in rows(found):
        delay = row["delay [min]"]
        first = "no needling" if delay == "" else hours(60 * delay)
        lines.append((first, *(_three([row.get(key.format(end)) for end in ENDS]) for key in keys)))
    return head, lines


def _three(values: Sequence[float | None]) -> str:
    low, median, high = values
    if low is None or median is None or high is None:
        return ""
    return f"{_short(median)} ({_short(low)} to {_short(high)})"


def _short(value: float) -> str:
    return "0" if abs(value) < 5e-3 else spell.figures(value, 2)


def hours(seconds: float) -> str:
    """A delay as people write it."""
    if not seconds:
        return "none"
    if seconds < 1.5 * HOUR and seconds % HOUR:
        return f"{seconds / MINUTE:.3g} min"
    return f"{seconds / HOUR:.3g} h"


def answer(found: Window) -> str:
    """When half of needling's gain is gone, in a sentence with its interval."""
    times = half_gone(found)
    with_gain = people(times)[~np.isnan(people(times))]
    if not with_gain.size:
        return "Needling adds nothing here that could be lost by waiting."
    low, median, high = interval(times)
    last = float(found.delays[-1])
    said = f"Half of what needling adds is gone {_when(median, last)} after needling"
    if with_gain.size > 1:
        said += f" (5 to 95 % of simulated people: {_when(low, last)} to {_when(high, last)})"
    none = people(times).size - with_gain.size - found.left_out
    return f"{said}{f'; in {none} people needling adds nothing' if none > 0 else ''}."


def _when(time: float, last: float) -> str:
    return spell.duration(time) if np.isfinite(time) else f"later than {hours(last)}"


def _open_left(found: Window) -> np.ndarray:
    first = found.open_area[0]
    return found.open_area / np.where(first > 0, first, 1.0)


def page(found: Window) -> str:
    """The page: answer, drawings, table. No script, no font, no network.

    Checked by: tests/unit/report/test_window_page.py
    """
    head, lines = shown(found)
    opened = interval(_open_left(found)) * PERCENT
    draw = functools.partial(window_figures.drawing, delays=found.delays)
    half = interval(half_gone(found))
    amounts, whole = interval(found.amounts) * PER_AREA, interval(found.untouched[None])[:, 0] * PER_AREA
    name = spell.plain_name(found.active)
    panels = (
        draw(
            f"{name.capitalize()} delivered",
            "nmol per cm²",
            amounts,
            level=whole,
            said="dashed: the same on untouched skin",
        ),
        draw("What is left of needling's gain", "%", interval(gains(found)) * PERCENT, half=half, top=100.0),
        draw("Channels still open when it is put on", "% of the first open area", opened, top=100.0),
    )
    return template(FOLDER / "window.html.j2").render(
        found=found,
        name=name,
        place=WORDS[found.place],
        contact=hours(found.contact),
        answer=answer(found),
        panels=panels,
        head=head,
        lines=lines,
        count=people(found.untouched).size,
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        findings={one.reason: one for one in found.findings if one.level != "info"}.values(),
    )
