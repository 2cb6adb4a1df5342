"""The command `window`: how late a topical may come after needling."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from microneedling.core.sheet import csv_text
from microneedling.faces.ending import reason_of
from microneedling.faces.folder import check_free, whole
from microneedling.faces.screening import findings_text, loaded
from microneedling.faces.terminal import bar, table, tell
from microneedling.report import window_page
from microneedling.study.asked import Asked
from microneedling.study.window import Window, window

FILES = ("window.csv", "window.html")


def show_window(path: Path, *, asked: Asked, out: Path | None, force: bool, override: str | None) -> None:
    """Run a study once for each delay; write window.csv and window.html and print the same as a table.

    Args:
        path: the study file
        asked: active, place, delays and contact time as written
        out: folder to make; out/<name of the study file>_window when left out
        force: replace a window that is there
        override: a reason to run in spite of an absolute finding

    Errors: StudyError, CardError, BadInput; Refused; Failed; OSError. Nothing is written then.
    Checked by: tests/faces/test_cli_window.py
    """
    reason = reason_of(override, where="printed with the window")
    study = loaded(path)
    folder = out or Path("out") / f"{path.stem}_window"
    check_free(folder, force=force, files=FILES)
    with whole(folder, force=force, files=FILES) as part, bar("window") as progress:
        found = window(study, asked, override=reason, progress=progress)
        rows = window_page.rows(found)
        (part / FILES[0]).write_text(csv_text(rows), encoding="utf-8")
        (part / FILES[1]).write_text(window_page.page(found), encoding="utf-8")
    tell(findings_text(found.findings))
    print_window(found)
    for name in FILES:
        print(folder / name)


def print_window(found: Window) -> None:
    """The window as a table, and the sentence that answers it."""
    head, lines = window_page.shown(found)
    table(head, lines)
    print(window_page.answer(found))
    if found.left_out:
        print(f"{found.left_out} of {np.shape(found.amounts)[1]} people could not be simulated and are left out")
