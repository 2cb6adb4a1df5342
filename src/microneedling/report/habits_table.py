"""What the model makes of each word of a person's history and aftercare, as rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from microneedling.core.param import provenance
from microneedling.report import spell
from microneedling.report.answer import Answer
from microneedling.skin.habit import EVENTS, FILM, NOTHING
from microneedling.skin.modifiers import Modifiers

WHERE = {"habits": "habit", "conditions": "condition", "medicines": "medicine", "care": "aftercare", "age": "age"}
DOES = {"shielded": "light kept off", "cooled": "cold on the skin", FILM: "a film laid on"}


@dataclasses.dataclass(frozen=True)
class Row:
    """One word: what kind it is, what it acts on, its factor with interval and grade, and why."""

    word: str
    kind: str
    acts_on: str
    factor: str
    grade: str
    reason: str


def rows(answer: Answer) -> tuple[Row, ...]:
    """One row a word; words nothing feels come last.

    Checked by: tests/unit/report/test_habits_table.py
    """
    made = [_row(answer, one) for one in answer.habits]
    return tuple(sorted(made, key=lambda row: row.acts_on == meaning(NOTHING)))


def meaning(acts_on: str) -> str:
    """What a card acts on, in words."""
    if acts_on == NOTHING:
        return "nothing"
    return DOES.get(acts_on) or provenance(Modifiers)[acts_on].meaning


def _row(answer: Answer, one: Mapping[str, str]) -> Row:
    known = {p.name: p for p in answer.parameters}.get(f"habits/{one['card']}.factor")
    factor, grade = "", ""
    if known is not None and one["acts_on"] != NOTHING:
        low, high = spell.brief(known.low), spell.brief(known.high)
        what = "share " if one["acts_on"] in EVENTS else "× "
        factor, grade = f"{what}{spell.brief(known.value)} ({low} to {high})", known.grade
    kind = WHERE.get(one["where"], one["where"])
    return Row(one["word"], kind, meaning(one["acts_on"]), factor, grade, one["reason"])
