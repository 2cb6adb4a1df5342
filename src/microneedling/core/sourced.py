"""A record of numbers together with what is known about each of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from microneedling.core.param import Provenance, provenance

R = TypeVar("R")


@dataclasses.dataclass(frozen=True)
class Sourced(Generic[R]):
    """`record` holds plain SI floats (a struct); `facts` tells, field by field, where each comes from.

    `name` is how the numbers are called outside, "sites/cheek" or "ChannelClosure": a full parameter name is
    "<name>.<field>", and that is what parameter sets replace and results store.
    """

    name: str
    record: R
    facts: Mapping[str, Provenance]


def sourced(record: R) -> Sourced[R]:
    """A law's own record with the provenance written at its fields."""
    return Sourced(type(record).__name__, record, provenance(record))


def replaced(known: Sourced[R], **changes: Any) -> Sourced[R]:
    """The same sourced record with some numbers changed (their facts stay)."""
    return dataclasses.replace(known, record=dataclasses.replace(known.record, **changes))  # type: ignore[type-var]
