"""What is asked of a study: change from the start, against another arm, or bare; and what cannot be asked."""

import dataclasses

import numpy as np
import pytest
from unit.study.test_slopes import CREAM, TABLE

from microneedling.core.param import provenance
from microneedling.simulate.keep import AFTER
from microneedling.study import inquiry as module
from microneedling.study.courses import Failed
from microneedling.study.inquiry import Wanted, course_parts, inquiry, outcomes, reading_pair
from microneedling.study.read import StudyError
from microneedling.study.run import Refused
from microneedling.study.schema import Study

BOTH = TABLE | {"arm": [{"name": "sham", "kind": "sham"}]}


@pytest.fixture(autouse=True)
def cards():
    """The package's own cards, in place of the small catalogue of these tests."""


@pytest.fixture(scope="module")
def study():
    return Study.of(BOTH)


def central(asked):
    return {n: dataclasses.replace(k.record, **_wide(k)) for n, k in asked.known.items()}


def _wide(known):
    return {field: np.array([float(getattr(known.record, field))]) for field in provenance(known.record)}


def test_against_the_start_is_against_the_sham_where_rest_is_steady(study):
    """Two courses, three questions: the change, the difference and the value agree with each other."""
    start, sham, bare = (
        outcomes(asked, central(asked))[0]
        for asked in (inquiry(study, Wanted(scale="tewl", at="6 h", against=a)) for a in (None, "sham", "nothing"))
    )
    assert start > 0 and start == pytest.approx(sham, rel=1e-3) and bare > start


def test_a_reading_at_a_visit_is_the_one_just_after_it(study):
    asked = inquiry(study, Wanted(scale="tewl", at="0 d"))
    parts = course_parts(asked, central(asked))
    assert reading_pair(asked, parts)[1] == AFTER and len(parts.plans) == 1
    assert inquiry(study, Wanted(scale="tewl")).time == 2 * 86400.0


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(scale="tewel"), 's.toml: --scale: found "tewel", allowed'),
        (Wanted(scale="downtime"), "read off a whole course, and has no value at a time"),
        (Wanted(scale="tewl", arm="shame"), '--arm: found "shame", allowed sham'),
        (Wanted(scale="tewl", against="untreated"), '--against: found "untreated"'),
        (Wanted(scale="tewl", against="p"), '--against: found "p", allowed another arm than "p", start or nothing'),
        (Wanted(scale="tewl", at="3 d"), '--at: found "3 d", allowed 0 d to 2 d, the course of the study'),
        (Wanted(scale="tewl", at="-2 d"), '--at: found "-2 d", allowed 0 d to 2 d'),
        (Wanted(scale="tewl", at="7"), '--at: found "7" (has no unit), allowed a time such as 60 d'),
        (Wanted(scale="tewl", at="soon"), "--at: found"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(study, wanted, said):
    with pytest.raises(StudyError) as caught:
        inquiry(study, dataclasses.replace(wanted, file="s.toml"))
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_the_nearest_scale_is_named(study):
    with pytest.raises(StudyError, match=r'found "tewel", allowed .*\btewl\b'):
        inquiry(study, Wanted(scale="tewel"))


def test_a_refused_plan_needs_a_reason(study):
    ill = Study.of(BOTH | {"person": TABLE["person"] | {"conditions": ["active infection"]}})
    with pytest.raises(Refused):
        inquiry(ill, Wanted(scale="tewl"))
    assert inquiry(ill, Wanted(scale="tewl"), override="a test").override == "a test"


def test_people_that_could_not_be_simulated_are_no_number(study, monkeypatch):
    asked = inquiry(Study.of(TABLE | {"protocol": {"name": "c", "topical": [CREAM]}}), Wanted(scale="blood.caffeine"))

    def nobody(parts, names, tell):
        raise Failed('arm "c": the step grew too small')

    monkeypatch.setattr(module, "simulated", nobody)
    with pytest.raises(Failed, match="too small"):
        outcomes(asked, central(asked))
