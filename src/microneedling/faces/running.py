"""The command `run`: a study file in, a folder with result and report out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from microneedling.faces.ending import reason_of
from microneedling.faces.folder import check_free, whole
from microneedling.faces.screening import findings_text, loaded
from microneedling.faces.terminal import bar, tell
from microneedling.numerics.status import FINE as FINISHED
from microneedling.numerics.status import sentence
from microneedling.report.input_table import NAME as INPUT
from microneedling.report.input_table import input_table
from microneedling.report.render import write_report
from microneedling.safety.screen import refused
from microneedling.simulate import result
from microneedling.study.run import Refused, run
from microneedling.study.screening import findings

ALWAYS = ("report.html", "report.pdf", "summary.json", "result.zarr")


def run_study(
    path: Path,
    *,
    out: Path | None,
    force: bool,
    override: str | None,
    parameters: Path | None = None,
    verify: bool = False,
) -> None:
    """Screen a study, simulate it, and write result, summary, report and, with actives, the input to blood.

    Args:
        path: the study file
        out: folder to make; out/<name of the study file> when left out
        force: replace a result that is there
        override: a reason to run in spite of an absolute finding
        parameters: a parameter set, which replaces numbers by name
        verify: compute the central person again, with smaller step errors and on a finer grid

    Errors: StudyError, CardError, BadInput; Refused; Failed; OSError. Nothing is written then.
    Checked by: tests/faces/test_cli.py, tests/faces/test_cli_parameters.py
    """
    reason = reason_of(override, where="kept with the result")
    study = loaded(path)
    folder = out or Path("out") / path.stem
    check_free(folder, force=force)
    found = findings(study.plain())
    tell(findings_text(found))
    if refused(found) and not reason:
        raise Refused(found)
    with whole(folder, force=force) as part, bar("simulating") as progress:
        tree = run(study, override=reason, parameter_set=parameters, progress=progress, verify=verify)
        written = write_result(tree, part)
    for line in (*_missing(tree), *(str(folder / name) for name in written)):
        print(line)


def write_result(tree: Any, folder: Path) -> tuple[str, ...]:
    """The files of a result, into a folder that is there; their names."""
    result.save(tree, folder / "result.zarr")
    text = json.dumps(result.summary(tree), indent=1, ensure_ascii=False, allow_nan=False)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    write_report(tree, folder / "report.html")
    table = input_table(tree)
    if table is None:
        return ALWAYS
    (folder / INPUT).write_text(table, encoding="utf-8")
    return (*ALWAYS, INPUT)


def _missing(tree: Any) -> list[str]:
    """One sentence for each reason why some members of an arm are not in the result."""
    counts = json.loads(tree["run"].attrs["status"])
    rows = [(arm, words, n) for arm, found in counts.items() for words, n in found.items()]
    return [f'{n} of arm "{arm}" did not finish: {words}' for arm, words, n in rows if words != sentence(FINISHED)]
