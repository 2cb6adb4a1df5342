"""What a course may do to a person: what was computed at its height, and what screening says of the plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from microneedling.core.document import Points, Text, Told
from microneedling.report import names, words
from microneedling.report.answer import Answer
from microneedling.report.course import interval
from microneedling.report.harms import computed_text
from microneedling.report.tables import FindingRow

SCREENED = "Screening found no contraindication and no caution in what was written down. That is no proof of safety."
NOBODY = " (skin that is nobody’s: shown, never refusing)"


def computed(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Pain, redness, swelling and bleeding at their height, days of redness, and the risk of dark marks.

    Checked by: tests/unit/report/test_harmed.py
    """
    lines = [words.acute_line(answer.outcomes[n], answer) for n in names.HARM if n in answer.outcomes]
    told = [
        (one.title, f"{words.SIGNS.get(one.badge, '')} {' '.join((*one.sentences, one.note))}".strip()) for one in lines
    ]
    told += [("Downtime", sentence) for sentence in words.downtime(answer)[:1]]
    marks = _dark_marks(answer)
    return (*told, ("Dark marks afterwards", marks)) if marks else tuple(told)


def _dark_marks(answer: Answer) -> str:
    """The risk as the table of harm has it, else at its height in the courses."""
    found = [one["computed"] for one in answer.harms if (one["computed"] or {}).get("scale") == "darkening_risk"]
    if found:
        return f"{computed_text(found[0])}."
    risk = answer.outcomes.get("darkening_risk")
    if risk is None or not np.isfinite(risk.values[0]).all():
        return ""
    return f"in {words.quantity(interval(np.max(risk.values[0], axis=-1)), risk)} of people, at their height."


def screened(findings: Sequence[FindingRow]) -> tuple[Told, ...]:
    """Contraindications and cautions with their reasons, or that none was found.

    Checked by: tests/unit/report/test_harmed.py
    """
    grave = [one for one in findings if one.level != "info"]
    if not grave:
        return (Text(SCREENED),)
    return (Points(tuple((one.says, f"{one.reason}{NOBODY if one.exempt else ''}") for one in grave)),)


def known(answer: Answer) -> tuple[Told, ...]:
    """The risks every report names, whatever was computed."""
    return tuple(Text(one["text"]) for one in answer.notices if one.get("id") == "known_risks")
