"""What a count of terminal hair sees of the follicles."""

import dataclasses

import jax.numpy as jnp
import pytest
from tissue import BEARD, TREATED, cheek, model_of

from microneedling.scales.hair import HairCount, HairDensity, HairEffect, HairRatio
from microneedling.skin.baseline import baseline_of
from microneedling.skin.components import Follicles

SKIN = cheek()
REST = model_of(SKIN).start(SKIN)


def changed(**shares):
    now = dataclasses.replace(REST[Follicles], **{name: jnp.asarray(x) for name, x in shares.items()})
    return dataclasses.replace(REST, parts={**REST.parts, "Follicles": now})


def count_is_what_stands():
    first = REST[Follicles]
    T0, G0, h = float(first.terminal), float(first.growing), HairCount().club
    more = changed(terminal=1.2 * T0, growing=1.0)
    assert float(HairRatio().read(more, SKIN)) == pytest.approx(1.2 / (G0 + h * (1 - G0)), rel=1e-12)
    none = changed(terminal=T0, growing=0.0)
    assert float(HairRatio().read(none, SKIN)) == pytest.approx(h / (G0 + h * (1 - G0)), rel=1e-12)


def test_a_resting_follicle_holds_its_hair_for_a_while():
    count_is_what_stands()


def test_density_is_the_person_s_times_the_ratio():
    more = changed(terminal=1.1 * float(REST[Follicles].terminal))
    assert float(HairDensity().read(REST, SKIN)) == pytest.approx(TREATED["hair_density"])
    assert float(HairDensity().read(more, SKIN)) == pytest.approx(1.1 * TREATED["hair_density"])
    silent = dataclasses.replace(SKIN, baseline=baseline_of())
    assert float(HairDensity().read(REST, silent)) == pytest.approx(BEARD)


def effect_is_in_deviations():
    more = changed(terminal=1.1 * float(REST[Follicles].terminal))
    effect = HairEffect()
    assert float(effect.read(REST, SKIN)) == 0.0
    assert float(effect.read(more, SKIN)) == pytest.approx(0.1 * TREATED["hair_density"] / effect.deviation)


def test_the_effect_is_in_standard_deviations():
    effect_is_in_deviations()


def test_where_no_terminal_hair_grows_there_is_none_to_count():
    bare = dataclasses.replace(SKIN, site=dataclasses.replace(SKIN.site, terminal_hair=0.0))
    state = model_of(bare).start(bare)
    assert float(HairDensity().read(state, bare)) == 0.0
    assert float(HairRatio().read(state, bare)) == 1.0 and float(HairEffect().read(state, bare)) == 0.0
