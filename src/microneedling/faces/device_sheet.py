"""The command `device`: a device's sheet on the terminal, and as one HTML file when asked."""

from __future__ import annotations

from pathlib import Path

from microneedling.core import units
from microneedling.core.card import Card, nearest, read_card
from microneedling.core.catalogue import names, path_of
from microneedling.core.files import write_text
from microneedling.faces.ending import BadInput
from microneedling.faces.terminal import table
from microneedling.report.device_page import blocks, device_page, use_text
from microneedling.study.device_marks import marks
from microneedling.study.device_numbers import Asked, device_numbers
from microneedling.treatments.device import Device

SLACK = 1e-9  # two spellings of one length may differ in the last digit


def print_sheet(name: str, *, asked: dict[str, str | int | None], html: Path | None) -> None:
    """Print a device's sheet; write it as one HTML file too.

    Args:
        name: of a card, or the path of a user's own
        asked: site, depth, dwell, passes, area, force, members, seed as written on the command line
        html: file to write; none when left out

    Errors: BadInput, CardError. Nothing is written then.
    Checked by: tests/faces/test_device_sheet.py
    """
    card = read_card(path_of("devices", name), Device)
    found = device_numbers(card, _asked(card, asked))
    print(
        f"{card.title}\n{card.texts['family']}, {card.texts.get('needle_kind', 'solid')} needles; {card.texts['maker']}"
    )
    print(f"clearance: {card.texts['clearance']}\n{use_text(found)} Site: {found.site.title}.\n")
    for block in blocks(found):
        print(block.title)
        table(block.head, block.rows)
        if block.note:
            print(f"{block.note}\n")
    print("Beyond what was measured")
    for sentence in marks(found):
        print(f"- {sentence}")
    if html is not None:
        _write(html, device_page(found))
        print(f"\n{html}")


def _asked(card: Card[Device], given: dict[str, str | int | None]) -> Asked:
    """What the options say, in SI.

    Errors: BadInput naming the option, what was found and what is allowed.
    """
    device, site = card.known.record, str(given.get("site") or "cheek")
    if not site.endswith(".toml") and site not in names("sites"):
        raise BadInput(f'--site: found "{site}", allowed a site card; {nearest(site, names("sites"))}')
    depth = _quantity("--depth", given.get("depth"), "m", "1.5 mm")
    if depth is not None and not device.depth_min * (1 - SLACK) <= depth <= device.depth_max * (1 + SLACK):
        low, high = (units.write(x, "m", "mm") for x in (device.depth_min, device.depth_max))
        span = low if low == high else f"{low} to {high}"
        raise BadInput(f'--depth: found "{given["depth"]}", allowed {span} for {card.name}')
    pen, passes = card.texts["family"] == "pen", given.get("passes")
    if given.get("dwell") is not None and not pen:
        raise BadInput(f"--dwell: found a time, allowed --passes, since {card.name} is a {card.texts['family']}")
    if passes is not None and (pen or int(passes) < 1):
        allowed = f"--dwell, since {card.name} is a pen" if pen else "a whole number from 1"
        raise BadInput(f"--passes: found {passes}, allowed {allowed}")
    members = int(given.get("members") or 256)
    if not 16 <= members <= 4096:
        raise BadInput(f"--members: found {members}, allowed 16 to 4096")
    dwell = _quantity("--dwell", given.get("dwell"), "s", "3 min")
    area = _quantity("--area", given.get("area"), "m2", "60 cm2")
    return Asked(
        site=site,
        depth=depth,
        dwell=180.0 if dwell is None else dwell,
        passes=None if passes is None else float(passes),
        area=60e-4 if area is None else area,
        force=_quantity("--force", given.get("force"), "kg m s-2", "5 N"),
        members=members,
        seed=int(given.get("seed") or 1),
    )


def _quantity(option: str, text: str | int | None, si: str, example: str) -> float | None:
    if text is None:
        return None
    try:
        value = units.read(str(text), si)
    except units.UnitError as error:
        raise BadInput(f'{option}: found "{text}", allowed a quantity such as "{example}"') from error
    if not value > 0:
        raise BadInput(f'{option}: found "{text}", allowed more than zero, such as "{example}"')
    return value


def _write(path: Path, text: str) -> None:
    """The page, unless its name is a folder's."""
    if path.is_dir():
        raise BadInput(f"--html: found a folder, {path}, allowed the name of a file")
    write_text(path, text)
