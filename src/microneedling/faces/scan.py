"""The command `scan`: one setting of a protocol through several values."""

from __future__ import annotations

from pathlib import Path

from microneedling.core.digest import code_version
from microneedling.core.files import write_text
from microneedling.core.sheet import csv_text
from microneedling.faces.ending import BadInput, reason_of
from microneedling.faces.screening import findings_text, loaded
from microneedling.faces.terminal import bar, table, tell
from microneedling.report import scan_page
from microneedling.study.scan import points, scan

CSV, PAGE, KEPT = "scan.csv", "scan.html", "values"


def show_scan(path: Path, *, out: Path | None, override: str | None) -> None:
    """Run a study once for each value of its [scan]; write scan.csv and scan.html and print the same as a table.

    Finished values are kept in the output folder, so that a stopped call goes on where it was.

    Args:
        path: the study file, with a table [scan]
        out: folder to write into; out/<name of the study file>_scan when left out
        override: a reason to run in spite of an absolute finding

    Errors: StudyError, CardError, BadInput; Refused; Failed; OSError. No table and no page is written then.
    Checked by: tests/faces/test_cli_scan.py
    """
    reason = reason_of(override, where="printed with the scan")
    study = loaded(path)
    points(study, file=path.name)  # a slip in any value is told before anything is made
    folder = out or Path("out") / f"{path.stem}_scan"
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder}: found a file, allowed a folder (--out)")
    with bar("scanning") as progress:
        found = scan(study, kept=folder / KEPT, version=code_version(), file=path.name, override=reason, tell=progress)
        write_text(folder / CSV, csv_text(scan_page.rows(found)))
        write_text(folder / PAGE, scan_page.page(found))
    tell(findings_text(found.findings))
    head, lines = scan_page.shown(found)
    table(head, lines)
    for sentence in scan_page.answer(found):
        print(sentence)
    for text, count in zip((point.text for point in found.points), scan_page.left_out(found), strict=True):
        if count:
            print(f"{count} of the people could not be simulated at {text} and are left out there")
    print(folder / CSV)
    print(folder / PAGE)
