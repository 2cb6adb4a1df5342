"""The command `explain`: every formula, input, source and range behind an active's derived properties."""

from __future__ import annotations

from pathlib import Path

from microneedling.core.files import write_text
from microneedling.faces.ending import BadInput
from microneedling.report.explanation import html, text
from microneedling.study.explain import explained


def explain_active(
    active: str, *, site: str, vehicle: str, in_vitro: bool, ph: float | None, page: Path | None
) -> None:
    """Print the explanation, and write it as a page when asked for.

    Args:
        active, site, vehicle: names of cards, or paths of own ones
        in_vitro: excised, hydrated skin in place of living skin
        ph: of the film; the vehicle's when left out
        page: an HTML file to write beside

    Errors: CardError, BadInput; OSError. Nothing is written then.
    Checked by: tests/faces/test_explaining.py
    """
    if page is not None and page.is_dir():
        raise BadInput(f"--html: found the folder {page}, allowed the path of a file")
    made = explained(active, site=site, vehicle=vehicle, in_vitro=in_vitro, ph=ph)
    if page is not None:
        write_text(page, html(made))
    print(text(made))
    if page is not None:
        print(f"\n{page}")
