"""Harm beside benefit: for each kind of harm what the model computes, what was counted in people, and who they were."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core import units
from microneedling.core.cite import bibliography, formatted
from microneedling.report import spell

NONE_FOUND = "no count found, no report found"
DAY = 86400.0
LEAST = 0.001  # shares below this are told as "under 0.1 %" [1]


@dataclasses.dataclass(frozen=True)
class HarmRow:
    """One kind of harm as printed. Numbers in square brackets are those of the sources below.

    `counted` is the count, time, score or report in one line, `more` what else was measured, `beside` other treatments;
    `outside` how person or plan differ from those counted, `untold` what of it their studies do not tell.
    """

    title: str
    state: str
    model: str
    counted: str
    more: tuple[str, ...]
    beside: tuple[str, ...]
    outside: tuple[str, ...]
    untold: tuple[str, ...]
    disagrees: str


@dataclasses.dataclass(frozen=True)
class HarmTable:
    """Rows of harm and the sources they cite, numbered from 1."""

    arm: str
    rows: tuple[HarmRow, ...]
    sources: tuple[str, ...]


def harm_table(harms: Sequence[Mapping[str, Any]]) -> HarmTable | None:
    """The harm of one arm as printed; None where there is none to tell.

    Args:
        harms: records of safety/harms.py as a result or summary.json holds them

    Returns: rows in the order of the records.
    Checked by: tests/unit/report/test_harms_table.py
    """
    if not harms:
        return None
    keys = list(dict.fromkeys(key for one in harms for key in one["sources"]))
    known = {one.key: one for one in bibliography(keys)}
    numbers = {key: number for number, key in enumerate(keys, 1)}
    rows = tuple(_row(one, numbers) for one in harms)
    return HarmTable(str(harms[0]["arm"]), rows, tuple(formatted(known[key]) for key in keys))


def _row(one: Mapping[str, Any], numbers: Mapping[str, int]) -> HarmRow:
    told, rate = one["told"], one["rate"]
    counts = [each for each in told if each["measure"] == "count"]
    measured = [each for each in told if each["measure"] in ("duration", "score")]
    lines = [_rate(rate, numbers)] if rate else []
    lines += _counts(counts, rate, numbers)
    if not counts:
        lines += [_listed(measured, numbers)] if measured else []
    if not counts and not measured:
        lines.append(f"{one['state']}: {_listed(told, numbers)}" if told else NONE_FOUND)
    shown = {
        id(each) for each in (*counts, *(measured if not counts else ()), *(told if not counts + measured else ()))
    }
    return HarmRow(
        title=one["title"],
        state=one["state"],
        model=computed_text(one["computed"]) or one["not_computed"],
        counted="; ".join(lines),
        more=tuple(_line(each, numbers) for each in told if id(each) not in shown and each["measure"] != "reported"),
        beside=tuple(f"{each['treatment']}: {_line(each, numbers)}" for each in one["beside"]),
        outside=tuple(one["outside"]),
        untold=tuple(one["untold"]),
        disagrees=one["disagrees"],
    )


def _counts(
    counts: Sequence[Mapping[str, Any]], rate: Mapping[str, Any] | None, numbers: Mapping[str, int]
) -> list[str]:
    """Counts that are not in the rate: those held against it, and those in other people; all where there is no rate."""
    if rate is None:
        return [f"counted: {_listed(counts, numbers)}"] if counts else []
    held = [one for one in counts if one["group"] == rate["group"] and one["use"] == "validation"]
    others = [one for one in counts if one["group"] != rate["group"]]
    lines = [f"held against it: {_listed(held, numbers)}"] if held else []
    for group in dict.fromkeys(one["group"] for one in others):
        lines.append(f"in {group}: {_listed([one for one in others if one['group'] == group], numbers)}")
    return lines


def _rate(rate: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    """ "18 % of people, in a new study 3 to 71 % (5 of 30 in 1 study, phototypes IV to VI) [1]"."""
    low, _, high = rate["new"]
    studies = f"{rate['studies']} {'study' if rate['studies'] == 1 else 'studies'}"
    group = "" if rate["group"] == "all skin" else f", {rate['group']}"
    ground = f"{rate['cases']} of {rate['people']} in {studies}{group}"
    span = f"in a new study {share(low)} to {share(high)}"
    return f"{share(rate['typical'][1])} of people, {span} ({ground}) {_marks(rate['sources'], numbers)}"


def _listed(told: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> str:
    return "; ".join(f"{_found(one)} {_marks([one['source']], numbers)}" for one in told)


def _found(one: Mapping[str, Any]) -> str:
    """A finding; a count with the interval of its own."""
    if one["interval"] is None:
        return str(one["found"])
    low, high = one["interval"]
    span = f"up to {share(high)}" if one["share"] == 0 else f"{share(low)} to {share(high)}"
    return f"{one['found']} ({span})"


def _line(one: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    return f"{_found(one)}: {one['who']} {_marks([one['source']], numbers)}"


def _marks(keys: Sequence[str], numbers: Mapping[str, int]) -> str:
    return "".join(f"[{numbers[key]}]" for key in keys)


def share(value: float) -> str:
    """A share as per cent with the places that mean something.

    Checked by: tests/unit/report/test_harms_table.py
    """
    if 0 < value < LEAST:
        return "under 0.1 %"
    if 1 - LEAST < value < 1:
        return "over 99.9 %"
    return f"{spell.number(100 * value, 1 if value < 0.1 else 0)} %"


def computed_text(found: Mapping[str, Any] | None) -> str:
    """What a run computed: "3.1 d (1.2 to 6), days that it shows after each session"; "" where it computed nothing."""
    if not found:
        return ""
    if found["shown"] == "%":
        low, middle, high = (share(found[key]) for key in ("low", "middle", "high"))
        return f"{middle} ({low} to {high}), {found['what']}"
    factor = units.factor(found["shown"], found["unit"])
    low, middle, high = (spell.figures(found[key] / factor, 2) for key in ("low", "middle", "high"))
    unit = spell.unit(found["shown"])
    return f"{middle}{f' {unit}' if unit else ''} ({low} to {high}), {found['what']}"
