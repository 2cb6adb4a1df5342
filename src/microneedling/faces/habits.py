"""The command `habits`: what each habit, condition, medicine and kind of aftercare would change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from microneedling.core.sheet import csv_text
from microneedling.faces.ending import reason_of
from microneedling.faces.folder import check_free, whole
from microneedling.faces.screening import findings_text, loaded
from microneedling.faces.terminal import bar, table, tell
from microneedling.report import habits_page
from microneedling.study.habit_effects import HabitEffects, habit_effects

FILES = ("habits.csv", "habits.html")


def show_habits(path: Path, *, scales: Sequence[str], out: Path | None, force: bool, override: str | None) -> None:
    """Run a study with and without each habit; write habits.csv and habits.html and print the same as a table.

    Args:
        path: the study file
        scales: outcomes to show; the study's own when empty
        out: folder to make; out/<name of the study file>_habits when left out
        force: replace what is there
        override: a reason to run in spite of an absolute finding

    Errors: StudyError, CardError, BadInput; Refused; Failed; OSError. Nothing is written then.
    Checked by: tests/faces/test_cli_habits.py
    """
    reason = reason_of(override, where="printed with the effects")
    study = loaded(path)
    folder = out or Path("out") / f"{path.stem}_habits"
    check_free(folder, force=force, files=FILES)
    with whole(folder, force=force, files=FILES) as part, bar("habits") as progress:
        found = habit_effects(study, scales, override=reason, progress=progress, file=path.name)
        rows = habits_page.rows(found)
        (part / FILES[0]).write_text(csv_text(rows), encoding="utf-8")
        (part / FILES[1]).write_text(habits_page.page(found), encoding="utf-8")
    tell(findings_text(found.findings))
    print_habits(found)
    for name in FILES:
        print(folder / name)


def print_habits(found: HabitEffects) -> None:
    """What acts as a table, what does not with its reason, and the sentence that sums it up."""
    head, lines = habits_page.shown(found)
    table(head, lines)
    table(("does nothing", "why", "looked at"), habits_page.idle(found))
    print(habits_page.answer(found))
