"""The commands that list what there is: `cards`, `scales`, `cite`, `schema`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from microneedling.core import units
from microneedling.core.card import QUANTITY_KEYS, CardError, card_text, nearest, read_table
from microneedling.core.catalogue import KINDS, names, path_of
from microneedling.core.cite import bibliography, formatted
from microneedling.core.param import provenance
from microneedling.evaluation import observed
from microneedling.faces.ending import BadInput
from microneedling.faces.terminal import table
from microneedling.scales import standard
from microneedling.scales.amounts import PLACES
from microneedling.scales.clinical import SCALES
from microneedling.scales.clinical_series import designs, shown_unit
from microneedling.scales.grading import least_shown
from microneedling.scales.instruments import Instruments
from microneedling.simulate.result import load
from microneedling.study.cards import RECORDS, card_at
from microneedling.study.schema import schema


def list_cards(kind: str | None) -> None:
    """Kind, name and title of every card, or of those of one kind."""
    kinds = KINDS if kind is None else (kind,)
    rows = [(one, name, read_table(path_of(one, name))["title"]) for one in kinds for name in names(one)]
    table(("kind", "name", "title"), rows)


def show_card(name: str) -> None:
    """All that a card says, with its sources written out.

    Args:
        name: "skinpen_precision", "devices/skinpen_precision", or the path of a user's own card

    Errors: CardError when there is no such card or it cannot be read.
    """
    for kind, path in _found(name):
        content = read_table(path)
        if name.endswith(".toml") and "log_kow" in str(content):  # may be short: shown with what was filled in
            kind, content = "actives", tomllib.loads(card_text(card_at("actives", path)))
        meanings = {}
        if kind in RECORDS:
            card_at(kind, path)
            meanings = {key: fact.meaning for key, fact in provenance(RECORDS[kind]).items()}
        print(f"{content.pop('title')}\n{kind}/{path.stem}\n")
        keys = list(_print_table(content, meanings))
        if keys:
            print("\nSources")
            for reference in bibliography(keys):
                print(f"- {reference.key}: {formatted(reference)}")


def list_scales() -> None:
    """Name, title, unit, range, smallest noticeable change of every scale, and the least that shows in one person."""
    read = [one.record for one in standard.numbers() if hasattr(one.record, "CARD")]  # the rest are shared by scales
    least = {record.CARD.name: record.noticeable for record in read}
    shows = least_shows(least)
    rows = []
    for card in standard.cards(("<active>",)):
        shown = units.factor(card.shown, card.unit)
        change = f"{least[card.name] / shown:.3g}" if card.name in least else ""
        unit = "" if card.shown == "1" else card.shown
        one = f"{shows[card.name] / shown:.3g}" if card.name in shows else ""
        rows.append((card.name, card.title, unit, f"{card.low / shown:g} .. {card.high / shown:g}", change, one))
    table(("scale", "what it is", "unit", "range", "noticeable change", "shows in one person"), rows)
    print(f"Amounts are asked for as place.active, such as blood.caffeine; places: {', '.join(PLACES)}.")


def least_shows(noticeable: Mapping[str, float]) -> dict[str, float]:
    """The least change that shows in one person, of each scale an instrument or a rater reads [SI].

    Args:
        noticeable: smallest noticeable change by scale [SI]

    Checked by: tests/faces/test_cards_by_kind.py
    """
    known = Instruments()
    found = {name: float(least_shown(getattr(known, name), noticeable[name])) for name in provenance(Instruments)}
    for card in SCALES:
        least = float(least_shown(card.numbers.observer, card.numbers.noticeable)) * shown_unit(card)[2]
        found |= {f"{card.name}{design}": least for design in designs(card)}
    return found


def print_citations(path: Path) -> None:
    """The bibliography of exactly the numbers and findings of a result."""
    inner = path / "result.zarr"
    try:
        tree = load(inner if inner.is_dir() else path)
        parameters, safety = tree["parameters"].attrs, tree["safety"].attrs
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(f"{path}: found no result, allowed a folder that `microneedling run` wrote") from error
    keys = {key for row in json.loads(parameters["sources"]) for key in row}
    for reference in bibliography(keys):
        print(formatted(reference))
    said = dict.fromkeys(one["source"] for one in json.loads(safety["findings"]))
    if said:
        print("\nBehind the safety findings")
        print("\n".join(said))


def print_schema(*, of_observed: bool) -> None:
    """The JSON schema of a study file, or of a row of observed.csv."""
    print(json.dumps(observed_schema() if of_observed else schema(), indent=2, ensure_ascii=False))


def observed_schema() -> dict[str, Any]:
    """The JSON schema of one row of observed.csv; cells are text, columns stand in this order."""
    words = {"kind": observed.KINDS, "use": observed.USES, "spread_kind": observed.SPREAD_KINDS}
    meanings = {
        "arm": 'an arm of the study, or two as "a / b"',
        "scale": "name of a scale",
        "time": f"a time with its unit since the first needling, or {', '.join(observed.EVENTS)}",
        "value": f'a number, "<= 3" or ">= 3", or for a direction {", ".join(observed.DIRECTIONS)}',
        "unit": "unit of value and spread; empty for a direction",
        "spread": 'a size, or "low .. high"; may be empty',
        "n": "people, animals or samples; may be empty",
        "source": "the study",
        "where": "table, figure or page in it",
        "note": "what was converted or is uncertain",
    }
    columns = {
        name: {"type": "string"}
        | ({"description": meanings[name]} if name in meanings else {})
        | ({"enum": list(words[name])} if name in words else {})
        for name in observed.COLUMNS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A row of observed.csv",
        "type": "object",
        "properties": columns,
        "required": list(observed.COLUMNS),
        "additionalProperties": False,
    }


def _found(name: str) -> list[tuple[str, Path]]:
    """Kind and file of every card of that name."""
    if name.endswith(".toml"):
        path = path_of(KINDS[0], name)
        return [(path.parent.name, path)]
    kind, slash, rest = name.rpartition("/")
    if slash:
        return [(kind, path_of(kind, rest))]
    found = [(one, path_of(one, name)) for one in KINDS if name in names(one)]
    if not found:
        everything = [other for one in KINDS for other in names(one)]
        raise CardError(f'found "{name}", which is no card; {nearest(name, everything)}')
    return found


def _print_table(content: Mapping[str, Any], meanings: Mapping[str, str]) -> Iterable[str]:
    """Print a card's content in its own order; yields the source keys met."""
    for key, entry in content.items():
        if not isinstance(entry, dict):
            print(f"{key}: {', '.join(entry) if isinstance(entry, list) and _texts(entry) else entry}")
        elif "value" in entry and set(entry) <= set(QUANTITY_KEYS):
            source = entry.get("source", [])
            keys = [source] if isinstance(source, str) else source
            print(f"{key} = {entry['value']}  ({entry['spread']})  {meanings.get(key, '')}".rstrip())
            facts = (entry["grade"], ", ".join(keys), entry.get("where", ""), entry.get("note", ""))
            print(f"    {'; '.join(fact for fact in facts if fact)}")
            yield from keys
        else:
            print(f"\n[{key}]")
            yield from _print_table(entry, meanings)


def _texts(entry: list[Any]) -> bool:
    return all(isinstance(one, str) for one in entry)
