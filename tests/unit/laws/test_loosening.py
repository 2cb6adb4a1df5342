"""Acids take the cohesion of corneocytes by what of them is in the stratum corneum, in the form that counts."""

import dataclasses
import functools

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import DAY, busy, cheek, model_of

from microneedling.core.card import CardError
from microneedling.core.catalogue import path_of
from microneedling.core.struct import replace
from microneedling.formulation.effects import Effects, effects_of
from microneedling.laws.effects import ActiveEffects
from microneedling.skin.components import Drug

ACID = Effects(cohesion=100 / DAY, cohesion_half=1000.0)


@functools.cache
def world():
    skin = cheek()
    model = model_of(skin, "salicylic_acid")
    return skin, model, busy(model, skin)


def acting(one=ACID):
    leak = world()[1].law("Permeation").actives[0].leak
    return ActiveEffects(effects=(one,), felt=((0, ("cohesion",)),), leaks=(leak,))


def with_acid(free, charged=0.0):
    """A state with this much of the free form in the corneum, and this concentration in its water."""
    skin, model, state = world()
    leak = model.law("Permeation").actives[0].leak
    level = jnp.where(skin.corneum > 0, free, 1e6)  # what is below the corneum must not count
    solute = replace(state[Drug].solutes[0], tissue=level, polar=leak * charged)
    return dataclasses.replace(state, parts={**state.parts, "Drug": Drug(solutes=(solute,))})


def half_at_the_half_concentration():
    skin = world()[0]
    assert float(acting().loosening(with_acid(1000.0), skin)) == pytest.approx(50 / DAY)
    assert float(acting().loosening(with_acid(0.0), skin)) == 0.0


def test_half_the_rate_at_the_half_concentration_in_the_corneum():
    half_at_the_half_concentration()


def charged_counts_only_where_stated():
    skin = world()[0]
    neutral = with_acid(10.0, charged=990.0)
    assert float(acting().loosening(neutral, skin)) == pytest.approx(100 / DAY * 10 / 1010)
    both = acting(replace(ACID, cohesion_charged=1.0))
    assert float(both.loosening(neutral, skin)) == pytest.approx(50 / DAY, rel=1e-6)


def test_the_charged_form_counts_only_where_the_card_says_so():
    charged_counts_only_where_stated()


def test_nothing_is_loosened_without_an_active_that_does():
    skin, _, state = world()
    other = ActiveEffects(effects=(Effects(birth=1.0),), felt=((0, ("birth",)),))
    assert float(other.loosening(state, skin)) == 0.0 and float(ActiveEffects().loosening(state, skin)) == 0.0


def test_glycolic_acid_acts_by_its_free_form_and_salicylic_in_both():
    known = {name: effects_of(path_of("actives", name)).known.record for name in ("glycolic_acid", "salicylic_acid")}
    assert known["glycolic_acid"].cohesion_charged == 0 and known["salicylic_acid"].cohesion_charged > 0


def test_a_card_cannot_glue_corneocytes_together(tmp_path):
    path = tmp_path / "glue.toml"
    facts = 'spread = "exact", grade = "assumed", note = "t"'
    path.write_text(
        'title = "Glue"\n[effects]\n'
        f'cohesion = {{ value = "-1 d-1", {facts} }}\ncohesion_half = {{ value = "1 mol/m3", {facts} }}\n'
    )
    with pytest.raises(CardError, match=r"glue\.toml: effects\.cohesion: found -1\.157"):
        effects_of(path)


def test_rates_are_finite_wherever_the_acid_is():
    skin = world()[0]
    levels = [float(acting().loosening(with_acid(c), skin)) * DAY for c in np.geomspace(1e-6, 1e6, 9)]
    assert np.all(np.diff(levels) > 0) and levels[-1] < 100
