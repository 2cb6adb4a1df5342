"""What a person and an active do to the epidermis, where it settles, and that it rests at every site and age."""

import jax.numpy as jnp
import numpy as np
import pytest
from contracts.promises import rest_is_steady
from regrowth import Regrowth
from tissue import busy, cheek, model_of

from microneedling.core.catalogue import names
from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.formulation.effects import Effects
from microneedling.laws.effects import ActiveEffects
from microneedling.skin import renewal
from microneedling.skin.components import Epidermis
from microneedling.skin.modifiers import Modifiers, unmodified

LONG = 900.0  # [d] tens of transits


def person(**factors) -> Modifiers:
    return replace(unmodified(), **{name: jnp.asarray(value) for name, value in factors.items()})


@pytest.mark.parametrize("age", [20.0, 35.0, 85.0])
@pytest.mark.parametrize("site", names("sites"))
def test_rest_is_steady_at_every_site_and_age(site, age):
    one = Regrowth(site, age=age)
    rest_is_steady(one.law, one.rest, one.skin)


@pytest.mark.parametrize("name", Modifiers.__dataclass_fields__)
def test_rest_is_steady_with_every_factor(name):
    one = Regrowth(modifiers=person(**{name: 0.4}))
    rest_is_steady(one.law, one.rest, one.skin)


@pytest.mark.parametrize(
    ("factor", "felt"),
    [
        ("lipids", {"lipids"}),
        ("reepithelialisation", {"gap"}),
        ("renewal", {"germinative", "suprabasal", "corneocytes", "maturity", "cohesion"}),
    ],
)
def test_a_factor_is_felt_in_proportion_by_its_own_rates_only(factor, felt):
    skin = cheek()
    model = model_of(skin, "caffeine")
    state = busy(model, skin)
    law = model.law("EpidermalRenewal")
    other = replace(skin, modifiers=person(**{factor: 0.5}))
    whole, half = law.rate(state, skin), law.rate(state, other)
    for name in Epidermis.__dataclass_fields__:
        a, b = np.asarray(getattr(whole, name)), np.asarray(getattr(half, name))
        np.testing.assert_allclose(b, 0.5 * a if name in felt else a, rtol=1e-12)


class Constant:
    """Effects of actives that are what they are, at whatever concentration."""

    def __init__(self, **factors):
        self.factors = factors

    def over(self, name, state, skin, where):
        return jnp.asarray(self.factors.get(name, 1.0))

    def loosening(self, state, skin):
        return jnp.asarray(self.factors.get("cohesion", 0.0))


def shedding_settles():
    one = Regrowth(effects=Constant(shedding=2.0), birth_by_loss=0.0)
    (end,) = one.after([LONG])
    assert float(end[Epidermis].corneocytes[-1]) == pytest.approx(0.5, rel=1e-6)
    np.testing.assert_allclose([float(c) for c in end[Epidermis].corneocytes[:-1]], 1.0, rtol=1e-6)


def test_twice_the_shedding_leaves_half_of_the_outermost_layers():
    shedding_settles()


def births_settle():
    one = Regrowth(effects=Constant(birth=2.0))
    (end,) = one.after([LONG])
    now, power = end[Epidermis], float(one.law.acceleration)
    assert float(now.birth) == pytest.approx(2.0, rel=1e-6)
    assert float(renewal.suprabasal(now)) == pytest.approx(2.0 ** (1 - power), rel=1e-6)  # the living layers thicken
    assert float(renewal.layers(now)) == pytest.approx(1.0, rel=1e-6)  # the horny ones only turn over faster
    assert float(renewal.inflow(now)) == pytest.approx(2.0, rel=1e-6)


def test_twice_the_births_go_into_pace_and_thickness_and_no_layer_is_added():
    births_settle()


def test_an_active_is_felt_where_it_stands():
    skin = cheek()
    plain = model_of(skin, "caffeine")
    state = busy(plain, skin)
    for name, where in (("birth", skin.epidermis), ("shedding", skin.corneum), ("lipids", skin.epidermis)):
        stated = Effects(**{name: 0.5, f"{name}_half": 1.0})
        felt = ActiveEffects(effects=(stated,), felt=((0, (name,)),))
        law = replace(plain.law("EpidermalRenewal"), effects=felt)
        by = float(felt.over(name, state, skin, where))
        assert by > 1.01
        one, other = law.rate(state, skin), plain.law("EpidermalRenewal").rate(state, skin)
        changed = {n for n in Epidermis.__dataclass_fields__ if getattr(one, n) != getattr(other, n)}
        assert changed == {{"shedding": "corneocytes"}.get(name, name)}


def test_lost_lipids_call_births_as_lost_layers_do():
    skin = cheek()
    model = model_of(skin)
    law, rest = model.law("EpidermalRenewal"), model.start(skin)
    poor = State(parts=rest.parts | {"Epidermis": replace(rest[Epidermis], lipids=jnp.asarray(0.4))})
    thin = State(parts=rest.parts | {"Epidermis": replace(rest[Epidermis], corneocytes=(1.0, 0.6, 0.0, 0.0))})
    assert float(law.births(poor, skin)) == pytest.approx(float(law.births(thin, skin)))
    assert float(law.births(poor, skin)) == pytest.approx(1 + 0.6 * float(law.birth_by_loss))


def test_the_old_renew_slower_by_the_balance_of_their_cells():
    old, young = Regrowth(age=65.0).skin.site, Regrowth(age=35.0).skin.site
    slow = float(old.sc_transit / young.sc_transit)
    thin = float(old.epidermis / young.epidermis)
    assert slow > 1.2 and thin < 0.95
    for name in ("germinative_time", "viable_transit"):
        assert float(getattr(old, name) / getattr(young, name)) == pytest.approx(slow * thin)
    assert float(old.papilla_amplitude) < float(young.papilla_amplitude)
    assert float(old.corneocyte_area) > float(young.corneocyte_area)
