"""What every law promises, run over the list of laws: a new one is covered by being listed."""

import dataclasses
import functools

import jax.numpy as jnp
import pytest
from contracts import promises
from contracts.promises import law_of
from tissue import DAY, busy, cheek, eventful, lanes, model_of

from microneedling.laws.drug import Permeation
from microneedling.laws.standard import LAWS, standard
from microneedling.skin.skin import YEAR

LIVING, EXCISED = "in vivo", "excised"
HEALING = tuple(cls for cls in LAWS if "columns" in getattr(cls.owns, "__dataclass_fields__", {}))
EVERY = pytest.mark.parametrize("cls", LAWS, ids=lambda cls: cls.__name__)
EVERY_HEALING = pytest.mark.parametrize("cls", HEALING, ids=lambda cls: cls.__name__)
MOUNTS = pytest.mark.parametrize("mount", (LIVING, EXCISED))


@functools.cache
def world(mount=LIVING):
    """Skin, model, a busy state and an event in which everything happens."""
    skin = cheek(age=61 * YEAR) if mount == LIVING else cheek(alive=0.0, thickness=6e-4)
    model = model_of(skin, "caffeine", "lidocaine")
    switched = {
        "flow_clears": 0.7,
        "flow_drains": 0.4,
        "inflammation_effect": 0.2,
        "inflammation_acts": 0.6,
        "phototype_effect": 0.1,
    }
    laws = [_with(law, switched) for law in model.laws]
    model = dataclasses.replace(model, laws=tuple(laws))
    return skin, model, busy(model, skin), eventful(skin, actives=2)


def _with(law, switches):
    known = {name: value for name, value in switches.items() if hasattr(law, name)}
    return dataclasses.replace(law, **known)


def test_there_is_one_law_for_each_component():
    owned = [cls.owns.__name__ for cls in LAWS]
    assert len(owned) == len(set(owned)) and HEALING


@EVERY
@MOUNTS
def test_rest_is_steady_for_a_year(cls, mount):
    skin, model, _, _ = world(mount)
    promises.rest_is_steady(law_of(model, cls), model.start(skin), skin)


def test_a_whole_year_without_events_moves_nothing(courses):
    # the solver may move a field by a thousandth of what is negligible: rounding of some hundred steps
    courses.assert_unmoved(courses.quiet(365 * DAY), 1e-3)


@EVERY
@MOUNTS
def test_the_zero_event_is_the_identity(cls, mount):
    skin, model, state, _ = world(mount)
    promises.zero_event_is_identity(law_of(model, cls), state, skin, actives=2)


@MOUNTS
def test_the_order_of_laws_does_not_matter(mount):
    skin, model, state, event = world(mount)
    promises.order_does_not_matter(model, state, event, skin)


@EVERY
@MOUNTS
def test_a_field_at_zero_is_never_driven_below(cls, mount):
    skin, model, state, _ = world(mount)
    for others in (state, model.start(skin)):
        promises.zero_is_never_left_downwards(law_of(model, cls), others, skin)


@EVERY
@MOUNTS
def test_jumps_stay_in_range(cls, mount):
    skin, model, state, event = world(mount)
    promises.jumps_stay_in_range(law_of(model, cls), state, event, skin)


@EVERY_HEALING
def test_punctures_join_the_wounded_columns_without_loss(cls):
    skin, model, state, event = world()
    promises.columns_join_without_loss(law_of(model, cls), state, event, skin)


@EVERY_HEALING
def test_columns_exchange_without_loss(cls):
    skin, model, state, _ = world()
    law = law_of(model, cls)
    promises.columns_exchange_without_loss(law, promises.even_columns(state, law), skin)


@MOUNTS
def test_solutes_are_conserved(mount):
    skin, model, state, event = world(mount)
    promises.solute_is_conserved(law_of(model, Permeation), state, event, skin)


@EVERY
def test_units_are_homogeneous(cls):
    skin, model, state, event = world()
    promises.units_are_homogeneous(law_of(model, cls), state, event, skin)


@EVERY
def test_gradients_are_finite_and_equal_to_differences(cls):
    skin, model, state, _ = world()
    promises.gradients_are_differences(law_of(model, cls), state, skin)


@EVERY
def test_people_in_lanes_do_not_mix(cls):
    skin, model, state, event = world()
    other_skin, _, other, _ = world(EXCISED)
    others = {id(skin): other_skin, id(state): other}

    def together(record):
        return lanes(record, others.get(id(record), record))

    promises.people_do_not_mix(law_of(model, cls), state, event, skin, together)


def test_shared_numbers_are_one_and_the_same_in_all_laws():
    columns = {id(law.columns) for law in standard().laws if hasattr(law, "columns")}
    oxygen = {id(law.oxygen) for law in standard().laws if hasattr(law, "oxygen")}
    assert len(columns) == len(oxygen) == 1


def test_a_law_is_swapped_by_its_class():
    model = standard()
    slower = dataclasses.replace(model.laws[1], recoil=jnp.asarray(1e-3))
    assert law_of(model.swap(type(slower), slower), type(slower)).recoil == 1e-3
    with pytest.raises(ValueError, match="is not in the model"):
        model.swap(str, slower)
