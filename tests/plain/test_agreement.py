"""The product and its naive second writing agree: rates, jumps, and a course of a month."""

import jax
import numpy as np
import pytest
from course import DAY, needling_series
from plain.agreement import course, fields, jumps_agree, rates_agree
from tissue import busy, cheek, eventful, model_of

from microneedling.core.struct import replace
from microneedling.simulate.simulate import field_meanings
from microneedling.skin.modifiers import unmodified
from microneedling.skin.skin import YEAR

HOUR = 3600.0
FELT = ("closing", "signal", "synthesis", "protease")


def worlds():
    """In vivo and excised; young and old; and one whose habits change every rate that feels them."""
    found = {"young": cheek(), "old": cheek(age=67 * YEAR), "excised": cheek(alive=0.0, thickness=5e-4)}
    changed = replace(unmodified(), **{name: 1.1 + 0.2 * n for n, name in enumerate(FELT)})
    return found | {"modified": replace(cheek(), modifiers=changed)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("which", worlds())
def test_rates_agree_at_busy_states(which, seed):
    skin = worlds()[which]
    model = model_of(skin, "caffeine", "lidocaine")
    rates_agree(model, skin, busy(model, skin, seed))


@pytest.mark.parametrize("which", worlds())
def test_jumps_agree_at_busy_states(which):
    skin = worlds()[which]
    model = model_of(skin, "caffeine", "lidocaine")
    jumps_agree(model, skin, busy(model, skin), eventful(skin, actives=2))


def test_a_course_of_a_month_agrees(courses):
    end = 30 * DAY
    times = np.array([HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, end])
    treatments = needling_series(1)[:2]
    _, ours = courses.of(treatments, end=end, times=times, tolerance=1e-6)
    rest = courses.model.start(courses.skin)
    events = [(t.time, t.treatment.onto(courses.skin)) for t in treatments]
    plain = course(courses.model, courses.skin, events, times)
    for (path, meaning), x in zip(field_meanings(rest), ours.fields, strict=True):
        x, y = np.asarray(x)[: len(times)], plain[path]
        # both solvers' tolerances add up over some hundred steps: 1e-4 of the field, and a tenth of what is negligible
        allowed = 1e-4 * np.max(np.abs(y)) + 0.1 * meaning.negligible
        assert np.max(np.abs(x - y)) <= allowed, f"{path}: {np.max(np.abs(x - y)) / allowed:.1f} times what is allowed"


def test_plain_and_product_name_the_same_fields(courses):
    rest = courses.model.start(courses.skin)
    assert len(fields(rest)) == len(jax.tree.leaves(rest))
