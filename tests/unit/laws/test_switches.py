"""Switches reach every copy of a number, change nothing else, and keep the shapes a compiled course needs."""

import jax
import numpy as np
import pytest
from tissue import busy, cheek, model_of

from microneedling.core.param import provenance
from microneedling.laws.standard import LAWS, SHARED
from microneedling.laws.switches import SCALED, SWITCHES, switched
from microneedling.simulate.readouts import READOUTS, readouts
from microneedling.skin.components import Channels, Collagen, Inflammation, Vessels

SKIN = cheek()
MODEL = model_of(SKIN)
STATE = busy(MODEL, SKIN)
# name of a switch -> where it is felt
FELT = {
    "flow_clears_debris": lambda rate: rate[Inflammation].columns.wounded.debris,
    "oxygen_limits_synthesis": lambda rate: rate[Collagen].columns.wounded.iii,
    "flow_drives_lymph": lambda rate: rate[Vessels].water,
    "inflammation_changes_closure": lambda rate: rate[Channels].open,
    "blood_flow_rises": lambda rate: rate[Vessels].perfusion,
}
HYPOTHESIS = {"ChannelClosure": {"inflammation_effect": 0.2}}  # off by its size, not by its switch


def rates(values):
    laws = [jax.tree.map(lambda x: x, law) for law in MODEL.laws]
    for i, law in enumerate(laws):
        for name, value in HYPOTHESIS.get(type(law).__name__, {}).items():
            laws[i] = type(law)(**{f: getattr(law, f) for f in law.__dataclass_fields__} | {name: value})
    return switched(type(MODEL)(laws=tuple(laws)), values).rate(STATE, SKIN)


def test_each_names_a_number_of_a_law():
    known = {cls.__name__: provenance(cls()) for cls in (*LAWS, *SHARED)}
    for record, field, meaning in SWITCHES.values():
        assert known[record][field].unit == "1" and meaning
    assert set(FELT) == set(SWITCHES)


@pytest.mark.parametrize("name", SWITCHES)
def test_a_path_is_felt_where_it_leads(name):
    path_is_felt(name)


def path_is_felt(name):
    off, half, on = (rates({name: value}) for value in (0.0, 0.5, 1.0))
    a, b, c = (np.asarray(FELT[name](rate)) for rate in (off, half, on))
    deep = np.asarray(SKIN.dermis) > 0
    assert np.all(np.abs(c - a)[deep] > 1e-6 * np.abs(a)[deep]), "nothing changes"
    assert np.allclose(b, (a + c) / 2, rtol=1e-9), "half way is half of the path"


@pytest.mark.parametrize("name", SWITCHES)
def test_a_path_changes_nothing_else(name):
    owner = {"flow_clears_debris": "Inflammation", "oxygen_limits_synthesis": "Collagen"}
    owner |= {"flow_drives_lymph": "Vessels", "inflammation_changes_closure": "Channels", "blood_flow_rises": "Vessels"}
    off, on = rates({name: 0.0}), rates({name: 1.0})
    for component, part in off.parts.items():
        same = all(np.array_equal(x, y) for x, y in zip(jax.tree.leaves(part), jax.tree.leaves(on.parts[component])))
        assert same == (component != owner[name]), component


def test_a_switch_of_an_answer_leaves_its_size_when_on_and_takes_it_when_off():
    law = next(one for one in MODEL.laws if type(one).__name__ == "VesselResponse")
    for name, fields in SCALED.items():
        assert SWITCHES[name][1] in fields
        on, half, off = (switched((law,), {name: value})[0] for value in (1.0, 0.5, 0.0))
        for field in fields:
            size = float(np.asarray(getattr(law, field)))
            assert [float(getattr(one, field)) for one in (on, half, off)] == [size, size / 2, 0.0]


def test_structure_and_shapes_stay():
    many = jax.tree.map(lambda x: np.broadcast_to(np.asarray(x, dtype=float)[..., None], (*np.shape(x), 3)), MODEL)
    after = switched(many, dict.fromkeys(SWITCHES, 0.25))
    assert jax.tree.structure(after) == jax.tree.structure(many)
    assert [np.shape(x) for x in jax.tree.leaves(after)] == [np.shape(x) for x in jax.tree.leaves(many)]
    assert switched(MODEL, {}) is MODEL


def test_read_outs_hold_the_same_switch_as_the_model():
    held = switched(
        readouts(MODEL, {type(one).__name__: one for one in READOUTS}),
        {"oxygen_limits_synthesis": 0.0, "flow_drives_lymph": 1.0},
    )
    lymph, synthesis, *_ = held
    assert float(synthesis.law.oxygen.switch) == 0.0 and float(lymph.law.flow_drains) == 1.0
    assert float(lymph.law.oxygen.switch) == 0.0, "shared numbers stay one and the same"
