"""Safety rules as data: reading and checking the files in safety/rules/."""

from __future__ import annotations

import dataclasses
import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from microneedling.safety.condition import Condition, RuleError, nearest, read_condition, refuse
from microneedling.safety.field import OCCASIONS
from microneedling.safety.finding import LEVELS, LeftOut, Notice
from microneedling.safety.source import STRONG, cited, sources

FOLDER = Path(__file__).parent
NEEDED = ("level", "on", "reason", "sources", "clears", "when", "example", "rows")
OPTIONAL = ("other_side", "other_sources", "note")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """One safety rule.

    `on` is the occasion it looks at (FIELDS says what can be asked there), `rows` the rows of the evidence it stands
    for, `example` the smallest change of the reference plan that makes it speak, `note` a judgement behind it.
    """

    id: str
    level: str
    on: str
    reason: str
    sources: tuple[str, ...]
    clears: str
    when: Condition
    example: Mapping[str, Any]
    rows: tuple[str, ...]
    other_side: str = ""
    other_sources: tuple[str, ...] = ()
    note: str = ""


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules of the package, in the order of the files and within them."""
    return read_rules(sorted((FOLDER / "rules").glob("*.toml")))


@functools.cache
def notices() -> tuple[Notice, ...]:
    """The standing remarks that go with every result."""
    return read_notices(FOLDER / "notices.toml")


def read_notices(path: Path) -> tuple[Notice, ...]:
    """The standing remarks of a file, checked like rules.

    Errors: RuleError naming file, notice and key: an unknown or missing key, an unknown or missing source.
    Checked by: tests/contracts/test_rules.py, tests/unit/safety/test_rule.py
    """
    made = []
    for name, entry in _content(path).items():
        _check_keys(entry, ("text", "sources", "rows"), f"{path.name}: {name}")
        keys = _known_sources(entry["sources"], f"{path.name}: {name}: sources")
        rows = tuple(entry["rows"])
        made.append(Notice(id=name, text=entry["text"], source=cited(keys), year=sources()[keys[0]].year, rows=rows))
    return tuple(made)


@functools.cache
def left_out() -> tuple[LeftOut, ...]:
    """The rows of the evidence that became neither rule nor notice, each with its reason."""
    return read_left_out(FOLDER / "left_out.toml")


def read_left_out(path: Path) -> tuple[LeftOut, ...]:
    """The rows a file leaves out.

    Errors: RuleError naming file, row and key: an unknown key, no reason.
    Checked by: tests/unit/safety/test_rule.py
    """
    content = _content(path)
    for row, entry in content.items():
        _check_keys(entry, ("reason",), f"{path.name}: {row}")
    return tuple(LeftOut(row=row, reason=entry["reason"]) for row, entry in content.items())


def _check_keys(entry: Any, needed: tuple[str, ...], place: str, optional: tuple[str, ...] = ()) -> None:
    """A table with all of its keys and no others."""
    if not isinstance(entry, dict):
        raise refuse(place, entry, "a table")
    for key in entry:
        if key not in (*needed, *optional):
            raise refuse(f"{place}: {key}", key, nearest(key, (*needed, *optional)))
    for key in needed:
        if key not in entry:
            raise refuse(f"{place}: {key}", "nothing", f"a value: {key} is needed")


def read_rules(paths: Iterable[Path]) -> tuple[Rule, ...]:
    """The rules in these files, checked.

    Args:
        paths: TOML files; one table a rule, its name the rule's id

    Returns: the rules in order.
    Errors: RuleError naming file, rule and key, what was found and what is allowed: an unknown key, field, operator,
        word, level or source; a missing source; a source too weak for the level; an id used twice.
    Checked by: tests/contracts/test_rules.py, tests/unit/safety/test_rule.py
    """
    made: dict[str, Rule] = {}
    for path in paths:
        for name, entry in _content(path).items():
            place = f"{path.name}: {name}"
            if name in made:
                raise refuse(place, name, "an id that no other rule has")
            made[name] = _rule(name, entry, place)
    return tuple(made.values())


def _rule(name: str, entry: Any, place: str) -> Rule:
    _check_keys(entry, NEEDED, place, OPTIONAL)
    for key, choices in (("level", LEVELS), ("on", OCCASIONS)):
        if entry[key] not in choices:
            raise refuse(f"{place}: {key}", entry[key], nearest(entry[key], choices))
    keys = _known_sources(entry["sources"], f"{place}: sources")
    kind = sources()[keys[0]].kind
    if entry["level"] == "absolute" and kind not in STRONG:
        raise refuse(f"{place}: sources", kind, f"for level absolute a first source that is {', '.join(STRONG)}")
    others = entry.get("other_sources", [])
    if ("other_side" in entry) != bool(others):
        raise refuse(f"{place}: other_sources", others, "sources of other_side, and none without it")
    return Rule(
        id=name,
        **{key: entry[key] for key in ("level", "on", "reason", "clears", "example")},
        sources=keys,
        when=read_condition(entry["when"], f"{place}: when", entry["on"]),
        rows=tuple(entry["rows"]),
        other_side=entry.get("other_side", ""),
        other_sources=_known_sources(others, f"{place}: other_sources") if others else (),
        note=entry.get("note", ""),
    )


def _known_sources(keys: Any, place: str) -> tuple[str, ...]:
    if not isinstance(keys, list) or not keys:
        raise refuse(place, keys, "a list with at least one key of sources.toml")
    for key in keys:
        if key not in sources():
            raise refuse(place, key, nearest(key, sources()))
    return tuple(keys)


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path.name}: not a TOML file that can be read: {error}") from error
