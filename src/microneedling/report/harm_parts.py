"""What was counted in people, as parts of a page: a few lines for the first screen, and the table with its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core.document import Part, Points, Table, Text, Told
from microneedling.report import spell
from microneedling.report.harms import HarmRow, HarmTable, share
from microneedling.safety.event import NO_RATE
from microneedling.safety.harms import COUNTED

MEANS = (
    "What the model computes is the middle of its people, with nine of ten of them in brackets. Counts are of people "
    "in published studies: “in a new study” is where nine of ten new studies would find the share, the scatter between "
    "studies included. Counts held against it took no part in making the rate. Where nobody counted, there is no rate, "
    "and none is made up. Numbers in square brackets: Sources, of the counts of harm."
)
FEW = 5  # rates on the first screen
UNTOLD = 3  # so many things not told are all there are
NEITHER = "no count and no report found"


def briefs(harms: Sequence[Mapping[str, Any]]) -> tuple[Told, ...]:
    """The highest rates counted in people, what was reported without a count, and who was not among those counted.

    Args:
        harms: records of safety/harms.py as a result holds them

    Checked by: tests/unit/report/test_harm_parts.py
    """
    counted = sorted((one for one in harms if one["rate"]), key=lambda one: -one["rate"]["typical"][1])
    bare = [str(one["title"]) for one in harms if one["state"] == NO_RATE]
    apart = [_few(one) for one in harms if one["state"] == COUNTED and not one["rate"]]
    told: list[Told] = []
    if counted:
        told.append(Text("Counted in people, no forecast for anybody:"))
        told.append(Points(tuple((str(one["title"]), _rate(one)) for one in counted[:FEW])))
    if apart:
        told.append(Text(f"Counted only by studies kept to test rates, so that none is made: {'; '.join(apart)}."))
    if bare:
        told.append(Text(f"Reported, nobody counted among how many: {spell.listed([_small(word) for word in bare])}."))
    return tuple(told)


def _rate(one: Mapping[str, Any]) -> str:
    rate = one["rate"]
    low, _, high = rate["new"]
    said = f"{share(rate['typical'][1])} of people, in a new study {share(low)} to {share(high)}"
    return f"{said} ({rate['cases']} of {rate['people']}){'; none of them like this' if one['outside'] else ''}."


def _few(one: Mapping[str, Any]) -> str:
    """ "infection in 0 of 25 and 0 of 414"."""
    return (
        f"{_small(str(one['title']))} in {spell.listed([x['found'] for x in one['told'] if x['measure'] == 'count'])}"
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def parts(found: HarmTable | None) -> tuple[Part, ...]:
    """Heading, what the counts are, one row a kind of harm, what else was said, and the sources.

    Checked by: tests/unit/report/test_harm_parts.py
    """
    if found is None:
        return ()
    head = ("What", "The model computes", "Counted or reported in people", "Like this person?")
    rows = tuple((one.title, _model(one), one.counted, _alike(one)) for one in found.rows)
    return (
        Text("What may go wrong", mark=True),
        Text(f"{found.arm[:1].upper()}{found.arm[1:]}. {MEANS}", soft=True),
        Table("", head, rows, (3, 4, 6, 4)),
    )


def sources(found: HarmTable | None) -> tuple[Part, ...]:
    """What else was counted, and the sources by the numbers of the table.

    Checked by: tests/unit/report/test_harm_parts.py
    """
    if found is None:
        return ()
    more = [(one.title, line) for one in found.rows for line in (*one.more, *(f"beside it, {x}" for x in one.beside))]
    cited = Points(tuple(("", text) for text in found.sources), numbered=True)
    rest = (Points(tuple(more), fold="More that was counted, and other treatments"),) if more else ()
    return (Text("Of the counts of harm", mark=True), cited, *rest)


def _model(one: HarmRow) -> str:
    return f"{one.model}. {one.disagrees[:1].upper()}{one.disagrees[1:]}." if one.disagrees else one.model


def _alike(one: HarmRow) -> str:
    """Were people like this one, treated like this, among those counted?"""
    if one.outside:
        return f"No: {'; '.join(one.outside)}"
    if one.untold:
        return (
            f"Their {' and '.join(one.untold) if len(one.untold) < UNTOLD else 'phototype, depth and device'} not told"
        )
    return "–" if one.state == NEITHER else "Yes, by phototype, depth and device"
