"""Where each active went, in words."""

from __future__ import annotations

import numpy as np

from microneedling.report import names, spell
from microneedling.report.answer import Answer
from microneedling.report.course import Outcome, interval
from microneedling.report.words import FAILED, Line, quantity

GROWS = ("blood", "lymph", "receptor")  # sums that only grow: read at the end


def delivered(answer: Answer) -> list[Line]:
    """Each active's amounts: the sum at the end for what only grows, the most there ever was for layers and fluxes."""
    wanted = ("receptor", "flux") if answer.in_vitro else ("blood", "lymph", "dermis", "epidermis")
    known = [answer.outcomes[n] for n in names.order(answer.outcomes) if names.place(n) in wanted]
    return [_delivered(outcome, answer) for outcome in known]


def _delivered(outcome: Outcome, answer: Answer) -> Line:
    grows = names.place(outcome.name) in GROWS
    reached = outcome.values[..., -1] if grows else outcome.values.max(axis=-1)
    title = outcome.title[:1].upper() + outcome.title[1:]
    if not np.isfinite(reached).all():
        return Line(title, "", (FAILED,))
    if np.all(np.abs(reached) <= _nothing(outcome)):
        return Line(title, "", ("None in any arm.",))
    when = f"by the end, after {spell.duration(answer.end - answer.start)}" if grows else "at its most"
    told = [f"{quantity(interval(reached[0]), outcome)} {when}{_in_all(reached[0], outcome, answer)}."]
    beside: dict[str, list[str]] = {}
    for arm, name in enumerate(answer.arms[1:], 1):
        beside.setdefault(_ratio(reached[0], reached[arm], outcome), []).append(name)
    told += [f"{text} {spell.listed(arms)}." for text, arms in beside.items()]
    if 0 < interval(reached[0]).high < outcome.noticeable:
        least = f"{spell.brief(outcome.noticeable)} {spell.unit(outcome.unit)}"
        told.append(f"Below what assays usually quantify ({least}).")
    return Line(title, "", tuple(told))


def _in_all(reached: np.ndarray, outcome: Outcome, answer: Answer) -> str:
    """The same on the whole area studied, in words; amounts are per area of skin."""
    area = float(answer.site.get("area", 0.0)) * 1e4
    if not area > 0 or "cm-2" not in outcome.unit:
        return ""
    found = interval(reached * area)
    low, middle, high = (spell.figures(x, 2) for x in (found.low, found.median, found.high))
    text = middle if low == high else f"{low} to {high}"
    whole = spell.unit(" ".join(outcome.unit.replace("cm-2", "").split()))
    return f" per area of skin, in all {text} {whole} on the {spell.brief(area)} cm² studied"


def _ratio(ours: np.ndarray, theirs: np.ndarray, outcome: Outcome) -> str:
    """How many times as much the first arm gets, the start of a sentence that ends with the other arms' names."""
    if np.all(np.abs(theirs) <= _nothing(outcome)):
        return "Nothing in"
    if np.all(np.abs(ours) <= _nothing(outcome)):
        return f"{quantity(interval(theirs), outcome)} in"
    found = interval(ours / np.maximum(theirs, _nothing(outcome)))
    low, middle, high = (spell.figures(x, 2) for x in (found.low, found.median, found.high))
    if low == high:
        return "The same as in" if abs(found.median - 1) < 0.005 else f"{middle} times as much as in"
    return f"{low} to {high} times as much (median {middle}) as in"


def _nothing(outcome: Outcome) -> float:
    """An amount that is nothing: a millionth of what an assay sees, or of the most there is."""
    most = float(np.nanmax(np.abs(outcome.values))) if np.isfinite(outcome.values).any() else 0.0
    return max(1e-6 * (outcome.noticeable or most), 1e-12)
