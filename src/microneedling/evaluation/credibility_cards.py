"""Validation cards, one for each sub-model, counted from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from microneedling.core.catalogue import names
from microneedling.core.document import Part, Table, Text
from microneedling.evaluation.credibility_records import Setting, Validated
from microneedling.evaluation.credibility_rows import AGES, USES, Row, age_band, belongs, met, miss_words, share

WORST = 3
NO_MARK = "none was set before the comparison"


def cards(found: Validated, settings: Mapping[str, Setting], parts: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """A table for each sub-model: form, rows, hits, largest misses, pass mark, and what its rows cover.

    Args:
        found: results of a validation
        settings: of its cases
        parts: of credibility.toml

    Checked by: tests/unit/evaluation/test_credibility_cards.py
    """
    said = Text(
        "Coverage is of validation rows in living people unless the line says otherwise; a part without validation "
        "rows covers nothing. A site, phototype or age not named has no evidence. Phototype and age are as the study "
        "file sets them; where a source is silent, assumed."
    )
    return (said, *(_card(part, found, settings) for part in parts))


def _card(part: Mapping[str, Any], found: Validated, settings: Mapping[str, Setting]) -> Table:
    own = [row for row in found.rows if belongs(row, part, settings)]
    tests, learnt = ([row for row in own if row["use"] == use] for use in USES)
    told = [("People or samples", _samples(tests)), ("Largest misses", _worst(tests)), *_cover(tests, settings)]
    lines = [
        ("Form", part["form"]),
        ("Stands in", ", ".join(part["code"])),
        *(("Whole set", words) for words in _sets(part, found)),
        ("Validation", count_words(tests)),
        ("Calibration", count_words(learnt)),
        ("Pass mark", str(part.get("pass_mark", NO_MARK))),
        *(told if tests else ()),
    ]
    return Table(part["name"], ("", "What the records say"), tuple(lines), (1, 5))


def count_words(rows: Sequence[Row]) -> str:
    """How many rows were met, and how many there are of how many cases and sources."""
    if not rows:
        return "no evidence: no row"
    judged = [row for row in rows if row["verdict"] in ("right", "wrong")]
    numbers = [row for row in rows if row not in judged]
    kinds = ((numbers, "numbers inside"), (judged, "directions and bounds right"))
    cases, sources = ({row[key] for row in rows} for key in ("case", "source"))
    _, computed = met(rows)
    told = [f"{share(some)} {what}" for some, what in kinds if met(some)[1]]
    told += [f"{len(rows) - computed} not computed"] if len(rows) > computed else []
    counts = (_many(len(rows), "row"), _many(len(cases), "case"), _many(len(sources), "source"))
    return f"{', '.join(told)}. {', '.join(counts)}."


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _samples(rows: Sequence[Row]) -> str:
    stated = [int(row["n"]) for row in rows if row.get("n")]
    if not stated:
        return f"stated in none of {_many(len(rows), 'row')}"
    span = f"{min(stated)} to {max(stated)}" if len({*stated}) > 1 else str(stated[0])
    return f"{span} a row, stated in {len(stated)} of {_many(len(rows), 'row')}"


def _worst(rows: Sequence[Row]) -> str:
    """Misses with the size that is largest beside what was observed, and how many there are."""
    wrong = [row for row in rows if row["verdict"] in ("above", "below", "wrong")]
    if not wrong:
        return "none missed"
    ordered = sorted(wrong, key=_relative, reverse=True)[:WORST]
    return f"{len(wrong)} {'miss' if len(wrong) == 1 else 'misses'}: {'; '.join(map(miss_words, ordered))}"


def _relative(row: Row) -> float:
    """Size of a miss over what was observed; a wrong direction comes first."""
    if row["kind"] == "direction" or not isinstance(row["miss"], (int, float)) or not row["observed"]:
        return float("inf")
    return abs(row["miss"] / row["observed"])


def _sets(part: Mapping[str, Any], found: Validated) -> list[str]:
    """Whole sets of coefficients belong to permeation through intact skin."""
    if part.get("needled") is not False:
        return []
    told = []
    for one in found.sets.values():
        for row in (row for row in one["classes"] if row["label"] == "all"):
            model = row["model"]
            told.append(
                f"{one['title']}, {row['use']}: {100 * model['coverage']:.0f} % of {row['rows']} inside, rms error "
                f"{model['rms']:.2f} in log10 (Potts and Guy {row['potts_guy']['rms']:.2f})"
            )
    return told


def _cover(rows: Sequence[Row], settings: Mapping[str, Setting]) -> list[tuple[str, str]]:
    known = [settings[row["case"]] for row in rows if row["case"] in settings]
    people = [one for one in known if (one.species, one.setup) == ("human", "in vivo")]
    other = Counter(f"{one.species}, {one.setup}" for one in known if one not in people)
    human = [name for name in names("sites") if name not in ("pig_ear", "rat_dorsum")]
    lines = [
        ("Sites", _shares(people, lambda one: one.site, human)),
        ("Phototypes", _shares(people, lambda one: one.phototype, tuple("123456"))),
        ("Ages", _shares(people, lambda one: age_band(one.age) if one.age else "", [name for name, _, _ in AGES])),
        ("Devices", ", ".join(_named(one.devices for one in known)) or "none"),
        ("Depths", _depths(known)),
    ]
    return lines + ([("Other skin", _listed(other))] if other else [])


def _shares(known: Sequence[Setting], key: Callable[[Setting], str], every: Sequence[str]) -> str:
    """Rows by class, and the classes nobody was measured in."""
    counts = Counter(key(one) for one in known if key(one))
    if not counts:
        return "no evidence"
    bare = [name.replace("_", " ") for name in every if not counts[name]]
    return _listed(counts) + (f"; no evidence: {', '.join(bare)}" if bare else "")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} ({n})" for name, n in sorted(counts.items()))


def _named(devices: Any) -> list[str]:
    return sorted({name.removesuffix(".toml").replace("_", " ") for some in devices for name in some if name})


def _depths(known: Sequence[Setting]) -> str:
    every = [depth for one in known for depth in one.depths]
    if not every:
        return "none set"
    ends = sorted({f"{1e3 * min(every):.2g}", f"{1e3 * max(every):.2g}"}, key=float)
    return f"{' to '.join(ends)} mm as set"
