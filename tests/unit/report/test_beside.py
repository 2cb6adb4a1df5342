"""The first arm beside the others: differences from the data, arms that differ alike together."""

import dataclasses

import numpy as np
import pytest
from faces import synthetic

from microneedling.report import beside
from microneedling.report.answer import answer_of

KINDS = [{"name": "sham", "kind": "sham"}, {"name": "twin", "kind": "needling only"}]


@pytest.fixture(scope="module")
def answer():
    """Three arms: needling, a sham, and a twin of the first."""
    found = answer_of(synthetic.tree())
    outcomes = {
        name: dataclasses.replace(one, values=one.values[[0, 1, 0]], central=one.central[[0, 1, 0]])
        for name, one in found.outcomes.items()
    }
    return dataclasses.replace(found, arms=("needling", "sham", "twin"), outcomes=outcomes, study={"arm": KINDS})


def test_a_difference_is_the_median_of_the_differences(answer):
    outcome = answer.outcomes["acne_scar_volume"]
    _, text, _ = beside.differences(outcome, answer, answer.end)[0]
    now = outcome.at(answer.end)
    told = float(text.split("median ")[1].rstrip(")").replace("−", "-"))
    assert told == float(f"{np.median(now[0] - now[1]):.1e}") or told == round(float(np.median(now[0] - now[1])))


def test_an_arm_that_lacks_nothing_that_shows_is_said_to(answer):
    said = beside.sentences(answer.outcomes["acne_scar_volume"], answer, answer.end)
    assert said[0] == "Beyond sham: all of it."
    assert said[1] == "Beyond twin: no noticeable difference, so what is put on added nothing that shows."


def test_one_row_an_outcome_and_one_column_a_group_of_arms(answer):
    made = beside.table(answer, ["acne_scar_volume", "erythema", "no such outcome"])
    assert made.head == ("Outcome", "When", "beyond sham", "beyond twin")
    assert [row[0] for row in made.rows] == ["Volume of acne scars", "Redness"]
    assert [row[3] for row in made.rows] == ["○ none that shows"] * 2


def test_arms_that_differ_alike_share_a_column(answer):
    outcomes = {name: dataclasses.replace(one, values=one.values[[0, 1, 1]]) for name, one in answer.outcomes.items()}
    alike = dataclasses.replace(answer, outcomes=outcomes)
    assert beside.table(alike, ["acne_scar_volume"]).head[2:] == ("beyond sham and twin",)


def test_many_arms_stand_below_each_other(answer):
    count = beside.WIDE + 2
    rng = np.random.default_rng(1)
    one = answer.outcomes["acne_scar_volume"]
    values = np.stack([one.values[0] + 30 * n * (1 + 0.1 * rng.random(one.values[0].shape)) for n in range(count)])
    many = dataclasses.replace(
        answer,
        arms=tuple(f"arm {n}" for n in range(count)),
        outcomes={one.name: dataclasses.replace(one, values=values)},
    )
    made = beside.table(many, [one.name])
    assert made.head[0] == "Beyond" and len(made.rows) == count - 1


def test_one_arm_has_nothing_beside_it(answer):
    assert beside.table(dataclasses.replace(answer, arms=("needling",)), ["acne_scar_volume"]) is None
