"""What a calibration is about: the numbers fitted, and the read-outs they are fitted to."""

from __future__ import annotations

import dataclasses
import fnmatch
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from microneedling.core.sourced import Sourced

STANDARD = Path(__file__).with_name("scope.toml")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scope:
    """Patterns of full names of numbers, names of scales, and why other scales are left out."""

    numbers: tuple[str, ...]
    scales: tuple[str, ...]
    left_out: Mapping[str, str]
    sources: Mapping[str, str]

    def fitted(self, known: Mapping[str, Sourced[Any]]) -> tuple[str, ...]:
        """Full names of the numbers to fit: those that are uncertain, not those in which people differ."""
        found = []
        for record, one in known.items():
            for field, facts in one.facts.items():
                name = f"{record}.{field}"
                is_open = facts.spread.kind != "exact" and facts.varies == "knowledge"
                if is_open and any(fnmatch.fnmatchcase(name, pattern) for pattern in self.numbers):
                    found.append(name)
        return tuple(found)

    def reason(self, scale: str) -> str:
        """Why rows of this scale take no part."""
        return self.left_out.get(scale, "not a read-out of healing")

    def key(self, source: str) -> str:
        """The key in the bibliography of a row's source.

        Errors: ValueError for a source without one.
        """
        for beginning, key in self.sources.items():
            if source.startswith(beginning):
                return key
        raise ValueError(f"{STANDARD.name}: [sources] has no beginning of {source!r}; add one with its key")


def read_scope(path: Path = STANDARD) -> Scope:
    """The scope of a calibration from its file.

    Checked by: tests/unit/fitting/test_scope.py
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Scope(
        numbers=tuple(content["numbers"]),
        scales=tuple(content["scales"]),
        left_out=dict(content.get("left_out", {})),
        sources=dict(content.get("sources", {})),
    )
