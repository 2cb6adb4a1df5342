"""What the report says of each word of history and aftercare."""

import dataclasses
import types

from microneedling.report.answer import Parameter
from microneedling.report.habits_table import meaning, rows
from microneedling.skin.habit import EVENTS, FILM, NOTHING, RATES

SAID = (
    {"word": "no make-up", "where": "care", "card": "no_make_up", "acts_on": "nothing", "reason": "because"},
    {"word": "smoker", "where": "habits", "card": "smoking", "acts_on": "synthesis", "reason": "less is made"},
    {"word": "SPF", "where": "care", "card": "sunscreen", "acts_on": "shielded", "reason": "light"},
)


def parameter(name, value, low, high):
    words = dict.fromkeys(("unit", "where", "note", "varies", "meaning"), "")
    return Parameter(name=name, value=value, low=low, high=high, sources=(), grade="measured in people", **words)


def answer():
    used = (
        parameter("habits/smoking.factor", 0.8, 0.65, 0.95),
        parameter("habits/sunscreen.factor", 0.85, 0.6, 0.97),
    )
    return types.SimpleNamespace(habits=SAID, parameters=used)


def test_every_word_has_a_row_and_what_nothing_feels_comes_last():
    made = rows(answer())
    assert [row.word for row in made] == ["smoker", "SPF", "no make-up"]
    assert [row.kind for row in made] == ["habit", "aftercare", "aftercare"]


def test_a_factor_is_shown_with_its_interval_and_grade():
    smoker, worn, idle = rows(answer())
    assert smoker.factor == "× 0.8 (0.65 to 0.95)" and smoker.grade == "measured in people"
    assert worn.factor == "share 0.85 (0.6 to 0.97)" and idle.factor == ""


def test_everything_a_card_can_act_on_has_words():
    assert all(len(meaning(acts)) > 3 for acts in (*RATES, *EVENTS, FILM, NOTHING))


def test_a_row_is_frozen():
    assert dataclasses.fields(rows(answer())[0])[0].name == "word"
