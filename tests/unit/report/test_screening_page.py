"""The page of a screening: the answer first, and no refusal where there is none."""

import dataclasses
from pathlib import Path

from microneedling.core.document import Points, Text
from microneedling.report.screening_page import ALLOWED, STOPPED, screening_document
from microneedling.study.schema import Study
from microneedling.study.screening import findings

EXAMPLES = Path(__file__).parents[3] / "examples"


def document(name, keep=lambda one: True):
    study = Study.load(EXAMPLES / f"{name}.toml").plain()
    return screening_document(study, tuple(one for one in findings(study) if keep(one)), ())


def test_the_answer_of_a_refusal_holds_reason_place_and_what_clears_it():
    parts = document("vitamin_c_serum").sections[0].parts
    assert parts[0] == Text(STOPPED)
    said = dict(parts[1].items)
    assert any("granulomas" in text for text in said.values())
    assert "48 h" in said["What clears it"] and "serum on fresh channels" in next(iter(said))
    assert said["Arms without a contraindication"] == "needling only and serum a week later."


def test_without_a_contraindication_nothing_is_refused():
    parts = document("vitamin_c_serum", keep=lambda one: one.level != "absolute").sections[0].parts
    assert parts == (Text(ALLOWED),)


def test_skin_that_is_nobodys_is_not_refused():
    study = Study.load(EXAMPLES / "vitamin_c_serum.toml").plain()
    found = tuple(dataclasses.replace(one, exempt=True) for one in findings(study))
    made = screening_document(study, found, ())
    assert made.sections[0].parts == (Text(ALLOWED),)
    assert not any(isinstance(one, Points) for one in made.sections[0].parts)
