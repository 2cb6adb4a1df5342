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
    copies: Annotated[Path | None, typer.Option(help="only write the claims' study files into this folder")] = None,
) -> None:
    """Judge what people say about microneedling.

    Finished studies are kept in the output folder, so a stopped call goes on where it was.
    """
    from microneedling.faces.claiming import judge_claims

    judge_claims(ids or (), html=html, out=out, copies=copies)


def sensitivity(
    study: StudyFile,
    *,
    scale: Annotated[str, typer.Option(help="the outcome", show_default=False)],
    at: Annotated[str | None, typer.Option(help='when it is read, such as "60 d"; the end when left out')] = None,
    arm: Annotated[str | None, typer.Option(help="in which arm; the first when left out")] = None,
    against: Annotated[
        str | None, typer.Option(help='"start" (left out), another arm, or "nothing" for the value itself')
    ] = None,
    sobol: Annotated[
        str | None, typer.Option(help='numbers varied over whole spreads: "8" (left out), "0", or names with *')
    ] = None,
    samples: Annotated[int, typer.Option(help="base samples of that, a power of two")] = 256,
    out: Annotated[Path | None, typer.Option(help="folder to make; out/<name>_sensitivity_<scale>")] = None,
    force: Annotated[bool, typer.Option("--force", help="replace what is there")] = False,
    override: Annotated[str | None, typer.Option(help="reason to run in spite of an absolute finding")] = None,
) -> None:
    """Say how much of an answer rests on assumption.

    Ranks every number by what it does to one outcome, summed by grade of evidence; the first few are varied over
    their whole spreads. The folder holds sensitivity.csv and sensitivity.html. A stopped call goes on where it was.
    """
    from microneedling.faces.sensitivity import show_sensitivity
    from microneedling.study.inquiry import Wanted

    wanted = Wanted(scale=scale, at=at, arm=arm, against=against, file=study.name)
    show_sensitivity(study, wanted=wanted, sobol=sobol, count=samples, out=out, force=force, override=override)


def scan(
    study: StudyFile,
    *,
    out: Annotated[Path | None, typer.Option(help="folder to write into; out/<name>_scan when left out")] = None,
    override: Annotated[str | None, typer.Option(help="a reason to run in spite of an absolute finding")] = None,
) -> None:
    """Run one setting through several values, in the same people.

    The study's table [scan] says which. Finished values are kept, so a stopped call goes on where it was. The folder
    holds scan.csv and scan.html.
    """
    from microneedling.faces.scan import show_scan

    show_scan(study, out=out, override=override)


def credibility(
    *,
    validation: Annotated[
        Path | None, typer.Option(help="holds validation.json, or results/validation.json; validation/ when left out")
    ] = None,
    fit: Annotated[Path | None, typer.Option(help="fit.json of a joint fit", metavar="FILE")] = None,
    run: Annotated[list[Path] | None, typer.Option(help="a result's folder to quote; may be repeated")] = None,
    out: Annotated[Path, typer.Option(help="folder for credibility.html and .pdf")] = Path("out/credibility"),
) -> None:
    """Say how far the model may be believed, and for what.

    Made from the records there are: tests, validation, numbers by grade, misses, open items. Claims no review.
    """
    from microneedling.faces.credibility import show_credibility

    show_credibility(validation=validation, fit=fit, runs=run or (), out=out)


def harms(
    study: Annotated[
        Path | None, typer.Argument(help="a study file (TOML)", metavar="[STUDY.toml]", show_default=False)
    ] = None,
) -> None:
    """How often harm after needling was counted.

    With a study only what concerns it: what was counted in people, and whether its person was among them. What the
    model computes for it stands in the report and summary.json of a run.
    """
    from microneedling.faces.harm import show_harms

    show_harms(study)


def fit(
    *,
    data: Annotated[Path, typer.Option(help="holds one folder a case; only calibration rows are read")] = Path(
        "validation"
    ),
    out: Annotated[Path, typer.Option(help="folder for the card, its draws, fit.json and fit.html")] = Path("out/fit"),
    particles: Annotated[int, typer.Option(help="draws of each of the independent clouds")] = 160,
    clouds: Annotated[int, typer.Option(help="independent clouds")] = 2,
    moves: Annotated[int, typer.Option(help="moves at each temperature")] = 2,
    leaps: Annotated[int, typer.Option(help="long moves at the end, through an emulator of the model")] = 8,
    seed: Annotated[int, typer.Option(help="of all random numbers")] = 1,
) -> None:
    """Calibrate healing against all calibration rows.

    What is computed is kept in the output folder, so a stopped call goes on where it was. Writes a parameter set with
    joint draws of the posterior, and a report.
    """
    from microneedling.faces.fitting import fit_healing
    from microneedling.fitting.fit import Settings

    settings = Settings(particles=particles, clouds=clouds, moves=moves, leaps=leaps, seed=seed)
    fit_healing(data, out=out, settings=settings)


COMMANDS = (compare, validate, claims, harms, fit, sensitivity, scan, credibility)
