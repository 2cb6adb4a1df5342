"""A frozen record that JAX can map over."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar, cast, dataclass_transform

import jax

from microneedling.core.param import param, state_field

jax.config.update("jax_enable_x64", True)  # seconds to decades, nanomoles to litres: single precision will not do

T = TypeVar("T")


def static(*, default: Any = dataclasses.MISSING) -> Any:
    """A field JAX treats as part of the record's type: a name, a list of names, never a number that varies."""
    return dataclasses.field(metadata={"static": True}, default=default)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(param, state_field, static))
def struct(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, keyword-only dataclass whose fields are leaves or sub-trees of a JAX pytree."""
    made: Any = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
    fields = dataclasses.fields(made)
    names = [f.name for f in fields if not f.metadata.get("static")]
    fixed = [f.name for f in fields if f.metadata.get("static")]
    return cast(type[T], jax.tree_util.register_dataclass(made, names, fixed))


def replace(record: T, **changes: Any) -> T:
    """The same record with some fields changed."""
    return dataclasses.replace(record, **changes)  # type: ignore[type-var]
