"""The command that calibrates healing: `fit`."""

from __future__ import annotations

from pathlib import Path

from microneedling.core.digest import code_version
from microneedling.core.files import write_text
from microneedling.evaluation.observed import ObservedError
from microneedling.evaluation.validate import cases as folders
from microneedling.faces.ending import BadInput
from microneedling.faces.terminal import bar, tell
from microneedling.fitting.assembled import Assembled, assembled
from microneedling.fitting.fit import Settings, fit
from microneedling.fitting.journal import Journal
from microneedling.fitting.result import written
from microneedling.study import compiled

FEWEST = 32


def fit_healing(data: Path, *, out: Path, settings: Settings) -> None:
    """Fit, keep, write the card, the draws and the report."""
    if not folders(data):
        raise BadInput(f"{data}: found no case, allowed a folder of folders with study.toml and observed.csv")
    if settings.particles < FEWEST:
        raise BadInput(f"--particles: found {settings.particles}, allowed {FEWEST} or more")
    if settings.moves < 1 or settings.clouds < 1:
        raise BadInput(f"--moves and --clouds: found {settings.moves} and {settings.clouds}, allowed 1 or more")
    if settings.leaps < 0:
        raise BadInput(f"--leaps: found {settings.leaps}, allowed 0 or more")
    if out.exists() and not out.is_dir():
        raise BadInput(f"{out}: found a file, allowed a folder (--out)")
    compiled.ready()
    try:
        ready: Assembled = assembled(data)
    except (ObservedError, ValueError) as error:
        raise BadInput(str(error)) from error
    journal = Journal(folder=out / "journal", version=code_version())
    tell(f"{len(ready.task.rows)} rows of {len(ready.task.cases)} cases, {len(ready.task.space.names)} numbers")
    with bar("fitting") as progress:
        posterior = fit(ready.task, journal, settings, tell=progress)
        files = written(ready, posterior, journal, settings=settings)
    for name, text in files.items():
        write_text(out / name, text)
        print(out / name)
