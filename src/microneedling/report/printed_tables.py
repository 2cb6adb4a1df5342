"""The long tables of a report on paper: arms side by side, what the answer rests on, findings, every number used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from microneedling.core.document import Part, Table, Text
from microneedling.report import titles
from microneedling.report.tables import Block, Cell, FindingRow, Group, ParameterRow

ACROSS = 5  # so many cells stand beside each other on a sheet; more stand below each other
ARROWS = {"noticeable": " ●", "uncertain": " ◐", "not noticeable": " ○", "": ""}


def arms(content: Mapping[str, Any]) -> Iterable[Part]:
    """Every outcome by arm and moment; parts that the page folds away are left to it.

    Checked by: tests/unit/report/test_printed_tables.py
    """
    heads: Sequence[str] = content["columns"]
    groups: Sequence[Group] = [one for one in content["groups"] if one.title not in content["folded"]]
    if groups:
        yield Text(titles.SIDE_BY_SIDE, soft=True)
    for group in groups:
        yield Table(group.title, *(_wide(group, heads) if len(heads) <= ACROSS else _tall(group, heads)))


def _wide(group: Group, heads: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[float, ...]]:
    rows = tuple((_named(block), words, *map(_text, cells)) for block in group.blocks for words, cells in block.rows)
    return ("Outcome", "When", *heads), rows, (3, 2.4, *(2.2 for _ in heads))


def _tall(group: Group, heads: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[float, ...]]:
    """One row an arm and moment, arms that read alike together; differences are left to the page."""
    rows = []
    for block in group.blocks:
        for words, cells in block.rows:
            alike: dict[str, list[str]] = {}
            for head, cell in zip(heads, cells):
                if not head.startswith("difference from "):
                    alike.setdefault(_text(cell), []).append(head)
            rows += [(_named(block), words, ", ".join(names), text) for text, names in alike.items()]
    return ("Outcome", "When", "Arm", "5 to 95 %; median"), tuple(rows), (3, 2.4, 4, 3)


def _named(block: Block) -> str:
    return f"{block.title} [{block.unit}]" if block.unit else block.title


def _text(cell: Cell) -> str:
    return f"{cell.span}{f'; {cell.median}' if cell.median else ''}{ARROWS[cell.verdict]}"


def rests(content: Mapping[str, Any]) -> Iterable[Part]:
    """Numbers by grade, and what habits act on.

    Checked by: tests/faces/test_printed_report.py
    """
    rows = tuple((grade, str(count)) for grade, count in content["counted"])
    yield Table(titles.GRADES, ("Grade", "Numbers"), rows, (3, 1), (1,))
    if content["habits"]:
        told = tuple((one.word, one.acts_on, one.factor, one.grade, one.reason) for one in content["habits"])
        yield Text(titles.ACTING, soft=True)
        yield Table(titles.HABITS, ("Said", "Acts on", "Factor (5 to 95 %)", "Grade", "Why"), told, (2, 2, 2, 2, 5))


def findings(found: Sequence[FindingRow]) -> Iterable[Part]:
    """What was found about the plan, with what clears it.

    Checked by: tests/faces/test_printed_report.py
    """
    if not found:
        yield Text("No finding about this plan.")
        return
    rows = tuple(
        (
            " ".join((one.says, f"({one.about})" if one.about else "")).strip(),
            one.reason,
            " ".join(text for text in (one.clears, one.other_side) if text),
            one.source,
        )
        for one in found
    )
    head = ("What", "Why", "What clears it; the other side", "Source")
    yield Table(titles.ABOUT_PLAN, head, rows, (3, 6, 4, 4))


def numbers(groups: Sequence[tuple[str, Sequence[ParameterRow]]]) -> Iterable[Part]:
    """Every number used, with spread, grade and source; notes stand on the page.

    Checked by: tests/unit/report/test_printed_tables.py
    """
    rows = tuple(
        (
            f"{record}.{row.name}" if record else row.name,
            row.value,
            row.spread,
            row.unit or "1",
            row.grade,
            " ".join(row.sources),
        )
        for record, own in groups
        for row in own
    )
    if rows:
        yield Table(f"Every number used ({len(rows)})", ("Number", "Value", "Spread", "Unit", "Grade", "Source"), rows,
                    (5, 2, 2.6, 1.8, 2, 3))  # fmt: skip
