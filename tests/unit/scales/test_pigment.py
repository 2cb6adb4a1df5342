"""Readings of pigment: what is taken off is gone, a lesion reads as its contrast, deep melanin shows less."""

import dataclasses
import functools

import pytest
from tissue import TREATED, busy, cheek, model_of

from microneedling.core.struct import replace
from microneedling.scales.pigment import (
    DarkeningRisk,
    DermalMelanin,
    MelaninIndex,
    PigmentAfter,
    PigmentContrast,
    carried,
    epidermal,
    melanin_fraction,
)
from microneedling.skin.complexion import index_at_rest, lesion_at_rest, melanin_at_rest
from microneedling.skin.components import Epidermis, Pigment


@functools.cache
def world():
    """The cheek of the tests, its rest and a busy state."""
    skin = cheek()
    model = model_of(skin)
    return skin, model.start(skin), busy(model, skin)


def changed(state, component, **fields):
    """The state with some fields of one component changed."""
    part = replace(state[component], **fields)
    return dataclasses.replace(state, parts=state.parts | {component.__name__: part})


def test_rest_reads_as_rest():
    skin, rest, _ = world()
    assert float(carried(rest[Pigment].own, rest, skin)) == pytest.approx(1.0)
    assert float(epidermal(skin, rest)) == pytest.approx(1 + float(lesion_at_rest(skin)))
    assert float(melanin_fraction(skin, rest)) == pytest.approx(
        float(melanin_at_rest(skin)) * (1 + float(lesion_at_rest(skin)))
    )
    assert float(PigmentContrast().read(rest, skin)) == pytest.approx(TREATED["melanin_index"])
    around = MelaninIndex().read(rest, skin) - PigmentContrast().read(rest, skin)
    assert float(around) == pytest.approx(float(index_at_rest(skin)))
    assert float(PigmentAfter().read(rest, skin)) == pytest.approx(0.0, abs=1e-9)


def test_melanin_goes_with_the_corneocytes_that_carry_it():
    melanin_goes_with_its_cells()


def melanin_goes_with_its_cells():
    skin, rest, _ = world()
    layers = rest[Epidermis].corneocytes
    stripped = changed(rest, Epidermis, corneocytes=(*layers[:-2], 0.0 * layers[0], 0.0 * layers[0]))
    share = float(skin.complexion.corneum_share)
    assert float(carried(rest[Pigment].own, stripped, skin)) == pytest.approx(1 - share * 2 / len(layers))


def test_deep_melanin_shows_by_its_share_and_is_no_contrast():
    deep_melanin_shows_by_its_share()


def deep_melanin_shows_by_its_share():
    skin, rest, _ = world()
    deep = changed(rest, Pigment, dermal=0.3)
    gained = float(MelaninIndex().read(deep, skin) - MelaninIndex().read(rest, skin))
    assert gained == pytest.approx(0.3 * float(skin.complexion.dermal_seen * index_at_rest(skin)))
    assert float(PigmentAfter().read(deep, skin)) == pytest.approx(gained)
    assert float(PigmentContrast().read(deep, skin)) == pytest.approx(TREATED["melanin_index"])
    assert float(DermalMelanin().read(deep, skin)) == 0.3


def test_half_of_the_clinicians_see_the_threshold():
    half_see_the_threshold()


def half_see_the_threshold():
    skin, rest, _ = world()
    dark = float(DarkeningRisk().threshold) / float(index_at_rest(skin) * skin.complexion.dermal_seen)
    assert float(DarkeningRisk().read(changed(rest, Pigment, dermal=dark), skin)) == pytest.approx(0.5)
    seen = [float(DarkeningRisk().read(changed(rest, Pigment, dermal=x * dark), skin)) for x in (0.3, 0.7, 1.5, 3.0)]
    assert seen == sorted(seen) and seen[0] < 0.01 and seen[-1] > 0.98
    lighter = changed(rest, Pigment, own=replace(rest[Pigment].own, basal=0.5))
    assert float(DarkeningRisk().read(lighter, skin)) < 1e-12


def test_the_busy_state_adds_up():
    skin, _, state = world()
    index = float(MelaninIndex().read(state, skin))
    parts = float(index_at_rest(skin)) + float(PigmentAfter().read(state, skin))
    assert index == pytest.approx(parts + float(PigmentContrast().read(state, skin)))
