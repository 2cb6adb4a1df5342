"""The occasions of an arm (the person, each session, each interval, each application) as facts by field name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any

from microneedling.protocol.protocol import Care, DepositUse, ExfoliationUse, Session, TopicalUse
from microneedling.safety.scene import Scene
from microneedling.safety.vocabulary import HISTORY, kept

DAY = 86400.0
NOT_CLEARED = ("none", "no ", "not ")

Occasion = tuple[float | None, Mapping[str, Any]]  # its time [s] (None: the person), and its facts


def occasions(scene: Scene, on: str) -> tuple[Occasion, ...]:
    """The occasions of one sort in an arm, in time order.

    Sham sessions pierce nothing and are passed over; without any needling there is no "person" occasion, since what
    speaks against needling does not speak against the other arms.

    Args:
        scene: the arm
        on: a word of OCCASIONS

    Returns: time and facts of each occasion; facts in SI and canonical words.
    Checked by: tests/unit/safety/test_screen.py
    """
    sessions = needlings(scene)
    person = _person(scene)
    if on == "topical":
        laid = [(one.time, person | _topical(scene, one, on_skin=True)) for one in scene.protocol.topicals]
        brought = [(one.time, person | _topical(scene, one, on_skin=False)) for one in scene.deposited]
        return tuple(sorted([*laid, *brought], key=lambda occasion: occasion[0]))
    if on == "deposit":
        return tuple((one.time, person | _deposit(scene, one)) for one in scene.protocol.deposits if not one.sham)
    if on == "exfoliation":
        return tuple((one.time, person | _exfoliation(scene, one)) for one in scene.protocol.exfoliations)
    if on == "person":
        return ((None, person),) if sessions else ()
    visits = [(one.time, person | _session(scene, one)) for one in sessions]
    if on == "session":
        return tuple(visits)
    times = sorted({one.time for one in sessions})
    before = dict(zip(times[1:], times[:-1], strict=True))
    later = [(time, facts) for time, facts in visits if time in before]
    return tuple((time, facts | {"interval.length": time - before[time]}) for time, facts in later)


def needlings(scene: Scene) -> list[Session]:
    """The sessions that pierce skin, in time order."""
    return sorted((one for one in scene.protocol.sessions if not one.sham), key=lambda one: one.time)


def _person(scene: Scene) -> dict[str, Any]:
    person = scene.person
    site = PurePath(scene.site_name).stem
    facts = {
        "person.age": person.age,
        "person.sex": person.sex,
        "person.phototype": person.phototype,
        "person.pregnant": bool(person.pregnant),
        "person.baseline": tuple(name for name, value in person.baseline.items() if value > 0.0),
        "site.name": kept("sites", [site])[0],
        "site.region": scene.site_region,
        "care.planned": kept("care", [care.what for care in scene.protocol.care]),
    }
    return facts | {f"person.{one}": kept(one, getattr(person, one)) for one in HISTORY}


def _session(scene: Scene, session: Session) -> dict[str, Any]:
    device = scene.devices[session.device]
    texts = {key: str(value) for key, value in device.texts.items()}
    clearance = texts.get("clearance", "").strip().lower()
    care = scene.protocol.care
    return {
        "care.before": _timed((one for one in care if one.start < session.time), lambda one: session.time - one.end),
        "care.after": _timed(
            (one for one in care if one.end > session.time or one.start >= session.time),
            lambda one: one.start - session.time,
        ),
        "session.depth": session.depth,
        "session.sterile": bool(session.sterile),
        "session.anaesthetised": _anaesthetised(scene, session),
        "device.family": device.family,
        "device.label": " ".join([PurePath(session.device).stem, *texts.values()]).replace("_", " "),
        "device.cleared": bool(clearance) and not f"{clearance} ".startswith(NOT_CLEARED),
        "device.depth_max": device.depth_max,
        "device.needle_length": device.needle_length,
    }


def _timed(cares: Iterable[Care], gap: Callable[[Care], float]) -> tuple[tuple[str, float], ...]:
    """Words with the time [s] between them and the session; what is under way at the session has gap zero."""
    found = list(cares)
    words = kept("care", [one.what for one in found])
    return tuple((word, max(0.0, gap(one))) for word, one in zip(words, found, strict=True))


def _deposit(scene: Scene, use: DepositUse) -> dict[str, Any]:
    flags = [flag for name, _ in use.actives for flag in scene.active_flags.get(name, ())]
    return {
        "deposit.form": use.form,
        "deposit.actives": tuple(name for name, _ in use.actives),
        "deposit.flags": kept("flags", dict.fromkeys([*flags, *scene.vehicle_flags.get(use.vehicle, ())])),
        "deposit.sterile": bool(use.sterile),
        "deposit.depth": use.depth,
    }


def _topical(scene: Scene, use: TopicalUse, *, on_skin: bool) -> dict[str, Any]:
    after, before = _around(use.time, [one.time for one in needlings(scene)])
    rubbed, _ = _around(use.time, [one.time for one in scene.protocol.exfoliations])
    return {
        "topical.after_exfoliation": use.time - rubbed,
        "topical.actives": tuple(name for name, _ in use.actives),
        "topical.on_skin": on_skin,
        "topical.flags": _flags(scene, use),
        "topical.sterile": bool(use.sterile),
        "topical.occluded": bool(use.occluded),
        "topical.after_session": use.time - after,
        "topical.before_session": before - use.time,
        "topical.on_at_next_session": math.isfinite(before) and (use.wiped is None or use.wiped > before),
    }


def _exfoliation(scene: Scene, use: ExfoliationUse) -> dict[str, Any]:
    after, before = _around(use.time, [one.time for one in needlings(scene)])
    return {
        "exfoliation.family": scene.exfoliants[use.method],
        "exfoliation.after_session": use.time - after,
        "exfoliation.before_session": before - use.time,
    }


def _around(moment: float, times: Iterable[float]) -> tuple[float, float]:
    """The last of some times up to a moment and the first after it [s]; infinite where there is none."""
    known = list(times)
    last = max((time for time in known if time <= moment), default=-math.inf)
    return last, min((time for time in known if time > moment), default=math.inf)


def _flags(scene: Scene, use: TopicalUse) -> tuple[str, ...]:
    flags = [flag for name, _ in use.actives for flag in scene.active_flags.get(name, ())]
    return kept("flags", dict.fromkeys([*flags, *scene.vehicle_flags.get(use.vehicle, ())]))


def _anaesthetised(scene: Scene, session: Session) -> bool:
    """Stated at the session, or a product flagged so put on within the day before it."""
    stated = session.anaesthesia.strip().lower() not in ("", "none", "no")
    same_day = [one for one in scene.protocol.topicals if 0.0 <= session.time - one.time < DAY]
    return stated or any("anaesthetic" in _flags(scene, one) for one in same_day)
