"""The command `active`: a card drafted from a structure."""

from __future__ import annotations

from pathlib import Path

from microneedling.core.files import write_text
from microneedling.faces.ending import BadInput
from microneedling.faces.terminal import tell
from microneedling.formulation.draft import draft
from microneedling.formulation.structure import StructureError


def draft_active(smiles: str, *, name: str, out: Path, force: bool, given: dict[str, float | None]) -> None:
    """Write a card from a SMILES, and say what in it is computed.

    Args:
        smiles: one neutral molecule
        name: title of the card; its formula when empty
        out: file to write, ending in .toml
        force: replace a file that is there
        given: measured numbers by key of the card; None for those that are not known

    Errors: BadInput without RDKit, for a structure that gives no card, and for a place that is taken; CardError.
        Nothing is written then.
    Checked by: tests/faces/test_drafting.py
    """
    if out.suffix != ".toml":
        raise BadInput(f"--out: found {out}, allowed a path ending in .toml")
    if out.exists() and not (force and out.is_file()):
        raise BadInput(f"--out: found {out}, which is there; allowed a new file, or --force to replace this one")
    measured = {key: value for key, value in given.items() if value is not None}
    try:
        made = draft(smiles, title=name, path=out, given=measured)
    except StructureError as error:
        raise BadInput(f"--smiles: {error}") from error
    write_text(out, made.text)
    for remark in made.remarks:
        tell(remark)
    print(out)
