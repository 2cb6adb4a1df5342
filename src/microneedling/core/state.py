"""The state of skin, keyed by the type of its components."""

from __future__ import annotations

from typing import Any, TypeVar

from microneedling.core.struct import struct


class Component:
    """A group of state fields with one owner. Final classes only."""


C = TypeVar("C", bound=Component)


@struct
class State:
    """All components at one time; `state[Collagen]` is a Collagen, and type checkers know it."""

    parts: dict[str, Any]

    def __getitem__(self, kind: type[C]) -> C:
        return self.parts[kind.__name__]
