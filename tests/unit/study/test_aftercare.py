"""Aftercare and history in a study: which cards, which events, which factors."""

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest

from microneedling.protocol.protocol import Care
from microneedling.skin.person import Person
from microneedling.skin.skin import YEAR
from microneedling.study import aftercare, habits
from microneedling.study.build import parts_of
from microneedling.study.numbers import cards_of, draw, known_numbers
from microneedling.study.schema import Study

DAY = 86400.0
TABLE = {
    "title": "t",
    "horizon": "10 d",
    "members": 1,
    "person": {"age": "30 y", "sex": "female", "phototype": 2},
    "site": {"card": "cheek", "area": "60 cm2"},
    "protocol": {"name": "p", "session": [{"device": "skinpen_precision", "depth": "1 mm", "dwell": "3 min"}]},
}


@pytest.fixture(autouse=True)
def cards():
    """The package's own cards, in place of the small catalogue of these tests."""


def study(care=(), **person):
    table = TABLE | {"person": TABLE["person"] | person}
    table["protocol"] = TABLE["protocol"] | {"care": [dict(zip(("what", "start", "end"), one)) for one in care]}
    return Study.of(table).plain()


def person(**history):
    return Person(age=30 * YEAR, sex="female", phototype=2, **history)


def test_any_spelling_of_a_word_finds_its_card():
    assert habits.answering("habits", "current smoker") == "smoking"
    assert habits.answering("medicines", "ibuprofen") == "anti_inflammatory_drug"
    assert habits.answering("conditions", "acne scars") == ""


def test_two_words_of_one_card_count_once():
    held = person(conditions=("type 2 diabetes", "uncontrolled diabetes"))
    assert habits.lasting(held) == ("type_2_diabetes",)


def test_age_is_held_by_the_old_only():
    assert "old_age" in habits.lasting(dataclasses.replace(person(), age=60 * YEAR))
    assert "old_age" not in habits.lasting(person())


def test_spans_that_overlap_are_one_and_those_apart_are_two():
    arm = study().arms[0]
    told = [("sunscreen", 0, 5), ("tinted sunscreen", 3, 8), ("SPF", 9, 10)]
    worn = dataclasses.replace(arm, care=tuple(Care(what=w, start=a * DAY, end=b * DAY) for w, a, b in told))
    found = [(one.card, one.start / DAY, one.end / DAY) for one in habits.spans(worn, person())]
    assert found == [("sunscreen", 0, 8), ("sunscreen", 9, 10)]


def test_what_is_taken_all_the_time_is_not_begun_again():
    arm = study(care=[("NSAID", "0 d", "3 d")]).arms[0]
    assert [one.card for one in habits.spans(arm, person())] == ["anti_inflammatory_drug"]
    assert habits.spans(arm, person(medicines=("NSAID",))) == ()


def test_a_film_of_aftercare_becomes_a_topical_that_is_wiped_off():
    plain = habits.acting(study(care=[("dexpanthenol", "1 h", "2 d")]))
    (use,) = plain.arms[0].topicals
    assert (use.vehicle, use.time, use.wiped) == ("ointment", 3600.0, 2 * DAY)
    assert use.actives == () and use.film == pytest.approx(20e-6)


def test_every_word_is_accounted_for():
    told = study(
        care=[("no make-up", "0 d", "1 d"), ("cooling", "0 d", "1 h"), ("filler", "0 d", "1 d")],
        habits=["smoking", "polluted air"],
        conditions=["acne scars"],
        medicines=["fish oil"],
        age="80 y",
    )
    found = {one.word: (one.card, one.acts_on) for one in habits.said(told)}
    assert found["smoking"] == ("smoking", "synthesis") and found["polluted air"] == ("", "nothing")
    assert found["no make-up"] == ("no_make_up", "nothing") and found["cooling"] == ("cooling", "cooled")
    assert found["80 years"] == ("old_age", "synthesis") and found["filler"] == ("", "nothing")
    assert len(found) == 8  # none is passed over
    assert all(one.reason for one in habits.said(told))


def parts(plain):
    acting = habits.acting(plain)
    cards = cards_of(acting)
    return parts_of(acting, cards, draw(known_numbers(cards), members=0, seed=1))


def test_history_reaches_the_rates_of_the_skin():
    made = parts(study(habits=["smoking"], conditions=["menopause", "type 1 diabetes"]))
    factors = made.skin.modifiers
    assert float(factors.synthesis[0]) == pytest.approx(0.8 * 0.8)
    assert float(factors.reepithelialisation[0]) == pytest.approx(0.54) and float(factors.lymph[0]) == 1.0


def test_nobody_with_habits_has_factors_of_one():
    assert all(
        float(np.asarray(x).ravel()[0]) == 1.0 for x in dataclasses.asdict(parts(study()).skin.modifiers).values()
    )


def test_a_span_is_begun_and_ended_in_the_plan():
    made = parts(study(care=[("NSAID", "0 d", "3 d"), ("cooling", "0 d", "1 h")]))
    plan = made.plans[0]
    calmed = np.asarray(plan.events.calmed)[:, 0]
    assert np.sum(calmed) == pytest.approx(0.0, abs=1e-15) and np.max(calmed) == pytest.approx(-np.log(0.8))
    cooled = np.asarray(plan.events.cooled)[:, 0]
    assert sorted(cooled[cooled != 0]) == [-1.0, 1.0]
    words = [word for _, word in made.labels[0]]
    assert words.count(aftercare.BEGUN) == 2 and words.count(aftercare.ENDED) == 2


def test_a_daily_sunscreen_is_worn_from_the_begin_of_the_course():
    plan = parts(study(habits=["daily sunscreen"])).plans[0]
    worn = np.asarray(plan.events.shielded)[:, 0]
    assert np.sum(worn) == pytest.approx(0.85)
    assert float(plan.times[np.flatnonzero(worn)[0], 0]) == float(jnp.min(plan.times))


def test_excised_skin_has_no_habits_and_no_aftercare():
    inside = {"thickness": "400 um", "area": "1 cm2", "temperature": "32 degC", "layer": "dermatomed"}
    visit = {"device": "skinpen_precision", "depth": "0.3 mm", "dwell": "0.5 min"}
    told = TABLE | {"protocol": {"name": "p", "session": [visit]}}
    told |= {"setup": "in vitro", "in_vitro": inside, "site": {"card": "cheek"}}
    told["person"] = TABLE["person"] | {"habits": ["smoking", "daily sunscreen"]}
    plain = Study.of(told).plain()
    assert habits.needed(plain) == {} and aftercare.labels(plain.arms[0], plain) == []
