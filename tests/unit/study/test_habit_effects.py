"""What each habit changes in the same people: read from one course, against courses run one by one."""

import numpy as np
import pytest

from microneedling.study.habit_effects import HabitEffects, acts, habit_effects
from microneedling.study.habits import library
from microneedling.study.read import StudyError
from microneedling.study.schema import Study

TABLE = {
    "title": "t",
    "horizon": "3 d",
    "members": 2,
    "person": {"age": "30 y", "sex": "female", "phototype": 2, "habits": ["smoking"]},
    "site": {"card": "cheek", "area": "60 cm2"},
    "protocol": {
        "name": "p",
        "session": [{"device": "skinpen_precision", "depth": "1 mm", "dwell": "3 min"}],
        "care": [{"what": "cooling", "start": "0 d", "end": "1 h"}],
    },
}


@pytest.fixture(autouse=True)
def cards():
    """The package's own cards, in place of the small catalogue of these tests."""


@pytest.fixture(scope="module")
def found() -> HabitEffects:
    return habit_effects(Study.of(TABLE), ["synthesis", "inflammation"])


def change(found, name):
    return next(one for one in found.changes if one.card.name == name)


def test_every_card_is_there_and_what_acts_on_nothing_was_not_run(found):
    assert {one.card.name for one in found.changes} == set(library())
    assert all((one.changes is None) or acts(one.card) for one in found.changes)


def test_a_habit_the_person_has_is_compared_with_not_having_it(found):
    smoking = change(found, "smoking")
    assert smoking.held and np.all(smoking.changes[0, -1] < 0)  # less synthesis with it than without it


def test_a_factor_changes_what_its_rate_reaches_and_nothing_else(found):
    old = change(found, "old_age").changes
    assert np.all(old[0, -1] < 0)
    assert np.max(np.abs(old[1])) <= 1e-3 * np.max(np.abs(found.base[1]))  # tolerance of a course
    assert np.all(change(found, "anti_inflammatory_drug").changes[1, 0] < 0)


def test_aftercare_of_the_study_is_not_begun_again(found):
    assert change(found, "cooling").changes is None and change(found, "occlusive_ointment").changes is not None


def test_people_are_the_central_one_and_the_members(found):
    assert found.base.shape == (2, len(found.moments), 3) and found.moments[-1][0] == "at the end"


def test_an_unknown_outcome_and_excised_skin_are_refused():
    with pytest.raises(StudyError, match="--scale: found"):
        habit_effects(Study.of(TABLE), ["synthesys"])
    inside = {"thickness": "2 mm", "area": "3 cm2", "temperature": "32 degC", "layer": "full"}
    visit = {"device": "skinpen_precision", "depth": "0.5 mm", "dwell": "1 s"}
    cut = TABLE | {"setup": "in vitro", "in_vitro": inside, "site": {"card": "cheek"}}
    with pytest.raises(StudyError, match="excised skin has no habits"):
        habit_effects(Study.of(cut | {"protocol": {"name": "p", "session": [visit]}}))
