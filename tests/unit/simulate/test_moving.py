"""What cannot move is not marched, and that changes nothing."""

import jax
import numpy as np
import pytest
from tissue import cheek, gel, model_of, pen

from microneedling.core.state import State
from microneedling.laws.standard import HEALING, LAWS, still
from microneedling.protocol.plan import Timed, plan
from microneedling.simulate.keep import Keep
from microneedling.simulate.native import machine_of
from microneedling.simulate.native_course import course_on
from microneedling.simulate.simulate import field_meanings, one_lane
from microneedling.skin.skin import YEAR
from microneedling.treatments.topical import Wipe

HOUR = 3600.0
SAME = 1e-9  # [1] of the field's largest value; steps are chosen by the same errors, so only rounding differs


def course(kind, without):
    """Six hours of a gel, in excised needled skin or in living skin that nothing pierced."""
    skin = cheek(alive=0.0, thickness=6e-4) if kind == "excised" else cheek()
    model = model_of(skin, "caffeine")
    treatments = [Timed(60.0, gel(covered=1.0)), Timed(4 * HOUR, Wipe(actives=1))]
    if kind == "excised":
        treatments.append(Timed(0.0, pen(depth=0.5e-3)))
    events = plan(treatments, skin, end=6 * HOUR, begin=-HOUR, actives=1, length=4)
    keep = Keep(times=np.array([HOUR, 3 * HOUR, 6 * HOUR]), scales=(), fields=True)
    given = tuple(map(one_lane, (model, skin, events)))
    return course_on(machine_of(*given, keep, still=without), *given, keep=keep), model.start(skin)


@pytest.mark.parametrize("kind", ["excised", "whole"])
def test_the_course_is_the_same_without_the_laws_that_cannot_act(kind):
    few, rest = course(kind, still(excised=kind == "excised", pierced=kind == "excised"))
    every, _ = course(kind, ())
    for (path, meaning), a, b in zip(field_meanings(rest), few.fields, every.fields, strict=True):
        a, b = np.asarray(a), np.asarray(b)
        allowed = SAME * max(float(np.max(np.abs(b))), meaning.negligible)
        assert np.max(np.abs(a - b)) <= allowed, path
    assert int(few.steps[0]) == int(every.steps[0])


def nothing_left_out_has_a_rate():
    for excised, pierced in ((True, True), (False, False)):
        skin = cheek(alive=0.0, thickness=6e-4) if excised else cheek()
        model = model_of(skin, "caffeine")
        treatments = [gel(covered=1.0), *([pen(depth=0.5e-3)] if pierced else [])]
        state = model.start(skin)
        for treatment in treatments:
            state = model.jump(state, treatment.onto(skin), skin)
        moved = model.rate(state, skin)
        for name in still(excised=excised, pierced=pierced):
            part = State(parts={name: state.parts[name]})
            for (path, meaning), rate in zip(field_meanings(part), jax.tree.leaves(moved.parts[name]), strict=True):
                # what rounding leaves of a rest that stays is nothing even in a year
                assert float(np.max(np.abs(rate))) * YEAR <= 1e-6 * meaning.negligible, path


def test_what_is_not_marched_has_no_rate():
    nothing_left_out_has_a_rate()


def test_living_needled_skin_needs_every_law():
    assert still(excised=False, pierced=True) == ()


def test_what_stands_still_is_owned_by_laws_of_the_model():
    names = {law.owns.__name__ for law in LAWS}
    for excised in (True, False):
        for pierced in (True, False):
            assert set(still(excised=excised, pierced=pierced)) <= names
    assert {"Drug", "Cover"}.isdisjoint(still(excised=True, pierced=False))
    assert set(HEALING) < set(LAWS)
