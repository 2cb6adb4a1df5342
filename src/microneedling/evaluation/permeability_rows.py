"""Published permeabilities of intact skin: rows.csv of a permeability set, read into frozen rows."""

from __future__ import annotations

import csv
import dataclasses
import math
from pathlib import Path

from microneedling.core import units
from microneedling.core.card import CardError, nearest, read_table
from microneedling.evaluation.observed import USES

SET, ROWS, KIND = "set.toml", "rows.csv", "intact permeability"
COLUMNS = (
    *("id", "compound", "molar_mass", "molar_volume", "log_kow", "partition", "ph", "layer", "preparation"),
    *("thickness", "temperature", "log_permeability", "use", "left_out", "study", "doi", "collection", "licence"),
)
SETTINGS = ("kind", "title", "site", "members", "seed", "thickness", "source", "notes")
PARTITIONS = ("compiled", "computed")
GRAM, CUBIC, MICRON = 1e-3, 1e-6, 1e-6  # units of the columns in SI: g/mol, cm3/mol, um


class RowsError(ValueError):
    """A set that cannot be read: one sentence a problem, naming file, line, what was found and what is allowed."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class PermeabilityRow:
    """One published permeability. SI but for `log_permeability`, log10 of cm/h as the collections print it.

    `left_out` says why the row takes no part, or is empty. `ph` and `thickness` are nan where the source is silent.
    """

    id: str
    compound: str
    molar_mass: float
    molar_volume: float
    log_kow: float
    partition: str
    ph: float
    layer: str
    preparation: str
    thickness: float
    temperature: str
    log_permeability: float
    use: str
    left_out: str
    study: str
    doi: str
    collection: str
    licence: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PermeabilitySet:
    """A folder of permeabilities: how skin was mounted where rows do not say, and every row, kept or left out."""

    name: str
    title: str
    site: str
    members: int
    seed: int
    thickness: dict[str, float]
    rows: tuple[PermeabilityRow, ...]

    @property
    def used(self) -> tuple[PermeabilityRow, ...]:
        """The rows that take part."""
        return tuple(row for row in self.rows if not row.left_out)

    def mounted(self, row: PermeabilityRow) -> float:
        """Thickness of the skin of a row [m]: as its source says, else that of its layer."""
        return row.thickness if math.isfinite(row.thickness) else self.thickness[row.layer]


def read_set(folder: Path) -> PermeabilitySet:
    """A permeability set: set.toml and rows.csv of one folder.

    Args:
        folder: holds both files

    Returns: the set, every row of it.
    Errors: RowsError naming file, line, what was found and what is allowed.
    Checked by: tests/unit/evaluation/test_permeability_rows.py
    """
    folder = Path(folder)
    place = f"{folder.name}/{SET}"
    try:
        content = read_table(folder / SET)
    except CardError as error:
        raise RowsError(str(error)) from error
    for key in content:
        if key not in SETTINGS:
            raise RowsError(f"{place}: {key}: unknown key; {nearest(key, SETTINGS)}")
    if content.get("kind") != KIND:
        raise RowsError(f'{place}: kind: found {content.get("kind")!r}, allowed "{KIND}"')
    members, seed = content.get("members"), content.get("seed")
    if not isinstance(members, int) or members < 32 or not isinstance(seed, int):
        raise RowsError(f"{place}: members, seed: found {members!r}, {seed!r}, allowed whole numbers, members from 32")
    try:
        thickness = {layer: units.read(text, "m") for layer, text in content.get("thickness", {}).items()}
    except units.UnitError as error:
        raise RowsError(f"{place}: thickness: {error}") from error
    rows = _rows(folder / ROWS, set(thickness))
    return PermeabilitySet(
        name=folder.name,
        title=content["title"],
        site=content.get("site", ""),
        members=members,
        seed=seed,
        thickness=thickness,
        rows=rows,
    )


def _rows(path: Path, layers: set[str]) -> tuple[PermeabilityRow, ...]:
    place = f"{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except FileNotFoundError as error:
        raise RowsError(f"{place}: this file does not exist") from error
    if not lines or tuple(lines[0]) != COLUMNS:
        found = ", ".join(lines[0]) if lines else "nothing"
        raise RowsError(f"{place}, line 1: found columns {found}; allowed: {', '.join(COLUMNS)}")
    rows, problems, seen = [], [], set()
    for number, cells in enumerate(lines[1:], start=2):
        try:
            row = _row(cells, layers)
            if row.id in seen:
                raise ValueError(f'id: found "{row.id}" a second time; each measurement stands once')
            seen.add(row.id)
            rows.append(row)
        except ValueError as error:
            problems.append(f"{place}, line {number}, {error}")
    if problems or not rows:
        raise RowsError("\n".join(problems) or f"{place}: no rows; at least one permeability is needed")
    return tuple(rows)


def _row(cells: list[str], layers: set[str]) -> PermeabilityRow:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"(all): found {len(cells)} cells; allowed: {len(COLUMNS)}")
    text = {column: cell.strip() for column, cell in zip(COLUMNS, cells, strict=True)}
    for column, words in (("use", USES), ("partition", PARTITIONS), ("layer", () if text["left_out"] else layers)):
        if words and text[column] not in words:
            raise ValueError(f'{column}: found "{text[column]}"; {nearest(text[column], words)}')
    for column in ("id", "compound", "study", "collection", "licence"):
        if not text[column]:
            raise ValueError(f"{column}: found nothing; a text is needed")
    scale = {"molar_mass": GRAM, "molar_volume": CUBIC, "log_kow": 1.0, "log_permeability": 1.0}
    scale |= {"thickness": MICRON, "ph": 1.0}
    numbers = {column: factor * _number(column, text[column]) for column, factor in scale.items()}
    for column in ("molar_mass", "molar_volume", "log_kow", "log_permeability"):
        if math.isnan(numbers[column]) and not text["left_out"]:
            raise ValueError(f"{column}: found nothing; a row without it needs a reason in left_out")
    if not text["left_out"] and min(numbers["molar_mass"], numbers["molar_volume"]) <= 0:
        raise ValueError("molar_mass, molar_volume: found a number not above 0")
    return PermeabilityRow(**(text | numbers))  # type: ignore[arg-type]


def _number(column: str, text: str) -> float:
    try:
        return float(text) if text else math.nan
    except ValueError as error:
        raise ValueError(f'{column}: found "{text}"; allowed: a number') from error
