"""What harm concerns an arm: counts, states, who was not among them, and where model and counts part."""

import pytest

from microneedling.core.cite import known_keys
from microneedling.safety.event import NO_RATE, AdverseEvent, adverse_events
from microneedling.safety.example import planted
from microneedling.safety.harm_kind import harm_kinds
from microneedling.safety.harms import Computed, group_of, harms_for, state_of
from microneedling.safety.likeness import compared

DARK = next(one for one in harm_kinds() if one.id == "dark_marks")


def of(change, computed=None):
    return {one.kind: one for one in harms_for(planted(change), computed)}


def event(**changes):
    kept = {"id": "a", "kinds": ("pain",), "measure": "count", "treatment": "needling", "who": "b", "design": "trial"}
    return AdverseEvent(
        **{**kept, "use": "calibration", "source": "chu2021", "rows": (), "cases": 1, "people": 9, **changes}
    )


def told(middle):
    return {"dark_marks": Computed(scale="darkening_risk", what="", unit="1", shown="%", middle=middle, low=0, high=1)}


def test_without_needles_or_in_nobodys_skin_there_is_none_to_tell():
    assert of({"site": {"name": "back", "region": "animal"}}) == {}


def test_a_report_without_people_never_gets_a_rate():
    for one in of({"person": {"conditions": ["history of herpes"]}}).values():
        counts = [each for each in one.told if each.measure == "count"]
        assert (one.state == "counted") == bool(counts)
        if not counts:
            assert one.rate is None and all(each.share is None for each in one.told)


def test_states_say_how_well_a_kind_is_known():
    assert state_of([]) == "no count and no report found"
    assert state_of([event(measure="reported", people=None)]) == NO_RATE
    assert state_of([event(measure="score")]) == "timed or scored, nobody counted"
    assert state_of([event(), event(measure="reported")]) == "counted"


def darker_skin_has_a_rate_of_its_own():
    darker, lighter = of({"person": {"phototype": 5}})["dark_marks"].rate, of({})["dark_marks"].rate
    assert darker.group == "phototypes IV to VI" and darker.typical[1] > 3 * lighter.typical[1]
    assert group_of(DARK, (1, 6)) == lighter.group == group_of(DARK, None)


def test_darker_skin_has_a_rate_of_its_own():
    darker_skin_has_a_rate_of_its_own()


def only_calibration_and_needling_set_a_rate():
    uses = {(one.use, one.treatment) for one in adverse_events() if one.source in of({})["dark_marks"].rate.sources}
    assert uses == {("calibration", "needling")}
    assert of({})["dark_marks"].rate.cases == 1


def test_only_calibration_and_needling_set_a_rate():
    only_calibration_and_needling_set_a_rate()


def test_other_treatments_stand_beside():
    dark = of({})["dark_marks"]
    assert {one.treatment for one in dark.told} == {"needling"}
    assert any(one.found == "9 of 30" for one in dark.beside)


@pytest.mark.parametrize(
    ("change", "ground", "outside", "untold"),
    [
        ({}, {"phototypes": (1, 3), "depth": (0.0, 1.5e-3), "device": ("pen",)}, (), ()),
        ({}, {"phototypes": (4, 6), "depth": (0.0, 1.5e-3), "device": ("pen",)}, ("phototype 2, theirs 4 to 6",), ()),
        (
            {"session": {"depth": "2 mm"}},
            {"phototypes": (1, 3), "depth": (0.0, 1.5e-3), "device": ("pen",)},
            ("2 mm deep, theirs at most 1.5 mm",),
            (),
        ),
        ({}, {"phototypes": (1, 3), "device": ("roller",)}, ("pen, theirs roller",), ("depth",)),
        ({}, {}, (), ("phototype", "depth", "device")),
    ],
)
def test_who_was_not_among_those_counted_is_marked(change, ground, outside, untold):
    assert compared([event(**ground)], planted(change)) == (outside, untold)


def test_one_study_that_does_not_tell_leaves_it_open():
    assert compared([event(phototypes=(4, 6)), event()], planted({}))[1] == ("phototype", "depth", "device")


def disagreement_is_said_where_the_model_leaves_the_counts():
    assert of({}, told(0.05))["dark_marks"].disagrees == ""
    assert "lies above" in of({}, told(0.9))["dark_marks"].disagrees
    assert "lies below" in of({"person": {"phototype": 5}}, told(1e-4))["dark_marks"].disagrees


def test_disagreement_is_said_where_the_model_leaves_the_counts():
    disagreement_is_said_where_the_model_leaves_the_counts()


def test_what_the_model_does_not_compute_says_so():
    ran, plain = of({}, {}), of({})
    assert ran["bruising"].not_computed == plain["bruising"].not_computed == "the model does not compute it"
    assert "outcomes" in ran["pain"].not_computed and "run" in plain["pain"].not_computed


def test_every_source_is_in_the_bibliography():
    assert {key for one in of({}).values() for key in one.sources} <= set(known_keys())
