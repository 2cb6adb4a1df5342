"""Which code runs: the package's own sources, and what of them was changed after they were loaded."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import platform
import sys
import time
import types
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
TRACED = ("core", "numerics", "skin", "formulation", "laws", "treatments", "scales", "protocol", "simulate")
# sources written this shortly before this file was loaded may be younger than the code that other imports loaded [s]
FRESH = 60.0


def _read() -> tuple[str, float]:
    """Digest of the package's sources and of what traces them, and when the youngest of them was written [s]."""
    files = sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".toml") and "cards" not in p.parts)
    total = hashlib.sha256()
    for path in files:
        text = path.read_bytes()
        total.update(f"{path.relative_to(PACKAGE)} {len(text)}\n".encode() + text)
    total.update(" ".join([platform.python_version(), *map(version, ("jax", "jaxlib", "numpy"))]).encode())
    return total.hexdigest(), max(path.stat().st_mtime for path in files)


SOURCES, _YOUNGEST = _read()  # once a process, when it starts: what is written later is not what runs
SETTLED = not time.time() - FRESH < _YOUNGEST < time.time() + FRESH


def modules() -> dict[str, str]:
    """What each loaded module holds that a trace may read: its functions by where they were written, its constants.

    A function put in place of another while the program runs, or a constant changed, changes its module's digest.

    Checked by: tests/unit/core/test_kept.py
    """
    prefixes = tuple(f"{PACKAGE.name}.{folder}." for folder in TRACED)
    found = [(name, sys.modules[name]) for name in sorted(sys.modules) if name.startswith(prefixes)]
    return {name: _digest(module) for name, module in found if isinstance(module, types.ModuleType)}


def _digest(module: types.ModuleType) -> str:
    held = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    text = "\n".join(f"{name}={''.join(_described(held[name], module.__name__))}" for name in sorted(held))
    return hashlib.sha256(text.encode()).hexdigest()


def _described(value: Any, home: str) -> Iterator[str]:
    """A constant by its digits, a function or class by where it was written; of other things only their type."""
    value = inspect.unwrap(value) if callable(value) else value
    if isinstance(value, types.FunctionType):
        yield f"{value.__module__}.{value.__qualname__}@{value.__code__.co_filename}:{value.__code__.co_firstlineno}"
    elif isinstance(value, type):
        yield f"{value.__module__}.{value.__qualname__}"
        if value.__module__ == home:
            members = {k: v for k, v in vars(value).items() if not k.startswith("__")}
            for name in sorted(members):
                held = members[name]
                yield f";{name}:"
                yield from _described(held.fget if isinstance(held, property) else held, "")
    elif value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        yield repr(value)
    elif isinstance(value, Mapping):
        for key in sorted(value, key=repr):
            yield from (f"{key!r}:", *_described(value[key], ""), ",")
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from (*_described(one, ""), ",")
    elif isinstance(value, (set, frozenset)):
        yield repr(sorted(map(repr, value)))
    elif hasattr(value, "__array__"):
        array = value.__array__()
        yield f"{array.dtype}{array.shape}{array.tobytes().hex()}"
    elif dataclasses.is_dataclass(value):
        yield type(value).__qualname__
        for field in dataclasses.fields(value):
            yield from (f"{field.name}:", *_described(getattr(value, field.name), ""), ",")
    else:
        yield type(value).__qualname__
