"""What screening says: findings about a plan, standing notices, and rows of evidence that are not rules."""

from __future__ import annotations

import dataclasses

LEVELS = ("absolute", "caution", "info")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """One safety remark about one arm; `time` [s] is that of the session or application, None for the person.

    `exempt` marks findings about skin that is nobody's (excised, or of an animal): shown, but never refusing.
    """

    id: str
    level: str
    arm: str
    time: float | None
    reason: str
    source: str
    kind: str
    year: int | None
    clears: str
    other_side: str
    exempt: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Notice:
    """A standing remark that goes with every result, whatever the plan."""

    id: str
    text: str
    source: str
    year: int | None
    rows: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A row of the evidence that became neither rule nor notice, and why."""

    row: str
    reason: str
