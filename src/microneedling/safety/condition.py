"""The conditions of rules: declared comparisons of fields, grouped by all and any; nothing is executed."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from microneedling.core import units
from microneedling.safety import vocabulary
from microneedling.safety.field import FIELDS, OPERATORS, Field


class RuleError(ValueError):
    """A rule that cannot be used, with a sentence naming file, rule, key, what was found and what is allowed."""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """One field compared with one value; `within` [s] bounds how far before or after the session words count."""

    field: str
    operator: str
    value: Any
    within: float | None = None


@dataclasses.dataclass(frozen=True)
class Group:
    """Several conditions of which all, or any, must hold."""

    how: str
    parts: tuple[Condition, ...]


Condition = Comparison | Group


def refuse(place: str, found: Any, allowed: str) -> RuleError:
    """The one form of a refusal."""
    shown = f'"{found}"' if isinstance(found, str) else str(found)
    return RuleError(f"{place}: found {shown}, allowed {allowed}")


def nearest(word: str, choices: Iterable[str]) -> str:
    """What to write in place of `word`."""
    known = sorted(choices)
    close = difflib.get_close_matches(str(word), known, n=3, cutoff=0.5)
    return f"{', '.join(close)} (nearest)" if close else ", ".join(known)


def read_condition(node: Any, place: str, on: str) -> Condition:
    """The condition in a TOML table: one of `all`, `any` (lists of conditions), or `field` with one operator.

    Args:
        node: the table
        place: file, rule and key, for messages
        on: the occasion of the rule, which says what fields there are

    Returns: the condition with its numbers in SI.
    Errors: RuleError when field, operator, value or word is not known.
    Checked by: tests/unit/safety/test_condition.py
    """
    if not isinstance(node, dict):
        raise refuse(place, node, "a table with all, any or field")
    groups = [how for how in ("all", "any") if how in node]
    if groups:
        how = groups[0]
        if len(node) != 1:
            raise refuse(place, ", ".join(sorted(node)), "one of all, any, field")
        if not isinstance(node[how], list) or not node[how]:
            raise refuse(f"{place}.{how}", node[how], "a list of conditions")
        parts = [read_condition(one, f"{place}.{how}[{i}]", on) for i, one in enumerate(node[how])]
        return Group(how, tuple(parts))
    return _comparison(node, place, on)


def _comparison(node: Mapping[str, Any], place: str, on: str) -> Comparison:
    name = node.get("field", "")
    here = [known for known, field in FIELDS.items() if on in field.on]
    if name not in here:
        raise refuse(f"{place}.field", name, f'{nearest(name, here)} for a rule on "{on}"')
    field = FIELDS[name]
    timed = field.kind == "timed words"
    operators = [key for key in node if key not in ("field", "within")]
    allowed = OPERATORS[field.kind]
    if len(operators) != 1 or operators[0] not in allowed:
        found = ", ".join(operators) or "no operator"
        raise refuse(place, found, f"one of {', '.join(allowed)} for {name}")
    if timed != ("within" in node):
        need = 'within = "72 h" or the like' if timed else "no within"
        raise refuse(f"{place}.within", node.get("within", "nothing"), f"{need} for {name}")
    within = _quantity(node["within"], "s", f"{place}.within") if timed else None
    operator = operators[0]
    return Comparison(name, operator, _value(field, operator, node[operator], f"{place}.{operator}"), within)


def _value(field: Field, operator: str, value: Any, place: str) -> Any:
    """The value of a comparison, checked: SI number, true or false, or words of the field's vocabulary."""
    if field.kind == "number":
        return _quantity(value, field.unit, place)
    if operator in ("is", "present"):
        if not isinstance(value, bool):
            raise refuse(place, value, "true or false")
        return value
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise refuse(place, value, "a list of words")
    if operator == "mentions":
        return tuple(word.lower() for word in value)
    for word in value:
        if field.category and not vocabulary.is_word(field.category, word):
            raise refuse(place, word, f"words of {field.category}: {vocabulary.near(field.category, word)}")
    return tuple(value)


def _quantity(value: Any, unit: str, place: str) -> float:
    if not isinstance(value, str):
        raise refuse(place, value, f'text with a unit such as "1 {units.example(unit)}"')
    try:
        return units.read(value, unit)
    except units.UnitError as error:
        raise RuleError(f"{place}: {error}") from error


def holds(condition: Condition, facts: Mapping[str, Any]) -> bool:
    """Does the condition hold for these facts? Pure; facts hold SI numbers and canonical words by field name."""
    if isinstance(condition, Group):
        return (all if condition.how == "all" else any)(holds(part, facts) for part in condition.parts)
    found, value = facts[condition.field], condition.value
    if condition.within is not None:
        found = tuple(word for word, gap in found if gap < condition.within * (1.0 - SAME))
    return ANSWERS[condition.operator](found, value)


SAME = 1e-9  # relative; "1500 um" and "1.5 mm" are the same limit whatever the rounding

ANSWERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "above": lambda found, value: found > value * (1.0 + SAME),
    "below": lambda found, value: found < value * (1.0 - SAME),
    "at_least": lambda found, value: found >= value * (1.0 - SAME),
    "at_most": lambda found, value: found <= value * (1.0 + SAME),
    "is": lambda found, value: found is value,
    "present": lambda found, value: bool(found) is value,
    "any_of": lambda found, value: found in value,
    "none_of": lambda found, value: found not in value,
    "mentions": lambda found, value: any(word in found.lower() for word in value),
    "has_any": lambda found, value: any(word in value for word in found),
    "lacks_all": lambda found, value: not any(word in value for word in found),
}
