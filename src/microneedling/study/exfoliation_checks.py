"""What an exfoliation must also fulfil: a card that can be read, its family's own amount, a time within the study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from microneedling.core import units
from microneedling.core.card import Card, CardError, read_card
from microneedling.core.catalogue import path_of
from microneedling.study.checks import SLACK, card_problems, repeat_problems
from microneedling.study.exfoliating import AMOUNTS
from microneedling.study.quantity import Quantity, shown
from microneedling.study.read import Problem
from microneedling.study.tables import ArmTable, ExfoliationTable, Planned, SiteTable
from microneedling.treatments.exfoliant import Exfoliant

GRIT_ONLY = ("contact", "suction", "flow")


def exfoliation_problems(
    plans: Sequence[tuple[str, Planned]], *, site: SiteTable, horizon: Quantity
) -> Iterator[Problem]:
    """All that is wrong with the exfoliations of a protocol and its comparators.

    Args:
        plans: where each stands in the file, and its table
        site: the whole area studied
        horizon: end of the study

    Checked by: tests/unit/study/test_exfoliating.py, tests/faces/test_bad_exfoliation.py
    """
    for place, plan in plans:
        if isinstance(plan, ArmTable) and plan.kind != "own":
            continue
        for i, row in enumerate(plan.exfoliation):
            here = f"{place}.exfoliation[{i}]"
            yield from repeat_problems(here, row.count, row.interval)
            yield from _time_problems(here, row, horizon)
            yield from _method_problems(here, row)
            if row.area is not None and site.area is not None and row.area.value > site.area.value * (1 + SLACK):
                yield Problem(f"{here}.area", shown(row.area.text), f"{site.area.text} at most, the area studied")


def _time_problems(place: str, row: ExfoliationTable, horizon: Quantity) -> Iterator[Problem]:
    """The last one must come before the horizon."""
    last = row.time.value + (row.count - 1) * (row.interval.value if row.interval is not None else 0.0)
    if last >= horizon.value:
        day = units.write(last, "s", "d")
        yield Problem("horizon", shown(horizon.text), f"more than {day}, the last of {place}")


def _method_problems(place: str, row: ExfoliationTable) -> Iterator[Problem]:
    wrong = list(card_problems("exfoliants", row.method, f"{place}.method"))
    if wrong:
        yield from wrong
        return
    try:
        card = read_card(path_of("exfoliants", row.method), Exfoliant)
    except CardError as error:
        yield Problem(f"{place}.method", f"{shown(row.method)} ({error})", "a card that can be read")
        return
    yield from _amount_problems(place, row, card)


def _amount_problems(place: str, row: ExfoliationTable, card: Card[Exfoliant]) -> Iterator[Problem]:
    """The family's own amount must be told, and no other's."""
    family = str(card.texts["family"])
    mine, kind = AMOUNTS[family], f"{card.name} is a {family}"
    if getattr(row, mine) is None:
        yield Problem(f"{place}.{mine}", "nothing", f"a whole number from 1, since {kind}")
    for key in AMOUNTS.values():
        if key != mine and getattr(row, key) is not None:
            yield Problem(f"{place}.{key}", str(getattr(row, key)), f"no {key}, since {kind} and takes {mine}")
    if family != "grit":
        for key in GRIT_ONLY:
            told = getattr(row, key)
            if told is not None:
                yield Problem(f"{place}.{key}", shown(told.text), f"no {key}, since {kind} and takes only {mine}")
