"""The checklist of the credibility report: each point with the records that answer it, looked up when it is made."""

from __future__ import annotations

import ast
import dataclasses
import functools
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core.document import Part, Table, Text
from microneedling.evaluation.credibility_records import RecordError

SAID = Path(__file__).with_name("credibility_checklist.toml")
ANSWERED, PARTLY, OPEN, LOST = "answered", "partly", "open", "record gone"
HEAD = ("No.", "Asked", "Standing", "What there is", "Records")


@dataclasses.dataclass(frozen=True)
class Item:
    """One point: what is asked, how it stands, and its records, with those that are not there."""

    id: str
    topic: str
    asks: str
    standing: str
    says: str
    records: tuple[str, ...]
    lost: tuple[str, ...]


def checklist(root: Path | None) -> list[Item]:
    """Every point as it stands in a repository; a point of which any record is gone is not answered.

    Args:
        root: of the repository; None where there is none, and then no record is looked up

    Checked by: tests/unit/evaluation/test_credibility_checklist.py
    """
    said = tomllib.loads(SAID.read_text(encoding="utf-8"))
    return [_item(one, topic["name"], root) for topic in said["topic"] for one in topic["item"]]


def checklist_parts(root: Path | None, sections: Mapping[str, int]) -> tuple[Part, ...]:
    """The points as tables, one for each topic.

    Args:
        root: as for `checklist`
        sections: of the report: id -> number, for what points to another section

    Checked by: tests/unit/evaluation/test_credibility_checklist.py
    """
    items = checklist(root)
    counts = Counter(one.standing for one in items)
    counted = ", ".join(f"{counts[word]} {word}" for word in (ANSWERED, PARTLY, OPEN, LOST) if counts[word])
    looked = (
        "Each record was looked up just now." if root else "The repository is not here, so no record was looked up."
    )
    topics = dict.fromkeys(one.topic for one in items)
    tables = (Table(name, HEAD, _rows(items, name, sections), (0.6, 3, 1.2, 5, 5)) for name in topics)
    return (Text(f"{len(items)} points: {counted}. Counting them is no score. {looked}"), *tables)


def _rows(items: Sequence[Item], topic: str, sections: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    own = [one for one in items if one.topic == topic]
    return tuple((one.id, one.asks, one.standing, one.says.format(**sections), _records(one)) for one in own)


def _records(one: Item) -> str:
    shown = [f"{name} (not there)" if name in one.lost else name for name in one.records]
    return "; ".join(shown) or "none"


def _item(said: Mapping[str, Any], topic: str, root: Path | None) -> Item:
    records = tuple(said.get("records", ()))
    lost = () if root is None else tuple(name for name in records if not is_there(root, name))
    standing = LOST if lost else str(said["standing"])
    return Item(said["id"], topic, said["asks"], standing, said["says"], records, lost)


def is_there(root: Path, record: str) -> bool:
    """Does a repository hold a record: a file, or a test as file::function?

    Errors: RecordError when a test file is no Python.
    Checked by: tests/unit/evaluation/test_credibility_checklist.py
    """
    name, _, function = record.partition("::")
    path = root / name
    return path.is_file() and (not function or function in _functions(path))


@functools.cache
def _functions(path: Path) -> frozenset[str]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: found no Python ({error}), allowed a test file") from error
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def emergent_parts(root: Path | None, said: Sequence[Mapping[str, str]]) -> tuple[Part, ...]:
    """Behaviour no equation states, each with the test that checks it.

    Checked by: tests/unit/evaluation/test_credibility_checklist.py
    """
    lines = []
    for one in said:
        there = root is None or is_there(root, one["test"])
        lines.append((one["what"], one["test"] if there else f"{one['test']} (not there)"))
    return (
        Text(
            "No equation states these; they come out of many, and a test looks whether they still do. The studies they "
            "are compared with are named in the tests and are calibration sources, so this is plausibility and no "
            "validation. Nobody outside the project has reviewed it."
        ),
        Table("Behaviour and the test that checks it", ("Behaviour", "Test"), tuple(lines), (4, 5)),
    )
