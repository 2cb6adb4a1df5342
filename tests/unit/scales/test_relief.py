"""What fills lines, scars and striae, and what holds pores open."""

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest
from tissue import TREATED, cheek, model_of

from microneedling.numerics.flux import integral
from microneedling.scales import relief, scar
from microneedling.scales.relief import LineDepth, PoreArea, PorePlug, StriaWidth
from microneedling.scales.scar import AcneScarVolume, ScarFilling, lifted
from microneedling.skin.baseline import baseline_of
from microneedling.skin.components import Pores, Relief

SKIN = cheek()
REST = model_of(SKIN).start(SKIN)
DERMIS = float(integral(SKIN.dermis, SKIN.step))
TOP = float(integral(SKIN.corneum + SKIN.epidermis, SKIN.step))


def after(papillary=0.0, reticular=0.0, deep=0.0, plug=1.0):
    """The state with so much matrix gained by layer."""
    one = jnp.ones(())
    layers = Relief(papillary=one + papillary, reticular=one + reticular, deep=one + deep)
    parts = {**REST.parts, "Relief": layers, "Pores": Pores(plug=jnp.asarray(plug))}
    return dataclasses.replace(REST, parts=parts)


def person(**brought):
    return dataclasses.replace(SKIN, baseline=baseline_of(brought))


def lifted_is_the_mean():
    even = after(0.04, 0.04, 0.04)
    deep = TOP + DERMIS
    assert float(lifted(even, SKIN, deep)) == pytest.approx(0.04 * DERMIS / deep, rel=1e-9)
    assert float(lifted(even, SKIN, 2 * deep)) == pytest.approx(0.02 * DERMIS / deep, rel=1e-9)  # below is nothing
    shallow = TOP + float(integral(SKIN.papillary, SKIN.step))
    assert float(lifted(after(0.0, 0.1, 0.1), SKIN, shallow)) == pytest.approx(0.0, abs=1e-15)
    assert float(lifted(after(-0.1, 0.0, 0.0), SKIN, deep)) == 0.0  # lost matrix does not dig scars


def test_what_fills_is_the_matrix_above_the_depth_over_that_depth():
    lifted_is_the_mean()


def test_at_rest_everything_is_as_it_was_brought():
    found = {card.CARD.name: float(card.read(REST, SKIN)) for card in (LineDepth(), StriaWidth(), PoreArea())}
    assert found == pytest.approx({name: TREATED[name] for name in found}, rel=1e-12)
    for cls in (scar.RollingScarVolume, scar.BoxcarScarVolume, scar.IcepickScarVolume):
        assert float(cls().read(REST, SKIN)) == pytest.approx(TREATED[cls.CARD.name], rel=1e-12)
    assert float(PorePlug().read(REST, SKIN)) == 1.0


def types_differ():
    filled = after(0.03, 0.03, 0.01)
    left = [float(ScarFilling().left(kind, filled, SKIN)) for kind in scar.TYPES]
    assert 0 < left[0] < left[1] < left[2] < 1  # rolling fills best, ice-pick least


def test_rolling_scars_fill_best_and_ice_pick_scars_least():
    types_differ()


def total_is_the_sum():
    filled = after(0.05, 0.03, 0.0)
    parts = [cls() for cls in (scar.RollingScarVolume, scar.BoxcarScarVolume, scar.IcepickScarVolume)]
    now = sum(float(one.read(filled, SKIN)) for one in parts)
    start = sum(float(one.read(REST, SKIN)) for one in parts)
    assert float(AcneScarVolume().read(filled, SKIN)) == pytest.approx(now / start, rel=1e-12)


def test_the_total_is_the_sum_of_the_types():
    total_is_the_sum()


def test_without_a_type_all_count_alike():
    filled, nobody = after(0.05, 0.03, 0.0), person()
    each = [float(ScarFilling().left(kind, filled, nobody)) for kind in scar.TYPES]
    assert float(AcneScarVolume().read(filled, nobody)) == pytest.approx(np.mean(each), rel=1e-12)


def thicker_skin_closes_a_v():
    """The V whose walls grow by Δ along their normal, drawn: where both walls meet, below the raised plain."""
    d, w, grown = 2e-4, 3e-4, 1e-5
    along = np.array([w / 2, -d]) / np.hypot(w / 2, d)
    normal = np.array([-along[1], along[0]])
    edge = np.array([-w / 2, 0.0]) + grown * normal  # a point of the wall after growing
    floor = edge[1] + along[1] * (0.0 - edge[0]) / along[0]
    drawn = grown - floor
    line = LineDepth()
    wet = dataclasses.replace(line, swelling=0.0)
    epidermis = REST.parts["Epidermis"]
    viable = float(integral(SKIN.epidermis, SKIN.step))
    more = tuple(one + grown / viable for one in epidermis.suprabasal)
    state = dataclasses.replace(
        REST, parts={**REST.parts, "Epidermis": dataclasses.replace(epidermis, suprabasal=more)}
    )
    assert float(wet.read(state, person(line_depth=d, line_width=w))) == pytest.approx(drawn, rel=1e-9)


def test_thicker_skin_closes_a_line_as_geometry_says():
    thicker_skin_closes_a_v()


def test_a_line_without_a_width_is_filled_by_matrix_only():
    flat = person(line_depth=2e-4)
    assert float(LineDepth().read(REST, flat)) == pytest.approx(2e-4)
    assert float(LineDepth().read(after(0.03), flat)) < 2e-4


def pores_answer():
    area = PoreArea()
    start = float(area.read(REST, SKIN))
    assert float(area.read(after(plug=0.0), SKIN)) == pytest.approx(start * (1 - area.by_plug))
    assert float(area.read(after(papillary=0.1), SKIN)) == pytest.approx(start * 1.1**-0.5)
    assert float(area.read(after(papillary=-0.1), SKIN)) > start


def test_pores_shrink_when_emptied_and_when_their_surroundings_are_firmer():
    pores_answer()


def test_grooves_hold_the_volume_they_were_given():
    for kind in scar.TYPES:
        groove = ScarFilling().groove(kind, REST, SKIN)
        volume = float(groove.share) * float(groove.depth) * scar.SHARE[kind]
        assert volume == pytest.approx(TREATED[f"{kind}_scar_volume"], rel=1e-12)
    line = LineDepth().groove(REST, SKIN)
    assert float(line.depth) == pytest.approx(TREATED["line_depth"])
    assert float(line.width) == pytest.approx(TREATED["line_width"])
    pore = PoreArea().groove(REST, SKIN)
    assert float(pore.share) == pytest.approx(TREATED["pore_area"]) and float(pore.width) == PoreArea().size


def test_who_brings_nothing_is_shown_nothing():
    nobody = person()
    for scale in (LineDepth(), StriaWidth(), PoreArea(), scar.RollingScarVolume(), relief.PoreArea()):
        assert float(scale.read(after(0.1, 0.1, 0.1), nobody)) == 0.0
