"""Numbers, units and times as a reader expects them."""

from __future__ import annotations

import math
import re

from microneedling.report.course import Interval, Outcome

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
MONTH = 30.4375 * DAY
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def unit(text: str) -> str:
    """ "kg m-2 s-1" as "kg m⁻² s⁻¹"; nothing for pure numbers."""
    if text in ("", "1"):
        return ""
    text = re.sub(r"\bu(?=[a-zA-Z])", "µ", text).replace("degC", "°C")
    return re.sub(r"(?<=[A-Za-zµ])-?\d+", lambda found: found.group().translate(_RAISED), text)


def decimals(noticeable: float) -> int:
    """Places after the point that mean something beside the smallest noticeable change."""
    if not 0 < noticeable < math.inf:
        return 2
    return max(0, min(6, 1 - math.floor(math.log10(noticeable))))


def number(value: float, places: int = 2) -> str:
    """A number with at most `places` after the point and no more than three digits that count."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e6:
        return powers(value)
    if size >= 1000:
        return _minus(f"{round(value, 2 - math.floor(math.log10(size))):,.0f}")
    if size >= 1:
        places = min(places, 2 - math.floor(math.log10(size)))
    text = f"{value:.{places}f}"
    return _minus(text) if float(text) != 0 else "0"


def figures(value: float, digits: int = 3) -> str:
    """A number with `digits` that count, whatever its size."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if exponent < -4 or exponent >= 6:
        return powers(value, digits)
    places = max(0, digits - 1 - exponent)
    return _minus(f"{round(value, digits - 1 - exponent):,.{places}f}")


def powers(value: float, digits: int = 3) -> str:
    """3.1 × 10⁶"""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return _minus(f"{mantissa} × 10") + str(int(exponent)).translate(_RAISED)


def shown(value: float, outcome: Outcome) -> str:
    """A value of an outcome with the places that mean something; amounts keep three digits, however small."""
    if outcome.noticeable <= 0 or "." in outcome.name:
        least = max(1e-3 * outcome.noticeable, 1e-6)
        return figures(value) if abs(value) > least or not math.isfinite(value) else "0"
    return number(value, decimals(outcome.noticeable))


def signed(value: float, outcome: Outcome) -> str:
    """The same with its sign in front; no sign on zero."""
    text = shown(value, outcome)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def rounded(value: float, outcome: Outcome, *, sign: bool = False) -> str:
    """A value for a sentence: two digits that count, and never finer than what shows."""
    if not math.isfinite(value) or value == 0:
        return number(value)
    free = outcome.noticeable <= 0 or "." in outcome.name  # amounts keep their digits, however small
    if free and abs(value) < 1e-4:
        return f"+{figures(value, 2)}" if sign and value > 0 else figures(value, 2)
    digits = 1 - math.floor(math.log10(float(f"{abs(value):.1e}")))  # of the rounded value: 9.98 has the digits of 10
    if not free:
        digits = min(digits, decimals(outcome.noticeable))
    kept = round(value, digits)
    text = _minus(f"{kept:,.{max(0, digits)}f}")
    if kept == 0:
        return "0"
    return f"+{text}" if sign and kept > 0 else text


def span(found: Interval, outcome: Outcome, *, sign: bool = False) -> str:
    """ "12 to 130" in the outcome's places."""
    write = signed if sign else shown
    low, high = write(found.low, outcome), write(found.high, outcome)
    return low if low == high else f"{low} to {high}"


def brief(value: float) -> str:
    """A number as one would write it by hand: four digits at most, no zeros at the end."""
    if not math.isfinite(value):
        return "–"
    if value == 0 or 1e-4 <= abs(value) < 1000:
        return _minus(f"{value:.4g}")
    if 1000 <= abs(value) < 1e6:
        return _minus(f"{value:,.0f}")
    mantissa, exponent = f"{value:.3e}".split("e")
    return _minus(f"{float(mantissa):g} × 10") + str(int(exponent)).translate(_RAISED)


def duration(seconds: float) -> str:
    """A time span in the unit people would use."""
    if seconds < 45:
        return _counted(max(1, round(seconds)), "second")
    if seconds < 55 * MINUTE:
        return _counted(max(1, round(seconds / MINUTE)), "minute")
    if seconds < 23.5 * HOUR:
        hours = seconds / HOUR
        return _counted(round(hours, 1 if hours < 4.5 else None), "hour")
    if seconds < 13.5 * DAY:
        days = seconds / DAY
        return _counted(round(days, 1 if days < 4.5 else None), "day")
    if seconds < 80 * DAY:
        return _counted(round(seconds / DAY / 7), "week")
    return _counted(round(seconds / MONTH), "month")


def day(seconds: float) -> str:
    """A date of the plan: "day 30", "day 0.5"."""
    return f"day {_minus(f'{round(seconds / DAY, 1):g}')}"


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """ "a, b and c" """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def arms(names: list[str] | tuple[str, ...]) -> str:
    """Names of arms in a sentence; a name with a comma stands in quotation marks."""
    return listed([f"“{name}”" if "," in name else name for name in names])


def plain_name(name: str) -> str:
    """The name of a card as words."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".toml")
    return stem.replace("_", " ")


def _counted(count: float, word: str) -> str:
    return f"{count:g} {word}" if count == 1 else f"{count:g} {word}s"


def _minus(text: str) -> str:
    return text.replace("-", "−")
