"""Rows as text of a CSV file, the same for every command that writes one."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any


def csv_text(rows: Sequence[Mapping[str, Any]], *, columns: Sequence[str] = ()) -> str:
    """Rows under their columns: six digits a number, empty what does not apply, "inf" what never comes.

    Args:
        rows: one mapping a row; a key that is missing, None or not a number is empty
        columns: in order; those of the rows as they come when left out

    Checked by: tests/unit/core/test_sheet.py
    """
    keys = list(columns) or list(dict.fromkeys(key for row in rows for key in row))
    room = io.StringIO()
    writer = csv.DictWriter(room, keys, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return room.getvalue()


def _cell(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return "" if math.isnan(value) else f"{value:.6g}"
