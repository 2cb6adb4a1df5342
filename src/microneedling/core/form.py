"""What a tree of records is, apart from its numbers: all that a trace may take as known."""

from __future__ import annotations

import dataclasses
from typing import Any

PLAIN = (bool, int, float, complex, str, bytes, type(None))


class Foreign(TypeError):
    """A record whose code is not the package's own, or a fixed field that text does not tell apart."""


def form(tree: Any) -> str:
    """Classes, fixed fields and shapes of a tree, without its numbers; the last axis (people) is left out.

    Args:
        tree: records, tuples, lists and dictionaries of arrays

    Returns: text, the same for two trees if and only if a trace of one serves the other.
    Errors: Foreign.
    Checked by: tests/unit/core/test_kept.py
    """
    if dataclasses.is_dataclass(tree) and not isinstance(tree, type):
        return _record(tree)
    if isinstance(tree, (tuple, list)):
        return f"{_named(type(tree))}({','.join(map(form, tree))})"
    if isinstance(tree, dict):
        return f"{{{','.join(f'{key!r}:{form(value)}' for key, value in tree.items())}}}"
    if tree is None:
        return "None"
    if not hasattr(tree, "shape") and not isinstance(tree, (bool, int, float)):
        raise Foreign(f"{type(tree).__qualname__} is no number")
    return str(tuple(getattr(tree, "shape", ()))[:-1])


def _record(record: Any) -> str:
    kind = type(record)
    if kind.__module__.split(".")[0] != __package__.split(".")[0]:
        raise Foreign(f"{_named(kind)} is not the package's own")
    parts = []
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        parts.append(f"{field.name}={_fixed(value) if field.metadata.get('static') else form(value)}")
    return f"{_named(kind)}({','.join(parts)})"


def _fixed(value: Any) -> str:
    """A fixed field to the last digit."""
    if isinstance(value, PLAIN) and type(value) in PLAIN:
        return repr(value)
    if type(value) is tuple:
        return f"({','.join(map(_fixed, value))},)"
    raise Foreign(f"a fixed field holds a {type(value).__qualname__}")


def _named(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
