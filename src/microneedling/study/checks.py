"""What a study must also fulfil that no single key shows: cards, devices, order, comparators, setup."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from microneedling.core import units
from microneedling.core.card import Card, CardError, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.safety import vocabulary
from microneedling.study.plain import person_table
from microneedling.study.quantity import Quantity, shown
from microneedling.study.read import Problem, StudyError, near
from microneedling.study.tables import (
    ArmTable,
    InVitroTable,
    PersonTable,
    Planned,
    ProtocolTable,
    SessionTable,
    SiteTable,
    TopicalTable,
)
from microneedling.treatments.device import Device

LONGEST = 14 * 86400.0  # the resolved cell is for hours after one visit; later, healing is the question [s]
SUNSCREENS = ("sunscreen", "tinted sunscreen")
SLACK = 1e-9  # relative; two spellings of one length ("1.5 mm", "1500 um") may differ in the last digit


def outcome_problems(outcomes: Sequence[str], scales: Collection[str] | None) -> Iterator[Problem]:
    """Outcomes must be known scales; `scales` None leaves that to the caller."""
    for i, name in enumerate(outcomes):
        if scales is not None and name not in scales:
            yield Problem(f"outcomes[{i}]", shown(name), near(name, scales))


def person_problems(table: PersonTable) -> Iterator[Problem]:
    """The person must be complete with its card, and the history told in words the safety rules know."""
    wrong_card = list(card_problems("people", table.card, "person.card")) if table.card else []
    if wrong_card:
        yield from wrong_card
        return
    try:
        whole = person_table(table)
    except (CardError, StudyError) as error:
        yield Problem("person.card", f"{shown(table.card)} ({error})", "a card that can be read")
        return
    for key in ("age", "sex", "phototype"):
        if getattr(whole, key) is None:
            yield Problem(f"person.{key}", "nothing", "a value here or in the person's card")
    for key in vocabulary.HISTORY:
        for i, word in enumerate(getattr(whole, key) or ()):
            yield from _word_problems(key, word, f"person.{key}[{i}]")


def place_problems(setup: str, site: SiteTable, in_vitro: InVitroTable | None) -> Iterator[Problem]:
    """The site must exist; a diffusion cell belongs to setup = "in vitro" and brings its own area."""
    yield from card_problems("sites", site.card, "site.card")
    if setup == "in vivo":
        if in_vitro is not None:
            yield Problem("in_vitro", "a table", 'this table only with setup = "in vitro"')
        if site.area is None:
            yield Problem("site.area", "nothing", 'a skin area such as "60 cm2"')
        return
    if in_vitro is None:
        yield Problem("in_vitro", "nothing", 'a table [in_vitro], since setup = "in vitro"')
        return
    if site.area is not None:
        yield Problem("site.area", shown(site.area.text), 'only in_vitro.area when setup = "in vitro"')
    finite, volume = in_vitro.receptor == "finite", in_vitro.receptor_volume
    if finite and volume is None:
        yield Problem("in_vitro.receptor_volume", "nothing", 'a volume such as "5 ml", since receptor = "finite"')
    yield from _sample_problems(in_vitro)
    if not finite and volume is not None:
        yield Problem("in_vitro.receptor_volume", shown(volume.text), 'a volume only with receptor = "finite"')


def _sample_problems(cell: InVitroTable) -> Iterator[Problem]:
    """Samples have a volume and an interval, and come out of a finite receptor."""
    taken, every, volume = cell.sample_volume, cell.sample_every, cell.receptor_volume
    if taken is None and every is None:
        return
    if taken is None:
        yield Problem("in_vitro.sample_volume", "nothing", 'a volume such as "0.3 ml", since sample_every is given')
    if every is None:
        yield Problem("in_vitro.sample_every", "nothing", 'a time such as "1 h", since sample_volume is given')
    if cell.receptor != "finite":
        yield Problem("in_vitro.receptor", shown(cell.receptor), '"finite", since samples are taken from it')
    if taken is not None and volume is not None and taken.value > volume.value * (1 + SLACK):
        yield Problem("in_vitro.sample_volume", shown(taken.text), f"{volume.text} at most, the whole receptor")


def arm_problems(protocol: ProtocolTable, arms: Sequence[ArmTable], horizon: Quantity) -> Iterator[Problem]:
    """The protocol and every comparator must be something that can be done, under a name of its own."""
    yield from _plan_problems("protocol", protocol, horizon)
    taken = {protocol.name}
    empty = _is_empty(protocol)  # told above; then no comparator can be right
    for i, arm in enumerate(arms):
        place = f"arm[{i}]"
        if arm.name in taken:
            yield Problem(f"{place}.name", f"{shown(arm.name)} a second time", "a name no other arm has")
        taken.add(arm.name)
        if arm.kind == "own":
            yield from _plan_problems(place, arm, horizon)
            continue
        for key in ("session", "topical", "deposit", "exfoliation", "light", "care"):
            if getattr(arm, key):
                yield Problem(f"{place}.{key}", "a table", f'tables only with kind = "own", not "{arm.kind}"')
        visits = protocol.session or any(one.device for one in protocol.deposit)
        if arm.kind in ("sham", "needling only") and not visits and not empty:
            yield Problem(f"{place}.kind", shown(arm.kind), "this kind only when the protocol has a session")
        if arm.kind == "topical only" and not protocol.topical and not empty:
            yield Problem(f"{place}.kind", shown(arm.kind), "this kind only when the protocol has a topical")


def detail_problems(detail: str, protocol: ProtocolTable, horizon: Quantity) -> Iterator[Problem]:
    """The resolved cell stands for what a topical does through the channels of one needling, for some days."""
    if detail != "cell":
        return
    if not protocol.topical or sum(session.count for session in protocol.session) != 1:
        found = f"{sum(s.count for s in protocol.session)} sessions and {len(protocol.topical)} topicals"
        yield Problem("detail", f'"cell" with {found}', "one session and at least one topical in the protocol")
    if horizon.value > LONGEST:
        yield Problem("horizon", shown(horizon.text), f'at most {LONGEST / 86400:g} d with detail = "cell"')


def _is_empty(plan: Planned) -> bool:
    return not (plan.session or plan.topical or plan.deposit or plan.exfoliation or plan.light)


def _plan_problems(place: str, plan: Planned, horizon: Quantity) -> Iterator[Problem]:
    if _is_empty(plan):
        yield Problem(place, "no session, no topical, no deposit and no exfoliation", "at least one of them")
    for i, session in enumerate(plan.session):
        here = f"{place}.session[{i}]"
        earlier = plan.session[i - 1].time if i else None
        if earlier is not None and session.time.value < earlier.value:
            allowed = f"{earlier.text} or later, since sessions stand in time order"
            yield Problem(f"{here}.time", shown(session.time.text), allowed)
        yield from repeat_problems(here, session.count, session.interval)
        yield from _device_problems(here, session)
    for i, topical in enumerate(plan.topical):
        here = f"{place}.topical[{i}]"
        yield from _time_problems(here, topical, bool(plan.session or any(one.device for one in plan.deposit)))
        yield from _formulation_problems(here, topical)
    for i, care in enumerate(plan.care):
        here = f"{place}.care[{i}]"
        yield from repeat_problems(here, care.count, care.interval)
        yield from _word_problems("care", care.what, f"{here}.what")
        if care.spf is not None and vocabulary.canonical("care", care.what) not in SUNSCREENS:
            yield Problem(f"{here}.spf", str(care.spf), f"a label only of {' or '.join(SUNSCREENS)}")
        if care.end.value <= care.start.value:
            yield Problem(f"{here}.end", shown(care.end.text), f"a time after the start, {care.start.text}")
    yield from _horizon_problems(place, plan, horizon)


def repeat_problems(place: str, count: int, interval: Quantity | None) -> Iterator[Problem]:
    """An interval belongs to a count of 2 or more, and the other way round."""
    if count > 1 and interval is None:
        yield Problem(f"{place}.interval", "nothing", f'a time such as "30 d", since count = {count}')
    if count == 1 and interval is not None:
        yield Problem(f"{place}.interval", shown(interval.text), "an interval only with a count of 2 or more")


def _device_problems(place: str, session: SessionTable) -> Iterator[Problem]:
    """The device must exist, reach the depth, and be told how long or how often it is used."""
    wrong = list(card_problems("devices", session.device, f"{place}.device"))
    if wrong:
        yield from wrong
        return
    try:
        card = read_card(path_of("devices", session.device), Device)
    except CardError as error:
        yield Problem(f"{place}.device", f"{shown(session.device)} ({error})", "a card that can be read")
        return
    device, name = card.known.record, card.name
    if not device.depth_min * (1 - SLACK) <= session.depth.value <= device.depth_max * (1 + SLACK):
        low, high = (units.write(depth, "m", "mm") for depth in (device.depth_min, device.depth_max))
        span = low if low == high else f"{low} to {high}"
        yield Problem(f"{place}.depth", shown(session.depth.text), f"{span} for {name}")
    yield from _use_problems(place, session, card)


def _use_problems(place: str, session: SessionTable, card: Card[Device]) -> Iterator[Problem]:
    family, dwell, rate = card.texts["family"], session.dwell, session.frequency
    kind = f"{card.name} is a {family}"
    if family == "pen":
        if dwell is None:
            yield Problem(f"{place}.dwell", "nothing", f'a time on the area such as "3 min", since {kind}')
        if session.passes:
            yield Problem(f"{place}.passes", str(session.passes), f"0, since {kind} and takes a dwell")
        return
    if not session.passes and not (family == "patch" and dwell is not None):
        yield Problem(f"{place}.passes", "nothing", f"a whole number from 1, since {kind}")
    if dwell is not None and family != "patch":
        yield Problem(f"{place}.dwell", shown(dwell.text), f"no dwell, since {kind} and takes passes")
    if rate is not None:
        yield Problem(f"{place}.frequency", shown(rate.text), f"no frequency, since {kind}")


def _time_problems(place: str, topical: TopicalTable, has_session: bool) -> Iterator[Problem]:
    relative, time = topical.after_session, topical.time
    if relative is None and time is None:
        yield Problem(place, "neither after_session nor time", "one of the two")
    if relative is not None and time is not None:
        yield Problem(f"{place}.time", f"{shown(time.text)} beside after_session", "one of the two")
    if relative is not None and not has_session:
        yield Problem(f"{place}.after_session", shown(relative.text), "time, since there is no session here")
    if relative is not None and topical.count > 1:
        yield Problem(f"{place}.count", str(topical.count), "count only with time; after_session repeats by itself")
    else:
        yield from repeat_problems(place, topical.count, topical.interval)
    leave, cover = topical.leave, topical.occlude
    if leave is not None and cover is not None and cover.value > leave.value * (1 + SLACK):
        yield Problem(f"{place}.occlude", shown(cover.text), f"{leave.text} at most, when it is wiped off (leave)")


def _formulation_problems(place: str, topical: TopicalTable) -> Iterator[Problem]:
    yield from card_problems("vehicles", topical.vehicle, f"{place}.vehicle")
    if topical.active is not None:
        yield from card_problems("actives", topical.active, f"{place}.active")
        if topical.concentration is None:
            yield Problem(f"{place}.concentration", "nothing", 'a concentration such as "10 mg/ml"')
        if topical.actives:
            yield Problem(f"{place}.actives", "a list beside active", "one of the two")
    elif topical.concentration is not None:
        yield Problem(f"{place}.concentration", shown(topical.concentration.text), "this key only beside active")
    seen = set()
    for i, dose in enumerate(topical.actives):
        here = f"{place}.actives[{i}].active"
        yield from card_problems("actives", dose.active, here)
        if dose.active in seen:
            yield Problem(here, f"{shown(dose.active)} a second time", "each active once")
        seen.add(dose.active)


def _horizon_problems(place: str, plan: Planned, horizon: Quantity) -> Iterator[Problem]:
    """Every session and every topical must start before the horizon."""
    pressed = [one for one in plan.deposit if one.device]
    every = [(one.time, one.count, one.interval) for one in plan.session]
    visits = [_last(*one) for one in (*every, *((one.time, one.count, one.interval) for one in pressed))]
    last_visit = max(visits, default=0.0)
    own = [_last(one.time, one.count, one.interval) for one in plan.topical if one.time is not None]
    after = [last_visit + one.after_session.value for one in plan.topical if one.after_session is not None]
    for what, last in (("session", last_visit), ("topical", max([*own, *after], default=0.0))):
        if last >= horizon.value:
            day = units.write(last, "s", "d")
            yield Problem("horizon", shown(horizon.text), f"more than {day}, the last {what} of {place}")
            return


def _last(first: Quantity, count: int, interval: Quantity | None) -> float:
    return first.value + (count - 1) * (interval.value if interval is not None else 0.0)


def _word_problems(category: str, word: str, key: str) -> Iterator[Problem]:
    """A word the safety rules do not know would pass them unseen."""
    if vocabulary.canonical(category, word) is None:
        yield Problem(key, shown(word), vocabulary.near(category, word))


def card_problems(kind: str, name: str, key: str) -> Iterator[Problem]:
    """A card must be listed, or be a file of the user's own."""
    if name.endswith(".toml"):
        try:
            path_of(kind, name)
        except CardError:
            yield Problem(key, f"{shown(name)} (no such file)", "a card's name or the path of a card file")
    elif name not in names(kind):
        yield Problem(key, shown(name), f"{near(name, names(kind))}; or a path ending in .toml")
