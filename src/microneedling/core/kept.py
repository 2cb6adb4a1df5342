"""What was worked out once and is kept on disk for the next process."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from microneedling.core import loaded
from microneedling.core.cache import cache_folder

MOST = 200  # files kept; the oldest go first
BROKEN = (OSError, EOFError, pickle.UnpicklingError, ValueError, TypeError, KeyError, AttributeError, ImportError)
SWITCH = "MICRONEEDLING_KEPT"  # "0" in the environment: nothing is read from disk or written to it

T = TypeVar("T")


def kept(kind: str, known: str, make: Callable[[], T]) -> T:
    """`make()`, or what it gave in an earlier process with the same sources and the same `known`.

    The whole of `known` and a digest of each loaded module stand in the file and are compared, not only its name. A
    file that is broken, foreign or made by code that was changed while it ran is made anew and replaced. Files are
    written under a temporary name first; one that cannot be written only costs time.

    Args:
        kind: word that names what it is
        known: text of all that `make` depends on besides the package's sources
        make: gives something that can be pickled

    Returns: what `make` gives.
    Checked by: tests/unit/core/test_kept.py
    """
    if os.environ.get(SWITCH) == "0" or not loaded.SETTLED:
        return make()
    key = f"{kind}\n{loaded.SOURCES}\n{known}"
    path = cache_folder() / "kept" / f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:24]}"
    now = loaded.modules()
    found = _read(path, key, now)
    if found:
        return found[0]  # type: ignore[no-any-return]
    made = make()
    _write(path, (key, now | loaded.modules(), made))
    return made


def _read(path: Path, key: str, now: dict[str, str]) -> tuple[Any, ...]:
    """(what is kept,), or nothing."""
    try:
        known, code, made = pickle.loads(path.read_bytes())
        same = known == key and all(code[name] == digest for name, digest in now.items() if name in code)
    except BROKEN:  # no such file, half of one, or another program's: it is made anew and replaced
        return ()
    return (made,) if same else ()


def _write(path: Path, what: Any) -> None:
    with contextlib.suppress(OSError):  # no room, no permission: the next process works it out again
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump(what, file, protocol=pickle.HIGHEST_PROTOCOL)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
        for old in sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime)[:-MOST]:
            old.unlink()
