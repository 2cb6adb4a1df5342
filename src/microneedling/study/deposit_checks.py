"""What a deposit must also fulfil: its form's own keys, its array, room in the needles and in the skin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from microneedling.core import units
from microneedling.core.card import Card, CardError, read_card
from microneedling.core.catalogue import path_of
from microneedling.skin.site import Site
from microneedling.study.checks import SLACK, card_problems, repeat_problems
from microneedling.study.quantity import Quantity, shown
from microneedling.study.read import Problem
from microneedling.study.tables import ArmTable, DepositTable, InVitroTable, Planned, SiteTable
from microneedling.treatments.deposit import Loading
from microneedling.treatments.device import Device

ARRAYS = ("patch", "stamp")
NEEDED = {
    "coated": ("device", "wear", "half_dissolved"),
    "dissolving": ("device", "wear", "half_dissolved"),
    "hydrogel": ("device", "wear", "vehicle", "reservoir"),
    "injected": ("loaded",),
}
ALLOWED = {
    "coated": (*NEEDED["coated"], "loaded"),
    "dissolving": (*NEEDED["dissolving"], "loaded"),
    "hydrogel": NEEDED["hydrogel"],
    "injected": ("loaded", "device", "wear"),
}
EXAMPLE = {
    "device": "the card of an array",
    "wear": 'a time such as "20 min"',
    "half_dissolved": 'a time such as "5 min"',
    "vehicle": "the vehicle card of its reservoir",
    "reservoir": 'a thickness such as "1 mm"',
    "loaded": 'the height of the bolus such as "0.3 mm"',
}


def deposit_problems(
    plans: Sequence[tuple[str, Planned]], *, site: SiteTable, in_vitro: InVitroTable | None, horizon: Quantity
) -> Iterator[Problem]:
    """All that is wrong with the deposits of a protocol and its comparators.

    Args:
        plans: where each stands in the file, and its table
        site, in_vitro: where the skin is from and how thick it is
        horizon: end of the study

    Checked by: tests/unit/study/test_deposit_checks.py
    """
    area = in_vitro.area if in_vitro is not None else site.area
    thick = _thickness(site, in_vitro)
    for place, plan in plans:
        if isinstance(plan, ArmTable) and plan.kind != "own":
            continue
        for i, deposit in enumerate(plan.deposit):
            here = f"{place}.deposit[{i}]"
            yield from _form_problems(here, deposit)
            yield from repeat_problems(here, deposit.count, deposit.interval)
            yield from _active_problems(here, deposit)
            yield from _time_problems(here, deposit, horizon)
            yield from _depth_problems(here, deposit, thick)
            yield from _array_problems(here, deposit, area)
            if deposit.vehicle is not None:
                yield from card_problems("vehicles", deposit.vehicle, f"{here}.vehicle")


def _form_problems(place: str, deposit: DepositTable) -> Iterator[Problem]:
    form = deposit.form
    for key in EXAMPLE:
        value = getattr(deposit, key)
        if value is None and key in NEEDED[form]:
            yield Problem(f"{place}.{key}", "nothing", f'{EXAMPLE[key]}, since form = "{form}"')
        if value is not None and key not in ALLOWED[form]:
            forms = [f'"{one}"' for one, keys in ALLOWED.items() if key in keys]
            said = shown(value.text if isinstance(value, Quantity) else value)
            yield Problem(f"{place}.{key}", said, f"this key only with form {' or '.join(forms)}")
    if form == "injected" and deposit.device is None and deposit.wear is not None:
        yield Problem(f"{place}.wear", shown(deposit.wear.text), "this key only with a device that stays on")
    if form == "injected" and deposit.device is not None and deposit.wear is None:
        yield Problem(f"{place}.wear", "nothing", 'a time such as "1 min", since a device is pressed on')


def _active_problems(place: str, deposit: DepositTable) -> Iterator[Problem]:
    """One active with its dose, or a list of them; each once."""
    if (deposit.active is None) == (not deposit.actives):
        found = "neither active nor actives" if deposit.active is None else "a list beside active"
        yield Problem(f"{place}.actives", found, "one of the two")
    if (deposit.active is None) != (deposit.dose is None):
        yield Problem(f"{place}.dose", "nothing" if deposit.dose is None else "a dose", "active and dose together")
    named = [(f"{place}.active", deposit.active)] if deposit.active is not None else []
    named += [(f"{place}.actives[{i}].active", one.active) for i, one in enumerate(deposit.actives)]
    seen: set[str] = set()
    for key, name in named:
        yield from card_problems("actives", name, key)
        if name in seen:
            yield Problem(key, f"{shown(name)} a second time", "each active once")
        seen.add(name)


def _time_problems(place: str, deposit: DepositTable, horizon: Quantity) -> Iterator[Problem]:
    step = deposit.interval.value if deposit.interval is not None else 0.0
    last = deposit.time.value + (deposit.count - 1) * step
    worn = deposit.wear.value if deposit.wear is not None else 0.0
    if last >= horizon.value or last + worn > horizon.value * (1 + SLACK):
        end = units.write(last + worn, "s", "h")
        yield Problem("horizon", shown(horizon.text), f"more than {end}, the end of {place}")
    if deposit.count > 1 and worn > step > 0 and deposit.wear is not None:
        allowed = "less than the interval, since the array is off before the next is on"
        yield Problem(f"{place}.wear", shown(deposit.wear.text), allowed)


def _depth_problems(place: str, deposit: DepositTable, thick: float) -> Iterator[Problem]:
    """A bolus must lie within the skin; the part of a needle that carries the dose is no longer than the needle."""
    depth, loaded = deposit.depth, deposit.loaded
    if loaded is None:
        return
    if deposit.form != "injected":
        if loaded.value > depth.value * (1 + SLACK):
            yield Problem(f"{place}.loaded", shown(loaded.text), f"{depth.text} at most, the needle length set")
        return
    if 0.5 * loaded.value > depth.value * (1 + SLACK):
        yield Problem(f"{place}.loaded", shown(loaded.text), f"twice the depth ({depth.text}) at most")
    if math.isfinite(thick) and depth.value + 0.5 * loaded.value > thick * (1 + SLACK):
        deepest = units.write(thick - 0.5 * loaded.value, "m", "mm")
        yield Problem(
            f"{place}.depth", shown(depth.text), f"{deepest} at most: the bolus lies in the skin of this site"
        )


def _array_problems(place: str, deposit: DepositTable, area: Quantity | None) -> Iterator[Problem]:
    """The array must exist, be pressed on as a whole, reach the depth, and have room for the dose."""
    if deposit.device is None:
        return
    wrong = list(card_problems("devices", deposit.device, f"{place}.device"))
    if wrong:
        yield from wrong
        return
    try:
        card = read_card(path_of("devices", deposit.device), Device)
    except CardError as error:
        yield Problem(f"{place}.device", f"{shown(deposit.device)} ({error})", "a card that can be read")
        return
    device = card.known.record
    if card.texts["family"] not in ARRAYS:
        found = f"{shown(deposit.device)} (a {card.texts['family']})"
        yield Problem(f"{place}.device", found, f"a device of the family {' or '.join(ARRAYS)}")
    if not device.depth_min * (1 - SLACK) <= deposit.depth.value <= device.depth_max * (1 + SLACK):
        low, high = (units.write(depth, "m", "mm") for depth in (device.depth_min, device.depth_max))
        span = low if low == high else f"{low} to {high}"
        yield Problem(f"{place}.depth", shown(deposit.depth.text), f"{span} for {card.name}")
    if deposit.form == "dissolving" and area is not None:
        yield from _room_problems(place, deposit, card, area)


def _room_problems(place: str, deposit: DepositTable, card: Card[Device], area: Quantity) -> Iterator[Problem]:
    """Dissolving needles are the dose: it cannot weigh more than they do."""
    most = float(Loading().most(card.known.record)) * area.value
    given = sum(one.value for one in [deposit.dose, *(load.dose for load in deposit.actives)] if one is not None)
    if given > most * (1 + SLACK):
        said = f"{units.write(given, 'kg', 'mg')} on {area.text}"
        allowed = f"{units.write(most, 'kg', 'mg')} at most: that is what the needles of {card.name} weigh"
        yield Problem(f"{place}.dose", said, allowed)


def _thickness(site: SiteTable, in_vitro: InVitroTable | None) -> float:
    """Thickness of the skin [m]; endless when the site's card cannot be read, which is told elsewhere."""
    if in_vitro is not None:
        return in_vitro.thickness.value
    try:
        record = read_card(path_of("sites", site.card), Site).known.record
    except CardError:
        return math.inf
    return float(record.sc_thickness + record.epidermis + record.papillary + record.reticular)
