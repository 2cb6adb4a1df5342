"""What biopsies of needled skin have tested, as data, and the mark of a protocol that lies beyond."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.protocol.protocol import Protocol

SAME = 1e-9  # relative; two spellings of one length may differ in the last digit


@dataclasses.dataclass(frozen=True)
class Tested:
    """Between which values of one setting sections were made; SI."""

    key: str
    quantity: str
    si: str
    shown: str
    low: float
    high: float
    source: tuple[str, ...]
    where: str

    def beyond(self, value: float) -> str:
        """What to say of a value outside, else nothing."""
        if self.low * (1 - SAME) <= value <= self.high * (1 + SAME):
            return ""
        low, high, found = (
            f"{one / units.factor(self.shown or '1', self.si):.4g}" for one in (self.low, self.high, value)
        )
        allowed = low if low == high else f"{low} to {high}"
        return f"{self.quantity} {found} {self.shown}".rstrip() + f", biopsied {allowed} {self.shown}".rstrip()


@functools.cache
def ranges() -> tuple[Tested, ...]:
    """All ranges, from tested.toml.

    Checked by: tests/unit/study/test_scan.py
    """
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(_range(row) for row in content["range"])


def marks(arm: Protocol) -> tuple[str, ...]:
    """In which settings an arm goes beyond what was biopsied, in words.

    Checked by: tests/unit/study/test_scan.py
    """
    real = [one for one in arm.sessions if not one.sham and not one.loaded]
    times = sorted({one.time for one in real})
    found = {
        "depth": {one.depth for one in real},
        "interval": {b - a for a, b in itertools.pairwise(times)},
        "count": {float(len(times))} if times else set(),
    }
    said = (one.beyond(value) for one in ranges() for value in sorted(found[one.key]))
    return tuple(dict.fromkeys(text for text in said if text))


def _range(row: Mapping[str, Any]) -> Tested:
    si = str(row["si"])
    low, high = (units.read(str(row[end]), si) for end in ("low", "high"))
    source = tuple(row["source"])
    return Tested(str(row["key"]), str(row["quantity"]), si, str(row["shown"]), low, high, source, str(row["where"]))
