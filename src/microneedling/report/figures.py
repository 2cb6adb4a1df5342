"""Courses as small SVG panels: arms overlaid, intervals shaded, sessions as vertical lines."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from markupsafe import Markup, escape

from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.report.axes import Axis, calendar_axis, clock_axis, decade_axis, value_axis
from microneedling.report.course import Outcome, interval, peak
from microneedling.report.moments import origin
from microneedling.report.spell import DAY, MINUTE

WIDTH, HEIGHT = 400, 246
LEFT, RIGHT, TOP, BOTTOM = 50, 390, 36, 206
BEFORE = 20  # pixels of the acute panel that show the time before the session [px]
STYLES = 6  # arms told apart by colour and dashes; more repeat
WEEK = 7 * DAY
SKEW = 8.0  # an upper end so many times the median hides it on a linear axis [1]
LOG = ("open_area",)  # falls over decades, and so do the thresholds of what reads it


@dataclasses.dataclass(frozen=True)
class Panel:
    """A drawing with its heading and the sentence read out in its place."""

    title: str
    subtitle: str
    svg: Markup
    note: str = ""
    key: tuple[tuple[str, str], ...] = ()


def acute_window(answer: Answer) -> tuple[float, float]:
    """From the first session to a week later, the next session or the end, whichever comes first [s]."""
    start = answer.start
    later = [t for t in answer.sessions if t > start + MINUTE]
    return start, min([start + WEEK, answer.end, *later])


def acute(outcome: Outcome, answer: Answer) -> Panel:
    """Hours and days after the first session, on a logarithmic clock."""
    start, end = acute_window(answer)
    x = clock_axis(end - start, start=LEFT + BEFORE, stop=RIGHT, after=origin(answer))
    seen = (outcome.time > start) & (outcome.time <= end)
    inside = np.unique(np.concatenate([outcome.time[seen], [start + MINUTE, end]]))
    inside = inside[(inside >= start + MINUTE) & (inside <= end)]
    lines = _at(outcome, inside)
    y = _value_axis(outcome, lines)
    parts = [_frame(x, y, outcome)]
    parts += [_session(LEFT + BEFORE, "")]
    for arm in reversed(range(len(answer.arms))):
        rest = y.at(outcome.drawn[1, arm, 0])
        parts.append(f'<path class="line a{arm % STYLES}" d="M{LEFT} {rest:.1f}H{LEFT + BEFORE}"/>')
        parts.append(_curve(x.at(inside - start), y.at(lines[:, arm]), arm))
    return _panel(outcome, answer, parts, (start, end))


def long(outcome: Outcome, answer: Answer) -> Panel:
    """The whole course on a linear calendar."""
    zero = answer.start
    first = 0.0 if answer.in_vitro else float(outcome.time[0]) - zero
    x = calendar_axis(first, answer.end - zero, start=LEFT, stop=RIGHT, after=origin(answer))
    y = _value_axis(outcome, outcome.drawn)
    parts = [_frame(x, y, outcome)]
    visits = answer.sessions if len(answer.sessions) <= 30 else ()
    parts += [_session(float(x.at(t - zero)), str(n)) for n, t in enumerate(visits, 1)]
    for arm in reversed(range(len(answer.arms))):
        parts.append(_curve(x.at(outcome.time - zero), y.at(outcome.drawn[:, arm]), arm))
    return _panel(outcome, answer, parts, (zero, answer.end))


def _panel(outcome: Outcome, answer: Answer, parts: Sequence[str], window: tuple[float, float]) -> Panel:
    unit = spell.unit(outcome.unit)
    least = f"{spell.brief(outcome.noticeable)} {unit}".strip()
    what = "assays quantify from" if "." in outcome.name else "smallest noticeable change"
    threshold = f"{what} {least}" if outcome.noticeable > 0 else ""
    first = (
        f"start {spell.span(interval(outcome.values[0, :, 0]), outcome)} {unit}".strip() if outcome.is_change else ""
    )
    subtitle = "; ".join(text for text in (outcome.title, first, threshold) if text)
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_said(outcome, answer, window))}">'
        f"{''.join(parts)}</svg>"
    )
    return Panel(
        names.plain(outcome.name, outcome.title), subtitle, Markup(svg), names.UNMEASURED.get(outcome.name, "")
    )


def _said(outcome: Outcome, answer: Answer, window: tuple[float, float]) -> str:
    """What a reader who cannot see the panel is told."""
    told = []
    for arm, name in enumerate(answer.arms):
        when = peak(outcome, arm, *window)
        most, last = (outcome.bands[1, arm, np.argmin(np.abs(outcome.time - t))] for t in (when, window[1]))
        first = spell.shown(float(outcome.bands[1, arm, 0]), outcome)
        told.append(
            f"{name}: median {first} before, {spell.shown(float(most), outcome)} "
            f"{spell.duration(max(0.0, when - window[0]))} after {origin(answer)}, "
            f"{spell.shown(float(last), outcome)} at the end of the panel"
        )
    unit = spell.unit(outcome.unit)
    return f"{names.plain(outcome.name, outcome.title)} over time{f' in {unit}' if unit else ''}. {'; '.join(told)}."


def _at(outcome: Outcome, times: np.ndarray) -> np.ndarray:
    """5 %, median and 95 % at given times (3, arm, time)."""
    after = np.clip(np.searchsorted(outcome.time, times), 1, len(outcome.time) - 1)
    gap = outcome.time[after] - outcome.time[after - 1]
    share = np.clip((times - outcome.time[after - 1]) / gap, 0.0, 1.0)
    bands = outcome.drawn
    return np.asarray((1 - share) * bands[..., after - 1] + share * bands[..., after])


def _value_axis(outcome: Outcome, lines: np.ndarray) -> Axis:
    """High enough for every arm, and never so fine that what nobody notices fills the panel."""
    if not np.isfinite(lines).any():
        return value_axis(0.0, 1.0, start=BOTTOM, stop=TOP)
    low, high, middle = (float(x) for x in (np.nanmin(lines), np.nanmax(lines), np.nanmax(lines[1])))
    if outcome.name in LOG:
        least = max(outcome.noticeable / 10, 1e-12)
        return decade_axis(least, max(high, 10 * least), start=BOTTOM, stop=TOP)
    if outcome.is_relative and high > SKEW * middle and low > high * 1e-5:
        return decade_axis(low, high, start=BOTTOM, stop=TOP)
    rest = float(np.nanmean(lines[1, :, 0]))
    quiet = 0.0 if "." in outcome.name else outcome.noticeable
    low, high = min(low, rest - quiet), max(high, rest + quiet)
    if outcome.low > -1e299 and not outcome.is_change:
        low = max(low, outcome.low)
    return value_axis(min(low, rest), high, start=BOTTOM, stop=TOP)


def _frame(x: Axis, y: Axis, outcome: Outcome) -> str:
    """Grid, tick labels, axis titles, and the band of what nobody notices."""
    parts = [f'<text class="unit" x="4" y="14">{escape(_unit_words(outcome, y))}</text>']
    rest = float(outcome.drawn[1, 0, 0])
    if outcome.noticeable > 0 and np.isfinite(rest) and (not y.log or outcome.is_relative):
        top, foot = y.at(rest + outcome.noticeable), y.at(rest - outcome.noticeable)
        parts.append(f'<rect class="quiet" x="{LEFT}" y="{top:.1f}" width="{RIGHT - LEFT}" height="{foot - top:.1f}"/>')
    for value, text in y.ticks:
        at = f"{float(y.at(value)):.1f}"
        parts.append(f'<path class="grid" d="M{LEFT} {at}H{RIGHT}"/>')
        parts.append(f'<text class="tick y" x="{LEFT - 6}" y="{at}" dy="4">{escape(text)}</text>')
    for value, text in x.ticks:
        at = f"{float(x.at(value)):.1f}"
        parts.append(
            f'<path class="mark" d="M{at} {BOTTOM}v4"/><text class="tick x" x="{at}" y="{BOTTOM + 17}">{text}</text>'
        )
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>')
    parts.append(f'<text class="axis-title" x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 4}">{escape(x.title)}</text>')
    return "".join(parts)


def _unit_words(outcome: Outcome, y: Axis) -> str:
    unit = "relative to the start" if outcome.is_relative else names.unit(outcome) or "pure number"
    change = "change, " if outcome.is_change else ""
    return f"{change}{unit}{' (logarithmic)' if y.log else ''}"


def _session(at: float, label: str) -> str:
    text = f'<text class="visit" x="{at:.1f}" y="{TOP - 4}">{label}</text>' if label else ""
    return f'<path class="session" d="M{at:.1f} {TOP}V{BOTTOM}"/>{text}'


def _curve(x: np.ndarray, y: np.ndarray, arm: int) -> str:
    """The shaded interval and the median line of one arm; nothing where there is no number."""
    if not np.isfinite(y).all():
        return ""
    low, middle, high = (_thin(x, one) for one in y)
    back = list(reversed(low))
    band = f'<path class="band a{arm % STYLES}" d="{_path(high)}L{_path(back)[1:]}Z"/>'
    return f'{band}<path class="line a{arm % STYLES}" d="{_path(middle)}"/>'


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " ".join(f"{a:.1f} {b:.1f}" for a, b in points)


def _thin(x: np.ndarray, y: np.ndarray, error: float = 0.25) -> list[tuple[float, float]]:
    """The line without points that lie within `error` pixels of the line through their neighbours."""
    for _ in range(6):
        if len(x) < 4:
            break
        wide = np.hypot(x[2:] - x[:-2], y[2:] - y[:-2])
        area = (x[1:-1] - x[:-2]) * (y[2:] - y[:-2]) - (x[2:] - x[:-2]) * (y[1:-1] - y[:-2])
        drop = np.abs(area) <= error * np.maximum(wide, 1e-9)
        drop[1::2] = False  # never two neighbours at once
        kept = np.concatenate([[True], ~drop, [True]])
        if kept.all():
            break
        x, y = x[kept], y[kept]
    return list(zip(x.tolist(), y.tolist()))
