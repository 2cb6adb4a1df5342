"""The studies, labels and regulations behind the rules."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

FILE = Path(__file__).parent / "sources.toml"
STRONG = ("regulation", "label", "peer-reviewed")  # the only kinds that may refuse a plan
KINDS = (
    *STRONG,
    "guideline",
    "regulator's statement",
    "textbook",
    "trial registry",
    "conference abstract",
    "secondary summary",
    "news",
    "clinic page",
    "shop page",
)


class SourceError(ValueError):
    """A source that cannot be cited, with a sentence naming file, key, what was found and what is allowed."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Source:
    """One publication; `text` is the citation with its DOI, PMID, trial, clearance or regulation number."""

    key: str
    text: str
    kind: str
    year: int | None = None

    @property
    def shown(self) -> str:
        """The citation; where neither year nor version is known, that is said."""
        return self.text if self.year is not None else f"{self.text} (undated)"


@functools.cache
def sources() -> Mapping[str, Source]:
    """All sources of the rules and notices by key."""
    return read_sources(FILE)


def read_sources(path: Path) -> dict[str, Source]:
    """The sources of a file by key.

    Errors: SourceError when a source has no text, or a kind that is not known.
    """
    made = {}
    for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        wrong = sorted(set(entry) - {"text", "kind", "year"})
        if wrong:
            raise SourceError(f"{path.name}: {key}: found {wrong[0]}, allowed text, kind, year")
        if not entry.get("text"):
            raise SourceError(f"{path.name}: {key}: text: found nothing, allowed a citation")
        if entry.get("kind") not in KINDS:
            raise SourceError(f"{path.name}: {key}: kind: found {entry.get('kind')!r}, allowed {', '.join(KINDS)}")
        made[key] = Source(key=key, **entry)
    return made


def cited(keys: Iterable[str]) -> str:
    """The citations of several sources in one line."""
    return "; ".join(sources()[key].shown for key in keys)
