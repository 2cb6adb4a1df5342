"""What a clinic would score, as parts of a page: sentences for the first screen, a table for each kind of study."""

from __future__ import annotations

from microneedling.core.document import Part, Table, Text
from microneedling.report.clinic import DESIGN, Block, Clinic, Row
from microneedling.report.words import SIGNS

MODEL = (
    "Grades and scores are a model of their own on top of the tissue, calibrated on few trials. Ratings scatter: of "
    "people in whom nothing changes, about one in six is rated one grade better. Each number is the mean of one new "
    "study; nine of ten such studies lie between the numbers in brackets. Grades and scores fall where it gets better; "
    "improvement and hairs rise."
)
OPEN = (
    "Open series find more than controlled, blinded studies whatever is done: hope, raters who know, people who come "
    "at their worst. What is gained below over the table above is not the treatment."
)
HEAD = ("Scale", "Before", "After", "Change", "One grade better", "Person calls it good", "Does it show?")
BRIEF = {
    "noticeable": "shows in nearly every study",
    "uncertain": "shows in some studies, not in others",
    "not noticeable": "too little to show",
}
WIDTHS = (4.0, 3.0, 3.0, 3.0, 2.6, 2.6, 3.4)


def sentences(found: Clinic | None) -> tuple[tuple[str, str], ...]:
    """Each scale in a sentence: what a new controlled study would find, and what an open series would.

    Checked by: tests/unit/report/test_clinic_parts.py
    """
    return tuple((block.title, _said(block)) for block in found.blocks if block.rows) if found else ()


def _said(block: Block) -> str:
    first = block.rows[0]
    told = [
        f"{SIGNS[first.badge]} {first.change} on average in a new controlled study ({block.before}; {block.least})."
    ]
    if first.better:
        told.append(f"At least one grade better: {first.better} of people.")
    told += [f"An open series would find {row.change}." for row in block.rows[1:2]]
    return " ".join(told)


def briefs(found: Clinic | None) -> tuple[tuple[str, str], ...]:
    """Each scale in a few words: the mean of a new controlled study, and whether that shows.

    Checked by: tests/unit/report/test_clinic_parts.py
    """
    if not found:
        return ()
    first = [(block.title, block.rows[0]) for block in found.blocks if block.rows]
    return tuple(
        (title, f"{SIGNS[one.badge]} {one.change} in a new study; {BRIEF[one.badge]}.") for title, one in first
    )


def parts(found: Clinic | None) -> tuple[Part, ...]:
    """Heading, what the numbers are, and the two kinds of study apart; nothing where no scale concerns the person.

    Checked by: tests/unit/report/test_clinic_parts.py
    """
    if not found:
        return ()
    controlled, series = (_table(found, design) for design in DESIGN.values())
    first = f"{found.arm[:1].upper()}{found.arm[1:]}, after {found.when}. {MODEL}"
    head = (Text("What a clinic would score", mark=True), Text(first, soft=True), controlled)
    return (*head, Text(OPEN, warn=True), series) if series.rows else head


def _table(found: Clinic, design: str) -> Table:
    rows = [(block, row) for block in found.blocks for row in block.rows if row.design == design]
    texts = [(one.title, one.before, *_cells(row), f"{SIGNS[row.badge]} {row.shows}") for one, row in rows]
    full = [n for n in range(len(HEAD)) if any(text[n] for text in texts)]
    cut = tuple(tuple(text[n] for n in full) for text in texts)
    return Table(design, tuple(HEAD[n] for n in full), cut, tuple(WIDTHS[n] for n in full))


def _cells(row: Row) -> tuple[str, ...]:
    after = f"{row.after}; grades {row.grades}" if row.grades else row.after
    return after, row.change, row.better, row.noticed
