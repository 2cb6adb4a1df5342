"""TOML to checked tables; every refusal is one line: file, key, what was found, what is allowed."""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from microneedling.study.quantity import shown

M = TypeVar("M", bound=BaseModel)
Place = tuple[str, ...]

CARD_KEYS = ("card", "device", "active", "vehicle", "method")
LONG_LIST = 12  # above this many names only the nearest are written out

ALLOWED = {
    "missing": "a value: this key is needed",
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "string_too_short": "text that is not empty",
    "list_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
}


@dataclasses.dataclass(frozen=True)
class Problem:
    """One thing wrong with a study: dotted key, what was found there, what is allowed."""

    key: str
    found: str
    allowed: str


class StudyError(ValueError):
    """A study that cannot be run; one line for each problem."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        lines = (f"{file}: {one.key}: found {one.found}, allowed {one.allowed}" for one in problems)
        super().__init__("\n".join(" ".join(line.split()) for line in lines))


def table_of(path: Path) -> dict[str, Any]:
    """The content of a TOML file; its own cards (relative paths ending in .toml) stand beside it.

    Errors: StudyError when the file is missing, unreadable, or broken (with line and column).
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
        return {key: _card(key, value, path.parent) for key, value in content.items()}
    except FileNotFoundError as error:
        beside = [one.name for one in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        near = difflib.get_close_matches(path.name, beside, n=1)
        hint = f' such as "{path.with_name(near[0])}"' if near else ""
        raise StudyError(str(path), [Problem("file", "no such file", f"the path of a study file{hint}")]) from error
    except tomllib.TOMLDecodeError as error:
        place, reason = _place(str(error), text)
        raise StudyError(path.name, [Problem(place, f"broken TOML ({reason})", "valid TOML")]) from error
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8 text (byte {error.start})"
        raise StudyError(path.name, [Problem("file", found, "a TOML file in UTF-8")]) from error
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        raise StudyError(str(path), [Problem("file", found, "the path of a study file")]) from error


def made(model: type[M], table: Any, *, file: str) -> M:
    """The table as a pydantic model.

    Errors: StudyError naming every key that is wrong.
    """
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise StudyError(file, _problems(model, error)) from error


def near(word: str, names: Iterable[str]) -> str:
    """What to write in place of `word`: the nearest names first, then all when they are few."""
    choices = sorted(names)
    close = difflib.get_close_matches(word, choices, n=3, cutoff=0.5)
    nearest = f"{', '.join(close)} (nearest)" if close else ""
    everything = ", ".join(choices) or "nothing (there is none)"
    if close and len(choices) > LONG_LIST:
        return nearest
    return f"{nearest}; all: {everything}" if close else everything


def dotted(place: Sequence[str | int]) -> str:
    """The key path "protocol.session[0].depth"."""
    words = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in place)
    return words.removeprefix(".") or "file"


def _problems(model: type[BaseModel], error: ValidationError) -> list[Problem]:
    """Pydantic's errors in our words; a key missing only because it is misspelt is told once."""
    found: list[Problem] = []
    told: set[tuple[str | int, ...]] = set()
    reference = model.model_json_schema()
    tables = _tables(reference, reference)
    for one in sorted(error.errors(), key=lambda one: one["type"] == "missing"):
        place, kind = tuple(one["loc"]), one["type"]
        if kind == "extra_forbidden":
            names = tables[_words(place[:-1])]
            close = difflib.get_close_matches(str(place[-1]), names, n=1, cutoff=0.5)
            told.update((*place[:-1], name) for name in close)
            found.append(Problem(dotted(place), "an unknown key", _home(str(place[-1]), names, tables)))
        elif kind == "missing":
            found += [] if place in told else [Problem(dotted(place), "nothing", ALLOWED["missing"])]
        elif kind == "refused":
            found.append(Problem(dotted(place), one["ctx"]["found"], one["ctx"]["allowed"]))
        else:
            allowed = one.get("ctx", {}).get("expected") or ALLOWED.get(kind, one["msg"])
            found.append(Problem(dotted(place), shown(one["input"]), str(allowed).replace("'", '"')))
    return found


def _home(word: str, here: Sequence[str], tables: Mapping[Place, Sequence[str]]) -> str:
    """Where an unknown key belongs: in another table under this very name, or here under a name near to it."""
    homes = [".".join(place) for place, names in tables.items() if word in names]
    where = [f"in [{home}]" if home else "above the first table" for home in homes]
    return f"{' or '.join(where)}; here: {', '.join(sorted(here))}" if homes else near(word, here)


def _tables(reference: Mapping[str, Any], here: Mapping[str, Any], place: Place = ()) -> dict[Place, tuple[str, ...]]:
    """Every table of a JSON schema and the keys it takes."""
    while "properties" not in here:
        if "$ref" in here:
            here = reference["$defs"][here["$ref"].rsplit("/", 1)[1]]
        elif "anyOf" in here or "items" in here:
            here = here["anyOf"][0] if "anyOf" in here else here["items"]
        else:
            return {}
    found = {place: tuple(here["properties"])}
    for key, entry in here["properties"].items():
        found |= _tables(reference, entry, (*place, key))
    return found


def _words(place: Sequence[str | int]) -> Place:
    return tuple(one for one in place if isinstance(one, str))


def _place(message: str, text: str) -> tuple[str, str]:
    """Line and column, and the reason, of tomllib's message."""
    match = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\s*$", message)
    if match is None:
        return "file", message
    lines = text.splitlines() or [""]
    line, column = match.group(1) or len(lines), match.group(2) or len(lines[-1]) + 1
    return f"line {line}, column {column}", message[: match.start()]


def _anchored(entry: Any, folder: Path) -> Any:
    """The same tables with a user's own cards found beside the study file, wherever the program was started."""
    if isinstance(entry, list):
        return [_anchored(one, folder) for one in entry]
    if not isinstance(entry, dict):
        return entry
    return {key: _card(key, value, folder) for key, value in entry.items()}


def _card(key: str, value: Any, folder: Path) -> Any:
    own = key in CARD_KEYS and isinstance(value, str) and value.endswith(".toml")
    return str(folder / value) if own else _anchored(value, folder)
