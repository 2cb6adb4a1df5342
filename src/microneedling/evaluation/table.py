"""Comparisons as plain tables: CSV for a spreadsheet, JSON that can be read back."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from microneedling.core.files import write_text
from microneedling.evaluation.compare import Compared
from microneedling.evaluation.observed import Observed

# column of the table -> field of the observation
_OBSERVED = {
    "line": "line",
    "use": "use",
    "arm": "arm",
    "against": "against",
    "scale": "scale",
    "time": "time_text",
    "kind": "kind",
    "observed": "value",
    "bound": "bound",
    "observed_low": "low",
    "observed_high": "high",
    "spread_kind": "spread_kind",
    "n": "n",
    "source": "source",
    "where": "where",
    "note": "note",
}
_PREDICTED = ("unit", "low", "median", "high", "ratio", "miss", "interval_score", "verdict", "reason")


def flat(one: Compared) -> dict[str, Any]:
    """One comparison as one row of a table, SI numbers."""
    row = {column: getattr(one.row, field) for column, field in _OBSERVED.items()}
    return {"case": one.case, "measure": one.measure} | row | {name: getattr(one, name) for name in _PREDICTED}


def write_csv(path: Path, rows: Sequence[Any]) -> None:
    """Write dictionaries of the same keys as CSV (empty for missing numbers), in one step."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["case"])
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    write_text(path, file.getvalue())


def write_json(path: Path, content: Any) -> None:
    """Write strict JSON in one step: nan as null, infinity as "inf"."""
    write_text(path, json.dumps(_plain(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def as_record(one: Compared) -> dict[str, Any]:
    """A comparison as nested dictionaries, for `write_json`."""
    return dataclasses.asdict(one)


def from_record(record: dict[str, Any]) -> Compared:
    """The comparison behind `as_record`, also after a way through JSON."""
    inner = Observed(**_floats(Observed, record["row"]))
    return Compared(**(_floats(Compared, record) | {"row": inner}))


def _floats(cls: type, record: dict[str, Any]) -> dict[str, Any]:
    """Null and "inf" back to numbers, for the fields that hold numbers."""
    numbers = {field.name for field in dataclasses.fields(cls) if field.type == "float"}
    return {key: _number(value) if key in numbers else value for key, value in record.items()}


def _number(value: Any) -> float:
    return math.nan if value is None else float(value)


def _cell(value: Any) -> Any:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else value


def _plain(value: Any) -> Any:
    """Dictionaries, lists, texts and finite numbers only."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value
