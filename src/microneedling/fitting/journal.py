"""What a long computation has found so far, on disk: each piece under its name, written whole or not at all."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np


@dataclasses.dataclass(frozen=True, kw_only=True)
class Journal:
    """A folder of arrays. A piece counts only where what it was computed from is the same to the last bit.

    `version` changes with code and data, so pieces of another version are computed again.
    """

    folder: Path
    version: str

    def kept(self, name: str, given: np.ndarray, call: Callable[[], np.ndarray]) -> np.ndarray:
        """The piece of that name for that input: read where it is there, else computed and kept.

        Args:
            name: of the piece; a file name
            given: what it depends on
            call: computes it

        Checked by: tests/unit/fitting/test_journal.py
        """
        path, digest = self.folder / f"{name}.npz", self._digest(given)
        before = _read(path, digest)
        if before is not None:
            return before
        made = np.asarray(call())
        self.folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part.npz")
        try:
            np.savez_compressed(part, made=made, digest=np.array(digest))
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        return made

    def _digest(self, given: np.ndarray) -> str:
        return hashlib.sha256(self.version.encode() + np.ascontiguousarray(given).tobytes()).hexdigest()


def _read(path: Path, digest: str) -> np.ndarray | None:
    """A kept piece; one that was cut short or belongs to something else counts as none."""
    if not path.is_file():
        return None
    try:
        with np.load(path) as content:
            return np.array(content["made"]) if str(content["digest"]) == digest else None
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, OSError):
        return None
