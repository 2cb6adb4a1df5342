"""The allowed words of a person's history, of aftercare, of flags and of sites, with their synonyms."""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from microneedling.protocol.protocol import Protocol
from microneedling.skin.person import BASELINE, SEXES, Person

FILE = Path(__file__).parent / "vocabulary.toml"
HISTORY = ("conditions", "medicines", "habits", "allergies")  # categories that are fields of a person
FIXED = {
    "sex": SEXES,
    "region": ("face", "body", "animal"),
    "family": ("pen", "roller", "stamp", "patch"),
    "exfoliants": ("tape", "scrub", "blade", "grit"),
    "forms": ("coated", "dissolving", "injected", "hydrogel"),
    "baseline": tuple(BASELINE),
}


class WordError(ValueError):
    """A vocabulary that contradicts itself, or a word that is not in it."""


@functools.cache
def vocabulary() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Category to canonical word to its synonyms, as written in vocabulary.toml."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    made = {
        category: MappingProxyType({word: tuple(others) for word, others in words.items()})
        for category, words in content.items()
    }
    return MappingProxyType(made)


def canonical(category: str, word: str) -> str | None:
    """The canonical spelling of `word`, or None when the category does not have it."""
    return _lookup(category).get(_plain(word))


def kept(category: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words in canonical spelling; a word that is not in the vocabulary stays as it is."""
    return tuple(canonical(category, word) or word for word in words)


def is_word(category: str, word: str) -> bool:
    """Is `word` a canonical word of the category?"""
    return word in (FIXED.get(category) or vocabulary()[category])


def near(category: str, word: str) -> str:
    """What to write in place of `word`: its nearest words, or all of a short category."""
    spelled = FIXED[category] if category in FIXED else _lookup(category)
    close = difflib.get_close_matches(_plain(word), spelled, n=6, cutoff=0.5)
    words = [one if category in FIXED else _lookup(category)[one] for one in close]
    choices = list(dict.fromkeys(words))[:3] or sorted(FIXED.get(category) or vocabulary()[category])
    return ", ".join(choices)


def check_words(person: Person) -> tuple[str, ...]:
    """One sentence for each word of a person's history that the rules do not know; none when all are known.

    Args:
        person: conditions, medicines, habits and allergies are checked

    Returns: sentences naming the field, what was found and the nearest allowed words.
    Checked by: tests/unit/safety/test_vocabulary.py
    """
    lists = {f"person.{category}": (category, getattr(person, category)) for category in HISTORY}
    return _unknown(lists)


def check_care(protocol: Protocol) -> tuple[str, ...]:
    """One sentence for each aftercare word of a protocol that the rules do not know."""
    return _unknown({"protocol.care.what": ("care", [care.what for care in protocol.care])})


def check_flags(flags: Iterable[str]) -> tuple[str, ...]:
    """One sentence for each flag of an active or a vehicle that the rules do not know."""
    return _unknown({"flags": ("flags", flags)})


def _unknown(lists: Mapping[str, tuple[str, Iterable[str]]]) -> tuple[str, ...]:
    return tuple(
        f'{place}: found "{word}", nearest: {near(category, word)}'
        for place, (category, words) in lists.items()
        for word in words
        if canonical(category, word) is None
    )


@functools.cache
def _lookup(category: str) -> Mapping[str, str]:
    """Every spelling of a category to its canonical word.

    Errors: WordError when one spelling stands for two words.
    """
    found: dict[str, str] = {}
    for word, others in vocabulary()[category].items():
        for spelling in (word, *others):
            if found.setdefault(_plain(spelling), word) != word:
                message = (
                    f'vocabulary.toml: {category}: "{spelling}" stands for "{word}" and "{found[_plain(spelling)]}"'
                )
                raise WordError(message)
    return MappingProxyType(found)


def _plain(word: str) -> str:
    return " ".join(word.lower().replace("_", " ").replace("-", " ").split())
