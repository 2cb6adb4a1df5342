"""A result as one HTML file that needs nothing else: no script, no font, no network."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from microneedling.core.files import write_bytes, write_text
from microneedling.core.page import template
from microneedling.core.param import GRADES
from microneedling.report import (
    clinic,
    delivered,
    done,
    drawn_section,
    exactness,
    grounds,
    habits_table,
    harm_parts,
    harms,
    names,
    patches,
    plain_page,
    plume,
    slices,
    spell,
    tables,
    titles,
    words,
)
from microneedling.report.answer import Answer, answer_of
from microneedling.report.document_page import pdf
from microneedling.report.printed import printed

if TYPE_CHECKING:
    import xarray as xr

FOLDER = Path(__file__).parent
FAINT = 0.01  # amounts that never pass this share of what an assay sees are named, not drawn [1]


def report(tree: xr.DataTree) -> str:
    """The report of a result.

    Args:
        tree: a result as `simulate.result.load` gives it

    Returns: a complete HTML document.
    Errors: ValueError when the tree is no result.
    Checked by: tests/faces/test_report.py
    """
    return page(content_of(tree))


def content_of(tree: xr.DataTree) -> dict[str, Any]:
    """All that page and print show of a result, drawn once.

    Errors: ValueError when the tree is no result.
    Checked by: tests/faces/test_report.py, tests/faces/test_printed_report.py
    """
    answer = answer_of(tree)
    drawn = {"cells": plume.cells_of(tree), "over_time": _over_time(tree, answer)}
    return {**_content(answer), **drawn}


def page(content: Mapping[str, Any]) -> str:
    """The HTML page of a content."""
    return str(template(FOLDER / "report.html.j2").render(content))


def write_report(tree: xr.DataTree, path: str | Path) -> None:
    """Write the report as HTML and, beside it, as PDF of the same name, each whole or not at all.

    Args:
        tree: as for `report`
        path: of the HTML file; older ones are replaced

    Errors: ValueError as `report`; OSError as the system gives it, with nothing left behind.
    Checked by: tests/faces/test_report.py, tests/faces/test_printed_report.py
    """
    content = content_of(tree)
    paper = pdf(printed(content))
    write_text(Path(path), page(content))
    write_bytes(Path(path).with_suffix(".pdf"), paper)


def _over_time(tree: xr.DataTree, answer: Answer) -> dict[str, Any]:
    """The drawn section at a few times; nothing where the result holds no tissue."""
    found = slices.slices_of(tree, answer)
    panels = drawn_section.drawn_section(found) if found else []
    return {"panels": panels, "legend": drawn_section.legend(), "honest": drawn_section.HONEST, "arm": answer.arms[0]}


def _content(answer: Answer) -> dict[str, Any]:
    """All the template asks for."""
    content = {**_told(answer), **_shown(answer)}
    return {
        **content,
        "plain": plain_page.parts(content),
        "laboratory": plain_page.laboratory(content),
        "harm_sources": harm_parts.sources(content["harm"]),
    }


def _told(answer: Answer) -> dict[str, Any]:
    """What is said, and the tables."""
    shares = grounds.shares(answer)
    acute, lasting, laboratory = ([], [], []) if answer.in_vitro else _lines(answer)
    return {
        "answer": answer,
        "titles": titles,
        "style": (FOLDER / "report.css").read_text(encoding="utf-8"),
        "done": done.done(answer),
        "glance": words.glance(laboratory),
        "acute_lines": acute,
        "lasting_lines": lasting,
        "laboratory_lines": laboratory,
        "clinic": None if answer.in_vitro else clinic.clinic(answer),
        "harm": harms.harm_table(answer.harms),
        "delivered_lines": delivered.delivered(answer),
        "downtime": [] if answer.in_vitro else words.downtime(answer),
        "sureness": grounds.sureness(answer),
        "extrapolated": grounds.extrapolated(answer),
        "signs": words.SIGNS,
        "apart": names.APART,
        "columns": tables.columns(answer),
        "groups": tables.arms_table(answer),
        "folded": tables.FOLDED,
        "shares": shares or (grounds.count_shares(answer),),
        "shares_known": bool(shares),
        "counted": grounds.counted(answer),
        "grades": GRADES,
        "parameters": tables.parameter_table(answer),
        "habits": habits_table.rows(answer),
        "findings": (found := tables.findings(answer)),
        "regulatory": [one for one in found if one.id in tables.REGULATORY],
        "references": grounds.references(answer),
        "safety_sources": grounds.safety_sources(answer),
        "computed": tables.computed(answer),
        "exact_head": exactness.HEAD,
        "exact": exactness.table(answer),
    }


def _lines(answer: Answer) -> tuple[list[words.Line], list[words.Line], list[words.Line]]:
    """Hours and days; weeks and months of what a mirror or a clinic shows; what a laboratory would read."""
    seen = [n for n in names.LONG if n not in names.LABORATORY]
    return words.acute(answer), words.lasting(answer, seen), words.lasting(answer, names.LABORATORY)


def _shown(answer: Answer) -> dict[str, Any]:
    """What is drawn."""
    return _drawings(answer) | {"patches": patches.patches_of(answer), "patches_are": patches.HONEST}


def _drawings(answer: Answer) -> dict[str, Any]:
    from microneedling.report import figures, picture, punctures

    holes = punctures.punctures_of(answer)
    skin = [picture.section(answer, holes), picture.view(holes) if holes else None]
    amounts, faint = _visible(names.order(answer.outcomes), answer)
    acute = [n for n in names.ACUTE if n in answer.outcomes]
    early, long = functools.partial(figures.acute, answer=answer), functools.partial(figures.long, answer=answer)
    lasting = [n for n in names.LONG if n not in names.LABORATORY and answer.concerns(n)]
    other = sorted(n for n in answer.outcomes if n not in names.KNOWN and "." not in n)
    return {
        "skin": [one for one in skin if one],
        "holes": holes,
        "acute_panels": _drawn(acute, early, answer),
        "amount_panels": _drawn(amounts, early if not answer.in_vitro else long, answer),
        "faint": faint,
        "collagen_panels": _drawn(names.LABORATORY, long, answer),
        "long_panels": _drawn(lasting, long, answer),
        "surface_panels": _drawn(names.SURFACE, long, answer),
        "biology_panels": _drawn((*names.BIOLOGY, *other), long, answer),
    }


def _drawn(wanted: Any, draw: Callable[..., Any], answer: Answer) -> list[Any]:
    if answer.in_vitro:
        wanted = [n for n in wanted if n == "open_area" or "." in n]
    return [draw(answer.outcomes[n]) for n in wanted if n in answer.outcomes]


def _visible(wanted: list[str], answer: Answer) -> tuple[list[str], list[str]]:
    """Amounts worth drawing, and the titles of those that stay far below what an assay sees in every arm."""
    seen, faint = [], []
    for name in wanted:
        outcome = answer.outcomes[name]
        most = float(np.nanmax(outcome.bands)) if np.isfinite(outcome.bands).any() else 0.0
        small = most < FAINT * max(outcome.noticeable, 1e-8)
        if not small:
            seen.append(name)
            continue
        least = f"at most {spell.figures(most, 2)} {spell.unit(outcome.unit)}" if most > 1e-9 else "none"
        faint.append(f"{outcome.title} ({least})")
    return seen, faint
