"""The four members of a law, written once."""

from __future__ import annotations

from typing import Protocol, TypeVar

from microneedling.core.state import Component, State
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin

C = TypeVar("C", bound=Component, covariant=True)


class Law(Protocol[C]):
    """A law owns one component and is the only place that says how it starts, jumps and changes.

    `rate` returns the component's own type, read as its time derivative [unit s-1]. Depths may be mixed only through
    numerics/flux.py. Laws see the same state, never each other's rates, so their order cannot matter.
    """

    @property
    def owns(self) -> type[C]:
        """The component's type."""

    def start(self, skin: Skin) -> C:
        """Healthy skin at rest."""

    def jump(self, state: State, event: Event, skin: Skin) -> C:
        """After an event; the zero event changes nothing."""

    def rate(self, state: State, skin: Skin) -> C:
        """Per second."""
