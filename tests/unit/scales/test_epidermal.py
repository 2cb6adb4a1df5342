"""Times, areas and thickness of the epidermis, as read off states one can count by hand."""

import jax.numpy as jnp
import pytest
from tissue import DAY, cheek, model_of

from microneedling.core.state import State
from microneedling.core.struct import replace
from microneedling.scales.epidermal import (
    CorneocyteArea,
    DyeLossTime,
    EpidermalThickness,
    PapillaAmplitude,
    ScLayers,
    ScThickness,
    ScTurnoverTime,
    TurnoverTime,
    renewal_time,
)
from microneedling.skin.components import Collagen, Cover, Epidermis
from microneedling.skin.modifiers import unmodified


def world():
    skin = cheek()
    return skin, model_of(skin).start(skin)


def changed(state, **fields):
    return State(parts=state.parts | {"Epidermis": replace(state[Epidermis], **fields)})


def test_at_rest_times_are_those_of_the_site():
    skin, rest = world()
    site = skin.site
    whole = site.germinative_time + site.viable_transit + site.sc_transit
    assert float(TurnoverTime().read(rest, skin)) == pytest.approx(float(whole))
    assert float(ScTurnoverTime().read(rest, skin)) == pytest.approx(float(site.sc_transit))
    assert float(renewal_time(rest, skin)) == pytest.approx(float(site.sc_transit))
    assert float(DyeLossTime().read(rest, skin)) == pytest.approx(0.625 * float(site.sc_transit))


def faster_renewal_shortens_all_times():
    skin, rest = world()
    quick = replace(skin, modifiers=replace(unmodified(), renewal=jnp.asarray(2.0)))
    for scale in (TurnoverTime(), ScTurnoverTime(), DyeLossTime()):
        assert float(scale.read(rest, quick)) == pytest.approx(float(scale.read(rest, skin)) / 2)


def test_faster_renewal_shortens_all_times():
    faster_renewal_shortens_all_times()


def test_loosened_outer_layers_take_a_stain_with_them_sooner():
    skin, rest = world()
    # outermost at half: the stained cells wait 3.5, 2.5, 1.5 and 0.5 quarters of the transit
    loose = changed(rest, corneocytes=(1.0, 1.0, 1.0, 0.5))
    wait = (3.5 + 2.5 + 1.5 + 0.5 * 0.5) / 3.5 / 4
    assert float(DyeLossTime().read(loose, skin)) == pytest.approx(wait * float(skin.site.sc_transit))


def layers_do_not_swell_but_thickness_does():
    skin, rest = world()
    wet = State(parts=rest.parts | {"Cover": replace(rest[Cover], occlusion=jnp.asarray(1.0))})
    assert float(ScLayers().read(wet, skin)) == pytest.approx(float(skin.site.sc_layers))
    swollen = float(ScThickness().read(wet, skin) / ScThickness().read(rest, skin))
    assert swollen == pytest.approx(1 + ScThickness().swelling)


def test_layers_do_not_swell_but_thickness_does():
    layers_do_not_swell_but_thickness_does()


def test_areas_and_papillae_are_those_of_the_site_at_rest_and_follow_the_state():
    skin, rest = world()
    small = changed(rest, maturity=jnp.asarray(0.8), suprabasal=(1.5, 1.5, 1.5))
    assert float(CorneocyteArea().read(small, skin)) == pytest.approx(0.8 * float(skin.site.corneocyte_area))
    assert float(PapillaAmplitude().read(rest, skin)) == pytest.approx(float(skin.site.papilla_amplitude))
    assert float(PapillaAmplitude().read(small, skin)) == pytest.approx(1.5 * float(skin.site.papilla_amplitude))


def test_a_stripped_corneum_has_finite_times():
    skin, rest = world()
    bare = changed(rest, corneocytes=(0.0,) * 4)
    assert float(ScTurnoverTime().read(bare, skin)) == 0.0
    assert 0.0 <= float(DyeLossTime().read(bare, skin)) < DAY


def test_over_new_matrix_the_living_layers_are_thicker_and_the_horny_ones_are_not():
    skin, rest = world()
    pool = rest[Collagen].columns.rest
    more = replace(pool, iii=1.8 * pool.iii, new=1.8 * pool.new)
    columns = replace(rest[Collagen].columns, wounded=more, rest=more)
    state = State(parts=rest.parts | {"Collagen": replace(rest[Collagen], columns=columns)})
    scale = EpidermalThickness()
    viable, horny = float(skin.site.epidermis), float(skin.site.sc_thickness)
    assert float(scale.read(rest, skin)) == pytest.approx(viable + horny)
    assert float(scale.read(state, skin)) == pytest.approx(viable * (1 + scale.bedded * 0.8 / 1.8) + horny)
    assert float(ScThickness().read(state, skin)) == pytest.approx(horny)
