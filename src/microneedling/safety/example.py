"""The reference plan no rule speaks on, and that plan with one violation planted in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from microneedling.core import units
from microneedling.protocol.protocol import Care, DepositUse, ExfoliationUse, Protocol, Session, TopicalUse
from microneedling.safety.scene import DeviceFacts, Scene
from microneedling.skin.person import Person

DEVICE = {"family": "pen", "depth_max": "2.5 mm", "needle_length": "2.5 mm", "clearance": "DEN160029"}
SESSION = {"depth": "1.0 mm", "anaesthesia": "", "sterile": True}
SITE = {"name": "cheek", "region": "face"}
INTERVAL = "30 d"
GEL = {"actives": [], "flags": [], "after": "0 min", "sterile": True}  # the plain hydrogel of the reference plan
CARE = ({"what": "sunscreen", "start": "0 d", "end": "90 d"}, {"what": "sun avoidance", "start": "0 d", "end": "28 d"})
VISITS = 3


def reference() -> Scene:
    """A healthy woman of 34, phototype II: a pen at 1.0 mm on the cheek each 30 days, plain hydrogel, sun care."""
    return planted({})


def planted(example: Mapping[str, Any]) -> Scene:
    """The reference plan changed by a rule's `example`.

    Args:
        example: tables person, site, session, device, topical, deposit, exfoliation, care; text interval; quantities
            are text

    Returns: the scene to be screened.
    Checked by: tests/contracts/test_rules.py
    """
    length = _seconds(example.get("interval", INTERVAL))
    times = [visit * length for visit in range(VISITS)]
    topical = GEL | example.get("topical", {})
    site = SITE | example.get("site", {})
    device = DEVICE | example.get("device", {})
    protocol = Protocol(
        name="reference",
        sessions=tuple(_session(time, SESSION | example.get("session", {})) for time in times),
        topicals=tuple(_topical(time, topical) for time in times),
        deposits=tuple(_deposit(time, example["deposit"]) for time in times if "deposit" in example),
        exfoliations=tuple(_exfoliation(time, example["exfoliation"]) for time in times if "exfoliation" in example),
        care=tuple(_care(one) for one in example.get("care", CARE)),
    )
    return Scene(
        person=_person(example.get("person", {})),
        site_name=site["name"],
        site_region=site["region"],
        protocol=protocol,
        devices={"reference_pen": _device(device)},
        exfoliants={"reference_exfoliant": example.get("exfoliation", {}).get("family", "")},
        active_flags={name: tuple(topical["flags"]) for name in topical["actives"]},
    )


def _seconds(text: str) -> float:
    return units.read(text, "s")


def _person(changes: Mapping[str, Any]) -> Person:
    changed: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in changes.items()
    }
    if "age" in changed:
        changed["age"] = _seconds(changed["age"])
    healthy = Person(age=_seconds("34 y"), sex="female", phototype=2)
    return dataclasses.replace(healthy, **changed)


def _device(texts: Mapping[str, str]) -> DeviceFacts:
    lengths = {key: units.read(texts[key], "m") for key in ("depth_max", "needle_length")}
    others = {key: text for key, text in texts.items() if key not in ("family", *lengths)}
    return DeviceFacts(family=texts["family"], texts=others, **lengths)


def _session(time: float, settings: Mapping[str, Any]) -> Session:
    return Session(
        time=time,
        device="reference_pen",
        depth=units.read(settings["depth"], "m"),
        area=units.read("60 cm2", "m2"),
        dwell=_seconds("3 min"),
        anaesthesia=settings["anaesthesia"],
        sterile=settings["sterile"],
    )


def _topical(visit: float, use: Mapping[str, Any]) -> TopicalUse:
    """One application; `before` or `after` the visit, `wiped` that long before it."""
    early = "before" in use
    return TopicalUse(
        time=visit - _seconds(use["before"]) if early else visit + _seconds(use["after"]),
        vehicle="hydrogel",
        actives=tuple((name, 1.0) for name in use["actives"]),
        film=units.read("50 um", "m"),
        wiped=visit - _seconds(use["wiped"]) if "wiped" in use else None,
        sterile=use["sterile"],
    )


def _deposit(visit: float, use: Mapping[str, Any]) -> DepositUse:
    """A dose brought by needles, or injected, at a visit."""
    return DepositUse(
        time=visit,
        form=use["form"],
        device="" if use["form"] == "injected" else "reference_pen",
        depth=units.read(use["depth"], "m"),
        area=units.read("60 cm2", "m2"),
        actives=tuple((name, 1.0) for name in use["actives"]),
        loaded=units.read(use["depth"], "m"),
    )


def _exfoliation(visit: float, use: Mapping[str, str]) -> ExfoliationUse:
    """One exfoliation before or after the visit."""
    moment = visit - _seconds(use["before"]) if "before" in use else visit + _seconds(use["after"])
    return ExfoliationUse(time=moment, method="reference_exfoliant", amount=1.0, area=units.read("60 cm2", "m2"))


def _care(one: Mapping[str, str]) -> Care:
    return Care(what=one["what"], start=_seconds(one["start"]), end=_seconds(one["end"]))
