"""What the repository's own records hold for the credibility report; nothing is run here."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.catalogue import FOLDER, KINDS
from microneedling.core.param import provenance
from microneedling.core.sourced import sourced
from microneedling.laws import standard as laws
from microneedling.scales import standard as scales
from microneedling.simulate.readouts import READOUTS
from microneedling.skin.complexion import Complexion
from microneedling.treatments.deposit import SwollenArray
from microneedling.treatments.insertion import Insertion
from microneedling.treatments.topical import Wipe

ROW_KEYS = ("case", "use", "arm", "scale", "time", "kind", "observed", "median", "low", "high", "miss", "verdict",
            "source", "unit", "measure")  # fmt: skip
MET = ("inside", "right")


class RecordError(ValueError):
    """A record that cannot be read, with a sentence naming file and key, what was found and what is allowed."""


@dataclasses.dataclass(frozen=True)
class Validated:
    """What a validation left behind: rows, whole sets, cases that could not be run, and of which version."""

    version: str
    rows: tuple[Mapping[str, Any], ...]
    sets: Mapping[str, Any]
    problems: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Setting:
    """Where one validation case stands: whose skin, which site, device and depth; "" where its file says nothing."""

    case: str
    species: str
    setup: str
    site: str
    phototype: str
    sex: str
    age: str
    devices: tuple[str, ...]
    depths: tuple[float, ...] = ()  # as set [m]
    needled: frozenset[str] = frozenset()  # arms with needles


def content(path: Path) -> Any:
    """A JSON file.

    Errors: RecordError when it cannot be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise RecordError(
            f"{path}: found no JSON that can be read ({error}), allowed a record of this program"
        ) from error


@contextlib.contextmanager
def reading(path: Path, *, allowed: str) -> Iterator[None]:
    """Whatever inside finds a record of another form tells so, as one sentence.

    Args:
        path: of the record
        allowed: what writes such a record

    Errors: RecordError.
    Checked by: tests/faces/test_credibility_command.py
    """
    try:
        yield
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise RecordError(f"{path}: found a record of another form ({error}), allowed what {allowed} writes") from error


def validated(path: Path) -> Validated:
    """The results of `validate`.

    Args:
        path: validation.json

    Errors: RecordError naming file, key, and what was found.
    Checked by: tests/unit/evaluation/test_credibility.py
    """
    found = content(path)
    for key, kind in (("version", str), ("rows", list), ("sets", dict), ("problems", dict)):
        one = found.get(key) if isinstance(found, dict) else found
        if not isinstance(found, dict) or not isinstance(one, kind):
            shown = type(one).__name__
            raise RecordError(f"{path}: {key}: found {shown}, allowed what `microneedling validate` writes")
    for n, row in enumerate(found["rows"]):
        missing = [key for key in ROW_KEYS if key not in row]
        if missing:
            raise RecordError(f"{path}: rows[{n}].{missing[0]}: found nothing, allowed a value")
    return Validated(found["version"], tuple(found["rows"]), found["sets"], found["problems"])


def settings(folder: Path) -> dict[str, Setting]:
    """Case to setting, from the study files of a folder of cases.

    Errors: RecordError when a study file is no TOML.
    Checked by: tests/unit/evaluation/test_credibility.py
    """
    return {path.parent.name: _setting(path) for path in sorted(folder.glob("*/study.toml"))}


def _setting(path: Path) -> Setting:
    return setting_of(_toml(path), case=path.parent.name, folder=path.parent)


def setting_of(study: Mapping[str, Any], *, case: str, folder: Path) -> Setting:
    """Where one study stands.

    Args:
        study: the tables of a study file
        case: what to call it
        folder: of the file, where cards of its own are

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    person, site = study.get("person", {}), study.get("site", {}).get("card", "")
    card = folder / site if site.endswith(".toml") else FOLDER / "sites" / f"{site}.toml"
    arms = [study.get("protocol", {}), *study.get("arm", [])]
    uses = [one for arm in arms for one in _uses(arm)]
    return Setting(
        case=case,
        species=str(_toml(card).get("species", "")) if card.is_file() else "",
        setup=str(study.get("setup", "in vivo")),
        site=Path(site).stem,
        phototype=str(person.get("phototype", "")),
        sex=str(person.get("sex", "")),
        age=str(person.get("age", "")),
        devices=tuple(dict.fromkeys(str(one["device"]) for one in uses if one.get("device"))),
        depths=tuple(dict.fromkeys(units.read(str(one["depth"]), "m") for one in uses if one.get("depth"))),
        needled=frozenset(str(arm.get("name", "")) for arm in arms if _uses(arm) or arm.get("kind") == "needling only"),
    )


def _uses(arm: Any) -> list[Mapping[str, Any]]:
    """Sessions and deposits of an arm that pierce."""
    every = [one for kind in ("session", "deposit") for one in arm.get(kind, [])] if isinstance(arm, dict) else []
    return [one for one in every if isinstance(one, dict) and not one.get("sham")]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecordError(
            f"{path}: found no TOML that can be read ({error}), allowed a file of this program"
        ) from error


def test_counts(folder: Path, kinds: Iterable[str]) -> dict[str, int]:
    """Test functions written in each subfolder, counted in the source; one that runs over a list counts once.

    For "faults" the planted faults themselves are counted, each of which one test must catch.

    Args:
        folder: the repository's tests
        kinds: names of subfolders

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    return {kind: sum(_count(path, kind) for path in sorted((folder / kind).rglob("*.py"))) for kind in kinds}


def _count(path: Path, kind: str) -> int:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: found no Python ({error}), allowed a test file") from error
    if kind == "faults":
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        return sum(isinstance(node.func, ast.Name) and node.func.id == "Fault" for node in calls)
    if not path.name.startswith("test_"):
        return 0
    return sum(isinstance(n, ast.FunctionDef) and n.name.startswith("test_") for n in ast.walk(tree))


def grades() -> dict[str, Counter[str]]:
    """Grade of evidence of every number the package holds, by where it stands: the model, or a kind of card.

    Parameter sets replace numbers counted here, so they are not counted again.

    Checked by: tests/unit/evaluation/test_credibility.py
    """
    model = (*laws.numbers(), *scales.numbers(), *(sourced(one) for one in READOUTS))
    parts = (Insertion(), Wipe(), SwollenArray(), Complexion())
    facts = {f"{one.name}.{key}": fact for one in model for key, fact in one.facts.items()}
    facts |= {f"{type(one).__name__}.{key}": fact for one in parts for key, fact in provenance(one).items()}
    found = {"laws, treatments and scales": Counter(fact.grade for fact in facts.values())}
    for kind in (kind for kind in KINDS if kind != "parameter_sets"):
        cards = (_toml(path) for path in sorted((FOLDER / kind).glob("*.toml")))
        counted = Counter(grade for card in cards for grade in _graded(card))
        if counted:
            found[f"cards: {kind.replace('_', ' ')}"] = counted
    return found


def _graded(node: Any) -> Sequence[str]:
    """The grade of each number anywhere in a card."""
    if isinstance(node, list):
        return [grade for one in node for grade in _graded(one)]
    if not isinstance(node, dict):
        return []
    if "value" in node and "grade" in node:
        return [str(node["grade"])]
    return [grade for one in node.values() for grade in _graded(one)]
