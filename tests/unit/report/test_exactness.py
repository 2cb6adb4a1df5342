"""How exact a run's numbers are, as the report says it."""

import json

import numpy as np
import pytest
from faces import synthetic

from microneedling.report import exactness
from microneedling.report.answer import answer_of
from microneedling.simulate import result


def verified(ended="computed again", moved=1e-6):
    """A made-up result whose central person moved by so much [SI] on the finer grid, and not at all otherwise."""
    tree = synthetic.tree()
    scores = tree["scores"].to_dataset()
    both = {"tewl": np.stack([scores["tewl"].values[:, 0] + shift for shift in (0.0, moved)])}
    arms, times = json.loads(scores["arm"].attrs["names"]), scores["time"].values
    ends = {"tolerance": "computed again", "grid": ended}
    groups = {name: node.to_dataset() for name, node in tree.children.items()}
    return result.tree_of(groups | {"verification": result.verification_group(arms, times, both, ends)})


def test_a_run_that_was_not_checked_says_so():
    said = dict(exactness.sentences(answer_of(synthetic.tree())))
    assert said["Central person with cells cut into 2"] == exactness.UNCHECKED
    people = said["Standard error from drawing 8 people"]
    assert "of a median" in people and "of an end" in people


def test_each_outcome_shows_its_errors_in_the_unit_people_read():
    answer = answer_of(verified())
    rows = {row[0]: row for row in exactness.table(answer)}
    assert rows["water loss"][4:] == ("0 g m⁻² h⁻¹", "3.6 g m⁻² h⁻¹")  # 1e-6 kg/m2/s
    assert all(len(row) == len(exactness.HEAD) for row in rows.values())
    assert rows["erythema index"][5] == "–"


def test_a_check_that_failed_gives_its_reason():
    answer = answer_of(verified(ended="a value became infinite", moved=np.nan))
    assert dict(exactness.sentences(answer))["Central person with cells cut into 2"] == "a value became infinite"


def test_a_summary_holds_both_errors_beside_each_number():
    found = result.summary(verified())
    one = found["arms"]["needling"]["tewl"]
    assert one["calculation_error"]["grid"] == pytest.approx([1e-6] * len(found["time_days"]), rel=1e-6)  # rounding
    assert len(one["sampling_error"]["median"]) == len(found["time_days"])
    assert found["solver"]["verified"]["finer"] == 2
    assert result.summary(synthetic.tree())["solver"]["verified"] is None
