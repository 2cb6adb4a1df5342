"""A tuple of laws acting as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from microneedling.core.state import State
from microneedling.core.struct import struct
from microneedling.skin.event import Event
from microneedling.skin.skin import Skin


@struct
class Model:
    """Laws, each owner of one component. The model is its numbers: map or differentiate over it."""

    laws: tuple[Any, ...]

    def start(self, skin: Skin) -> State:
        """Healthy skin at rest."""
        return self._each(lambda law: law.start(skin))

    def jump(self, state: State, event: Event, skin: Skin) -> State:
        """The state after an event."""
        return self._each(lambda law: law.jump(state, event, skin))

    def rate(self, state: State, skin: Skin) -> State:
        """Time derivative of the state, per second."""
        return self._each(lambda law: law.rate(state, skin))

    def law(self, name: str) -> Any:
        """The law of that class name."""
        return {type(law).__name__: law for law in self.laws}[name]

    def swap(self, old: type, new: Any) -> Model:
        """The same model with the law of class `old` replaced by `new`, which must own the same component."""
        if old not in [type(law) for law in self.laws]:
            raise ValueError(
                f"{old.__name__} is not in the model; it has {', '.join(type(w).__name__ for w in self.laws)}"
            )
        return Model(laws=tuple(new if type(law) is old else law for law in self.laws))

    def _each(self, of: Callable[[Any], Any]) -> State:
        return State(parts={law.owns.__name__: of(law) for law in self.laws})
