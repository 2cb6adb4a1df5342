"""Every word that a rule names makes it speak, by itself; and the rules on persons speak on a study file."""

import copy
import tomllib
from pathlib import Path

import pytest

from microneedling.safety.condition import Group
from microneedling.safety.example import planted
from microneedling.safety.rule import rules
from microneedling.safety.screen import screen
from microneedling.study.numbers import cards_of
from microneedling.study.schema import Study
from microneedling.study.screening import findings

STUDY = Path(__file__).parents[2] / "examples" / "acne_scars.toml"
LISTS = ("person.conditions", "person.medicines", "person.habits", "person.allergies", "topical.flags")
PLACES = ("site.name", "device.family")


def leaves(condition, rivals=()):
    """Comparisons of a condition, each with the fields that could make the rule speak in its place."""
    if not isinstance(condition, Group):
        yield condition, rivals
        return
    for part in condition.parts:
        others = [leaf.field for one in condition.parts if one is not part for leaf, _ in leaves(one)]
        yield from leaves(part, (*rivals, *(others if condition.how == "any" else ())))


def cases():
    """Rule, field, word, and the rule's example with that word alone in place of what its rivals say."""
    for rule in rules():
        for leaf, rivals in leaves(rule.when):
            if leaf.operator not in ("has_any", "any_of") or leaf.field not in (*LISTS, *PLACES):
                continue
            for word in leaf.value:
                yield pytest.param(rule, changed(rule, leaf, word, rivals), id=f"{rule.id}-{word}")


def changed(rule, leaf, word, rivals):
    field = leaf.field
    made = copy.deepcopy(dict(rule.example))
    for one in rivals:
        table, key = one.split(".")
        if one != field and one in (*LISTS, "person.pregnant", "person.baseline"):
            made.get(table, {}).pop(key, None)
    table, key = field.split(".")
    own = made.setdefault(table, {})
    beside = [] if field in rivals or field not in LISTS else [one for one in own.get(key, []) if one not in leaf.value]
    own[key] = [word, *beside] if field in LISTS else word
    return made


@pytest.mark.parametrize(("rule", "change"), list(cases()))
def test_every_word_alone_makes_the_rule_speak(rule, change):
    assert rule.id in {one.id for one in screen(planted(change))}, change


@pytest.fixture(scope="module")
def table():
    return tomllib.loads(STUDY.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cards(table):
    return cards_of(Study.of(table).plain())


OF_PERSONS = [rule for rule in rules() if rule.on == "person" and set(rule.example) == {"person"}]


@pytest.mark.parametrize("rule", OF_PERSONS, ids=lambda rule: rule.id)
def test_a_rule_on_the_person_speaks_on_a_study_file(rule, table, cards):
    study = Study.of({**table, "person": {**table["person"], **rule.example["person"]}}).plain()
    assert rule.id in {one.id for one in findings(study, cards)}
