"""Events played through the resolved cell: doses, wipes, samples, depots, balance."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from levels import FILM, HOUR, MICRON, STRENGTH, made

from microneedling.core.struct import replace
from microneedling.protocol.plan import Plan
from microneedling.simulate.resolved import PLACES, Saturated, Setting, resolved
from microneedling.simulate.simulate import one_lane
from microneedling.simulate.stretches import NotOneNeedling, stretches_of
from microneedling.skin.event import no_event

DOSE = STRENGTH * FILM
ROUNDING = 1e-11  # of the dose


@dataclasses.dataclass(frozen=True)
class Case:
    model: object
    skin: object
    plan: object
    bare: object  # the same skin without lanes


def new_case():
    model, skin, plan = made("caffeine", 1e6, 300 * MICRON)
    return Case(one_lane(model), one_lane(skin), plan, skin)


@pytest.fixture(scope="module")
def case():
    return new_case()


def planned(case, changes, *, first=None, end=24 * HOUR):
    """The needling at 0 (with changes), then zero events changed at later times."""
    start = jax.tree.map(lambda x: x[0], case.plan.events)
    events = [replace(start, **(first or {})), *(replace(no_event(case.bare, 1), **c) for _, c in changes)]
    stacked = jax.tree.map(lambda *xs: jnp.stack([jnp.asarray(x, dtype=float) for x in xs]), *events)
    times = jnp.asarray([0.0, *(time for time, _ in changes)])
    return one_lane(Plan(times=times, events=stacked, end=jnp.asarray(end)))


def played(case, plan):
    setting = Setting(0, lambda time: np.zeros(case.bare.step.shape[0]))
    return resolved(case.model, case.skin, plan, setting, people=[0])


def share(found, place, at=-1):
    return float(found.amounts[place][0, at]) / DOSE


def test_all_that_was_applied_is_somewhere(case):
    found = played(case, planned(case, []))
    assert found.balance_error < ROUNDING
    assert sum(share(found, place) for place in PLACES) == pytest.approx(1.0, abs=ROUNDING)
    assert (
        0 < found.grid_error < 0.02
        and share(found, "receptor") > 0.05
        and np.all(np.diff(found.amounts["receptor"][0]) >= -1e-6 * DOSE)
    )  # elements may undershoot before a front, far below the tolerance


def test_wiping_takes_the_film_and_a_second_dose_fills_it_again(case):
    once = played(case, planned(case, [(6 * HOUR, {"wiped": jnp.asarray(1.0)})]))
    assert share(once, "wiped") > 0.3 and share(once, "on_skin") < 1e-3 and once.balance_error < ROUNDING
    again = {"dosed": (jnp.asarray(DOSE),)}
    twice = played(case, planned(case, [(6 * HOUR, again)]))
    assert share(twice, "receptor") > 1.2 * share(once, "receptor") and twice.balance_error < ROUNDING


def test_samples_count_as_received(case):
    fresh = {"sampled": jnp.asarray(1.0)}
    found = played(case, planned(case, [(6 * HOUR, fresh), (12 * HOUR, fresh)]))
    assert found.balance_error < ROUNDING and np.all(np.diff(found.amounts["receptor"][0]) >= -1e-6 * DOSE)


def test_a_depot_dissolves_into_the_channel(case):
    deep = jnp.where(case.bare.depth < 200 * MICRON, case.bare.living, 0.0)
    placed = deep * DOSE / jnp.sum(deep * case.bare.step)
    first = {"dosed": (jnp.zeros(()),), "placed": (placed,), "dissolving": (jnp.asarray(1 / HOUR),)}
    found = played(case, planned(case, [], first=first))
    halfway = float(np.interp(HOUR, found.times, found.amounts["depot"][0])) / DOSE
    assert halfway == pytest.approx(np.exp(-1.0), rel=0.03)  # cubic in between readings
    assert found.balance_error < ROUNDING and share(found, "receptor") > 0.3
    taken = played(case, planned(case, [(HOUR, {"withdrawn": jnp.asarray(1.0)})], first=first))
    assert share(taken, "wiped") == pytest.approx(np.exp(-1.0), rel=0.03) and taken.balance_error < ROUNDING


def test_a_bolus_starts_in_tissue(case):
    deep = jnp.where((case.bare.depth > 100 * MICRON) & (case.bare.depth < 300 * MICRON), 1.0, 0.0)
    injected = deep * DOSE / jnp.sum(deep * case.bare.step)
    found = played(case, planned(case, [], first={"dosed": (jnp.zeros(()),), "injected": (injected,)}))
    assert share(found, "on_skin") < 0.2 and share(found, "receptor") > 0.7 and found.balance_error < ROUNDING


def test_what_stands_in_channels_can_be_taken_out(case):
    found = played(case, planned(case, [(HOUR, {"emptied": jnp.asarray(1.0)})]))
    assert 0 < share(found, "wiped") < 0.01 and found.balance_error < ROUNDING


def test_one_needling_is_needed(case):
    start = jax.tree.map(lambda x: x[0], case.plan.events)
    twice = planned(case, [(HOUR, {"punctures": start.punctures, "relaxed": start.relaxed})])
    with pytest.raises(NotOneNeedling, match="2 needlings"):
        stretches_of(case.model, case.skin, twice)
    none = planned(case, [], first={"punctures": jnp.zeros(())})
    with pytest.raises(NotOneNeedling, match="no needlings"):
        stretches_of(case.model, case.skin, none)


def test_a_film_that_does_not_dissolve_its_dose_is_refused(case):
    drug = case.model.law("Permeation")
    solute = replace(drug.actives[0], saturation=jnp.full(1, 0.5 * STRENGTH))
    laws = tuple(replace(law, actives=(solute,)) if law is drug else law for law in case.model.laws)
    tight = Case(replace(case.model, laws=laws), case.skin, case.plan, case.bare)
    with pytest.raises(Saturated, match="more than it dissolves"):
        played(tight, planned(case, []))
