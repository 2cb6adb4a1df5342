"""Everything screening looks at: a person, a place, one arm, and what its devices and products are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from microneedling.protocol.protocol import Protocol, TopicalUse
from microneedling.skin.person import Person


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeviceFacts:
    """What the rules ask of a device, as plain numbers [m] and the texts of its card (title, maker, clearance ...)."""

    family: str
    depth_max: float
    needle_length: float
    texts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scene:
    """One arm to be screened; devices, flags of actives and flags of vehicles by the names the protocol uses."""

    person: Person
    site_name: str
    site_region: str
    protocol: Protocol
    devices: Mapping[str, DeviceFacts] = dataclasses.field(default_factory=dict)
    active_flags: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    vehicle_flags: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    deposited: tuple[TopicalUse, ...] = ()  # what deposits bring, told as topicals: rules on products hold for it too
    exfoliants: Mapping[str, str] = dataclasses.field(default_factory=dict)  # family of each method
    setup: str = "in vivo"
    exempt: bool = False


def is_exempt(scene: Scene) -> bool:
    """Is the skin nobody's? Excised or animal skin is screened for show and never refused."""
    return scene.exempt or scene.setup != "in vivo" or scene.site_region == "animal"
