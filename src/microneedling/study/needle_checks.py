"""What no device can be and no needle can do: longer than skin, denser than packing, pressed by no hand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from microneedling.core import units
from microneedling.core.card import Card, CardError, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.sourced import Sourced
from microneedling.core.spread import Z95
from microneedling.skin.site import Site
from microneedling.study.quantity import Quantity, shown
from microneedling.study.read import Problem
from microneedling.study.tables import ArmTable, InVitroTable, Planned, SessionTable, SiteTable
from microneedling.treatments.coverage import packing
from microneedling.treatments.device import Device

LAYERS = ("sc_thickness", "epidermis", "papillary", "reticular")
SLACK = 2.0  # slow needles bury half of their length, and scars are thicker than skin [1]
MOST_FORCE = 250.0  # [kg m s-2] a strong adult's push with one hand: more is no hand's


def thickness(site: Sourced[Site], z: float = 0.0) -> float:
    """Thickness of a site's skin [m]; `z` standard deviations thicker in every layer."""
    return math.fsum(site.facts[name].spread.at(getattr(site.record, name), z) for name in LAYERS)


def thickest() -> float:
    """Thickness of the thickest skin on any site card, every layer at its 95 % end [m]."""
    return max(thickness(read_card(path_of("sites", name), Site).known, Z95) for name in names("sites"))


def device_problems(card: Card[Device], *, deepest: float | None = None) -> Iterator[Problem]:
    """What cannot be true of a device card.

    Args:
        card: the card, read
        deepest: longest needle that makes sense [m]; twice the thickest skin when left out

    Checked by: tests/contracts/test_needle_checks.py
    """
    device = card.known.record
    most = SLACK * thickest() if deepest is None else deepest
    if device.needle_length > most:
        allowed = f"at most {units.write(most, 'm', 'mm')}, twice the thickest skin of any site card"
        yield Problem("needle_length", units.write(device.needle_length, "m", "mm"), allowed)
    if not 0 < device.contact_force <= MOST_FORCE:
        found = units.write(device.contact_force, "kg m s-2", "N")
        yield Problem("contact_force", found, f"more than 0 N and at most {MOST_FORCE:g} N, what a hand can press with")
    if device.inner_radius >= device.base_radius:
        found, base = (units.write(r, "m", "um") for r in (device.inner_radius, device.base_radius))
        yield Problem("inner_radius", found, f"less than the needle's own radius, {base}")
    if 0 < device.spacing < 2 * device.base_radius:
        found, wide = (units.write(x, "m", "um") for x in (device.spacing, 2 * device.base_radius))
        yield Problem("spacing", found, f"0 or at least {wide}, the width of a needle")
    if device.coated_length > device.needle_length:
        found, whole = (units.write(x, "m", "um") for x in (device.coated_length, device.needle_length))
        yield Problem("coated_length", found, f"at most {whole}, the length of the needle")
    yield from _packing_problems(device)


def _packing_problems(device: Device) -> Iterator[Problem]:
    most = packing(device.base_radius)
    wide = units.write(2 * device.base_radius, "m", "um")
    allowed = f"at most {units.write(most, 'm-2', 'cm-2')}, close packing of needles {wide} wide"
    if device.puncture_density_per_pass > most:
        found = units.write(device.puncture_density_per_pass, "m-2", "cm-2")
        yield Problem("puncture_density_per_pass", found, allowed)
    head = device.needles / device.head_area
    if device.frequency > 0 and head > most:
        yield Problem("needles", f"{device.needles:g} on the head, {units.write(head, 'm-2', 'cm-2')}", allowed)


def session_problems(
    plans: Sequence[tuple[str, Planned]], *, site: SiteTable, in_vitro: InVitroTable | None
) -> Iterator[Problem]:
    """What cannot be done with a device: needles longer than the skin in the cell, more holes than skin.

    Args:
        plans: where each stands in the file, and its table
        site, in_vitro: area treated, and how thick the skin is

    Checked by: tests/faces/test_bad_input.py
    """
    whole = in_vitro.area if in_vitro is not None else site.area
    for place, plan in plans:
        if isinstance(plan, ArmTable) and plan.kind != "own":
            continue
        for i, session in enumerate(plan.session):
            here, depth = f"{place}.session[{i}]", session.depth
            if in_vitro is not None and depth.value > in_vitro.thickness.value * (1 + 1e-9):
                allowed = f"{in_vitro.thickness.text} at most, the thickness of the skin in the cell"
                yield Problem(f"{here}.depth", shown(depth.text), allowed)
            area = session.area or whole
            card = _card_of(session.device)
            reached = card is not None and depth.value <= card.known.record.depth_max * (
                1 + 1e-9
            )  # else told elsewhere
            if card is not None and area is not None and reached:
                yield from _dwell_problems(here, session, card, area)


def _card_of(name: str) -> Card[Device] | None:
    """The device card; nothing where it cannot be read, which is told elsewhere."""
    try:
        return read_card(path_of("devices", name), Device)
    except CardError:
        return None


def _dwell_problems(place: str, session: SessionTable, card: Card[Device], area: Quantity) -> Iterator[Problem]:
    """A pen that stays until holes would have to lie on holes."""
    device, dwell = card.known.record, session.dwell
    if dwell is None or card.texts["family"] != "pen":
        return
    rate = session.frequency.value if session.frequency is not None else device.frequency
    laid = device.needles * rate * dwell.value * device.success / area.value
    radius = device.tip_radius + (device.base_radius - device.tip_radius) * session.depth.value / device.needle_length
    if laid > packing(radius):
        longest = units.write(dwell.value * packing(radius) / laid, "s", "min", 3)
        wide = units.write(2 * radius, "m", "um", 3)
        text = f"at most {longest} on {area.text}: more holes {wide} wide cannot lie side by side"
        yield Problem(f"{place}.dwell", shown(dwell.text), text)


def checked(card: Card[Device]) -> Card[Device]:
    """The card, if it can be true.

    Errors: CardError naming file, key, what was found and what is allowed.
    Checked by: tests/contracts/test_needle_checks.py
    """
    for problem in device_problems(card):
        raise CardError(f"{card.path.name}: {problem.key}: found {problem.found}, allowed {problem.allowed}")
    return card
