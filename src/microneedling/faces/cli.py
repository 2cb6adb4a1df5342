"""The command line. Only this file is loaded for --help: commands import what they need when they are called."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from microneedling.faces.ending import BAD_INPUT, FINE, STOPPED, BadInput, ending
from microneedling.faces.evidence_commands import COMMANDS

EPILOG = (
    "Exit codes: 0 fine, 2 bad input, 3 the run failed, 4 refused by screening, 130 stopped. "
    "Research software: no medical advice."
)
app = typer.Typer(
    name="microneedling",
    help="What microneedling does to skin, from cited physics and biology.",
    epilog=EPILOG,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

StudyFile = Annotated[Path, typer.Argument(help="a study file (TOML)", metavar="STUDY.toml", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="folder to make; out/<name of the study file> when left out")]
Force = Annotated[bool, typer.Option("--force", help="replace the result that is there")]
Override = Annotated[str | None, typer.Option(help="reason to run in spite of an absolute finding", metavar="REASON")]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command `microneedling`: ends the process with an exit code of faces/ending.py."""
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(code_of(arguments))


def code_of(arguments: Sequence[str] | None = None) -> int:
    """Run one command and say how it ended; never a traceback.

    Checked by: tests/faces/test_cli.py
    """
    try:
        code = app(args=arguments, prog_name="microneedling", standalone_mode=False)
    except Exception as error:
        code, sentence = ending(error) if not _is_usage(error) else (BAD_INPUT, _usage_text(error))
        print(sentence, file=sys.stderr)
        return code
    if code == STOPPED:
        print("stopped; nothing was left half-written", file=sys.stderr)
    return code if isinstance(code, int) else FINE


@app.callback(invoke_without_command=True)
def alone(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="print the version")] = False
) -> None:
    """Without a command: the version, or the list of commands."""
    if version:
        from importlib.metadata import version as installed

        print(f"microneedling {installed('microneedling')}")
        raise typer.Exit(FINE)
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def run(
    study: StudyFile,
    *,
    out: Out = None,
    force: Force = False,
    override: Override = None,
    parameters: Annotated[Path | None, typer.Option(help="a parameter set (TOML) that replaces numbers")] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="compute again with smaller step errors and on a finer grid")
    ] = False,
) -> None:
    """Simulate a study and write its result and report.

    The study is screened first. The folder holds result.zarr, summary.json, report.html and report.pdf.
    """
    from microneedling.faces.running import run_study

    run_study(study, out=out, force=force, override=override, parameters=parameters, verify=verify)


@app.command()
def window(
    study: StudyFile,
    *,
    delays: Annotated[str | None, typer.Option(help='delays after needling, such as "0 min,30 min,2 h"')] = None,
    active: Annotated[str | None, typer.Option(help="whose amount; the first active when left out")] = None,
    place: Annotated[str | None, typer.Option(help="delivered, epidermis, dermis, blood, receptor ...")] = None,
    at: Annotated[str | None, typer.Option(help='read so long after application, such as "24 h"')] = None,
    out: Annotated[Path | None, typer.Option(help="folder to make; out/<name>_window when left out")] = None,
    force: Annotated[bool, typer.Option("--force", help="replace the window that is there")] = False,
    override: Override = None,
) -> None:
    """Show how late a topical may come after needling.

    Runs the study's protocol once for each delay. The folder holds window.csv and window.html.
    """
    from microneedling.faces.window import Asked, show_window

    asked = Asked(active=active, place=place, delays=delays, contact=at, file=study.name)
    show_window(study, asked=asked, out=out, force=force, override=override)


@app.command()
def exfoliation(study: StudyFile, *, out: Out = None, force: Force = False, override: Override = None) -> None:
    """Compare what a study's arms take off the skin.

    Corneocytes removed, depth, turnover, days to recovery of each arm. The folder holds a table, a page and a drawing.
    """
    from microneedling.faces.exfoliation import show_exfoliation

    show_exfoliation(study, out=out, force=force, override=override)


@app.command()
def habits(
    study: StudyFile,
    *,
    scale: Annotated[list[str] | None, typer.Option(help="outcome to show; may be repeated")] = None,
    out: Annotated[Path | None, typer.Option(help="folder to make; out/<name>_habits when left out")] = None,
    force: Annotated[bool, typer.Option("--force", help="replace what is there")] = False,
    override: Override = None,
) -> None:
    """Show what each habit, condition, medicine and aftercare would change.

    In the same people, with and without each. The folder holds habits.csv and habits.html.
    """
    from microneedling.faces.habits import show_habits

    show_habits(study, scales=scale or (), out=out, force=force, override=override)


@app.command()
def screen(study: StudyFile, *, out: Out = None, force: Force = False) -> None:
    """Say what speaks against a study, with sources.

    Ends with exit code 4 where a run would be refused. With --out the folder holds screening.html and screening.pdf.
    """
    from microneedling.faces.screening import screen_study

    raise typer.Exit(screen_study(study, out=out, force=force))


@app.command()
def cards(
    kind: Annotated[str | None, typer.Argument(help="a kind of card, or: show", show_default=False)] = None,
    name: Annotated[str | None, typer.Argument(help="after show: name or path of a card", show_default=False)] = None,
) -> None:
    """List cards, cards of one KIND, or: cards show NAME."""
    from microneedling.faces.listing import list_cards, show_card

    if kind == "show" and name is None:
        raise BadInput("cards show: found no name, allowed the name or path of a card")
    if kind != "show" and name is not None:
        raise BadInput(f'cards: found "{kind} {name}", allowed cards, cards KIND or cards show NAME')
    if kind == "show" and name is not None:
        show_card(name)
    else:
        list_cards(kind)


@app.command()
def explain(
    active: Annotated[str, typer.Argument(help="name or path of an active's card", show_default=False)],
    *,
    site: Annotated[str, typer.Option(help="name or path of a site's card")] = "cheek",
    vehicle: Annotated[str, typer.Option(help="name or path of a vehicle's card")] = "aqueous_serum",
    in_vitro: Annotated[bool, typer.Option("--in-vitro", help="excised, hydrated skin")] = False,
    ph: Annotated[float | None, typer.Option("--ph", help="of the film; the vehicle's when left out")] = None,
    html: Annotated[Path | None, typer.Option(help="write a page as well", metavar="FILE")] = None,
) -> None:
    """Say what lies behind an active's numbers.

    Every formula, its inputs, source and range of validity, and the result with its interval.
    """
    from microneedling.faces.explaining import explain_active

    explain_active(active, site=site, vehicle=vehicle, in_vitro=in_vitro, ph=ph, page=html)


@app.command()
def active(
    *,
    smiles: Annotated[str, typer.Option(help="structure of one neutral molecule", show_default=False)],
    out: Annotated[Path, typer.Option(help="file to write, ending in .toml", metavar="FILE", show_default=False)],
    name: Annotated[str, typer.Option(help="title; the formula when left out", show_default=False)] = "",
    log_kow: Annotated[float | None, typer.Option("--log-kow", help="measured; wins over the computed one")] = None,
    pka_acid: Annotated[float | None, typer.Option("--pka-acid", help="measured")] = None,
    pka_base: Annotated[float | None, typer.Option("--pka-base", help="measured")] = None,
    force: Annotated[bool, typer.Option("--force", help="replace the file that is there")] = False,
) -> None:
    """Draft an active's card from its structure (needs RDKit).

    What is computed is marked; measured numbers win.
    """
    from microneedling.faces.drafting import draft_active

    given = {"log_kow": log_kow, "pka_acid": pka_acid, "pka_base": pka_base}
    draft_active(smiles, name=name, out=out, force=force, given=given)


@app.command()
def device(
    card: Annotated[str, typer.Argument(help="name or path of a device card", metavar="CARD", show_default=False)],
    *,
    site: Annotated[str | None, typer.Option(help="site card; cheek when left out")] = None,
    depth: Annotated[str | None, typer.Option(help='set at the device, such as "1.5 mm"')] = None,
    dwell: Annotated[str | None, typer.Option(help='time on the area (pens), such as "3 min"')] = None,
    passes: Annotated[int | None, typer.Option(help="passes or presses (all others)")] = None,
    area: Annotated[str | None, typer.Option(help='area of the dwell, such as "60 cm2"')] = None,
    force: Annotated[str | None, typer.Option(help='contact force in place of the card\'s, such as "5 N"')] = None,
    members: Annotated[int | None, typer.Option(help="people drawn; 256 when left out")] = None,
    seed: Annotated[int | None, typer.Option(help="of people and punctures; 1 when left out")] = None,
    html: Annotated[Path | None, typer.Option(help="file to write the sheet to", metavar="FILE")] = None,
) -> None:
    """Print the sheet of a device: depth, margins, punctures.

    Geometry, depth set against depth reached and left, margin to vessels and to the layer below, coverage, pain.
    """
    from microneedling.faces.device_sheet import print_sheet

    asked = {"site": site, "depth": depth, "dwell": dwell, "passes": passes, "area": area, "force": force}
    print_sheet(card, asked=asked | {"members": members, "seed": seed}, html=html)


@app.command()
def scales() -> None:
    """List the scales there are."""
    from microneedling.faces.listing import list_scales

    list_scales()


@app.command()
def cite(
    result: Annotated[Path, typer.Argument(help="a folder that `run` wrote", metavar="RESULT", show_default=False)],
) -> None:
    """Print the bibliography of the numbers a result used."""
    from microneedling.faces.listing import print_citations

    print_citations(result)


@app.command()
def schema(
    observed: Annotated[bool, typer.Option("--observed", help="of a row of observed.csv")] = False,
) -> None:
    """Print the JSON schema of a study file, for editors."""
    from microneedling.faces.listing import print_schema

    print_schema(of_observed=observed)


for command in COMMANDS:
    app.command()(command)


def _is_usage(error: BaseException) -> bool:
    """Is it the command line's own remark on how it was called?"""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _usage_text(error: Any) -> str:
    context = getattr(error, "ctx", None)
    return f"{error.format_message()} See: {context.command_path if context else 'microneedling'} --help"


def _stop(number: int, frame: Any) -> None:
    """A polite kill ends like Ctrl-C: what was begun is taken away again."""
    raise KeyboardInterrupt
