"""Joint draws of numbers that were fitted together: one row a draw, one column a number, beside their card."""

from __future__ import annotations

import csv
import dataclasses
import functools
import io
import math
from pathlib import Path

import numpy as np

from microneedling.core.card import CardError


@dataclasses.dataclass(frozen=True)
class Draws:
    """Draws (draw, number) in SI of numbers by full name ("Law.field")."""

    names: tuple[str, ...]
    numbers: np.ndarray

    def column(self, name: str) -> np.ndarray:
        """All draws of one number (draw,)."""
        return np.asarray(self.numbers[:, self.names.index(name)])


@functools.cache
def read_draws(path: Path) -> Draws:
    """The draws of a file.

    Args:
        path: CSV; first row the full names, then one row a draw, in SI

    Errors: CardError naming file and line, what was found and what is allowed.
    Checked by: tests/unit/study/test_draws.py
    """
    place = f"{path.parent.name}/{path.name}"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except FileNotFoundError as error:
        raise CardError(f"{place}: these draws do not exist") from error
    if len(lines) < 2:
        raise CardError(f"{place}: found {len(lines)} lines, allowed a row of names and at least one draw")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(lines[0]):
            raise CardError(f"{place}, line {number}: found {len(line)} numbers, allowed {len(lines[0])}")
        try:
            row = [float(cell) for cell in line]
        except ValueError as error:
            raise CardError(f"{place}, line {number}: {error}; allowed numbers in SI") from error
        if not all(math.isfinite(x) for x in row):
            raise CardError(f"{place}, line {number}: found a number that is not finite; allowed finite numbers in SI")
        rows.append(row)
    return Draws(tuple(lines[0]), np.array(rows))


def draws_text(draws: Draws) -> str:
    """The draws as the text of such a file, seven digits a number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(draws.names)
    writer.writerows([[f"{x:.7g}" for x in row] for row in draws.numbers])
    return out.getvalue()
