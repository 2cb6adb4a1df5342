"""Reading conditions, refusing wrong ones with one clear message, and judging facts."""

import pytest

from microneedling.safety.condition import RuleError, holds, read_condition

HERE = "own.toml: mine: when"


def read(node, on="session"):
    return read_condition(node, HERE, on)


def test_numbers_come_in_si():
    assert read({"field": "session.depth", "above": "0.5 mm"}).value == pytest.approx(5e-4)


@pytest.mark.parametrize(
    ("operator", "at", "expected"),
    [("above", 1e-3, False), ("at_least", 1e-3, True), ("below", 1e-3, False), ("at_most", 1e-3, True)],
)
def test_thresholds_are_told_apart(operator, at, expected):
    condition = read({"field": "session.depth", operator: "1 mm"})
    assert holds(condition, {"session.depth": at}) is expected


def test_groups_hold_when_all_or_any_of_their_parts_do():
    deep = {"field": "session.depth", "above": "1 mm"}
    open_needle = {"field": "session.sterile", "is": False}
    facts = {"session.depth": 2e-3, "session.sterile": True}
    assert not holds(read({"all": [deep, open_needle]}), facts)
    assert holds(read({"any": [deep, open_needle]}), facts)


def test_words_of_care_count_only_within_their_time():
    condition = read({"field": "care.after", "has_any": ["heat"], "within": "2 d"})
    assert holds(condition, {"care.after": (("heat", 86400.0),)})
    assert not holds(condition, {"care.after": (("heat", 2 * 86400.0),)})


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ({"field": "session.deepness", "above": "1 mm"}, ['"session.deepness"', "allowed session.depth"]),
        ({"field": "topical.flags", "has_any": ["acid"]}, ['"topical.flags"', 'a rule on "session"']),
        ({"field": "session.depth", "over": "1 mm"}, ['"over"', "above, below, at_least, at_most"]),
        ({"field": "session.depth"}, ["no operator", "one of above"]),
        ({"field": "session.depth", "above": 1.0}, ["found 1.0", "text with a unit"]),
        ({"field": "session.depth", "above": "1 s"}, ["above", 'unit "s" does not fit']),
        ({"field": "person.conditions", "has_any": ["acnee"]}, ['"acnee"', "active acne"]),
        ({"field": "person.sex", "any_of": ["woman"]}, ['"woman"', "female"]),
        ({"field": "person.pregnant", "is": "yes"}, ['"yes"', "true or false"]),
        ({"field": "person.conditions", "has_any": []}, ["found []", "a list of words"]),
        ({"field": "care.after", "has_any": ["heat"]}, ["within", "nothing"]),
        ({"field": "session.sterile", "is": False, "within": "2 d"}, ["no within"]),
        ({"all": [], "any": []}, ["one of all, any, field"]),
        ({"all": []}, ["a list of conditions"]),
        ("session.depth > 1", ["a table with all, any or field"]),
    ],
)
def test_a_wrong_condition_is_refused_in_one_line(node, said):
    with pytest.raises(RuleError) as caught:
        read(node)
    message = str(caught.value)
    assert message.startswith(HERE) and "\n" not in message
    for words in said:
        assert words in message
