"""What is answered first: what the study names, about this person, with what shows and what is assumed."""

import dataclasses
import re

import numpy as np
import pytest
from faces import synthetic

from microneedling.report import leading
from microneedling.report.answer import answer_of


@pytest.fixture(scope="module")
def answer():
    return answer_of(synthetic.tree())


def test_what_is_treated_leads(answer):
    assert leading.leading(answer)[0] == "acne_scar_volume"


def test_the_order_of_the_study_is_kept(answer):
    person = {**answer.person, "baseline": {"line_depth": 1e-4}}
    study = {"outcomes": ["erythema", "line_depth", "acne_scar_volume"]}
    asked = dataclasses.replace(answer, person=person, study=study)
    assert leading.cared(asked) == ["line_depth", "acne_scar_volume"]


def test_one_type_of_scar_is_not_told_twice(answer):
    person = {**answer.person, "conditions": ["acne scars", "rolling scars"]}
    assert leading.cared(dataclasses.replace(answer, person=person)) == ["acne_scar_volume"]


def test_where_nothing_is_treated_the_skin_itself_leads(answer):
    plain = dataclasses.replace(answer, person={"conditions": [], "baseline": {}})
    assert not leading.cared(plain) and set(leading.leading(plain)) <= set(leading.REST)


def test_the_numbers_are_those_of_the_courses(answer):
    outcome = answer.outcomes["acne_scar_volume"]
    low, middle, high = np.quantile(outcome.change(answer.end)[0], [0.05, 0.5, 0.95])
    told = re.match(r". (.*)\xa0% less \((.*) to (.*)\xa0% less\)", leading.benefit(outcome, answer)).groups()
    assert [float(text) for text in told] == [
        round(-value) for value in (middle, high, low)
    ]  # no finer than what shows


def test_what_shows_in_no_course_is_said_so(answer):
    outcome = answer.outcomes["acne_scar_volume"]
    still = dataclasses.replace(outcome, values=np.repeat(outcome.values[..., :1], outcome.values.shape[-1], axis=-1))
    assert "Too small to notice: that begins at 10" in leading.benefit(still, answer)


def test_an_assumed_size_is_marked_in_place(answer):
    marked = dataclasses.replace(answer, shares={"acne_scar_volume": {"assumed": 0.5, "inferred": 0.2, "fitted": 0.3}})
    assert "Size mostly assumed (70 % of its spread)." in leading.benefit(marked.outcomes["acne_scar_volume"], marked)
    assert "assumed" not in leading.benefit(answer.outcomes["acne_scar_volume"], answer)


def test_what_one_reading_tells_follows_from_the_instrument(answer):
    outcome = answer.outcomes["acne_scar_volume"]
    change = np.abs(outcome.change(answer.end)[0])
    known = dataclasses.replace(outcome, shows=float(np.median(change)))
    assert "One reading before and one after would tell it in 50\xa0% of people." in leading.benefit(known, answer)
    assert "reading" not in leading.benefit(dataclasses.replace(outcome, shows=float("nan")), answer)


def test_many_arms_are_left_to_their_table(answer):
    count = leading.MANY + 2
    shift = 30.0 * np.arange(count)[:, None, None]
    outcomes = {
        n: dataclasses.replace(one, values=one.values[[0] * count] + shift) for n, one in answer.outcomes.items()
    }
    many = dataclasses.replace(answer, arms=tuple(f"arm {n}" for n in range(count)), outcomes=outcomes)
    (_, said), *_ = leading.answers(many)
    assert "under “Beside the other arms”" in said and "Beyond arm" not in said
