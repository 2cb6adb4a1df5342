"""An output folder that is there as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from microneedling.faces.ending import BadInput

RESULT = ("result.zarr", "summary.json", "report.html", "report.pdf", "input_to_blood.csv")


def check_free(folder: Path, *, force: bool, files: Sequence[str] = RESULT) -> None:
    """Refuse a place that is taken, before anything is computed.

    Args:
        folder: the place wanted
        force: replace what is there
        files: what this command writes; a folder with anything else is never replaced

    Errors: BadInput if something is there and `force` is off, or if it holds what this program never wrote.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BadInput(f"{folder}: found a file, allowed a folder that is not there yet (--out)")
    if not force:
        raise BadInput(f"{folder}: found an output folder, allowed a new one (--out), or --force to replace this one")
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in files)
    if strangers:
        raise BadInput(f'{folder}: found "{strangers[0]}", which is no result; --force replaces only results')


@contextlib.contextmanager
def whole(folder: Path, *, force: bool, files: Sequence[str] = RESULT) -> Iterator[Path]:
    """A folder to write into, which becomes `folder` when all is written and vanishes when anything goes wrong.

    Args:
        folder: the place wanted
        force: replace a result that is there
        files: as for `check_free`

    Errors: BadInput as for `check_free`; OSError as the system gives it, with `folder` as it was before.
    Checked by: tests/faces/test_folder.py
    """
    folder = folder.resolve()  # a link to a folder elsewhere: write beside the real one
    check_free(folder, force=force, files=files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        part = room / "new"
        part.mkdir()
        yield part
        check_free(folder, force=force, files=files)
        _put(part, folder, room / "old")
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _put(part: Path, folder: Path, old: Path) -> None:
    """Rename `part` to `folder`; what was there is kept in `old` until that has worked."""
    if not folder.exists():
        os.rename(part, folder)
        return
    os.rename(folder, old)
    try:
        os.rename(part, folder)
    except BaseException:
        os.rename(old, folder)
        raise
