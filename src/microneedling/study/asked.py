"""What a window is asked to show: active, place, delays and contact time, checked against the study."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import PurePath

from pydantic_core import PydanticCustomError

from microneedling.core import units
from microneedling.protocol.protocol import Protocol
from microneedling.study.plain import PlainStudy
from microneedling.study.quantity import Quantity, Reads, shown
from microneedling.study.read import Problem, StudyError, near

MINUTE, HOUR = 60.0, 3600.0
DELAYS = tuple(minutes * MINUTE for minutes in (0, 15, 30, 60, 120, 240, 480, 1440, 2880))  # unless told [s]
CONTACT = 24 * HOUR  # read so long after the topical is put on, unless told [s]
MOST_DELAYS = 24
ONLY = {"in vivo": ("receptor",), "in vitro": ("blood", "lymph")}  # places that take up nothing in this setup
TIME = Reads("s", "time", "30 min", low="0 min")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """As written; None: chosen from the study. `file` names the study in messages."""

    active: str | None = None
    place: str | None = None
    delays: str | None = None
    contact: str | None = None
    file: str = "study"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settled:
    """The same, complete, in SI; the first delay is zero, the reference."""

    active: str
    place: str
    delays: tuple[float, ...]
    contact: float


def settled(plain: PlainStudy, asked: Asked, places: Iterable[str]) -> Settled:
    """What is asked, completed from the study.

    Args:
        plain: the study; its protocol is what is moved about
        asked: as written
        places: where an amount may be read

    Returns: Settled.
    Errors: StudyError: no needling, no active, an unknown active or place, a delay that is no time, negative or beyond
        the study's horizon.
    Checked by: tests/unit/study/test_window.py, tests/faces/test_cli_window.py
    """
    main = plain.arms[0]
    if not main.sessions:
        raise _refusal(asked, "protocol.session", "nothing", "a session: without needling there is no window")
    contact, delays = _times(plain, asked)
    return Settled(active=_active(main, asked), place=_place(plain, asked, places), contact=contact, delays=delays)


def _active(main: Protocol, asked: Asked) -> str:
    known = list(dict.fromkeys(name for use in main.topicals for name, _ in use.actives))
    if not known:
        raise _refusal(asked, "protocol.topical", "nothing", "a topical with an active")
    if asked.active is None:
        return known[0]
    by_name = {PurePath(name).name.removesuffix(".toml"): name for name in known} | {name: name for name in known}
    if asked.active not in by_name:
        raise _refusal(asked, "--active", shown(asked.active), near(asked.active, by_name))
    return by_name[asked.active]


def _place(plain: PlainStudy, asked: Asked, places: Iterable[str]) -> str:
    known = [one for one in places if one not in ONLY[plain.setup]]
    if asked.place is None:
        return known[0]
    if asked.place not in known:
        raise _refusal(asked, "--place", shown(asked.place), f"{near(asked.place, known)} ({plain.setup})")
    return asked.place


def _times(plain: PlainStudy, asked: Asked) -> tuple[float, tuple[float, ...]]:
    """Contact time and delays [s], all within the horizon."""
    room = plain.horizon - plain.arms[0].sessions[0].time
    given = None if asked.delays is None else _delays(asked)
    last = max((one.value for one in given), default=0.0) if given else 0.0
    most = room - last
    if most <= 0:
        text = max(given or (), key=lambda one: one.value).text
        raise _refusal(asked, "--delays", shown(text), f"less than {_written(room)}, the study's horizon")
    contact = min(CONTACT, most if given else room / 2)
    if asked.contact is not None:
        told = _time(asked, "--at", asked.contact)
        if not 0 < told.value <= most:
            late = f" ({_written(last)} after needling at the latest)" if last else ""
            allowed = f"more than zero and at most {_written(most)}, so that it ends within the horizon{late}"
            raise _refusal(asked, "--at", shown(told.text), allowed)
        contact = told.value
    delays = [one.value for one in given] if given else [d for d in DELAYS if d <= room - contact]
    return contact, tuple(sorted({0.0, *delays}))


def _delays(asked: Asked) -> tuple[Quantity, ...]:
    words = [word.strip() for word in (asked.delays or "").split(",")]
    if len(words) > MOST_DELAYS:
        raise _refusal(asked, "--delays", f"{len(words)} delays", f"{MOST_DELAYS} at most")
    return tuple(_time(asked, "--delays", word) for word in words)


def _time(asked: Asked, key: str, text: str) -> Quantity:
    try:
        return TIME.read(text)
    except PydanticCustomError as error:
        told = error.context or {}
        raise _refusal(asked, key, str(told.get("found")), str(told.get("allowed"))) from error


def _written(time: float) -> str:
    return units.write(time, "s", "h")


def _refusal(asked: Asked, key: str, found: str, allowed: str) -> StudyError:
    return StudyError(asked.file, [Problem(key, found, allowed)])
