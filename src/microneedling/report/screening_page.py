"""What screening says of a study, as a document: refused or not, why, what clears it, and what was counted."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from microneedling.core.document import Document, Part, Points, Section, Text, points
from microneedling.report import harm_parts, printed_tables, spell, titles
from microneedling.report.done import YEAR
from microneedling.report.harms import harm_table
from microneedling.report.tables import FindingRow, grouped_findings
from microneedling.safety.finding import Finding
from microneedling.safety.rule import notices
from microneedling.safety.screen import refused
from microneedling.study.plain import PlainStudy

STOPPED = "Refused. Nothing was simulated: at least one contraindication stands against this plan."
ALLOWED = "Not refused: no contraindication among the rules there are. That is no proof of safety."
HOW = "To run it all the same takes a reason in words (--override), which then stands at the head of the report."


def screening_document(study: PlainStudy, found: Sequence[Finding], harms: Sequence[Mapping[str, Any]]) -> Document:
    """The answer of screening, findings with what clears them, harm counted in people, and standing remarks.

    Args:
        study: whose arms were screened
        found: what was found
        harms: records of safety/harms.py, empty where none concerns the study

    Checked by: tests/unit/report/test_screening_page.py
    """
    rows = grouped_findings([dataclasses.asdict(one) for one in found])
    harm = harm_table(harms)
    standing = points([f"{one.text} ({one.source})" for one in notices()])
    sections = [
        Section("answer", "The answer", _answer(study, found, rows)),
        Section("findings", titles.SECTIONS["findings"], tuple(printed_tables.findings(rows))),
        Section("harm", "Harm", harm_parts.parts(harm)),
        Section("notices", titles.ABOUT_ANY, (standing,)),
        Section("sources", titles.SECTIONS["sources"], harm_parts.sources(harm)),
    ]
    facts = f"{_whose(study)} Arms: {'; '.join(one.name for one in study.arms)}."
    told = tuple(one for one in sections if one.parts)
    return Document(study.title, study.question, titles.BANNER, facts, told)


def _answer(study: PlainStudy, found: Sequence[Finding], rows: Sequence[FindingRow]) -> tuple[Part, ...]:
    """Refused or not; each contraindication with its reason, place and what clears it; the arms that have none."""
    stopping = [one for one in rows if one.level == "absolute" and not one.exempt]
    head = Text(STOPPED if refused(tuple(found)) else ALLOWED)
    if not stopping:
        return (head,)
    lines = [(f"{one.says}, {one.about}" if one.about else one.says, one.reason) for one in stopping]
    clears = [("What clears it", one.clears) for one in stopping if one.clears]
    other = [("The other side", one.other_side) for one in stopping if one.other_side]
    stopped = {one.arm for one in found if one.level == "absolute"}
    free = [one.name for one in study.arms if one.name not in stopped]
    arms = [("Arms without a contraindication", f"{spell.arms(free)}.")] if free else []
    return (head, Points((*lines, *clears, *other, *arms)), Text(HOW, soft=True))


def _whose(study: PlainStudy) -> str:
    person = study.person
    words = [f"{person.age / YEAR:.0f} years", f"phototype {person.phototype}", *person.conditions]
    return f"Skin of {', '.join(words)}; {spell.plain_name(study.site)}, {spell.brief(study.area * 1e4)} cm²."
