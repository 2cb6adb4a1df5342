"""How the native machine's few functions are compiled, and where the result is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba import types as nb

from microneedling.core.cache import cache_folder

LANES = 8  # people side by side: one vector register of double precision numbers
MARCH = ("march.py", "step.py", "status.py")  # whose constants are compiled in
SOURCES = ("native.py", "blocks.py", "machine.py", "machine_march.py", "machine_back.py", *MARCH)
# contract: a product and a sum in one instruction; nothing that reorders or assumes away what is not finite
OPTIONS = {"cache": True, "nogil": True, "error_model": "numpy", "fastmath": {"contract"}}

MEMORY, PLACES, CODE = nb.float64[::1], nb.int64[::1], nb.int64[:, ::1]
RUN = (MEMORY, CODE, PLACES)  # arguments of machine.run
Pointer = nb.FunctionType(nb.void(*RUN))


def compiled(function: Callable[..., Any]) -> Any:
    """Numba's version of a function, kept on disk; argument types as at the first call."""
    return _kept(function, None)


def compiled_for(*types: Any) -> Callable[[Callable[..., Any]], Any]:
    """The same for given argument types: an argument that is a `Pointer` is then called, not compiled in again."""
    return lambda function: _kept(function, nb.void(*types))


def _kept(function: Callable[..., Any], signature: Any) -> Any:
    """A compiled function, kept under a name that changes with the sources.

    The compiler's own cache looks at one file only; a change in a function called from another would go unseen.
    """
    settings: Any = numba.config
    options: dict[str, Any] = OPTIONS
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(cache_folder() / f"machine-{_digest()}")
    try:
        return numba.njit(signature, **options)(function)
    finally:
        settings.CACHE_DIR = before


def _digest() -> str:
    text = b"".join((Path(__file__).parent / name).read_bytes() for name in SOURCES)
    return hashlib.sha256(text).hexdigest()[:12]
