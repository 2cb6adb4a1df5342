"""The command `sensitivity`: which numbers an answer rests on, and how well they are known."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from microneedling.core.digest import code_version
from microneedling.core.files import write_text
from microneedling.core.sheet import csv_text
from microneedling.faces.ending import reason_of
from microneedling.faces.folder import check_free
from microneedling.faces.screening import findings_text, loaded
from microneedling.faces.terminal import Progress, bar, table, tell
from microneedling.report import sensitivity_page
from microneedling.report.sensitivity_page import Found
from microneedling.study.chosen import chosen, samples
from microneedling.study.coordinates import coordinates
from microneedling.study.elasticities import Sensitivity, sensitivity
from microneedling.study.indices import Indices, design, indices, simulated_values
from microneedling.study.inquiry import Wanted, inquiry

FILES = ("sensitivity.csv", "sensitivity.html")
KEPT = "samples.json"  # outcomes of the points simulated so far: a call that was stopped goes on from there


def show_sensitivity(
    path: Path, *, wanted: Wanted, sobol: str | None, count: int, out: Path | None, force: bool, override: str | None
) -> None:
    """Rank a study's numbers by what they do to one outcome; write a table and a page and print the same.

    Args:
        path: the study file
        wanted: scale, time, arm and what it is held against, as written
        sobol: how many numbers, or which, are varied over their whole spreads
        count: base samples of that
        out: folder to make; out/<name of the study file>_sensitivity_<scale> when left out
        force: replace what is there
        override: a reason to run in spite of an absolute finding

    Errors: StudyError, CardError, BadInput; Refused; Failed; OSError. A stopped call leaves samples it can go on from.
    Checked by: tests/faces/test_cli_sensitivity.py
    """
    reason = reason_of(override, where="printed with the page")
    study, size = loaded(path), samples(count, file=path.name)
    folder = out or Path("out") / f"{path.stem}_sensitivity_{wanted.scale}"
    begun = folder.is_dir() and {one.name for one in folder.iterdir()} <= {KEPT}
    check_free(folder, force=force or begun, files=(*FILES, KEPT))
    asked = inquiry(study, wanted, override=reason)
    every = coordinates(asked.known)
    chosen(sobol, every, every, file=path.name)  # a slip is told before the long part
    with bar("sensitivity") as progress:
        local = sensitivity(asked, step=lambda done, total: progress(done, total, "slopes"))
        picked = chosen(sobol, [one.number for one in local.influences], every, file=path.name)
        key = f"{study.model_dump_json()}{wanted}{[one.name for one in picked]}{size}{code_version()}"
        found = Found(local, _sobol(local, picked, size, kept=folder / KEPT, key=key, progress=progress))
    rows = sensitivity_page.rows(found)
    write_text(folder / FILES[0], csv_text(rows, columns=() if rows else ("number",)))
    write_text(folder / FILES[1], sensitivity_page.page(found))
    tell(findings_text(asked.findings))
    print_sensitivity(found)
    for name in FILES:
        print(folder / name)


def print_sensitivity(found: Found) -> None:
    """What was asked, tables by grade, by number and of indices, and the sentence that answers it."""
    print(sensitivity_page.what(found.local))
    table(*sensitivity_page.grade_table(found.local))
    head, lines = sensitivity_page.number_table(found.local)
    table(head, lines)
    for sentence in sensitivity_page.told(found.local):
        print(sentence)
    if found.sobol is not None:
        table(*sensitivity_page.sobol_table(found.sobol))
        for sentence in sensitivity_page.sobol_told(found.sobol):
            print(sentence)
    print(sensitivity_page.answer(found))


def _sobol(
    local: Sensitivity, picked: tuple[Any, ...], size: int, *, kept: Path, key: str, progress: Progress
) -> Indices | None:
    """Indices of these numbers; what an earlier, stopped call has simulated of the same is taken from `kept`."""
    if not picked:
        return None
    plan = design(local.asked.known, picked, size, seed=local.asked.plain.seed)
    digest = hashlib.sha256(key.encode()).hexdigest()
    values = simulated_values(
        local.asked,
        plan,
        done=read_kept(kept, digest),
        keep=lambda found: write_kept(kept, digest, found),
        step=lambda done, total: progress(done, total, "over whole spreads"),
    )
    return indices(plan, values)


def read_kept(kept: Path, digest: str) -> np.ndarray:
    """Outcomes simulated so far; none when they are of another question or the file was cut short."""
    try:
        content = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return np.zeros(0)
    same = isinstance(content, dict) and content.get("digest") == digest
    return np.array(content["values"], dtype=float) if same else np.zeros(0)


def write_kept(kept: Path, digest: str, values: np.ndarray) -> None:
    """Put them there, whole or not at all."""
    write_text(kept, json.dumps({"digest": digest, "values": values.tolist()}))
