"""The commands that hold the model against evidence. Like cli.py this file loads nothing heavy by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StudyFile = Annotated[Path, typer.Argument(help="a study file (TOML)", metavar="STUDY.toml", show_default=False)]


def compare(
    study: StudyFile,
    observed: Annotated[Path, typer.Argument(help="measurements", metavar="OBSERVED.csv", show_default=False)],
) -> None:
    """Hold a study against measurements, row by row."""
    from microneedling.faces.judging import compare_study

    compare_study(study, observed)


def validate(
    folder: Annotated[Path, typer.Argument(help="holds one folder a case", metavar="[DIR]")] = Path("validation"),
    *,
    out: Annotated[Path, typer.Option(help="folder for validation.csv, .json and .html")] = Path("out/validation"),
) -> None:
    """Hold a folder of studies against measurements.

    Finished cases are kept in the output folder, so a stopped call goes on where it was.
    """
    from microneedling.faces.judging import validate_folder

    validate_folder(folder, out=out)


def claims(
    ids: Annotated[
        list[str] | None, typer.Argument(help="names of claims; all when left out", metavar="[ID]...")
    ] = None,
    *,
    html: Annotated[bool, typer.Option("--html", help="write a page in place of printing")] = False,
    out: Annotated[Path, typer.Option(help="folder for what is found, and for finished studies")] = Path("out/claims"),
) -> None:
    """Judge what people say about microneedling.

    Finished studies are kept in the output folder, so a stopped call goes on where it was.
    """
    from microneedling.faces.claiming import judge_claims

    judge_claims(ids or (), html=html, out=out)


COMMANDS = (compare, validate, claims)
