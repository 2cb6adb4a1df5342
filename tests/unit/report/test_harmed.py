"""Harm as computed, and what screening says."""

import numpy as np
from faces import synthetic

from microneedling.core.document import Points, Text
from microneedling.report import harmed, tables
from microneedling.report.answer import answer_of


def test_the_risk_of_dark_marks_is_at_its_height():
    answer = answer_of(synthetic.tree())
    told = dict(harmed.computed(answer))
    most = np.median(answer.outcomes["darkening_risk"].values[0].max(axis=-1))
    assert f"median {most:.0f}" in told["Dark marks afterwards"] or f"{most:.2g}" in told["Dark marks afterwards"]


def test_an_outcome_that_failed_is_said_or_left_out_and_never_a_number():
    answer = answer_of(synthetic.tree(missing=("erythema", "darkening_risk")))
    told = dict(harmed.computed(answer))
    assert "could be computed" in told["Redness"] and "Dark marks afterwards" not in told


def test_cautions_stand_with_their_reasons_or_screening_says_none():
    answer = answer_of(synthetic.tree())
    (found,) = harmed.screened(tables.findings(answer))
    assert isinstance(found, Points) and [word for word, _ in found.items] == ["Caution"]
    assert harmed.screened(()) == (Text(harmed.SCREENED),)
