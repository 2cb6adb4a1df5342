"""The command `exfoliation`: what each arm of a study takes off, how deep, and for how long."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from microneedling.core.files import write_text
from microneedling.core.sheet import csv_text
from microneedling.faces.ending import reason_of
from microneedling.faces.folder import check_free, whole
from microneedling.faces.screening import findings_text, loaded
from microneedling.faces.terminal import bar, table, tell
from microneedling.report import exfoliation_page
from microneedling.report.exfoliation_figures import whole_drawing
from microneedling.study.exfoliated import exfoliated

FILES = ("exfoliation.csv", "exfoliation.html", "exfoliation.svg")


def show_exfoliation(path: Path, *, out: Path | None, force: bool, override: str | None) -> None:
    """Run a study; write its methods as CSV, page and drawing, and print them as a table.

    Args:
        path: the study file; its arms are the methods
        out: folder to make; out/<name of the study file>_exfoliation when left out
        force: replace what is there
        override: a reason to run in spite of an absolute finding

    Errors: StudyError, CardError, BadInput; Refused; Failed; OSError. Nothing is written then.
    Checked by: tests/faces/test_cli_exfoliation.py
    """
    reason = reason_of(override, where="printed with the comparison")
    study = loaded(path)
    folder = out or Path("out") / f"{path.stem}_exfoliation"
    check_free(folder, force=force, files=FILES)
    with whole(folder, force=force, files=FILES) as part, bar("exfoliation") as progress:
        found = exfoliated(study, override=reason, progress=progress)
        write_text(part / FILES[0], csv_text(exfoliation_page.rows(found)))
        write_text(part / FILES[1], exfoliation_page.page(found))
        write_text(part / FILES[2], whole_drawing(found))
    tell(findings_text(found.findings))
    table(*exfoliation_page.shown(found))
    print(exfoliation_page.answer(found))
    if found.left_out:
        count = np.size(found.methods[0].left)
        print(f"{found.left_out} of {count} people could not be simulated and are left out")
    for name in FILES:
        print(folder / name)
