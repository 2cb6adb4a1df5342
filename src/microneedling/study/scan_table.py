"""The table [scan] of a study file: one key of the protocol, the values it takes, and when outcomes are read."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from microneedling.study.quantity import Quantity, Reads
from microneedling.study.tables import BORDER, Text

LEAST, MOST = 2, 24  # values of one scan
KEY = re.compile(r"protocol(\.[a-z_]+(\[\d+\])?)+")
WORD = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")
WEEKS = (Quantity(56 * 86400.0, "56 d"), Quantity(365 * 86400.0, "365 d"))
Value = Text | int | float


class ScanTable(BaseModel):
    """What `microneedling scan` changes, over the same people, and when it reads the outcomes."""

    model_config = BORDER
    key: Annotated[
        Text, Field(description='key of the protocol, such as "protocol.session.depth"; "session[1]" for one row only')
    ]
    values: Annotated[
        list[Value], Field(min_length=LEAST, max_length=MOST, description="what it becomes, as it would be written")
    ]
    at: Annotated[
        list[Annotated[Quantity, Reads("s", "time of reading", "56 d", low="0 d")]], Field(min_length=1, max_length=4)
    ] = list(WEEKS)
    after: Literal["last session", "first session"] = "last session"


def changed(table: Mapping[str, Any], key: str, value: Value) -> dict[str, Any]:
    """The table of a study with one key of its protocol changed, in every row of a list unless the key names one.

    Args:
        table: as written in a study file
        key: such as "protocol.session.depth" or "protocol.session[1].depth"
        value: what stands there then

    Errors: KeyError with the key where the study has no such place.
    Checked by: tests/unit/study/test_scan.py
    """
    made = copy.deepcopy(dict(table))
    if KEY.fullmatch(key) is None:
        raise KeyError(key)
    *ahead, last = (WORD.fullmatch(word) for word in key.split("."))
    places = [made]
    for match in ahead:
        places = [row for place in places for row in _rows(place, match, key)]
    if last is None or last[2] is not None or not places:
        raise KeyError(key)
    for place in places:
        place[last[1]] = value
        if last[1] == "count" and value == 1:
            place.pop("interval", None)  # one of a row has none, and a study file says so
    return made


def _rows(place: Mapping[str, Any], match: re.Match[str] | None, key: str) -> Iterator[dict[str, Any]]:
    """The tables one word of a key leads to."""
    found = None if match is None else place.get(match[1])
    if match is None or not isinstance(found, dict | list):
        raise KeyError(key)
    rows = found if isinstance(found, list) else [found]
    if match[2] is None:
        yield from rows
    elif isinstance(found, list) and int(match[2]) < len(rows):
        yield rows[int(match[2])]
    else:
        raise KeyError(key)
