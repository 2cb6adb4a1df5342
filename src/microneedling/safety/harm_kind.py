"""The kinds of harm there are, in the order they are told, and whom each concerns."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from pathlib import Path
from typing import Any

from microneedling.core.card import CardError, nearest
from microneedling.safety.condition import Condition, holds, read_condition
from microneedling.safety.field import OCCASIONS
from microneedling.safety.occasion import needlings, occasions
from microneedling.safety.scene import Scene

FILE = Path(__file__).with_name("harm_kinds.toml")
READINGS = ("highest", "chance", "days a session")
KEYS = ("title", "scale", "reading", "by_phototype", "on", "concerns")


@dataclasses.dataclass(frozen=True, kw_only=True)
class HarmKind:
    """One kind of harm; `scale` is what the model computes for it ("" for nothing), `reading` how it is read.

    `by_phototype`: darker skin has a rate of its own. `concerns`, asked on occasion `on`, says whom it concerns; None
    for everybody who is needled.
    """

    id: str
    title: str
    scale: str = ""
    reading: str = ""
    by_phototype: bool = False
    on: str = "person"
    concerns: Condition | None = None


@functools.cache
def harm_kinds() -> tuple[HarmKind, ...]:
    """All kinds of harm, in the order they are told."""
    return read_harm_kinds(FILE)


def read_harm_kinds(path: Path) -> tuple[HarmKind, ...]:
    """The kinds of a file.

    Errors: CardError or RuleError naming file, kind and key: an unknown key, reading, occasion or condition, no title.
    Checked by: tests/unit/safety/test_harm_kind.py
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_kind(name, entry, f"{path.name}: {name}") for name, entry in content.items())


def _kind(name: str, entry: dict[str, Any], place: str) -> HarmKind:
    for key in entry:
        if key not in KEYS:
            raise CardError(f"{place}.{key}: unknown key; {nearest(key, KEYS)}")
    if not entry.get("title"):
        raise CardError(f"{place}.title: found nothing; a text is needed")
    if bool(entry.get("scale")) != bool(entry.get("reading")):
        raise CardError(f"{place}.reading: found {entry.get('reading')!r}; scale and reading go together")
    on = entry.get("on", "person")
    for key, found, allowed in (("reading", entry.get("reading"), READINGS), ("on", on, OCCASIONS)):
        if found is not None and found not in allowed:
            raise CardError(f"{place}.{key}: found {found!r}; {nearest(found, allowed)}")
    told = entry.get("concerns")
    when = read_condition(told, f"{place}.concerns", on) if told is not None else None
    kept = {key: value for key, value in entry.items() if key != "concerns"}
    return HarmKind(id=name, concerns=when, **kept)


def concerns(kind: HarmKind, scene: Scene) -> bool:
    """Is this kind of harm to be told for this arm? Not where nothing is needled.

    Checked by: tests/unit/safety/test_harm_kind.py
    """
    if not needlings(scene):
        return False
    return kind.concerns is None or any(holds(kind.concerns, facts) for _, facts in occasions(scene, kind.on))
